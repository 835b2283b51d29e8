"""The largest of related statistics: against integrals by SciPy, against simulation, against its bounds."""

import numpy as np
import pytest
from scipy.stats import dunnett, multivariate_normal, norm, studentized_range

from dueregard.inference.two_groups.maximum_statistic import (
    AllPairs,
    PartsOfWhole,
    SharedReference,
    adjusted_by_maximum,
    chance_within,
    simultaneous_level,
)

Z = np.array([0.5, 1.0, 1.96, 2.5, 3.0, 4.0])


def correlation_with_reference(sizes, reference):
    loading = np.sqrt(np.array(sizes) / (np.array(sizes) + reference))
    matrix = np.outer(loading, loading)
    np.fill_diagonal(matrix, 1)
    return matrix


def correlation_of_parts(sizes):
    part = np.array(sizes) / np.sum(sizes)
    loading = np.sqrt(part / (1 - part))
    matrix = -np.outer(loading, loading)
    np.fill_diagonal(matrix, 1)
    return matrix


def box(matrix, z):
    """The chance of the box by SciPy's integration, singular matrices included."""
    normal = multivariate_normal(np.zeros(len(matrix)), matrix, allow_singular=True, seed=5)
    normal.abseps = normal.releps = 1e-6
    normal.maxpts = 2_000_000
    return normal.cdf(np.full(len(matrix), z), lower_limit=np.full(len(matrix), -z))


@pytest.mark.parametrize(("sizes", "reference"), [((100, 100), 100), ((30, 5, 400), 1000), ((17, 900, 60), 12)])
def test_groups_against_a_reference_are_a_box_of_correlated_normals(sizes, reference):
    found = SharedReference(np.array(sizes, float), reference).within(Z)
    expected = [box(correlation_with_reference(sizes, reference), z) for z in Z]
    np.testing.assert_allclose(found, expected, atol=2e-5)


def test_a_single_group_is_the_plain_normal():
    np.testing.assert_allclose(SharedReference(np.array([40.0]), 25).within(Z), norm.cdf(Z) - norm.cdf(-Z), atol=1e-12)


@pytest.mark.parametrize("reference", [1e-3, 1.0, 1e9])
def test_a_reference_of_any_size_is_integrated_well(reference):
    """Against the same integral by brute force, on a million points."""
    sizes = np.array([50.0, 3e6])
    t = np.linspace(-9, 9, 2_000_001)
    for z in (1.0, 2.3):
        product = norm.pdf(t)
        for n in sizes:
            loading, own = np.sqrt(n / (n + reference)), np.sqrt(reference / (n + reference))
            product *= norm.cdf((z - loading * t) / own) - norm.cdf((-z - loading * t) / own)
        found = SharedReference(sizes, reference).within(np.array([z]))[0]
        assert found == pytest.approx(np.trapezoid(product, t), abs=2e-6)


def test_it_agrees_with_dunnetts_test_of_means_when_there_are_many_cases():
    rng = np.random.default_rng(3)
    samples = [rng.normal(size=2000) for _ in range(4)]
    result = dunnett(*samples[:3], control=samples[3], rng=np.random.default_rng(1))
    block = SharedReference(np.full(3, 2000.0), 2000)
    found = adjusted_by_maximum(2 * norm.sf(np.abs(result.statistic)), [block])
    np.testing.assert_allclose(found, result.pvalue, atol=2e-3)


@pytest.mark.parametrize("sizes", [(100, 100, 100), (900, 60, 40), (5, 80, 300, 20, 60)])
def test_parts_of_a_whole_are_a_singular_box(sizes):
    found = PartsOfWhole(np.array(sizes, float)).within(Z)
    rng = np.random.default_rng(11)
    matrix = correlation_of_parts(sizes)
    values, vectors = np.linalg.eigh(matrix)
    assert values[0] == pytest.approx(0, abs=1e-12)
    drawn = rng.standard_normal((400_000, len(sizes))) @ (vectors * np.sqrt(np.clip(values, 0, None))).T
    expected = [(np.abs(drawn).max(axis=1) < z).mean() for z in Z]
    np.testing.assert_allclose(found, expected, atol=4e-3)


def test_two_parts_are_one_comparison():
    found = PartsOfWhole(np.array([30.0, 70.0])).within(Z)
    np.testing.assert_allclose(found, norm.cdf(Z) - norm.cdf(-Z), atol=1e-12)


def test_all_pairs_are_the_studentised_range():
    np.testing.assert_allclose(AllPairs(4).within(Z), studentized_range.cdf(np.sqrt(2) * Z, 4, np.inf), atol=1e-12)
    np.testing.assert_allclose(AllPairs(2).within(Z), norm.cdf(Z) - norm.cdf(-Z), atol=1e-12)


BLOCKS = [SharedReference(np.array([40.0, 60, 500]), 300), PartsOfWhole(np.array([20.0, 30, 50])), AllPairs(3)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_the_chance_grows_and_keeps_to_its_bounds(block):
    z = np.linspace(0, 8, 200)
    within = block.within(z)
    assert (np.diff(within) >= -1e-12).all() and within[0] == pytest.approx(0, abs=1e-3)
    assert (1 - within <= 3 * 2 * norm.sf(z) + 1e-9).all()
    assert (1 - within >= 2 * norm.sf(z) - 1e-3).all()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_the_level_of_each_interval_matches_the_adjusted_p(block, level):
    """At the simultaneous level an interval excludes the null exactly when its adjusted p is below 1 - level."""
    each = simultaneous_level(level, [block, block])
    assert each > level
    pvalues = np.array([1 - each - 1e-5, 1 - each + 1e-5])
    below, above = adjusted_by_maximum(pvalues, [block, block])
    assert below < 1 - level + 1e-9
    assert above > 1 - level - 1e-9
    assert chance_within(norm.isf((1 - np.array([each])) / 2), [block, block])[0] == pytest.approx(level, abs=1e-4)


def test_adjusted_values_keep_nan_ends_and_order():
    found = adjusted_by_maximum(np.array([np.nan, 0.0, 1.0, 0.01, 0.02, 1e-12]), BLOCKS)
    assert np.isnan(found[0]) and found[1] == 0 and found[2] == 1
    assert 1e-12 < found[5] < 1e-10
    assert 0.01 < found[3] < found[4] < 0.2


UNEVEN = [
    SharedReference(np.array([1.0, 1e6, 2.0, 2.0**53]), 3.0),
    SharedReference(np.array([1.0, 1e6, 2.0]), 2.0**53),
    PartsOfWhole(np.array([1.0, 2.0, 2.0**53])),
]


@pytest.mark.parametrize("block", [*BLOCKS, *UNEVEN], ids=range(6))
def test_adjusted_values_keep_order_and_bounds_down_to_the_smallest(block):
    """Below 1e-9, where subtraction from 1 has few digits left, they are Bonferroni's."""
    pvalues = np.concatenate([10.0 ** np.linspace(-300, -1e-3, 900), [1.0]])
    found = adjusted_by_maximum(pvalues, [block, block])
    bonferroni = np.minimum(2 * block.n_comparisons * pvalues, 1)
    assert (np.diff(found) >= 0).all()
    assert (found >= pvalues).all() and (found <= bonferroni).all()
    tiny = bonferroni < 1e-9
    np.testing.assert_allclose(found[tiny], bonferroni[tiny], rtol=1e-12)


@pytest.mark.parametrize("block", [*BLOCKS, *UNEVEN], ids=range(6))
def test_levels_next_to_1_stay_below_it(block):
    each = simultaneous_level(1 - 1e-12, [block])
    assert 1 - each == pytest.approx(1e-12 / block.n_comparisons, rel=1e-3)
    assert simultaneous_level(np.nextafter(1, 0), [block]) < 1


@pytest.mark.parametrize("reference", [1e-2, 0.3, 0.5, 1.0, 40.0, 1e4])
def test_evenly_spaced_points_are_as_good_as_many(reference):
    """On both sides of where changes are too fast for them, against the sum over points ten times as close."""
    sizes = np.array([1.0, 3.0, 7.0, 7.0, 50.0, 120.0])
    loading, own = np.sqrt(sizes / (sizes + reference)), np.sqrt(reference / (sizes + reference))
    t = np.linspace(-9, 9, 400_001)[:, np.newaxis]
    for z in (0.5, 2.0, 3.5):
        inside = norm.cdf((z - loading * t) / own) - norm.cdf((-z - loading * t) / own)
        dense = (inside.prod(axis=1) * norm.pdf(t[:, 0])).sum() * 18 / 400_000
        assert SharedReference(sizes, reference).within(np.array([z]))[0] == pytest.approx(dense, abs=2e-10)


def test_the_same_answer_every_time():
    sizes = np.array([20.0, 30, 50])
    np.testing.assert_array_equal(PartsOfWhole(sizes).within(Z), PartsOfWhole(sizes).within(Z))


def test_a_family_of_nothing():
    assert simultaneous_level(0.95, []) == 0.95
