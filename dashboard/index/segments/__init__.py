"""Segments: reading, tokens and counts of a few thousand articles at a time."""
