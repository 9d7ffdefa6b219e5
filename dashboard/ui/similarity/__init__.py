"""How alike sources are, as a section of a page."""
