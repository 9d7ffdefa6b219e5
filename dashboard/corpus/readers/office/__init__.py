"""The paragraphs of Word and RTF files, for the readers of documents and of databases."""
