"""Statistics: how sure a number is, by intervals and tests."""
