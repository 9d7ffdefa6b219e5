"""Precision and recall of the rules for voices, by rule, on quotations labelled by hand.

    .venv/bin/python benchmarks/voices.py [FILE]

``FILE`` has cases as in ``tests/text/quotations/labelled_en.txt``, the default. A speaker is right
when one of the two names, that of the label and that of the rule, holds the last word of the other.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.text.quotations.voices import Voice, find_voices
from dashboard.text.sentences import sentence_spans

LABELLED = Path(__file__).parent.parent / "tests/text/quotations/labelled_en.txt"
QUOTED = ("direct", "mixed", "phrase", "title")


@dataclass(frozen=True)
class Label:
    """What a case says of one quotation; ``begins``: the first words of indirect speech."""

    kind: str
    speaker: str
    channel: str
    begins: str


@dataclass(frozen=True)
class Case:
    """A text of one passage with its labels in order."""

    text: str
    labels: list[Label]

    def voices(self, language: str = "en") -> list[Voice]:
        """What the rules find in it."""
        return find_voices([self.text], [sentence_spans(self.text, language)], language)

    def pairs(self, language: str = "en") -> Iterator[tuple[Label | None, Voice | None]]:
        """Each label with what was found for it; what has no label comes with None."""
        voices = self.voices(language)
        quoted = [v for v in voices if v.kind in QUOTED]
        marked = [label for label in self.labels if label.kind in QUOTED]
        for i in range(max(len(quoted), len(marked))):
            label = marked[i] if i < len(marked) else None
            yield label, quoted[i] if i < len(quoted) else None
        left = [v for v in voices if v.kind == "indirect"]
        for label in (label for label in self.labels if label.kind == "indirect"):
            found = next(
                (v for v in left if self.text[v.start : v.end].startswith(label.begins)), None
            )
            if found is not None:
                left.remove(found)
            yield label, found
        yield from ((None, voice) for voice in left)


def read_cases(path: Path = LABELLED) -> list[Case]:
    """The cases of a file."""
    cases = []
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    for block in re.split(r"\n\s*\n", text.strip()):
        own = block.split("\n")
        labels = [_label(line) for line in own if line.startswith("= ")]
        cases.append(Case("\n".join(x for x in own if not x.startswith("= ")), labels))
    return cases


def _label(line: str) -> Label:
    kind, _, rest = line[2:].partition(" ")
    rest, _, channel = rest.partition(" | ")
    speaker, _, begins = rest.partition(": ") if kind == "indirect" else (rest, "", "")
    return Label(kind, "" if speaker == "-" else speaker.strip(), channel.strip(), begins)


def same_speaker(label: str, voice: Voice) -> bool:
    """Whether the rule names whom the label names."""
    if not label:
        return False
    known = set(_words(label))
    return any(
        _words(name)[-1:] and (_words(name)[-1] in known or _words(label)[-1] in _words(name))
        for name in (voice.speaker, voice.written)
    )


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold().replace("’s", ""))


def main() -> None:
    """Print the table."""
    cases = read_cases(Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED)
    n, found, right = Counter[str](), Counter[str](), Counter[str]()
    rules, rules_right = Counter[str](), Counter[str]()
    began = time.process_time()
    for case in cases:
        for label, voice in case.pairs():
            group = "indirect" if (label or voice).kind == "indirect" else "quoted"  # type: ignore[union-attr]
            said = label is not None and label.speaker
            n[group] += bool(said)
            if voice is None or not voice.speaker or voice.kind in ("phrase", "title"):
                if said:
                    print("missed:", case.text[:110], "|", label)
                continue
            ok = label is not None and same_speaker(label.speaker, voice)
            found[group] += 1
            right[group] += ok
            rules[voice.rule] += 1
            rules_right[voice.rule] += ok
            if not ok:
                print("wrong:", case.text[:110], "|", label, "|", voice.speaker, voice.rule)
    seconds = time.process_time() - began
    for group in n:
        print(
            f"{group:9} n={n[group]:4} precision {right[group] / max(found[group], 1):.3f} "
            f"recall {right[group] / max(n[group], 1):.3f}"
        )
    for rule, total in rules.most_common():
        print(f"  {rule:24} {rules_right[rule]:4} of {total:4}")
    print(f"{len(cases) / seconds:.0f} cases a second")


if __name__ == "__main__":
    main()
