"""Findings at several confidence levels: one sentence for all of them, and rows that are told apart."""

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.levels import expanded, levels_of, side_by_side, statements
from dueregard.publish.numbers import unsupported_numbers

TOO_FEW = "too few to tell: 1.9 times the present numbers needed"
FIRST = {
    "measure": "share satisfied", "characteristic": "ethnic_group", "group": "Asian", "row_type": "group",
    "count": 204, "nobs": 400, "value": 51.0, "reference": "White", "reference_count": 330, "reference_nobs": 600,
    "reference_value": 55.0, "estimate": -4.0, "unit_of_measure": "percentage points", "confidence_level": 0.95,
    "low": -6.3, "high": -1.8, "pvalue": 0.001, "verdict": "lower",
}  # fmt: skip
SECOND = {"confidence_level": 0.998, "low": -7.6, "high": -0.5}


def findings(*rows, **options):
    rows = [FIRST | row for row in rows]
    return Findings(
        {name: [row.get(name) for row in rows] for name in dict.fromkeys(n for r in rows for n in r)}, **options
    )


def say(second, first=None, **options):
    found = findings(first or {}, SECOND | second, **options)
    (text,) = found.sentences()
    assert unsupported_numbers(text, found) == []
    return text


def test_the_second_level_is_said_once_within_the_sentence():
    assert say({}) == (
        "Share satisfied was 51% for the Asian group against 55% for the White group: 4 percentage points lower "
        "(95% interval 6 to 2 lower; 99.8% interval 8 to 0.5 lower). "
        "This is clear evidence of a difference; it does not say why."
    )


def test_another_verdict_of_the_second_level_is_mentioned():
    clear, small, none = "lower", "lower by less than 5 points", "no difference that matters"
    assert say({"verdict": TOO_FEW}).endswith("not say why. At the 99.8% level these are too few cases to tell.")
    assert say({"verdict": clear}, {"verdict": TOO_FEW}).endswith(
        "needed for a clear verdict. At the 99.8% level this is clear evidence of a difference."
    )
    assert say({"verdict": none}, threshold=5).endswith(
        "At the 99.8% level a difference is not shown; if there is one, it is within the 5 percentage points taken as "
        "not mattering."
    )
    assert say({"verdict": clear}, {"verdict": small}).endswith(
        "At the 99.8% level the difference could be larger than that."
    )
    assert say({"verdict": small}).endswith(
        "At the 99.8% level the difference is one within the 5 percentage points taken as not mattering."
    )


def test_how_many_more_cases_would_be_needed_is_no_other_verdict():
    more = "too few to tell: 4.0 times the present numbers needed"
    text = say({"verdict": more}, {"verdict": TOO_FEW})
    assert "At the" not in text and "1.9 times" in text and "4.0" not in text


def test_simultaneous_limits_stand_beside_their_own():
    wide = {"simultaneous_low": -6.9, "simultaneous_high": -1.2}
    (text,) = findings(wide | {"nobs": 2000, "reference_nobs": 3000}).sentences()
    assert "(95% interval 6.3 to 1.8 lower, or 6.9 to 1.2 lower for all comparisons at once)" in text
    (text,) = findings({"simultaneous_low": -6.3, "simultaneous_high": -1.8}).sentences()
    assert "(95% interval 6 to 2 lower)" in text


def test_rows_are_one_statement_only_where_nothing_but_the_level_differs():
    rows = list(findings({}, SECOND, SECOND | {"group": "Black"}, {"group": "Black"}, {}).rows())
    assert [[row["confidence_level"] for row in each] for each in statements(rows)] == [
        [0.95, 0.998], [0.998, 0.95], [0.95],
    ]  # fmt: skip
    assert levels_of(rows) == [0.95, 0.998]


def test_rows_without_a_level_stay_apart():
    rows = list(findings({"confidence_level": None}, {"confidence_level": None}).rows())
    assert len(statements(rows)) == 2


def test_side_by_side_has_a_row_for_each_statement():
    wide = side_by_side(findings({}, SECOND, {"group": "Black"}))
    assert wide["low"] == [-6.3, -6.3] and wide["low@1"] == [-7.6, None] and "verdict@1" not in wide.columns
    assert side_by_side(findings({}, SECOND | {"verdict": TOO_FEW}))["verdict@1"] == [TOO_FEW]
    alone = findings({})
    assert side_by_side(alone) is alone


def test_limits_of_a_level_stand_together():
    columns = ["group", "low", "high", "verdict", "low@1", "high@1", "verdict@1"]
    names = ["group", "low", "high", "verdict"]
    assert expanded(columns, names) == ["group", "low", "high", "low@1", "high@1", "verdict", "verdict@1"]
    assert expanded(["group", "low"], ["group", "low"]) == ["group", "low"]


def test_the_spread_of_areas_is_one_sentence_too():
    data = {"q": [1, 0] * 300, "g": (["a"] * 2 + ["b"] * 2) * 150, "area": ["x"] * 200 + ["y"] * 200 + ["z"] * 200}
    found = dr.gap(data, outcome="q", positive=1, group="g", reference="a", by="area", confidence_level=(0.95, 0.998))
    one = dr.gap(data, outcome="q", positive=1, group="g", reference="a", by="area")
    assert len(found.sentences()) == len(one.sentences())


def test_a_second_level_of_the_spread_that_shows_something_else_is_said():
    spread = {"row_type": "variation", "estimate": 4.0, "low": 1.0, "high": 8.0, "confidence_level": 0.9,
              "method": "between-area standard deviation, 3 areas", "area": None}  # fmt: skip
    (text,) = findings(spread, spread | {"confidence_level": 0.996, "low": 0.0, "high": 11.0}, by=["area"]).sentences()
    assert text.endswith(
        "differs by area beyond chance (standard deviation 4.0 percentage points, 90% interval 1.0 to 8.0; "
        "99.6% interval 0.0 to 11.0); the 99.6% interval does not show it."
    )
