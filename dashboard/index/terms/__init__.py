"""Terms: words and phrases, and the lexicon that numbers them."""
