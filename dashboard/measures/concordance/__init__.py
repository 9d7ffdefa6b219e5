"""Keywords in context: each use, the words beside it, and where the uses are."""
