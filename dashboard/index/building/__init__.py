"""Making and changing an index: stages of a build, additions, deletions, refits, publishing."""
