"""The survey in which the gap is explained: 5 of 7 points are composition, by calculation and in what is drawn."""

import numpy as np
import pytest

from dueregard import data
from dueregard.data import gap_population as people

SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
OUTSIDE = ["Don't know", "not stated"]


def test_seven_points_of_which_five_are_composition():
    truth = data.gap_truth()
    assert (truth.gap, truth.composition, truth.rates) == pytest.approx((-7, -5, -2), abs=1e-12)
    assert truth.by_factor == pytest.approx({"age_band": -1, "deprivation": -1.5, "prior_opinion": -2.5}, abs=1e-12)
    assert sum(truth.by_crossing.values()) == pytest.approx(-5, abs=1e-12)
    assert max(truth.by_crossing.values()) < -1


def test_81_and_74_percent_are_satisfied():
    assert (people.cell_shares() * people.cell_rates()).sum(axis=(1, 2, 3)) == pytest.approx([0.81, 0.74], abs=1e-12)


def test_shares_of_each_factor_are_those_written_and_levels_come_together():
    shares = people.cell_shares()
    assert shares.min() > 0.001
    for axis, factor in enumerate(people.LEVELS):
        others = tuple(i for i in (1, 2, 3) if i != axis + 1)
        assert shares.sum(axis=others) == pytest.approx(np.array(people.SHARES[factor]), abs=1e-12)
    old_and_positive = shares[:, -1, :, -1].sum(axis=1)
    assert (old_and_positive > 1.1 * shares[:, -1].sum(axis=(1, 2)) * shares[..., -1].sum(axis=(1, 2))).all()


def test_chances_are_chances_and_two_points_remain_in_every_cell():
    rates = people.cell_rates()
    assert rates.min() > 0 and rates.max() < 1
    assert np.diff(rates, axis=0) == pytest.approx(-0.02)


def test_crossing_nothing_explains_nothing_and_one_factor_explains_its_own_share():
    assert people.composition_of(()) == pytest.approx(0, abs=1e-12)
    alone = [people.composition_of((factor,)) for factor in people.LEVELS]
    assert sum(alone) < -0.05, "factors that come together each take what they have in common"


def test_minority_ethnic_users_are_younger_more_deprived_and_of_a_worse_opinion():
    for factor in people.LEVELS:
        white, minority = np.cumsum(people.SHARES[factor], axis=1)
        assert (minority[:-1] > white[:-1]).all()


def satisfied(records):
    return np.isin(records["satisfaction"], SATISFIED)


def test_what_is_drawn_has_the_gap_of_the_population():
    """Over 20 seeds the mean gap is within four standard errors."""
    gaps = []
    for seed in range(20):
        records = data.example("explained_gap", seed=seed)
        known = ~np.isin(records["satisfaction"], OUTSIDE)
        minority, white = (
            satisfied(records)[known & (records["ethnic_group_broad"] == group)].mean()
            for group in ("Minority ethnic", "White")
        )
        gaps.append(100 * (minority - white))
    assert abs(np.mean(gaps) + 7) < 4 * np.std(gaps, ddof=1) / np.sqrt(20) < 1


@pytest.mark.parametrize("factor", people.LEVELS)
def test_levels_are_drawn_as_often_as_written(factor):
    records = data.example("explained_gap", seed=3)
    for group, shares in zip(people.GROUPS, people.SHARES[factor], strict=True):
        chosen = (records["ethnic_group_broad"] == group) & (records[factor] != "not stated")
        found = [(records[factor][chosen] == level).mean() for level in people.LEVELS[factor]]
        assert found == pytest.approx(shares, abs=0.03)


def test_records_say_what_is_missing_and_what_is_built_in():
    records = data.example("explained_gap")
    assert records.n_rows == 18_000
    missing = {name: (records[name] == "not stated").mean() for name in ("ethnic_group_broad", "prior_opinion")}
    assert missing == pytest.approx({"ethnic_group_broad": 0.025, "prior_opinion": 0.01}, abs=0.005)
    notes = " ".join(records.notes)
    assert "Of the 7 points 5 are composition (age_band 1.0, deprivation 1.5, prior_opinion 2.5)" in notes
    assert "2 points remain" in notes and records.provenance.startswith("Synthetic: plausible")
