"""Means compared by shuffling: exact where every way can be tried, and right as often as promised."""

import itertools

import numpy as np
import pytest

from dueregard.inference.areas.shuffled_means import differs_from_rest, largest_difference


def test_every_way_to_deal_out_seven():
    own, rest = np.array([1.0, 2.0, 7.0]), np.array([5.0, 8.0, 9.0, 11.0])
    every = np.concatenate([own, rest])
    means = [every[list(some)].mean() for some in itertools.combinations(range(7), 3)]
    one_sided = sum(mean <= own.mean() + 1e-9 for mean in means) / len(means)
    assert differs_from_rest(own, rest, 0) == pytest.approx(2 * one_sided)


def test_the_order_of_the_values_makes_no_difference():
    rng = np.random.default_rng(1)
    parts = [rng.normal(size=n) for n in (5, 6, 7)]
    assert largest_difference(parts, 3) == largest_difference([part[::-1] for part in parts], 3)
    assert differs_from_rest(parts[0], parts[1], 3) == differs_from_rest(np.flip(parts[0]), parts[1], 3)


def test_groups_that_do_not_differ_are_rarely_said_to():
    rng = np.random.default_rng(2)
    pvalues = [largest_difference([rng.normal(size=4) for _ in range(3)], seed).pvalue for seed in range(40)]
    assert 0.2 < np.mean(pvalues) < 0.8 and np.mean(np.array(pvalues) < 0.05) < 0.2


def test_groups_that_differ_are_found_and_stand_out_from_what_chance_makes():
    found = largest_difference([np.arange(5.0), np.arange(5.0) + 20, np.arange(5.0) + 1], 0)
    assert found.pvalue < 0.01 and found.seen > 2 * found.expected
    assert found.seen == pytest.approx(22 - (2 + 3) / 2)
