"""Dates in running text: what the words say, how finely, and by what it is known.

A folder for each language holds its words (``words.txt``) and the order in which they make a date
(``patterns.txt``). ``grammar`` turns the two into patterns, ``readings`` into days, ``tense`` tells
which way a month or a weekday without a year lies, ``find`` puts them together.
"""
