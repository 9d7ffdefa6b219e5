"""Shared text between articles: word 8-grams, which pairs to compare, what they share."""
