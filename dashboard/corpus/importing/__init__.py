"""From files to clean articles in batches: a child process reads, duplicates are merged."""
