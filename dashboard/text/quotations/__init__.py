"""Quotations: what an article says that somebody said, who, through whom, and by which rule.

``sentences`` finds words in quotation marks and the verbs of saying around them, ``speakers`` who
says it, ``attribution`` and ``indirect`` put these together. The words that they go by are in
``words``, a folder for each language.
"""
