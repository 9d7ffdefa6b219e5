"""Bytes to text: which encoding a file is in, and reading it a piece at a time."""
