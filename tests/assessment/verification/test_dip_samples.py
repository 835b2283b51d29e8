"""Which answers are drawn: as many as asked for, the same whatever the order, every one as likely as another."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

ESPS = dr.frameworks.esps()


def boroughs():
    return dr.assess(dr.data.load("south_east_indicators"), ESPS)


def places(drawn):
    return set(zip(drawn["unit"], drawn["indicator"], strict=True))


def long(units, ids, answer="very"):
    cells = [(unit, indicator) for unit in units for indicator in ids]
    return {"unit": [u for u, _ in cells], "indicator": [i for _, i in cells], "answer": [answer] * len(cells)}


@given(st.integers(1, 25), st.integers(0, 2**70))
def test_every_unit_has_as_many_and_none_twice(n, seed):
    drawn = dr.dip_sample(boroughs(), n, seed=seed)
    assert set(Counter(drawn["unit"]).values()) == {min(n, 18)}
    assert len(places(drawn)) == len(drawn)
    assert set(drawn["count"]) == {min(n, 18)}
    assert set(drawn["nobs"]) == {18}
    assert set(drawn["flag"]) == {Flag.FULL_COUNT if n >= 18 else Flag(0)}


@given(st.permutations(["a", "b", "c"]), st.permutations(["1B", "2B", "12B", "22B"]), st.integers(1, 4))
def test_the_sample_is_the_same_whatever_the_order_and_part_of_a_larger_one(units, ids, n):
    first = dr.dip_sample(long("abc", ["1B", "2B", "12B", "22B"]), n, seed=7, framework=ESPS)
    again = dr.dip_sample(long(units, ids), n, seed=7, framework=ESPS)
    larger = dr.dip_sample(long(["z", *units], ids), n + 1, seed=7, framework=ESPS)
    assert places(first) == places(again) <= places(larger)


def test_every_answer_is_as_likely_as_another():
    drawn = Counter()
    for seed in range(2000):
        drawn.update(dr.dip_sample(long("a", ["1B", "2B", "3B", "4B"]), 1, seed=seed, framework=ESPS)["indicator"])
    assert sum((count - 500) ** 2 / 500 for count in drawn.values()) < 16.27  # chi-squared, 3 degrees, p = 0.001


def test_another_seed_draws_others():
    assert places(dr.dip_sample(boroughs(), 3, seed=1)) != places(dr.dip_sample(boroughs(), 3, seed=2))


def test_by_section_and_in_all():
    drawn = dr.dip_sample(boroughs(), 2, seed=1, by="section")
    assert set(Counter(zip(drawn["unit"], drawn["section"], strict=True)).values()) == {2}
    assert len(drawn) == 6 * 3 * 2
    together = dr.dip_sample(boroughs(), 10, seed=1, by=None)
    assert (len(together), set(together["count"]), set(together["nobs"])) == (10, {10}, {108})


def test_missing_answers_are_not_drawn_and_counted():
    own = {"unit": ["a"] * 3 + ["b"], "indicator": ["1B", "2B", "3B", "1B"],
           "answer": ["very", "refused", "not_very", "refused"]}  # fmt: skip
    drawn = dr.dip_sample(own, 5, seed=1, framework=ESPS)
    assert places(drawn) == {("a", "1B"), ("a", "3B"), ("b", None)}
    assert drawn["outcome_missing"] == [16, 16, 18]
    assert drawn["flag"][2] == Flag.NO_CASES
    assert drawn["text"][2] == "nothing to check"
    claims = dr.dip_sample(own, 5, seed=1, framework=ESPS, claims_only=True)
    assert places(claims) == {("a", "1B"), ("b", None)}


def test_own_answers_are_not_shown_and_the_table_can_be_filled_in():
    own = boroughs()
    drawn = dr.dip_sample(own, 3, seed=1)
    assert "answer" not in drawn.columns
    columns = {name: drawn[name] for name in ("unit", "indicator")} | {"answer": ["met"] * len(drawn)}
    assert dr.agreement(own, columns, ESPS)["nobs"][0] == 18
    assert drawn.notes == ("Drawn at random with seed=1.",)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": 0}, ValueError, "n: 0 is below 1"),
        ({"n": 1.5}, TypeError, "n: 1.5 is not a whole number"),
        ({"seed": -1}, ValueError, "seed: -1 is negative"),
        ({"seed": None}, TypeError, "seed: None is not a whole number"),
        ({"by": "area"}, ValueError, "by: 'area' is not one of None, 'unit', 'section'"),
        ({"claims_only": "no"}, TypeError, "claims_only: 'no' is neither True nor False"),
    ],
)
def test_what_cannot_be_asked(arguments, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        dr.dip_sample(boroughs(), **{"n": 2, "seed": 1, **arguments})


def test_responses_need_a_framework_and_indicators():
    with pytest.raises(TypeError, match=r"^framework: responses need one, such as dr.frameworks.esps\(\) gives$"):
        dr.dip_sample(long("a", ["1B"]), 1, seed=1)
    with pytest.raises(ValueError, match=r"^responses: needs to know which indicator an answer is to; these are"):
        dr.dip_sample(dr.assess(dr.data.load("borough_answers"), ESPS), 1, seed=1)
