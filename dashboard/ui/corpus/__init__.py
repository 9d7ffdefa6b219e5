"""The blocks of the Corpus page: bring articles, say which column is which, correct them."""
