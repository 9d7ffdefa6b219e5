"""Uses of a keyword: where they stand, and the words beside them."""
