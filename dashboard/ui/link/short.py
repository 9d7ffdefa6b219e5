"""Long lists in a link: all but a few, or three letters for each id.

``bbc~xinhua`` is a list as it is. Where that is too long, ``!bbc~xinhua`` stands for all but these,
and ``.k3Ab9x`` for two ids by their digests; what digests can't tell apart is spelled out behind
them. Three letters are 18 bits: among 230 ids about one pair in ten corpora is alike.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2s
from typing import TYPE_CHECKING

from dashboard.scope import SEPARATOR, UNKNOWN_SOURCE
from dashboard.ui.link.parameters import length

if TYPE_CHECKING:
    from dashboard.index.index import Index

ALL_BUT, DIGESTS = "!", "."  # no id begins with them
WIDTH = 3
#: So many ids a link holds whichever of them are chosen: half of them, at three letters each.
ALWAYS_HELD = 270


def ids_there(index: Index, n_topics: int | None) -> dict[str, list[str]]:
    """All ids that the parameters ``src`` and ``topic`` can name."""
    # By the facts of the manifest: no array is read before the page can say that it is damaged.
    n_known = sum(source.n_articles for source in index.sources)
    unknown = [UNKNOWN_SOURCE] if n_known < index.n_articles else []
    return {
        "src": [*(source.source_id for source in index.sources), *unknown],
        "topic": [topic.topic_id for topic in index.cut(n_topics).topics],
    }


def shortened(token: str, every: Sequence[str], limit: int) -> str:
    """A list of ids, ``~`` between them, in the first form that takes no more than ``limit``
    characters; as it is where none does. ``every``: the ids there are. All of them are ""."""
    if length(token) <= limit or not every:
        return token
    chosen = token.split(SEPARATOR)
    if set(chosen) >= set(every):
        return ""
    rest = [each for each in every if each not in set(chosen)]
    forms = (
        ALL_BUT + SEPARATOR.join(rest),
        _digests(chosen, every),
        ALL_BUT + _digests(rest, every),
    )
    return next((form for form in forms if length(form) <= limit), token)


def lengthened(token: str, every: Sequence[str]) -> str:
    """The list that :func:`shortened` was given. A digest that no id of ``every`` has, or several,
    stays as it is: an unknown id. So does what can't be a list of digests. A comma, which no id
    holds, is read as ``~``: people who type a link write one."""
    token = token.replace(",", SEPARATOR)
    but = token.startswith(ALL_BUT)
    head, *ids = token.removeprefix(ALL_BUT).split(SEPARATOR)
    if head.startswith(DIGESTS):
        letters = head.removeprefix(DIGESTS)
        parts = [letters[i : i + WIDTH] for i in range(0, len(letters), WIDTH)]
        alone = _alone(every)
        ids = [*(alone.get(part, DIGESTS + part) for part in parts), *ids]
    elif but:
        ids = [head, *ids]
    else:
        return token
    if not but:
        return SEPARATOR.join(ids)
    unknown = [each for each in ids if each and each not in every]
    return SEPARATOR.join([*(each for each in every if each not in ids), *unknown])


def _digests(ids: Sequence[str], every: Sequence[str]) -> str:
    by_id = {each: digest for digest, each in _alone(every).items()}
    spelled = [each for each in ids if each not in by_id]
    return SEPARATOR.join([DIGESTS + "".join(by_id.get(each, "") for each in ids), *spelled])


def _alone(every: Sequence[str]) -> dict[str, str]:
    """Ids by digest, those whose digest is theirs alone."""
    digests = [_digest(each) for each in every]
    often = Counter(digests)
    return {digest: each for digest, each in zip(digests, every, strict=True) if often[digest] == 1}


def _digest(text: str) -> str:
    raw = blake2s(text.encode(), digest_size=3).digest()
    return urlsafe_b64encode(raw).decode()[:WIDTH]
