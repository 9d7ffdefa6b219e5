"""What a page says when something is missing: articles that pass its filters, a layer of the index."""
