"""Rules: their names, and how sure each is."""

from __future__ import annotations

#: How sure each rule is: the share of its speakers that were right, see ``benchmarks/voices.py``.
CONFIDENCE = {
    "quote, verb, name": 0.97,
    "quote, name, verb": 0.97,
    "quote: name": 0.85,
    "name, verb, quote": 0.93,
    "name, act, quote": 0.87,
    "name, thought, quote": 0.7,
    "participle": 0.9,
    "participle of a clause": 0.85,
    "participle by itself": 0.7,
    "passive": 0.85,
    "according to": 0.92,
    "name: quote": 0.9,
    "person …: quote": 0.85,
    "clause: quote": 0.7,
    "possessive": 0.8,
    "split": 0.95,
    "end of sentence": 0.85,
    "that … said": 0.8,
    "continued": 0.9,
    "next paragraph": 0.93,
    "paragraph alone": 0.85,
    "after a report": 0.85,
    "paragraph after a report": 0.8,
    "line before": 0.85,
    "same paragraph": 0.6,
    "paragraph before": 0.6,
    "subject": 0.5,
    "nobody": 0.0,
    "clause": 0.85,
    "thought": 0.7,
    "clause, name, verb": 0.88,
}
