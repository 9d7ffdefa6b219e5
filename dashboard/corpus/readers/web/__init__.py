"""Web pages and web archives: the article of a page, and what the page says about itself."""
