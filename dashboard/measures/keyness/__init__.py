"""Keyness: the words that lean to each source, tested on its articles."""
