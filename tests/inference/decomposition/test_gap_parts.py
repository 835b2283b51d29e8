"""All parts of a gap from counts in crossed cells: published values, laws, and the slow way through every order."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.decomposition.rates.gap_parts import (
    APART,
    COMPOSITION,
    GAP,
    INTERACTION,
    METHODS,
    RATES,
    Counts,
    PartName,
    Plan,
    alike,
    gap_parts,
)

GOLDEN = json.loads((Path(__file__).parent / "das_gupta_golden.json").read_text())


def parts_of(group, reference, **options):
    """Parts by name; each side as people and people with the property in cells."""
    sizes = np.shape(group[0])
    plan = Plan(sizes, **options)
    sides = [Counts(*(np.asarray(each, float)[np.newaxis] for each in side)) for side in (group, reference)]
    return dict(zip(plan.names, gap_parts(*sides, plan)[0], strict=True))


@st.composite
def tables(draw, fewest=0, most_factors=3):
    sizes = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=most_factors)))
    n = int(np.prod(sizes))
    sides = []
    for _ in range(2):
        people = np.array(draw(st.lists(st.integers(fewest, 20), min_size=n, max_size=n)))
        people[draw(st.integers(0, n - 1))] += 1
        rates = np.array(draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
        sides.append((people.reshape(sizes), np.floor(people * rates).reshape(sizes)))
    return sides


def close(found, wanted):
    assert found == pytest.approx(wanted, abs=1e-12, nan_ok=True)


def overlap(sides):
    """Whether some cell has people of both groups."""
    return bool(((sides[0][0] > 0) & (sides[1][0] > 0)).any())


@given(tables(), st.sampled_from(METHODS), st.sampled_from([2, 3]), st.booleans())
def test_parts_sum_to_the_gap(sides, method, parts, apart):
    support = ((sides[0][0] > 0) == (sides[1][0] > 0)) if apart else None
    found = parts_of(*sides, method=method, parts=parts, support=support)
    whole = [x.sum() / n.sum() for n, x in sides]
    close(found[PartName(GAP)], whole[0] - whole[1])
    totals = [found.get(PartName(name), 0.0) for name in (COMPOSITION, RATES, INTERACTION, APART)]
    if not np.isnan(totals).any():
        close(sum(totals), found[PartName(GAP)])


@given(tables(), st.sampled_from(["shapley", "das-gupta"]), st.sampled_from([2, 3]))
def test_factors_sum_to_composition_and_levels_to_factors(sides, method, parts):
    found = parts_of(*sides, method=method, parts=parts)
    sizes = sides[0][0].shape
    close(sum(found[PartName(COMPOSITION, j)] for j in range(len(sizes))), found[PartName(COMPOSITION)])
    for j, size in enumerate(sizes):
        close(sum(found[PartName(COMPOSITION, j, i)] for i in range(size)), found[PartName(COMPOSITION, j)])
        for part in (RATES, INTERACTION)[: parts - 1]:
            close(sum(found[PartName(part, j, i)] for i in range(size)), found[PartName(part)])


@given(tables(), st.sampled_from(["shapley", "das-gupta"]))
def test_swapping_the_groups_turns_every_part(sides, method):
    found, other = parts_of(*sides, method=method), parts_of(*sides[::-1], method=method)
    for name, value in found.items():
        close(value, -other[name])


@given(tables())
def test_one_factor_is_kitagawas_whatever_the_method(sides):
    sides = [tuple(each.reshape(-1) for each in side) for side in sides]
    shares = [n / n.sum() for n, _ in sides]
    rates = [np.divide(x, n, out=np.full(n.shape, np.nan), where=n > 0) for n, x in sides]
    borrowed = [np.where(np.isnan(r), s, r) for r, s in zip(rates, rates[::-1], strict=True)]
    wanted = dr.kitagawa(*shares, *borrowed)
    assume(overlap(sides))
    for method in METHODS:
        found = parts_of(*sides, method=method)
        close(found[PartName(COMPOSITION)], wanted.composition)
        close(found[PartName(COMPOSITION, 0)], wanted.composition)
        close(found[PartName(RATES)], wanted.rates)


@given(tables())
@settings(max_examples=50)
def test_shapley_is_the_mean_over_orders_of_what_crossing_by_one_more_explains(sides):
    p = sides[0][0].ndim

    def explained(kept):
        others = tuple(j for j in range(p) if j not in kept)
        crossed = [tuple(each.sum(axis=others).reshape(-1) for each in side) for side in sides]
        return parts_of(*crossed)[PartName(COMPOSITION)]

    found, orders, wanted = parts_of(*sides), list(permutations(range(p))), np.zeros(p)
    for order in orders:
        for i, j in enumerate(order):
            wanted[j] += explained(order[: i + 1]) - explained(order[:i])
    for j in range(p):
        close(found[PartName(COMPOSITION, j)], wanted[j] / len(orders))


@given(tables(most_factors=2), st.lists(st.floats(0.1, 1), min_size=2, max_size=3))
def test_a_factor_that_divides_both_groups_cells_alike_adds_nothing(sides, shares):
    divided = [(n[..., np.newaxis] * shares, x[..., np.newaxis] * shares) for n, x in sides]
    found, without = parts_of(*divided), parts_of(*sides)
    last = sides[0][0].ndim
    close(found[PartName(COMPOSITION, last)], 0.0)
    for name, value in without.items():
        close(found[name], value)


@given(tables(fewest=1, most_factors=2), st.integers(1, 5))
def test_merging_levels_with_equal_rates_changes_no_total(sides, times):
    wide = [tuple(np.concatenate([each * times, each], axis=0) for each in side) for side in sides]
    merged = [tuple(each * (times + 1) for each in side) for side in sides]
    found, wanted = parts_of(*wide), parts_of(*merged)
    for name, value in wanted.items():
        if name.level is None:
            close(found[name], value)


def test_cross_classified_is_example_5_3():
    example = GOLDEN["eg5.3"]
    shape = example["races"], example["ages"]
    size, rate = ({y: np.reshape(example[each][y], shape) for y in ("1985", "1970")} for each in ("size", "rate"))
    found = parts_of(*((size[y], size[y] * rate[y]) for y in ("1985", "1970")), method="das-gupta")
    wanted = example["effects"]
    assert found[PartName(COMPOSITION, 1)] == pytest.approx(wanted["age"], abs=5e-8)
    assert found[PartName(COMPOSITION, 0)] == pytest.approx(wanted["race"], abs=5e-8)
    assert found[PartName(RATES)] == pytest.approx(wanted["rates"], abs=5e-8)
    assert found[PartName(GAP)] == pytest.approx(wanted["difference"], abs=5e-8)


def test_levels_of_one_factor_are_centred():
    found = parts_of(([30, 70], [12, 56]), ([60, 40], [24, 30]))
    both = (0.68 + 0.54) / 2
    close(found[PartName(COMPOSITION, 0, 0)], (0.4 - both) * (0.3 - 0.6))
    close(found[PartName(COMPOSITION, 0, 1)], ((0.8 + 0.75) / 2 - both) * (0.7 - 0.4))


def test_an_empty_cell_borrows_and_adds_composition_alone():
    found = parts_of(([10, 0], [5, 0]), ([10, 10], [5, 2]))
    close(found[PartName(RATES)], 0.0)
    close(found[PartName(COMPOSITION)], found[PartName(GAP)])


@given(tables(), st.sampled_from([2, 3]))
def test_groups_alike_differ_by_their_rates(sides, parts):
    plan = Plan(sides[0][0].shape, parts=parts)
    counts = [Counts(*(each.astype(float)[np.newaxis] for each in side)) for side in sides]
    own, other = alike(*counts, plan)[0]
    close(own - other, parts_of(*sides, parts=parts)[PartName(RATES)])
    if parts == 3 and overlap(sides):  # with the reference's profile the reference has its own share
        close(other, sides[1][1].sum() / sides[1][0].sum())


def test_groups_without_a_cell_in_common_are_not_taken_apart():
    found = parts_of(([10, 0], [5, 0]), ([0, 10], [0, 2]))
    close(found.pop(PartName(GAP)), 0.3)
    assert np.isnan(list(found.values())).all(), "to borrow all rates would call all of it composition"


def test_people_apart_are_a_part_of_their_own():
    sides = ([10, 0, 5], [5, 0, 5]), ([10, 10, 5], [4, 2, 5])
    found = parts_of(*sides, support=np.array([True, False, True]))
    inside = 10 / 15 - 9 / 15
    close(found[PartName(APART)], (10 / 15 - 11 / 25) - inside)
    close(found[PartName(COMPOSITION)] + found[PartName(RATES)], inside)


def test_nobody_is_no_number():
    found = parts_of(([0, 0], [0, 0]), ([10, 10], [5, 2]))
    assert all(np.isnan(value) for value in found.values())


@given(tables(), st.sampled_from(METHODS))
@settings(max_examples=30)
def test_replicates_are_worked_out_as_each_alone(sides, method):
    plan = Plan(sides[0][0].shape, method)
    (n1, x1), (n0, x0) = ([each.astype(float) for each in side] for side in sides)
    batch = gap_parts(
        Counts(np.stack([n1, n0]), np.stack([x1, x0])), Counts(np.stack([n0, n1]), np.stack([x0, x1])), plan
    )
    alone = gap_parts(Counts(n1[np.newaxis], x1[np.newaxis]), Counts(n0[np.newaxis], x0[np.newaxis]), plan)
    assert batch[0] == pytest.approx(alone[0], abs=1e-14, nan_ok=True)
    assert batch[1] == pytest.approx(-alone[0], abs=1e-12, nan_ok=True)
