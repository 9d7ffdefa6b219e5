"""What the articles of a source are like, one by one."""
