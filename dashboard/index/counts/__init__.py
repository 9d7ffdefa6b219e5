"""Counts over an opened index: topics and terms by source, the places of a keyword, sentences."""
