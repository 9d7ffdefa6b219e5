"""What a query is made of: words and signs in order, regular expressions."""
