"""What the pages are made of: a module of blocks for each noun, and what all of these need: state,
cached calls, widgets, and the escaping of untrusted text."""
