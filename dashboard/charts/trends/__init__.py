"""Charts of keywords in time: how often, what rose, whose articles there are."""
