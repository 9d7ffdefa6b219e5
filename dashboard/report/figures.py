"""Figures of a report, as SVG that needs no script: each mark and number carries its proof."""

from __future__ import annotations

from dashboard.report.proof import Evidence

WIDTH, ROW, LABELS, NUMBERS = 720, 26, 240, 70
COLUMNS_HEIGHT = 150
MOST_LABEL = 34


def bars(data: Evidence, label: str, share: str, low: str, high: str, alt: str) -> str:
    """A dot for each row at its share with its interval, and the share in numbers. ``alt``:
    escaped."""
    n = len(data.rows)
    highest = max([data.value(i, c) or 0.0 for i in range(n) for c in (share, high)], default=0.0)
    scale = (WIDTH - LABELS - NUMBERS) / (highest or 1.0)
    drawn = []
    for i in range(n):
        y, value = ROW * i + ROW // 2, data.value(i, share)
        drawn.append(f'<text x="{LABELS - 10}" y="{y + 5}" class="label"'
                     f"{data.attributes(i, label, data.value(i, label))}>"
                     f"{_short(data, i, label)}</text>")  # fmt: skip
        if value is None:
            continue
        ends = data.value(i, low), data.value(i, high)
        if None not in ends:
            x = [LABELS + scale * end for end in ends]
            drawn.append(f'<line x1="{x[0]:.1f}" x2="{x[1]:.1f}" y1="{y}" y2="{y}" class="interval"'
                         f"{data.attributes(i, low, ends[0])}/>")  # fmt: skip
        drawn.append(f'<circle cx="{LABELS + scale * value:.1f}" cy="{y}" r="5"'
                     f"{data.attributes(i, share, value)}/>")  # fmt: skip
        drawn.append(data.element("text", i, share, f' x="{WIDTH - 60}" y="{y + 5}"'))
    return _svg(ROW * n + 4, alt, drawn)


def columns(data: Evidence, label: str, count: str, alt: str) -> str:
    """A column for each row, in their order, with the count above where there is room for it.
    ``alt``: escaped."""
    n = len(data.rows)
    width = WIDTH / max(n, 1)
    most = max([data.value(i, count) or 0 for i in range(n)], default=0)
    drawn = []
    for i in range(n):
        value, x = data.value(i, count) or 0, width * i
        height = COLUMNS_HEIGHT * value / (most or 1)
        y = 20 + COLUMNS_HEIGHT - height
        drawn.append(f'<rect x="{x + width * 0.1:.2f}" y="{y:.1f}" width="{width * 0.8:.2f}" '
                     f'height="{height:.1f}"{data.attributes(i, count, value)}/>')  # fmt: skip
        if width > 34:
            at = f' x="{x + width / 2:.1f}" text-anchor="middle"'
            drawn.append(data.element("text", i, count, f'{at} y="{y - 5:.1f}"'))
        if width > 90 or i in (0, n - 1):
            anchor = "middle" if width > 90 else "end" if i else "start"
            place = x + width / 2 if width > 90 else WIDTH if i else 0
            at = f' x="{place:.1f}" y="{COLUMNS_HEIGHT + 38}" text-anchor="{anchor}"'
            drawn.append(data.element("text", i, label, at))
    return _svg(COLUMNS_HEIGHT + 46, alt, drawn)


def _short(data: Evidence, row: int, column: str) -> str:
    """A label as long as there is room for; its proof has all of it."""
    shown = data.shown(row, column)
    value = data.value(row, column)
    if value is None or len(str(value)) <= MOST_LABEL:
        return shown
    cut = Evidence("", "", "", data.rows.assign(**{column: str(value)[: MOST_LABEL - 1] + "…"}), {})
    return cut.shown(row, column)


def _svg(height: int, alt: str, drawn: list[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{alt}">\n'
        + "\n".join(drawn)
        + "\n</svg>"
    )
