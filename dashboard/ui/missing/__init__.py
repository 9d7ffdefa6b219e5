"""What a page says where something is missing: articles in scope, or a layer of the index."""
