"""The link: which parameters it has, and how a value is written in it."""
