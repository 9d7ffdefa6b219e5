"""Which lines of a text are the article, and which the furniture of a page; each with a reason."""
