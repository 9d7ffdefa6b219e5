"""Bytes to clean articles: read, label, date and attribute whatever the user has.

Nothing here knows of topics or pages. ``importing.read`` holds the articles in memory,
``importing.spool`` reads any amount of text in bounded memory.
"""
