"""Counts drawn again, and exact laws of differences: the compiled functions against their twins and against SciPy."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import difference_distribution, philox, table_draws

KEY = np.array([2011, 2**64 - 25], np.uint64)
KINDS = ("bootstrap", "permutation")
GAP = np.array([[300, 100], [150, 90]])


@pytest.mark.parametrize("replicate", [0, 1, 9_998, 2**63, 2**64 - 1])
@pytest.mark.parametrize("key", [(0, 0), (1, 2), (2**64 - 1, 2**64 - 1), (0x452821E638D01377, 0xBE5466CF34E90C6C)])
def test_philox_words_are_numpys(key, replicate):
    key = np.array(key, np.uint64)
    numpys = np.random.Philox(counter=np.array([0, replicate, 0, 0], np.uint64), key=key).random_raw(23)
    assert _core.philox_words(key, replicate, 23).tolist() == numpys.tolist()
    assert philox.philox_words(key, replicate, 23).tolist() == numpys.tolist()


def test_no_words_and_many():
    assert _core.philox_words(KEY, 0, 0).shape == (0,)
    assert _core.philox_words(KEY, 0, 100_000)[99_999] == np.random.Philox(counter=0, key=KEY).random_raw(100_000)[-1]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.integers(1, 3).flatmap(
        lambda answers: st.lists(
            st.lists(st.one_of(st.integers(0, 5), st.integers(0, 120)), min_size=answers, max_size=answers),
            min_size=1,
            max_size=3,
        )
    ),
    st.sampled_from(KINDS),
    st.integers(0, 2**64 - 10),
)
def test_resample_counts_equals_the_twin(counts, kind, first):
    """Recursions, bounds and Stirling's formula decide as exact ratios of whole numbers do."""
    counts = np.array(counts)
    drawn = _core.resample_counts(counts, KEY, first, 5, kind)
    assert drawn.tolist() == table_draws.resample_counts(counts, KEY, first, 5, kind).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_any_split_gives_the_same_replicates(kind):
    counts = np.array([[30, 1, 0, 4], [25, 60, 7, 7], [0, 0, 0, 0]])
    whole = _core.resample_counts(counts, KEY, 7, 100, kind)
    for cuts in ([0, 100], [0, 1, 100], [0, 0, 33, 34, 99, 100]):
        pieces = [_core.resample_counts(counts, KEY, 7 + a, b - a, kind) for a, b in pairwise(cuts)]
        assert np.concatenate(pieces).tolist() == whole.tolist()


def surprise(drawn, law):
    """The p-value of chi-squared of draws against their exact law; values expected fewer than five times are one."""
    from scipy.stats import chi2

    low, high = int(law.ppf(1e-12)), int(law.ppf(1 - 1e-12)) + 1
    assert low <= drawn.min() and drawn.max() <= high
    seen = np.bincount(drawn - low, minlength=high - low + 1)
    expected = law.pmf(np.arange(low, high + 1)) * len(drawn)
    rare = expected < 5
    seen = np.append(seen[~rare], seen[rare].sum())
    expected = np.append(expected[~rare], max(len(drawn) - expected[~rare].sum(), 1e-6))
    classes = expected >= 1  # what is left over may be next to nothing
    assert seen[~classes].sum() <= 3
    return chi2.sf((np.square(seen - expected) / expected)[classes].sum(), max(classes.sum() - 1, 1))


BINOMIALS = [
    (2, 1),
    (10, 1),
    (10, 5),
    (19, 10),
    (20, 10),
    (21, 10),
    (25, 13),
    (400, 300),
    (1000, 1),
    (1000, 10),
    (1000, 950),
    (1000, 999),
    (100_000, 20),
    (1_000_000, 3),
    (1_000_000, 500_000),
]


@pytest.mark.parametrize(("n", "hits"), BINOMIALS)
def test_bootstrapped_counts_are_binomial(n, hits):
    from scipy.stats import binom

    drawn = _core.resample_counts(np.array([[hits, n - hits]]), KEY, 0, 100_000, "bootstrap")
    assert surprise(drawn[:, 0, 0], binom(n, hits / n)) > 1e-4
    assert (drawn.sum(axis=2) == n).all()


@pytest.mark.parametrize("answer", range(4))
def test_each_answer_of_a_bootstrap_is_binomial(answer):
    from scipy.stats import binom

    counts = np.array([[3, 0, 250, 90]])
    drawn = _core.resample_counts(counts, KEY, 10**6, 100_000, "bootstrap")[:, 0, answer]
    if counts[0, answer] == 0:
        assert (drawn == 0).all()
    else:
        assert surprise(drawn, binom(343, counts[0, answer] / 343)) > 1e-4


def test_answers_of_a_bootstrap_vary_together_as_a_multinomial():
    counts = np.array([[20, 50, 30]])
    drawn = _core.resample_counts(counts, KEY, 0, 200_000, "bootstrap")[:, 0]
    p = counts[0] / 100
    assert np.abs(np.cov(drawn.T) - 100 * (np.diag(p) - np.outer(p, p))).max() < 0.3


TABLES = [
    [[300, 100], [150, 90]],
    [[3, 1], [2, 5]],
    [[0, 4], [3, 2]],
    [[1, 100], [5, 0]],
    [[1000, 1000], [50_000, 3_000]],
    [[1, 0], [0, 1]],
]


@pytest.mark.parametrize("table", TABLES)
def test_shuffled_counts_are_hypergeometric(table):
    from scipy.stats import hypergeom

    (a, b), (c, d) = table
    drawn = _core.resample_counts(np.array(table), KEY, 0, 100_000, "permutation")
    assert surprise(drawn[:, 0, 0], hypergeom(a + b + c + d, a + c, a + b)) > 1e-4


def test_shuffled_tables_are_as_likely_as_shuffles_of_people():
    """Every table of 2 + 1 + 2 people with 3 answers, against the number of ways to deal it."""
    from collections import Counter
    from itertools import permutations

    from scipy.stats import chisquare

    counts = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1]])
    answers = (0, 0, 1, 1, 2)
    groups = (0, 0, 1, 2, 2)
    ways = Counter()
    for dealt in permutations(answers):
        table = np.zeros((3, 3), int)
        np.add.at(table, (groups, dealt), 1)
        ways[table.tobytes()] += 1
    drawn = Counter(table.tobytes() for table in _core.resample_counts(counts, KEY, 0, 60_000, "permutation"))
    assert drawn.keys() == ways.keys()
    seen = [drawn[table] for table in ways]
    assert chisquare(seen, np.array(list(ways.values())) * 60_000 / 120).pvalue > 1e-4


def test_the_largest_total():
    n = 2**31 - 1
    drawn = _core.resample_counts(np.array([[2**30, n - 2**30]]), KEY, 0, 20_000, "bootstrap")[:, 0, 0]
    z = (drawn - 2**30) / (n**0.5 / 2)
    assert abs(z.mean()) < 5 / 20_000**0.5
    assert abs(z.var() - 1) < 5 * (2 / 20_000) ** 0.5
    shuffled = _core.resample_counts(np.array([[2**29, 2**29], [2**29, 2**29 - 1]]), KEY, 0, 200, "permutation")
    assert (shuffled.sum(axis=(1, 2)) == n).all()


@pytest.mark.parametrize("kind", KINDS)
def test_tables_without_cells_or_replicates(kind):
    assert _core.resample_counts(np.zeros((0, 2), int), KEY, 0, 3, kind).shape == (3, 0, 2)
    assert _core.resample_counts(np.zeros((2, 0), int), KEY, 0, 3, kind).shape == (3, 2, 0)
    assert _core.resample_counts(GAP, KEY, 0, 0, kind).shape == (0, 2, 2)


def test_layouts_of_counts():
    whole = _core.resample_counts(GAP, KEY, 0, 9, "bootstrap").tolist()
    for counts in (np.asfortranarray(GAP), GAP.astype(">i8"), np.repeat(GAP, 2, axis=1)[:, ::2]):
        assert _core.resample_counts(counts, KEY, 0, 9, "bootstrap").tolist() == whole


REFUSED = {
    "negative": (ValueError, "counts: -1 in cell 1 is negative", {"counts": np.array([[1, -1]])}),
    "too many": (ValueError, r"more than 2\*\*31 - 1 people", {"counts": np.array([[2**31 - 1], [1]])}),
    "far too many": (ValueError, r"more than 2\*\*31 - 1 people", {"counts": np.array([[2**63 - 1, 2**63 - 1]])}),
    "floats": (TypeError, "counts must be an int64 array", {"counts": GAP * 1.0}),
    "one axis": (TypeError, "counts must be an int64 array", {"counts": GAP[0]}),
    "list": (TypeError, "counts must be an int64 array", {"counts": [[1, 2]]}),
    "kind": (ValueError, "kind: 'jackknife' is not one of", {"kind": "jackknife"}),
    "replicates": (ValueError, "n_replicates: -1 is negative", {"n_replicates": -1}),
    "key length": (ValueError, "key must be a uint64 array of length 2", {"key": KEY[:1]}),
    "key type": (ValueError, "key must be a uint64 array of length 2", {"key": np.zeros(2, int)}),
    "key object": (TypeError, "key", {"key": 5}),
    "first": (ValueError, r"first must be a whole number from 0 to 2\*\*64 - 1", {"first": -1}),
    "first large": (ValueError, r"first must be a whole number from 0 to 2\*\*64 - 1", {"first": 2**64}),
    "first fraction": (TypeError, "float", {"first": 0.5}),
    "interrupt": (TypeError, "interrupt", {"interrupt": 5}),
}
GOOD = {"counts": GAP, "key": KEY, "first": 0, "n_replicates": 5, "kind": "bootstrap"}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.resample_counts(**(GOOD | bad))


@settings(max_examples=120, derandomize=True, deadline=None)
@given(st.data(), st.integers(1, 12), st.integers(1, 12), st.sampled_from([0.5, 0.25, 0.1, 0.025, 0.001, 1e-9]))
def test_difference_quantiles_equal_the_twin(data, nobs1, nobs2, tail):
    """The twin lists every pair of counts, in whole numbers."""
    arguments = data.draw(st.integers(0, nobs1)), nobs1, data.draw(st.integers(0, nobs2)), nobs2, tail
    assert _core.difference_quantiles(*arguments) == difference_distribution.difference_quantiles(*arguments)


@pytest.mark.parametrize(("numerator", "quantiles"), [(1, (-4, 2)), (5, (-2, 0)), (4, (-2, 2)), (6, (0, 0))])
def test_quantiles_where_a_step_is_exactly_reached(numerator, quantiles):
    """Two coins against two: chances 1, 4, 6, 4, 1 in 16."""
    assert _core.difference_quantiles(1, 2, 1, 2, numerator / 16) == quantiles
    assert difference_distribution.difference_quantiles(1, 2, 1, 2, numerator / 16) == quantiles


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.data(), st.integers(1, 60), st.integers(1, 60))
def test_permutation_tails_equal_the_twin(data, nobs1, nobs2):
    arguments = data.draw(st.integers(0, nobs1)), nobs1, data.draw(st.integers(0, nobs2)), nobs2
    twin = difference_distribution.permutation_tails(*arguments)
    np.testing.assert_allclose(_core.permutation_tails(*arguments), twin, rtol=1e-13)


@pytest.mark.parametrize("numbers", [(300, 400, 150, 240), (0, 30, 9, 20), (4000, 90_000, 3900, 80_000), (5, 5, 0, 9)])
def test_permutation_tails_are_scipys(numbers):
    from scipy.stats import hypergeom

    count1, nobs1, count2, nobs2 = numbers
    law = hypergeom(nobs1 + nobs2, count1 + count2, nobs1)
    expected = law.cdf(count1), law.sf(count1 - 1)
    np.testing.assert_allclose(_core.permutation_tails(*numbers), expected, rtol=1e-9)


SHARES = {
    "count1 above": (ValueError, "count1: 5 is not between 0 and nobs1, which is 4", (5, 4, 1, 2)),
    "count2 negative": (ValueError, "count2: -1 is not between 0 and nobs2, which is 2", (1, 4, -1, 2)),
    "nobs1 zero": (ValueError, r"nobs1: 0 is not between 1 and 2\*\*31 - 1", (0, 0, 1, 2)),
    "nobs2 large": (ValueError, r"nobs2: 2147483648 is not between 1 and 2\*\*31 - 1", (0, 1, 1, 2**31)),
    "fraction": (TypeError, "float", (0.5, 1, 1, 2)),
}


@pytest.mark.parametrize("case", SHARES)
def test_bad_shares_are_refused(case):
    error, message, shares = SHARES[case]
    with pytest.raises(error, match=message):
        _core.difference_quantiles(*shares, 0.025)
    with pytest.raises(error, match=message):
        _core.permutation_tails(*shares)


def test_more_refusals():
    with pytest.raises(ValueError, match=r"nobs1 \+ nobs2: more than"):
        _core.permutation_tails(1, 2**31 - 1, 1, 1)
    for tail in (0.0, -0.1, 0.6, float("nan")):
        with pytest.raises(ValueError, match=r"tail must be above 0 and at most 0\.5"):
            _core.difference_quantiles(1, 2, 1, 2, tail)
    with pytest.raises(ValueError, match="n: -1 is negative"):
        _core.philox_words(KEY, 0, -1)
