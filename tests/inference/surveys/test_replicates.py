"""Replicates that are given or made: united, and refused when they cannot be."""

import numpy as np
import pytest

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.replicate_designs import make
from dueregard.inference.surveys.replicates.replicates import Replicates

CLUSTERS = Clusters(np.repeat(np.arange(4), 10).astype(np.int32), np.zeros(4))


def test_given_totals_are_united_as_domains_are():
    totals = np.random.default_rng(2).integers(0, 9, (6, 4, 2)).astype(float)
    given = Replicates("other", 1.0, np.ones(6), totals=totals)
    united = given.united([1, 0, 1, 0], [0, 1, 3, 3], 3)
    expected = np.stack([totals[:, 1] + totals[:, 3], totals[:, 0] + totals[:, 3], np.zeros((6, 2))], axis=1)
    assert (united.totals == expected).all()
    made = make("jkn", CLUSTERS)
    assert made.united([0], [0], 1) is made


TOTALS = np.zeros((3, 1, 1))
GOOD = {"kind": "other", "scale": 1.0, "scales": np.ones(3), "totals": TOTALS}
REFUSED = {
    "one": (ValueError, "replicates: a variance needs at least 2, not 1", {"scales": np.ones(1), "totals": TOTALS[:1]}),
    "none": (
        ValueError,
        "replicates: a variance needs at least 2, not 0",
        {"scales": np.ones(0), "totals": TOTALS[:0]},
    ),
    "scale": (ValueError, "scale: -1.0 is not a finite number above 0", {"scale": -1.0}),
    "scale nan": (ValueError, "scale: nan is not a finite number above 0", {"scale": float("nan")}),
    "scale text": (TypeError, "scale: 'one' is not a number", {"scale": "one"}),
    "scales": (
        ValueError,
        "scales: -0.5 of replicate 1 is not a finite number of at least 0",
        {"scales": np.array([1, -0.5, 1])},
    ),
    "scales zero": (ValueError, "scales: fewer than 2 replicates count", {"scales": np.array([1.0, 0, 0])}),
    "totals shape": (ValueError, r"totals: the shape \(2, 1, 1\) does not fit 3 replicates", {"totals": TOTALS[:2]}),
    "totals axes": (ValueError, r"totals: the shape \(3, 1\) does not fit 3 replicates", {"totals": TOTALS[:, 0]}),
    "multipliers": (
        ValueError,
        r"multipliers: the shape \(9, 2\) does not fit 3",
        {"totals": None, "multipliers": np.ones((9, 2))},
    ),
    "both": (ValueError, "need either multipliers of clusters or totals", {"multipliers": np.ones((9, 3))}),
    "neither": (ValueError, "need either multipliers of clusters or totals", {"totals": None}),
    "mse": (TypeError, "mse: 1 is neither True nor False", {"mse": 1}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_replicates_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        Replicates(**(GOOD | bad))
