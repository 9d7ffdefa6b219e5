"""What the articles of each source are like, as a section of a page."""
