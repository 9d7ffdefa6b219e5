"""From a file to its records: ``registry`` picks the reader, one package a family of formats."""
