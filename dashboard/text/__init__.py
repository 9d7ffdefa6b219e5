"""Text as it is read: tokens, sentences, passages and queries, by one rule for all of them."""
