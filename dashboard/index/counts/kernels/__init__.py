"""Compiled loops over counts, for large corpora; ``text.kernels`` has the rules."""
