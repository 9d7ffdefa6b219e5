"""What the pages are made of: state, cached calls, widgets, and the escaping of untrusted text."""
