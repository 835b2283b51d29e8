"""Pairs of weaker and stronger units: the best of all ways by enumeration, and who has no partner."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.assessment.verification import statistics as words
from dueregard.flags import Flag

ESPS = dr.frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def assessed(rows, names=None):
    """Units from rows of True, False and None, where all further indicators do not apply."""
    names = names or [f"u{i}" for i in range(len(rows))]
    size = max(map(len, rows))
    full = [[*row, *["not applicable"] * (18 - size)] for row in rows]
    columns = {indicator: [row[i] for row in full] for i, indicator in enumerate(IDS)}
    return dr.assess({"unit": names, **columns}, ESPS)


ROWS = st.integers(2, 6).flatmap(
    lambda size: st.lists(st.lists(st.booleans(), min_size=size, max_size=size), min_size=2, max_size=7)
)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.integers(1, 3))
def test_no_other_way_of_pairing_teaches_more(rows, at_most):
    met = np.array(rows)
    shares = met.mean(axis=1)
    weaker, stronger = np.flatnonzero(shares < 0.5), np.flatnonzero(shares >= 0.5)
    best = 0
    for choice in product([*stronger, None], repeat=len(weaker)):
        if all(choice.count(one) <= at_most for one in stronger):
            taught = [(~met[w] & met[s]).sum() for w, s in zip(weaker, choice, strict=True) if s is not None]
            best = max(best, int(sum(taught)))
    found = dr.pair_units(assessed(rows), at_most=at_most, threshold=50)
    assert sum(found["count"], 0) == best
    assert found["unit"] == [f"u{i}" for i in weaker]
    partners = [partner for partner in found["partner"] if partner is not None]
    assert all(partners.count(one) <= at_most for one in partners)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_a_unit_lacks_is_learned_from_its_partner_others_or_nobody(rows):
    for row in dr.pair_units(assessed(rows), threshold="half").rows():
        parts = [set(row[name].split(", ")) if row[name] else set() for name in ("learn", "from_others", "from_nobody")]
        unit = rows[int(row["unit"][1:])]
        assert len(parts[0]) == row["count"]
        assert sum(map(len, parts)) == row["nobs"] == unit.count(False)
        assert set.union(*parts) == {IDS[i] for i, one in enumerate(unit) if not one}
        assert (row["verdict"] == words.PAIRED) == (row["partner"] is not None) == (row["count"] > 0)


def test_a_unit_learns_what_its_partner_meets():
    found = dr.pair_units(assessed([[1, 0, 0, 0], [1, 1, 0, 1], [0, 0, 1, 1]], ["weak", "one", "two"]), threshold=50)
    (row,) = found.rows()
    assert [row[name] for name in ("unit", "partner", "learn", "from_others", "from_nobody")] == [
        "weak", "one", "2B, 4B", "3B", None,
    ]  # fmt: skip
    assert (row["count"], row["nobs"]) == (2, 3)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.integers(1, 3), st.randoms())
def test_pairs_do_not_depend_on_the_order_of_rows(rows, at_most, random):
    order = random.sample(range(len(rows)), len(rows))
    names = [f"u{i}" for i in range(len(rows))]
    found = [
        dr.pair_units(assessed([rows[i] for i in places], [names[i] for i in places]), at_most=at_most, threshold=50)
        for places in (range(len(rows)), order)
    ]
    first, second = (sorted((row["unit"], row["partner"], row["learn"]) for row in one.rows()) for one in found)
    assert first == second


@pytest.mark.parametrize("order", list(permutations(["w1", "w2", "s1", "s2"])))
def test_among_partners_that_teach_as_much_names_decide(order):
    answers = {"w1": [0, 0, 1], "w2": [0, 0, 1], "s1": [1, 1, 0], "s2": [1, 1, 0]}
    found = dr.pair_units(assessed([answers[name] for name in order], list(order)), threshold=50)
    assert dict(zip(found["unit"], found["partner"], strict=True)) == {"w1": "s1", "w2": "s2"}


@pytest.mark.parametrize("order", list(permutations(["weak", "a", "b"])))
def test_what_comes_first_in_the_framework_decides_before_names(order):
    answers = {"weak": [0, 0, 0, 0], "a": [0, 1, 0, 1], "b": [1, 0, 0, 1]}
    found = dr.pair_units(assessed([answers[name] for name in order], list(order)), threshold=50)
    assert (found["partner"], found["learn"]) == (["b"], ["1B, 4B"])


def test_among_equals_earlier_units_get_earlier_ones():
    weak, strong = [0, 0, 1], [1, 1, 0]
    rows = [weak, strong, weak, strong, strong]
    found = dr.pair_units(assessed(rows, ["w1", "s1", "w2", "s2", "s3"]), threshold=50)
    assert (found["unit"], found["partner"]) == (["w1", "w2"], ["s1", "s2"])


def test_one_stronger_unit_serves_as_many_as_allowed():
    rows = [[0, 0, 1], [0, 1, 0], [1, 1, 1]]
    one = dr.pair_units(assessed(rows), threshold=50)
    assert one["verdict"] == [words.PAIRED, words.NO_PARTNER]
    assert one["note"] == [None, "those that could teach it are paired with 1 already"]
    both = dr.pair_units(assessed(rows), threshold=50, at_most=2)
    assert both["partner"] == ["u2", "u2"]


def test_the_level_of_the_framework_is_the_threshold_unless_given():
    rows = [[True] * 8 + [False] * 10, [True] * 9 + [False] * 9]
    found = dr.pair_units(assessed(rows))
    assert found["unit"] == ["u0"]
    assert found.notes == ("Weaker: below the baseline, 50% of the indicators met. Units weaker: 1; stronger: 1.",)
    assert dr.pair_units(assessed(rows), threshold=0)["unit"] == []
    assert dr.pair_units(assessed(rows), threshold="half").notes == (
        "Weaker: below the median unit, 47.2% of what it answered. Units weaker: 1; stronger: 1.",
    )


def test_missing_answers_are_no_weaknesses():
    rows = [[False, False, None, None], [True, True, None, None], [True, True, True, True], [None] * 4]
    found = dr.pair_units(assessed(rows), threshold=60)
    assert found["verdict"] == [words.PAIRED, words.CANNOT_TELL, words.CANNOT_TELL]
    first = next(found.rows())
    assert (first["learn"], first["nobs"], first["outcome_missing"]) == ("1B, 2B", 2, 2)
    assert first["flag"] == Flag.MISSING_ANSWERS
    assert found["note"][1] == "missing answers decide whether it is weaker"


def test_units_without_anything_to_learn_or_anybody_to_learn_from_say_so():
    nobody = dr.pair_units(assessed([[0, 0], [0, 1]]), threshold=90)
    assert set(nobody["note"]) == {"no unit is stronger"}
    useless = dr.pair_units(assessed([[0, 1], [0, 1], [0, 1]]), threshold="half")
    assert useless["unit"] == []
    same = dr.pair_units(assessed([[0, 0, 1], [0, 0, 1], [0, 1, 1]]), threshold=60, at_most=2)
    assert same["from_nobody"] == ["1B", "1B"]
    beyond = dr.pair_units(assessed([[0, 1, 1, 1], [0, 1, 1, 1], [0, 1, 1, 1], [0, 1, 1, 0]]), threshold=75)
    assert (beyond["learn"], beyond["from_nobody"]) == (["4B"], ["1B"])
    lacking = dr.pair_units(assessed([[0, 1], ["not applicable", 1]]), threshold=60)
    assert lacking["note"] == ["no stronger unit meets what it does not"]
    nothing = dr.pair_units(assessed([[True, None, None], [True] * 3]), threshold=100)
    assert nothing["verdict"] == [words.CANNOT_TELL]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"at_most": 0}, ValueError, "at_most: 0 is below 1"),
        ({"threshold": 101}, ValueError, "threshold: 101 is outside 0 to 100"),
        ({"threshold": "third"}, ValueError, "threshold: 'third' is not one of 'half'"),
        ({"threshold": [50]}, TypeError, r"threshold: \[50\] is not a number"),
    ],
)
def test_what_cannot_be_asked(arguments, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        dr.pair_units(assessed([[0], [1]]), **arguments)


def test_a_framework_without_a_percent_needs_a_threshold():
    framework = dr.frameworks.esps("integrating")
    answers = {"unit": ["a", "b"], "indicator": [framework.indicator_ids[0]] * 2, "answer": ["met", "not met"]}
    with pytest.raises(ValueError, match=r"^threshold: the framework has no percent for .*; give one, or 'half'$"):
        dr.pair_units(dr.assess(answers, framework))
    assert dr.pair_units(dr.assess(answers, framework), threshold="half")["partner"] == ["a"]
    with pytest.raises(TypeError, match=r"^assessment: dict is not an Assessment, such as dr.assess gives$"):
        dr.pair_units({})
