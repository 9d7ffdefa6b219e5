"""Figures: which numbers sources share, and which to check."""

import streamlit as st

from dashboard.measures import TABLES
from dashboard.measures.figures.figures import figure_counts
from dashboard.ui import articles, frame, tables, widgets
from dashboard.ui.figures import groups
from dashboard.ui.missing import nothing
from dashboard.wording import capital, count, number

PER_PAGE, MOST_ALONE, MOST_WITHOUT, MOST_LISTED = 10, 10, 10, 5_000

view = frame.view()
if not nothing.is_empty(view):
    counts = view.kept("figure counts", lambda: figure_counts(view.index, view.scope))
    n, n_without = view.summary.n_articles, len(counts.without)
    agreed, differ = counts.by_status["agree"], counts.by_status["different figures, check"]
    shared = capital(number(agreed, "figure")) if agreed else "No figure"
    title = f"{shared} that several sources share"
    if differ:
        title += f", and {number(differ)} to check"
    none = f"; {n_without:,} {'has' if n_without == 1 else 'have'} none" if n_without else ""
    widgets.head(
        title if counts.figures else "No figures in these articles",
        f"{count(counts.figures, 'figure')} in {n - n_without:,} of {count(n, 'article')}{none}. "
        "Numbers with their unit, each in its sentence.",
    )
    if counts.groups:
        status, n_groups = groups.status_picker(counts)
        first, n_pages = 0, -(-n_groups // PER_PAGE)
        if n_pages > 1:
            first = (articles.page_picker(n_pages) - 1) * PER_PAGE
        found = view.measure("figure_groups", first=first, most=PER_PAGE, status=status)
        groups.groups(view, found)
        if n_pages > 1:
            articles.page_picker(n_pages, below=True)
    n_alone = counts.alone
    if n_alone:
        st.header(f"{capital(number(n_alone, 'figure'))} without a match", anchor=False)
        st.caption(
            "Compared were figures of one story, or of articles two days apart at most, whose "
            "sentences share words. Others may still have the same number in other words."
            + (f" The first {MOST_ALONE}." if n_alone > MOST_ALONE else "")
        )
        shown = view.measure("figures", first=counts.figures - n_alone, most=MOST_ALONE)
        groups.alone(view, shown, "figures-alone")
    if n_without:
        st.header(f"{capital(number(n_without, 'article'))} without figures", anchor=False)
        st.caption("No number with a unit in them, or not in English or German.")
        rows = view.index.article_rows(counts.without[:MOST_WITHOUT], articles.COLUMNS)
        articles.article_list(view, tables.rows_of(rows), "without-figures")
    widgets.foot(
        "figures",
        f"n = {count(counts.figures, 'figure')}.",
        TABLES["figures"].method,
        view.measure("figures", most=MOST_LISTED),
        "figures.csv",
    )
