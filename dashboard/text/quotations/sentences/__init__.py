"""Sentences as the rules read them: what stands in quotation marks (``marks``), clauses and tokens
(``clauses``), verbs of saying (``cues``), by the words of a language (``lexicon``)."""
