"""PDF: characters with their places, lines and columns, paragraphs."""
