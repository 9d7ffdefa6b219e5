"""Title, source, date, authors and address of an article, each with basis and evidence."""
