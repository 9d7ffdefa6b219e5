"""Words that a corpus uses in the same company."""
