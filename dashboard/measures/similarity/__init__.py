"""How alike sources are: in words, topics, shared text and stories."""
