"""Names: who and what is named, by whom and how often, with which title and among which words."""
