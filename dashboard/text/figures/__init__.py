"""Figures in a text: numbers with their unit, what they count, their period and direction.

``words`` reads the lists of a language, ``numbers`` a number of digits or words, ``units`` what it
is a number of, ``reading`` ranges and ranks too, ``surroundings`` what the sentence says of it;
``find`` puts them together.
"""
