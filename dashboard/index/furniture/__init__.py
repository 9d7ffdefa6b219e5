"""Furniture: what a source prints around its text, told by its shape, and the words in it."""
