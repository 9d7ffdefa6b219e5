"""Finding topics: groups of similar texts, their reliability, their words and their names."""
