"""What is taken along: tables and whole scopes as files that other programs open, and how to cite
and reproduce them."""
