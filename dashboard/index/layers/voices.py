"""Voices: what each article says that somebody said, and who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.container import Strings, pack_numbered
from dashboard.index.terms.lexicon import Lexicon
from dashboard.text.names.lexicon import name_words
from dashboard.text.quotations.chains import LEAST_WORDS, chains_of, words_of
from dashboard.text.quotations.sentences.lexicon import LANGUAGES
from dashboard.text.quotations.sentences.lexicon import lexicon as speech_words
from dashboard.text.quotations.speakers.roles import ROLES
from dashboard.text.quotations.speakers.same_people import shared_names, short_forms
from dashboard.text.quotations.voices import KINDS, Voice, find_voices

#: Texts of a voice, each stored as numbers into a table of strings of its own.
TEXTS = ("speaker", "written", "verb", "channel", "addressee", "rule")


class Voices(Layer):
    """Arrays of a segment, a row for each voice in the order of the text: ``article`` and
    ``passage`` (its number in the article), ``start`` and ``end`` in characters of the passage,
    ``kind`` and ``role`` (positions in ``KINDS`` and ``ROLES``), ``confidence`` (0 to 1); for each
    of ``TEXTS`` a number into the string table of that name. ``read`` (n_articles,): whether the
    rules know the language of the article, which is English so far; others have no rows.

    Joint, over all segments in their order: ``speaker`` (a number into ``speakers``, one name for
    each speaker in all articles; "" for nobody) and ``chain`` (the number of the words that
    other articles quote as well, -1: none do) of each voice; ``phrase`` (a number into
    ``phrases``, -1: it has other than two to four words in quotation marks)."""

    name: ClassVar[str] = "voices"
    version: ClassVar[int] = 10
    needs: ClassVar[tuple[str, ...]] = ("sentences",)
    slow: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the passages."""
        read = [language in LANGUAGES for language in segment.articles.column("language")]
        articles: list[int] = []
        voices: list[Voice] = []
        for article, (passages, sentences) in enumerate(segment.sentences()):
            if not read[article]:
                continue
            found = find_voices(passages, sentences)
            articles += [article] * len(found)
            voices += found
        return {
            "read": np.asarray(read, dtype=bool),
            "article": np.asarray(articles, dtype=np.int32),
            **{name: np.asarray([getattr(v, name) for v in voices], dtype=np.int32)
               for name in ("passage", "start", "end")},
            "kind": np.asarray([KINDS.index(v.kind) for v in voices], dtype=np.uint8),
            "role": np.asarray([ROLES.index(v.role) for v in voices], dtype=np.uint8),
            "confidence": np.asarray([v.confidence for v in voices], dtype=np.float32),
            **{key: array for name in TEXTS
               for key, array in pack_numbered(name, [getattr(v, name) for v in voices]).items()},
        }  # fmt: skip

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """Who is the same, and which words are, in all articles."""
        speakers: list[str] = []
        articles: list[int] = []
        quotes: list[list[str]] = []
        before = 0  # articles of the segments before
        for segment in segments:
            own = segment.layers[self.name]
            articles += (own["article"] + before).tolist()
            before += len(segment.articles)
            speakers += Strings.of(own, "speakers").take(own["speaker"])
            quotes += _quoted_words(segment, own)
        shared = shared_names(speakers, _common(speakers, segments[-1].lexicon) if segments else {})
        names = [shared[speaker] for speaker in speakers]
        for language in LANGUAGES:
            one = short_forms(names, articles, name_words(language).nicknames)
            names = [one.get(name, name) for name in names]
        long = [i for i, words in enumerate(quotes) if len(words) >= LEAST_WORDS]
        chain = np.full(len(quotes), -1, dtype=np.int32)
        chain[long] = chains_of([quotes[i] for i in long])
        phrases = [" ".join(w) if 2 <= len(w) < LEAST_WORDS else "" for w in quotes]
        packed = pack_numbered("phrase", phrases)
        return {
            **pack_numbered("speaker", names),
            **packed,
            "phrase": np.where([p == "" for p in phrases], -1, packed["phrase"]).astype(np.int32),
            "chain": chain,
        }


def _common(speakers: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """Of speakers that are one word with a capital, how the corpus writes those that are no names:
    plurals (“Critics”) and words like “Some” that have no capital elsewhere."""
    some = frozenset[str]().union(*(speech_words(language)["some"] for language in LANGUAGES))
    capital = sorted(
        name for name in set(speakers)
        if name[:1].isupper() and (name.endswith("s") or name.casefold() in some)
    )  # fmt: skip
    numbers = lexicon.numbers([name.casefold() for name in capital])
    known = numbers >= 0
    surfaces = lexicon.surfaces.take(numbers[known])
    names = [name for name, is_known in zip(capital, known.tolist(), strict=True) if is_known]
    return {name: s for name, s in zip(names, surfaces, strict=True) if s[:1].islower()}


def _quoted_words(segment: SegmentView, own: Arrays) -> list[list[str]]:
    """The words of what stands in quotation marks; none for indirect speech."""
    columns = ("article", "passage", "start", "end", "kind")
    found: list[list[str]] = []
    read, passages = -1, list[str]()
    for article, passage, start, end, kind in zip(*(own[c].tolist() for c in columns), strict=True):
        if KINDS[kind] in ("indirect", "title"):
            found.append([])
            continue
        if article != read:
            read, passages = article, segment.articles.passages(article)
        found.append(words_of(passages[passage][start:end]))
    return found
