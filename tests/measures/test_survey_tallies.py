"""A tally of a survey is a tally, and its clusters follow every change of it."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.measures.grouped import tally_of

DESIGN = dr.survey_design(weight="w", psu="ward")


def records(n=200):
    rng = np.random.default_rng(3)
    return {
        "area": rng.choice(["A", "B"], n),
        "group": rng.choice(["x", "y", "z"], n),
        "answer": rng.choice(["no", "yes"], n),
        "ward": rng.integers(0, 12, n),
        "w": rng.uniform(1, 3, n),
    }


def counted(data, columns=("area", "group"), **options):
    asked = dict.fromkeys(("weight", "where", "labels", "missing", "threads")) | options
    return tally_of(data, list(columns), outcome="answer", **asked)


def same_cells(one, other):
    for name in ("cluster", "domain", "nobs"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    np.testing.assert_allclose(one.sums, other.sums, rtol=1e-12)


def test_it_counts_as_any_tally_does():
    ours, plain = counted(records(), design=DESIGN), counted(records(), weight="w")
    assert isinstance(ours, dr.Tally) and ours.labels == plain.labels
    assert ours.counts.tolist() == plain.counts.tolist() and ours.sums.tolist() == plain.sums.tolist()
    assert ours.cells.domain_nobs.tolist() == ours.counts.reshape(-1).tolist()
    np.testing.assert_allclose(ours.cells.domain_sums[:, 0], ours.sums.reshape(-1), rtol=1e-12)


@pytest.mark.parametrize("names", [("group", "answer"), ("answer", "area"), ("answer",), ("group", "area", "answer")])
def test_a_margin_has_the_clusters_of_the_margin(names):
    found = counted(records(), design=DESIGN).margin(*names)
    assert found.cells.domain_nobs.reshape(found.counts.shape).tolist() == found.counts.tolist()
    if names == ("group", "answer"):
        same_cells(found.cells, counted(records(), ["group"], design=DESIGN).cells)


def test_other_labels_have_their_clusters_and_what_is_left_out_is_gone():
    found = counted(records(), design=DESIGN).relabelled({"group": ([1, 1, -1], ["none", "x or y"])})
    assert found.counts[:, 0].sum() == 0
    assert found.cells.domain_nobs.reshape(found.counts.shape).tolist() == found.counts.tolist()
    assert found.cells.clusters.n_clusters == 12


def test_two_surveys_are_not_added():
    ours = counted(records(), design=DESIGN)
    with pytest.raises(TypeError, match=r"^tallies of a survey cannot be added: count all of its records together$"):
        ours + ours
