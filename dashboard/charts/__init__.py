"""Tidy table in, plotly figure out, a module a table; nothing here knows of Streamlit.

What they share: ``layout`` (rows, labels, guides, marks), ``theme`` (colours and shapes), ``text``
(escaping, percent), ``dates`` (places and ticks on a dated axis).
"""
