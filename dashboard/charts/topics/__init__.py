"""Charts of topics: how large, over time, their words, how they relate."""
