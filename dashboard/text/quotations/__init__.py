"""Quotations: what an article says that somebody said, who, through whom, and by which rule.

``marks`` finds words in quotation marks, ``clauses`` the sentences around them, ``cues`` the verbs
of saying, ``subjects`` who says it, ``attribution`` and ``indirect`` put these together, ``names``
tells who is meant. The words that they go by are in ``words``, a folder for each language.
"""
