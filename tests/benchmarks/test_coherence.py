"""The coherence score is gensim's: its numbers, frozen (gensim 4.4.0, c_npmi, processes=1)."""

import numpy as np
import pytest

from benchmarks.coherence import diversity, npmi

TEXTS = [
    "the port strike goes on and the dockers of the port vote on the strike today again",
    "the union of dockers and the port authority talk about the strike",
    "short note",
    "a court ruled on the law and the judge of the court read the ruling on the new law aloud",
    "the judge and the law",
    "nothing here is about either of these two subjects at all so it must not be counted as a text",
    "the law on the strike was read in court before the port opened and the dockers went back to "
    "work",
]
TOPICS = ["port strike dockers union", "court law judge ruling", "strike law vote note"]
BY_GENSIM = {
    10: [0.1446986017, 0.4396157574, -0.5026090477],
    5: [-0.3138754144, -0.0038965815, -0.4750698448],
}


@pytest.mark.parametrize("window", BY_GENSIM)
def test_npmi_is_that_of_gensim(window):
    tokens = [text.split() for text in TEXTS]
    vocabulary = {w: i for i, w in enumerate(sorted({w for t in tokens for w in t}))}
    ids = np.asarray([vocabulary[w] for t in tokens for w in t], dtype=np.int32)
    offsets = np.concatenate([[0], np.cumsum([len(t) for t in tokens])])
    topics = [[vocabulary[w] for w in topic.split()] for topic in TOPICS]
    assert npmi(topics, ids, offsets, window) == pytest.approx(BY_GENSIM[window], abs=1e-9)


def test_diversity_is_the_share_of_different_words():
    assert diversity([[1, 2], [3, 4]]) == 1.0
    assert diversity([[1, 2], [2, 1]]) == 0.5
