"""Names: the people, organisations and places that an article names, and what it puts before them.

``pieces`` finds stretches of capitals and what stands around them, ``find`` tells which of them are
names and who is meant in one article, ``shared`` in all of them, and of which kind each is. The
words that they go by are in ``words``, a folder for each language, beside those of ``quotations``.
"""
