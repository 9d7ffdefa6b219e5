"""LSA by subspace iteration, beside the exact decomposition."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from dashboard.index.fitting.graph import lsa_points


def exact(matrix: np.ndarray, n_axes: int) -> np.ndarray:
    """Cosines between rows on the exact axes."""
    points = matrix @ np.linalg.svd(matrix, full_matrices=False)[2][:n_axes].T
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points @ points.T


@pytest.mark.parametrize(("n", "wide"), [(90, 300), (300, 90)])
def test_points_are_those_of_the_exact_axes(n: int, wide: int) -> None:
    rng = np.random.default_rng(3)
    dense = rng.random((n, 6)) @ rng.random((6, wide)) + 0.01 * rng.random((n, wide))
    points = lsa_points(sp.csr_matrix(dense.astype(np.float32)), 6, 0, 4)
    assert points.shape == (n, 6)
    np.testing.assert_allclose(points @ points.T, exact(dense, 6), atol=2e-3)


def test_axes_can_be_found_on_the_first_units_alone() -> None:
    rng = np.random.default_rng(4)
    dense = (rng.random((200, 5)) @ rng.random((5, 80))).astype(np.float32)
    points = lsa_points(sp.csr_matrix(dense), 5, 0, 3, most=60)
    np.testing.assert_allclose(points @ points.T, exact(dense, 5), atol=2e-3)


def test_units_that_are_all_alike_have_points() -> None:
    matrix = sp.csr_matrix(np.tile(np.float32([1, 2, 0, 3]), (30, 1)))
    points = lsa_points(matrix, 100, 0, 4)
    assert np.isfinite(points).all()
    np.testing.assert_allclose(points @ points.T, 1, atol=1e-3)
