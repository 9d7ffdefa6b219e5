"""Brief: a digest of what is in view in which every sentence can be opened."""

from dashboard.ui import frame, widgets
from dashboard.ui.events import brief
from dashboard.ui.missing import nothing
from dashboard.wording import capital, number

view = frame.view()
if not nothing.is_empty(view):
    summary = view.summary
    whose = f" from {number(summary.n_sources, 'source')}" if summary.n_sources else ""
    widgets.head(
        f"{capital(number(summary.n_articles, 'article'))}{whose} in brief",
        "Every sentence is quoted word for word; open it to read it in its place. "
        + brief.what_was_read(summary.n_articles),
    )
    brief.digest(view)
