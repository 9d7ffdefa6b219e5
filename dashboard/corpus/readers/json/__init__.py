"""JSON and JSON Lines, whatever an interface or a program wrapped around the articles."""
