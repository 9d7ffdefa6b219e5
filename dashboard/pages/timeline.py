"""Timeline: the story so far, in dated statements."""

from dashboard.ui import frame
from dashboard.ui.events import timeline
from dashboard.ui.missing import nothing

view = frame.view()
if not nothing.is_empty(view):
    timeline.story_so_far(view)
