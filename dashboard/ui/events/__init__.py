"""What happened, on pages: dates, and later stories and copies."""
