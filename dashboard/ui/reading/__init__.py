"""One article: its text with evidence, what is known of it, and the lines set aside."""
