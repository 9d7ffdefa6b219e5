"""One script a page, each at most 80 lines; ``app.py`` runs them."""
