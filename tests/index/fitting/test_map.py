"""The map: alike points stand together, wherever they stood in the input; nothing is left out."""

import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from threadpoolctl import threadpool_limits

from dashboard.index.fitting import map as topic_map
from dashboard.index.fitting.map import lay_out


def groups(n=300, k=6, noise=0.3):
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(k, 20))
    points = centres[np.arange(n) % k] + noise * rng.normal(size=(n, 20))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def same_group(places, k=6, m=10):
    """Share of each place's nearest that are of its group."""
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :m]
    return (nearest % k == np.arange(len(places))[:, None] % k).mean()


@pytest.mark.parametrize("n", [100, 600])
def test_alike_points_stand_together(n):
    points = groups(n)
    places = lay_out(points)
    assert places.shape == (n, 2)
    assert places.dtype == np.float32
    assert same_group(places) > 0.98
    assert trustworthiness(points, places, n_neighbors=15) > 0.9


def test_scale_and_axes_are_settled():
    places = lay_out(groups()).astype(np.float64)
    assert np.allclose(places.mean(axis=0), 0, atol=1e-5)
    assert (places**2).sum(axis=1).mean() == pytest.approx(1, abs=1e-5)
    assert abs((places[:, 0] * places[:, 1]).mean()) < 1e-5  # principal axes …
    assert places[:, 0].var() >= places[:, 1].var()  # … the longer first
    assert ((places**3).sum(axis=0) >= -1e-4).all()


@pytest.mark.parametrize("most", [5_000, 120])
def test_order_and_threads_do_not_matter(most, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(topic_map, "MOST_LAID_OUT", most)
    points = np.concatenate([groups(), groups()[:20]])  # some twice
    order = np.random.default_rng(3).permutation(len(points))
    places = lay_out(points)
    with threadpool_limits(2):
        again = lay_out(points[order])
    assert (again == places[order]).all()
    assert (places[:20] == places[300:]).all()


def test_points_beyond_those_laid_out_join_their_like(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(topic_map, "MOST_LAID_OUT", 200)
    monkeypatch.setattr(topic_map, "BLOCK", 64)
    places = lay_out(groups(900))
    assert np.isfinite(places).all()
    assert same_group(places) > 0.98
    assert len(np.unique(places, axis=0)) > 890


def test_a_place_is_the_mean_of_the_nearest():
    others = np.eye(5, dtype=np.float32)
    places = np.asarray([[0.0, 0], [4, 0], [0, 8], [90, 90], [90, 90]])
    point = np.asarray([[0.5, 0.25, 0.25, 0, 0]], dtype=np.float32)
    assert topic_map._among(point, others, places).tolist() == [[1.0, 2.0]]


def test_equal_few_and_no_points():
    same = np.tile(groups(1), (100, 1))
    assert lay_out(same).tolist() == [[0.0, 0.0]] * 100
    two = lay_out(np.repeat(groups(2), [75, 25], axis=0))
    assert np.allclose(two[[0, 99], 0], [-(3**-0.5), 3**0.5], atol=1e-5)
    assert np.allclose(two[:, 1], 0)
    assert lay_out(np.zeros((0, 20), np.float32)).shape == (0, 2)
    assert np.isfinite(lay_out(groups(10))).all()
    line = np.asarray([[1.0], [-1.0], [-1.0]], dtype=np.float32)
    assert np.isfinite(lay_out(line)).all()
