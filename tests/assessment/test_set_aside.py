"""What cannot be right is refused, or set aside and reported: never dropped in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.assessment import assess, frameworks

ESPS = frameworks.esps()
GOOD = {"unit": ["A", "A", "B"], "indicator": ["1B", "2B", "1B"], "answer": ["very", "fairly", "not_very"]}


def lenient(**changes):
    return assess(GOOD | changes, ESPS, strict=False)


def asides(assessment):
    names = ("unit", "indicator", "answer", "row")
    return [tuple(row[name] for name in names) for row in assessment.set_aside.rows()]


def test_nothing_is_set_aside_of_what_is_right():
    assert len(lenient().set_aside) == 0 and lenient().scores().notes == ()


@pytest.mark.parametrize(
    ("changes", "aside", "why"),
    [
        ({"answer": ["very", "quite", "not_very"]}, [("A", "2B", "quite", 1)], "'quite' is not an answer"),
        ({"indicator": ["1B", "99B", "1B"]}, [("A", "99B", "fairly", 1)], "'99B' at row 1 is not in the framework"),
        ({"indicator": ["1B", "15B", "1B"]}, [("A", "15B", "fairly", 1)], "a borough is exempt from 15B"),
        ({"unit": ["A", None, "B"]}, [(None, None, None, 1)], "unit: no unit at row 1"),
        (
            {"indicator": ["1B", "1B", "1B"]},
            [("A", "1B", "very", 0), ("A", "1B", "fairly", 1)],
            "answered twice, at row 0 and row 1",
        ),
    ],
)
def test_what_is_set_aside_counts_as_missing_and_is_named(changes, aside, why):
    found = lenient(**changes)
    assert asides(found) == aside
    assert why in found.set_aside["note"][0]
    assert f"{len(aside)} answer{'' if len(aside) == 1 else 's'} set aside, and in no figure" in found.scores().notes
    with pytest.raises(ValueError, match="row"):
        assess(GOOD | changes, ESPS)


def test_a_column_for_each_indicator():
    found = assess({"unit": ["A", "B"], "1B": [1, "maybe"], "15B": [None, 1]}, ESPS, strict=False)
    assert asides(found) == [("B", "1B", "maybe", 1), ("B", "15B", "1", 1)]
    assert found.scores()["count"] == [1, 0]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "", None]),
            st.sampled_from(["1B", "2B", "15B", "99B"]),
            st.sampled_from(["very", "not_very", "quite", None, "not applicable", 7]),
        ),
        max_size=12,
    )
)
def test_no_row_is_lost(rows):
    columns = {name: [row[i] for row in rows] for i, name in enumerate(("unit", "indicator", "answer"))}
    found = assess(columns, ESPS, strict=False)
    kept = {row["row"] for row in found.set_aside.rows()}
    rest = [row for number, row in enumerate(rows) if number not in kept]
    assert len(kept) == len(found.set_aside)
    assert len({(unit, indicator) for unit, indicator, _ in rest}) == len(rest)
    answered = sum(answer in ("very", "not_very") for _, _, answer in rest)
    assert sum(found.scores()["answered"]) == answered


def test_a_table_that_is_no_table_of_responses_is_refused_either_way():
    with pytest.raises(ValueError, match="need the columns"):
        assess({"unit": ["A"], "score": [3]}, ESPS, strict=False)
    with pytest.raises(ValueError, match="kind: 'town' is neither"):
        assess(GOOD, ESPS, kind="town", strict=False)
