"""Choosing what is in view: the filters in the sidebar, what is on above the page, the link."""
