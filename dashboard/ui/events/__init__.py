"""What happened: the brief, findings, stories, copies and dates on pages."""
