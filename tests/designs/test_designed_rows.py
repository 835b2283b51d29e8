"""Rows of a sample numbered by what is in them, and some of them alone."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.designs.designed import designed


def read(order, **design):
    rng = np.random.default_rng(0)
    data = {
        "w": rng.integers(1, 4, 40).astype(float),
        "s": np.repeat(["p", "q"], 20),
        "x": rng.integers(0, 3, 40) + 0.5,
    }
    data["sex"] = rng.choice(["f", "m"], 40)
    shuffled = {name: column[order] for name, column in data.items()}
    return designed(shuffled, "sex", dr.survey_design(**design)), shuffled["x"][:, np.newaxis]


@pytest.mark.parametrize("design", [{"weight": "w"}, {"weight": "w", "stratum": "s"}])
def test_rows_that_were_drawn_alone_are_numbered_by_what_is_in_them(design):
    order = np.random.default_rng(1).permutation(40)
    (first, values), (second, moved) = read(np.arange(40), **design), read(order, **design)
    own = first.rows.renumbered(first.design, first.rows.cell, values)
    again = second.rows.renumbered(second.design, second.rows.cell, moved)
    assert sorted(own.cluster) == list(range(40))
    strata = first.rows.clusters.stratum
    assert (strata[own.cluster] == strata[first.rows.cluster]).all()
    by_cluster = [
        np.column_stack([each.cell, each.weight, x[:, 0]])[np.argsort(each.cluster)]
        for each, x in ((own, values), (again, moved))
    ]
    np.testing.assert_array_equal(*by_cluster)


def test_clusters_keep_their_numbers():
    found, values = read(np.arange(40), psu="s")
    assert found.rows.renumbered(found.design, found.rows.cell, values) is found.rows


def test_rows_left_out_leave_their_clusters_sampled():
    found, values = read(np.arange(40), weight="w", stratum="s")
    which = found.rows.cell == 1
    some = found.rows.of(which)
    assert some.clusters.n_clusters == 40 and len(some.cluster) == which.sum()
    cell = np.where(which, 0, -1).astype(np.int32)
    whole = found.rows.summed(found.design, cell, 1, values)
    part = some.summed(found.design, np.zeros(which.sum(), np.int32), 1, values[which])
    np.testing.assert_array_equal(whole.sums, part.sums)
    np.testing.assert_array_equal(whole.cluster, part.cluster)
