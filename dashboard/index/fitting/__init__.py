"""Finding topics: groups of like texts, their reliability, their words and their names."""
