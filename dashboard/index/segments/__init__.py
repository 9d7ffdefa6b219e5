"""Segments: reading, tokens and counts of some thousand articles at a time."""
