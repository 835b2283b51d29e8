"""Searches of one encounter: the variance by encounter is that of its definition, and of a simulation."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.measures.rates.encounters import moments


def people(**numbers):
    table = {"ethnicity": list(numbers), "people": list(numbers.values())}
    return dr.population(table, group="ethnicity", count="people", date="2011")


CENSUS = people(Asian=20_000, Black=10_000, White=60_000)
ASK = {"group": "ethnicity", "reference": "White", "period": "2011-03"}


def drawn(rng, n=400, together=0.8):
    """Encounters of one to four searches, whose people are often of one group."""
    sizes = rng.integers(1, 5, n)
    first = rng.choice(3, n, p=[0.2, 0.3, 0.5])
    encounter = np.repeat(np.arange(n), sizes)
    same = rng.random(len(encounter)) < together
    group = np.where(same, first[encounter], rng.choice(3, len(encounter), p=[0.2, 0.3, 0.5]))
    names = np.array(["Asian", "Black", "White"])[group]
    return {"ethnicity": names, "stop": encounter + 1, "area": np.where(encounter % 2, "N", "S")}


def by_hand(records, group, reference):
    """The design effect of the logarithm of a ratio: its variance over encounters, over that of separate searches."""
    ours, theirs = (records["ethnicity"] == each for each in (group, reference))
    x1, x2 = ours.sum(), theirs.sum()
    moved = {}
    for stop, is_ours, is_theirs in zip(records["stop"].tolist(), ours, theirs, strict=True):
        moved[stop] = moved.get(stop, 0.0) + is_ours / x1 - is_theirs / x2
    extra = sum(value**2 for value in moved.values()) - 1 / x1 - 1 / x2
    return 1 + extra / (1 / (x1 + 0.5) + 1 / (x2 + 0.5))


def test_the_design_effect_is_that_of_its_definition():
    records = drawn(np.random.default_rng(1))
    found = dr.proportionality(records, CENSUS, **ASK, encounter="stop")
    for group in ("Asian", "Black"):
        (row,) = found.filter(group=group).rows()
        assert row["design_effect"] == pytest.approx(by_hand(records, group, "White"), rel=1e-9)
        assert row["design_effect"] > 1.5 and Flag.BY_ENCOUNTER in row["flag"]


def test_the_ratio_stays_and_its_interval_is_that_of_fewer_searches():
    records = drawn(np.random.default_rng(2))
    plain, wide = (dr.proportionality(records, CENSUS, **ASK, encounter=by) for by in (None, "stop"))
    for first, second in zip(plain.rows(), wide.rows(), strict=True):
        if first["row_type"] == "group":
            assert first["estimate"] == pytest.approx(second["estimate"])
            assert second["low"] < first["low"] < first["high"] < second["high"]
            effect = second["design_effect"]
            expected = dr.compare_rates(
                round(1e6 * first["count"] / effect), 1e6 * first["exposure"] / effect,
                round(1e6 * first["reference_count"] / effect), 1e6 * first["reference_exposure"] / effect,
            )  # fmt: skip
            assert expected.estimate == pytest.approx(second["estimate"], rel=1e-4)
    assert "design_effect" not in plain.columns


def test_searches_that_stand_alone_change_nothing():
    records = drawn(np.random.default_rng(3))
    records["stop"] = np.arange(len(records["stop"]))
    plain, alone = (dr.proportionality(records, CENSUS, **ASK, encounter=by) for by in (None, "stop"))
    assert alone["low"][0] == pytest.approx(plain["low"][0], rel=1e-3)
    assert alone["design_effect"][0] == pytest.approx(1, abs=0.01)


def test_rows_without_an_encounter_stand_alone():
    records = {"ethnicity": ["Black"] * 40 + ["White"] * 60 + ["Asian"] * 9, "stop": [None] * 109}
    found = dr.proportionality(records, CENSUS, **ASK, encounter="stop")
    assert found["design_effect"][1] == pytest.approx(1, abs=0.05)


def test_several_columns_tell_encounters_apart():
    records = drawn(np.random.default_rng(4))
    records["day"] = np.array(["Monday", "Tuesday"])[records["stop"] % 2]
    one = dr.proportionality(records, CENSUS, **ASK, encounter="stop")
    both = dr.proportionality(records, CENSUS, **ASK, encounter=["stop", "day"])
    assert one["low"] == pytest.approx(both["low"], nan_ok=True)


def test_areas_have_design_effects_of_their_own():
    records = drawn(np.random.default_rng(5))
    found = dr.proportionality(records, CENSUS, **ASK, encounter="stop", events_by="area")
    for area in ("N", "S"):
        keep = records["area"] == area
        part = {name: values[keep] for name, values in records.items()}
        (row,) = found.filter(group="Black", area=area).rows()
        assert row["design_effect"] == pytest.approx(by_hand(part, "Black", "White"), rel=1e-9)


def test_the_order_of_the_rows_does_not_matter():
    records = drawn(np.random.default_rng(6))
    order = np.random.default_rng(7).permutation(len(records["stop"]))
    mixed = {name: values[order] for name, values in records.items()}
    first, second = (dr.proportionality(each, CENSUS, **ASK, encounter="stop") for each in (records, mixed))
    assert first["low"] == pytest.approx(second["low"], nan_ok=True, rel=1e-12)


def test_moments_are_sums_of_products():
    encounter, area, group = (np.array(each) for each in ([0, 0, 0, 1, 2], [0, 0, 0, 0, 1], [0, 0, 1, 1, 1]))
    found = moments(encounter, area, group, 2, 2)
    assert found.tolist() == [[[4, 2], [2, 2]], [[0, 0], [0, 1]]]


@pytest.mark.slow
def test_intervals_by_encounter_hold_the_truth_as_often_as_they_say():
    """500 draws of clustered searches: separate searches would hold it far less often than 95%."""
    rng, hits, plain_hits, runs = np.random.default_rng(8), 0, 0, 500
    truth = (0.3 / 10_000) / (0.5 / 60_000)
    for _ in range(runs):
        records = drawn(rng, 300)
        row, plain = (
            next(dr.proportionality(records, CENSUS, **ASK, encounter=by).filter(group="Black").rows())
            for by in ("stop", None)
        )
        hits += row["low"] <= truth <= row["high"]
        plain_hits += plain["low"] <= truth <= plain["high"]
    assert 0.925 <= hits / runs <= 0.975
    assert plain_hits / runs < 0.88


def test_a_tally_has_no_encounters():
    with pytest.raises(TypeError, match="encounter: needs one row an event"):
        dr.proportionality(dr.tally(drawn(np.random.default_rng(9)), "ethnicity"), CENSUS, **ASK, encounter="stop")


def test_an_encounter_of_which_a_part_is_a_kind_of_missing_is_one_of_its_own():
    records = drawn(np.random.default_rng(6))
    names = [f"s{stop}" for stop in records["stop"].tolist()]
    effects = []
    for blank in (None, "not stated", "N/A"):
        some = {**records, "stop": [blank if i % 3 == 0 else stop for i, stop in enumerate(names)]}
        some["other"] = some["stop"]
        found = dr.proportionality(
            some,
            CENSUS,
            **ASK,
            encounter="stop",
            events_by="other",
            missing={"N/A": "refused"} if blank == "N/A" else None,
        )
        effects.append([row["design_effect"] for row in found.filter(other=None, row_type="group").rows()])
    assert effects[0] == effects[1] == effects[2]


def test_encounter_names_columns():
    with pytest.raises(TypeError, match="encounter: 5 is not the name of a column"):
        dr.proportionality(drawn(np.random.default_rng(6)), CENSUS, **ASK, encounter=5)
