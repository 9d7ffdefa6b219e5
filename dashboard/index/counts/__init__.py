"""Counts over an opened index: topics and terms by source, and where a keyword stands."""
