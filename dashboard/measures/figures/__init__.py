"""Figures of several sources side by side: ``grouping`` says which of them belong together,
``figures`` makes the tables."""
