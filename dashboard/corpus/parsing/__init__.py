"""What a few words say: a date, an address, a name, a title, a language."""
