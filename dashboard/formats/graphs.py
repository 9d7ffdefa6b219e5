"""How alike topics are, or sources, as a graph that Gephi and NetworkX open (GEXF 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import Scope

#: What XML 1.0 can't hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {"n_words": "long", "share": "double", "n_articles": "long", "kind": "string"}


def topic_graph(index: Index, scope: Scope) -> bytes:
    """The topics in scope as nodes; an edge joins two where one is among the five most like the
    other, and weighs their cosine (table ``similar_topics``). Edges of 0 or less are left out: of
    layouts, most take only weights above it."""
    topics = TABLES["topics"](index, scope)
    pairs = TABLES["similar_topics"](index, scope)
    there = set(topics["topic_id"])
    edges: dict[tuple[str, str], float] = {}
    for one, other, cosine in zip(
        pairs["topic_id"], pairs["similar_id"], pairs["cosine"], strict=True
    ):
        if other in there and cosine > 0:
            edges[min(one, other), max(one, other)] = float(cosine)
    nodes = topics.rename(columns={"topic_id": "id"})[["id", "label", "share", "n_words", "kind"]]
    return _gexf(nodes, edges, f"Topics: {scope.describe(index)}")


def source_graph(index: Index, scope: Scope) -> bytes:
    """The known sources in scope as nodes; an edge weighs the cosine of the shares that topics have
    of their words (table ``source_topics``); none where it is 0."""
    mixes = TABLES["source_topics"](index, scope)
    counts = TABLES["coverage"](index, scope).groupby("source_id")["n_articles"].sum()
    shares = mixes.pivot_table(
        index="source_id", columns="topic_id", values="share", fill_value=0.0, sort=True
    )
    names = mixes.drop_duplicates("source_id").set_index("source_id")["source"]
    vectors = shares.to_numpy(dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(lengths > 0, lengths, 1.0)
    cosine, ids = vectors @ vectors.T, list(map(str, shares.index))
    edges = {
        (ids[i], ids[j]): float(round(cosine[i, j], 9))
        for i in range(len(ids))
        for j in range(i + 1, len(ids))
        if cosine[i, j] > 0
    }
    nodes = pd.DataFrame({
        "id": ids, "label": names.reindex(ids).tolist(),
        "n_articles": counts.reindex(ids).fillna(0).astype(int).tolist(),
    })  # fmt: skip
    return _gexf(nodes, edges, f"Sources: {scope.describe(index)}")


def _gexf(nodes: pd.DataFrame, edges: Mapping[tuple[str, str], float], title: str) -> bytes:
    root = ElementTree.Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "description").text = _NO_XML.sub(
        "", title
    )
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    facts = [name for name in nodes.columns if name in _TYPES]
    declared = ElementTree.SubElement(graph, "attributes", {"class": "node"})
    for name in facts:
        ElementTree.SubElement(declared, "attribute", id=name, title=name, type=_TYPES[name])
    drawn = ElementTree.SubElement(graph, "nodes")
    for row in nodes.to_dict("records"):
        label = _NO_XML.sub("", str(row["label"]))
        node = ElementTree.SubElement(drawn, "node", id=str(row["id"]), label=label)
        _facts(node, [(name, row[name]) for name in facts if not pd.isna(row[name])])
    joined = ElementTree.SubElement(graph, "edges")
    for i, ((one, other), weight) in enumerate(sorted(edges.items())):
        ElementTree.SubElement(
            joined, "edge", id=str(i), source=one, target=other, weight=repr(weight)
        )
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _facts(node: ElementTree.Element, facts: Iterable[tuple[str, object]]) -> None:
    held = ElementTree.SubElement(node, "attvalues")
    for name, value in facts:
        ElementTree.SubElement(held, "attvalue", {"for": name, "value": str(value)})
