"""What happened: copies of one text, stories, and what is dated in them."""
