"""Figures on a page: groups of several sources side by side, and those of one source."""
