"""The page of names: how often each source names whom, what it puts before and around the name."""
