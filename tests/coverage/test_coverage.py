"""The published coverage is what enumeration gives, and the methods that promise a level keep it."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import change_page  # noqa: E402
import driver_page  # noqa: E402
import enumeration  # noqa: E402
import explained_page  # noqa: E402
import methods  # noqa: E402
import page  # noqa: E402
import rank_page  # noqa: E402
import survey_page  # noqa: E402

RESULTS = ROOT / "coverage" / "results.csv"
OURS = methods.ours()
QUICK = [key for key in OURS if not key[1].endswith(("chan-zhang", "agresti-min"))]
SMALL = [(n1, n2) for n1 in enumeration.SIZES for n2 in enumeration.SIZES if max(n1, n2) <= 20]


@pytest.fixture(scope="module")
def results():
    with RESULTS.open(newline="") as file:
        return {
            (row["measure"], row["method"], int(row["nobs1"]), int(row["nobs2"])): enumeration.Covered(
                float(row["mean"]), float(row["minimum"]), float(row["short"])
            )
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("key", QUICK, ids=" ".join)
def test_published_coverage_is_enumerated_again(key, results):
    for n1, n2 in SMALL:
        found = enumeration.coverage(OURS[key], key[0], n1, n2)
        assert found == pytest.approx(results[*key, n1, n2], abs=3e-5), (n1, n2)


@pytest.mark.parametrize("key", [key for key in OURS if key not in QUICK], ids=" ".join)
def test_published_coverage_of_unconditional_methods_at_the_smallest_sizes(key, results):
    found = enumeration.coverage(OURS[key], key[0], 5, 10)
    assert found == pytest.approx(results[*key, 5, 10], abs=2e-5)


def test_every_method_and_every_size_is_published(results):
    for key in OURS:
        most = methods.LARGEST.get(key[1], max(enumeration.SIZES))
        sizes = [n for n in enumeration.SIZES if n <= most]
        assert all((*key, n1, n2) in results for n1 in sizes for n2 in sizes), key


@pytest.mark.parametrize("method", ["chan-zhang", "agresti-min", "central", "fisher"])
def test_exact_methods_keep_their_level(method, results):
    minima = [c.minimum for (_, name, _, _), c in results.items() if name == f"dueregard {method}"]
    assert minima and min(minima) >= 0.95 - 1e-5


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
def test_the_default_is_right_on_average_at_every_size(measure, results):
    means = [c.mean for (m, name, _, _), c in results.items() if (m, name) == (measure, "dueregard score")]
    assert all(0.945 < mean < 0.975 for mean in means)


def test_the_page_says_what_the_results_say(results):
    drawn = (survey_page.survey_part(), change_page.change_part(), rank_page.rank_part())
    why = (driver_page.driver_part(), explained_page.explained_part())
    parts = (page.page(results), *drawn, *why)
    assert (ROOT / "docs" / "coverage.md").read_text() == "\n".join(parts)


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio", "distance"])
def test_enumeration_is_the_plain_sum(measure):
    """One pair of true shares at a time, table by table."""
    key = {"distance": ("distance", "fairlearn default (bootstrap)")}.get(measure, (measure, "dueregard score"))
    limits = (OURS | methods.PEERS)[key]
    n1, n2 = 3, 4
    x1, x2 = (x.reshape(-1) for x in np.meshgrid(np.arange(4), np.arange(5), indexing="ij"))
    low, high = limits(x1, n1, x2, n2)
    worst, total = 1.0, 0.0
    first = [binom.pmf(x1, n1, p) for p in enumeration.SHARES]
    second = [binom.pmf(x2, n2, q) for q in enumeration.SHARES]
    for p, ours in zip(enumeration.SHARES, first, strict=True):
        for q, theirs in zip(enumeration.SHARES, second, strict=True):
            true = {
                "difference": p - q,
                "distance": abs(p - q),
                "ratio": p / q,
                "odds-ratio": p / (1 - p) / (q / (1 - q)),
            }[measure]
            near = 1e-9 * max(1.0, abs(true))
            holds = (low <= true + near) & (true - near <= high)
            chance = (ours * theirs)[holds].sum()
            worst, total = min(worst, chance), total + chance
    found = enumeration.coverage(limits, measure, n1, n2)
    assert found.minimum == pytest.approx(worst, abs=1e-9)
    assert found.mean == pytest.approx(total / 40_000, abs=1e-9)
