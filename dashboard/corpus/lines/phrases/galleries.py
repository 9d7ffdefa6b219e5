"""What stands at the pictures of a gallery: buttons, and a count of the pictures."""

from __future__ import annotations

import re

from dashboard.corpus.lines.phrases import phrases


def _any_of(name: str) -> str:
    return "|".join(map(re.escape, phrases(name)))


COUNT = r" \d{1,3} ?(?:of|von|sur|de|di|van|/) ?\d{1,3}"
CAPTION_BUTTON = _any_of("caption button")
_BUTTON = _any_of("gallery button")
# “prev next Image 2 of 3”
PICTURE_COUNT = (
    rf"(?:(?:{_BUTTON}) ){{0,2}}(?:{_any_of('gallery picture')}){COUNT}(?: (?:{_BUTTON})){{0,2}}"
)
