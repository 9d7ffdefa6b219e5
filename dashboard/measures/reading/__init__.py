"""What is marked in the text of an article."""
