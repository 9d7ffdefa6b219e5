"""The figures of a page and the tables behind them, for tests without a browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def figures(app: AppTest) -> list[dict[str, Any]]:
    """``data`` and ``layout`` of each drawing, in the order of the page."""
    return [json.loads(spec) for _, spec in _sent(app)]


def heads(app: AppTest) -> list[dict[str, Any]]:
    """What the browser is told beside the figure of each drawing: key, alt, height, events."""
    return [json.loads(head) for head, _ in _sent(app)]


def _sent(app: AppTest) -> list[tuple[str, str]]:
    """Head and figure; what offers a picture of drawings has no figure."""
    sent = [element.proto.bytes.decode() for element in app.get("bidi_component")]
    return [(head, spec) for head, _, spec in (text.partition("\n") for text in sent) if spec]


def open_tables(app: AppTest) -> AppTest:
    """The page with every table behind a chart opened, which is when it is sent."""
    ids = [popover.proto.popover.id for popover in app.get("popover")]
    keys = [found.split("-", 2)[2] for found in ids if found.endswith("-popover")]
    assert keys
    for key in keys:
        app.session_state[key] = True
    return app.run()
