"""A keyword in context: its uses, where they are, and the words beside them."""
