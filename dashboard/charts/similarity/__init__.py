"""Charts of how alike sources are."""
