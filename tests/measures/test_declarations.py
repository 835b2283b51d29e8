"""Declaration rates: hand calculations, kinds of missing apart, trends, and what is not available."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.unknowns.proportion_trends import proportion_slope

STATES = ["stated", "not stated", "refused", "not applicable", "not collected"]
LABELS = {"stated": "Muslim", "not stated": None, "refused": "Prefer not to say"}


def staff(numbers, **columns):
    """Records of people from {state: number}; other columns are the same for all of them."""
    answers = [LABELS.get(state, state) for state, n in numbers.items() for _ in range(n)]
    return {"religion": answers} | {name: [value] * len(answers) for name, value in columns.items()}


def joined(*parts):
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def asked(data, **options):
    return dr.declaration(data, **{"characteristics": "religion"} | options)


def by_state(findings, **equal):
    return {row["group"]: row for row in findings.filter(row_type="group", **equal).rows()}


COUNTS = st.fixed_dictionaries({state: st.integers(0, 30) for state in STATES}).filter(lambda n: sum(n.values()) > 0)


def test_rates_by_hand():
    numbers = {"stated": 60, "not stated": 25, "refused": 15, "not applicable": 7, "not collected": 40}
    rows = by_state(asked(staff(numbers)))
    assert {state: row["count"] for state, row in rows.items()} == numbers
    assert [rows[state]["value"] for state in STATES[:3]] == [60, 25, 15]
    assert [rows[state]["nobs"] for state in STATES] == [100, 100, 100, None, None]
    assert all(math.isnan(rows[state]["value"]) for state in STATES[3:])
    wilson = dr.proportion_interval(60, 100)
    assert [rows["stated"][name] / 100 for name in ("low", "high")] == pytest.approx([wilson.low, wilson.high])
    assert rows["stated"]["measure"] == "declaration of religion" and rows["stated"]["unit_of_measure"] == "percent"


@given(COUNTS)
def test_the_base_is_those_who_were_asked(numbers):
    rows = by_state(asked(staff(numbers)))
    base = sum(numbers[state] for state in STATES[:3])
    value = rows["stated"]["value"]
    assert math.isnan(value) if base == 0 else value == pytest.approx(100 * numbers["stated"] / base)
    if base:
        shares = [row["value"] for state, row in rows.items() if state in STATES[:3]]
        assert sum(shares) == pytest.approx(100)
    assert [state for state in STATES[1:] if state in rows] == [state for state in STATES[1:] if numbers[state]]


def test_what_is_not_collected_has_no_rate_and_is_not_zero():
    rows = by_state(asked(staff({"not collected": 40})))
    assert math.isnan(rows["stated"]["value"]) and rows["stated"]["count"] is None
    assert Flag.NOT_RECORDED in rows["stated"]["flag"] and rows["not collected"]["count"] == 40
    nobody = by_state(asked(staff({"not applicable": 4})))
    assert math.isnan(nobody["stated"]["value"]) and Flag.NO_CASES in nobody["stated"]["flag"]


def test_nobody_stating_it_is_zero():
    rows = by_state(asked(staff({"not stated": 40})))
    assert rows["stated"]["value"] == 0 == rows["stated"]["count"] and rows["stated"]["low"] == 0


def test_to_prefer_not_to_say_is_to_refuse_whatever_its_capitals():
    data = {"religion": ["PREFER NOT TO SAY", "PREFER NOT TO SAY", "None", "Rather not"]}
    assert by_state(asked(data))["refused"]["count"] == 2
    assert by_state(asked(data, refused="rather not"))["refused"]["count"] == 1
    mapped = asked(data, missing={"Rather not": "refused"})
    assert by_state(mapped)["refused"]["count"] == 3


def test_several_characteristics_come_one_after_another():
    data = {"sex": ["F", "M", None, "F"], "religion": ["None", None, "Prefer not to say", "Sikh"]}
    found = dr.declaration(data, characteristics=["sex", "religion"])
    stated = [row for row in found.rows() if row["group"] == "stated"]
    assert [(row["characteristic"], row["value"]) for row in stated] == [("sex", 75.0), ("religion", 50.0)]


def test_areas_and_grades_after_all_together():
    data = joined(
        staff({"stated": 9, "refused": 1}, grade="PC", area="N"),
        staff({"stated": 5, "not stated": 5}, grade="Sgt", area="N"),
    )
    found = asked(data, by=["area", "grade"])
    stated = [row for row in found.rows() if row["group"] == "stated"]
    assert [(row["area"], row["grade"], row["value"]) for row in stated] == [
        (None, None, 70.0),
        ("N", "PC", 90.0),
        ("N", "Sgt", 50.0),
    ]


def test_a_tally_and_its_records_say_the_same():
    data = joined(staff({"stated": 9, "refused": 1}, area="N"), staff({"stated": 5, "not stated": 5}, area="S"))
    tally = dr.tally(data, ["area", "religion"])
    assert repr(asked(tally, by="area").to_dict()) == repr(asked(data, by="area").to_dict())


def years(*rates, base=200, first=2015, kind=int):
    return joined(
        *(
            staff({"stated": stated, "not stated": base - stated}, year=kind(first + i))
            for i, stated in enumerate(rates)
        )
    )


def test_the_change_is_last_against_first():
    found = asked(years(100, 120, 150), time="year")
    (change,) = found.filter(row_type="change").rows()
    by_score = dr.compare_proportions(150, 200, 100, 200)
    assert (change["value"], change["reference_value"], change["estimate"]) == (75.0, 50.0, 25.0)
    shown = [change[name] for name in ("low", "high")] + [100 * change["pvalue"]]
    assert shown == pytest.approx([100 * by_score.low, 100 * by_score.high, 100 * by_score.pvalue])
    assert (change["period"], change["reference"]) == ("2015 to 2017", "2015")
    assert (change["verdict"], change["direction"]) == ("higher", "rising")


def test_the_slope_is_in_points_for_each_year():
    found = asked(years(100, 120, 150), time="year")
    (trend,) = found.filter(row_type="trend").rows()
    count, nobs, time = np.array([100.0, 120, 150]), np.full(3, 200.0), np.array([2015.0, 2016, 2017])
    slope = proportion_slope(count, nobs, time, 0.95)
    assert [trend[name] for name in ("estimate", "low", "high")] == pytest.approx([100 * each for each in slope[:3]])
    assert trend["estimate"] == pytest.approx(12.5) and trend["unit_of_measure"] == "percentage points per year"
    assert trend["direction"] == "rising"
    as_text = asked(years(100, 120, 150, kind=str), time="year")
    assert next(as_text.filter(row_type="trend").rows())["estimate"] == trend["estimate"]


def test_periods_without_numbers_are_steps():
    data = years(100, 120, 150)
    data["year"] = [{2015: "before", 2016: "during", 2017: "past"}[year] for year in data["year"]]
    (trend,) = asked(data, time="year").filter(row_type="trend").rows()
    assert trend["unit_of_measure"] == "percentage points per period"
    assert trend["period"] == "before to past, per period"


@pytest.mark.parametrize(("rates", "direction"), [((150, 125, 100), "falling"), ((100, 103, 101), "no clear change")])
def test_the_direction_is_stated(rates, direction):
    found = asked(years(*rates), time="year")
    assert [row["direction"] for row in found.rows() if row["row_type"] in ("change", "trend")] == [direction] * 2


def test_periods_in_which_it_was_not_collected_are_no_part_of_a_trend():
    data = joined(staff({"not collected": 50}, year=2014), years(100, 120, 140))
    found = asked(data, time="year")
    assert math.isnan(by_state(found, period="2014")["stated"]["value"])
    ends = [row["period"] for row in found.filter(row_type=["change", "trend"]).rows()]
    assert ends == ["2015 to 2017", "2015 to 2017, per year"]
    assert len(asked(years(100), time="year").filter(row_type="trend")) == 0
    two = asked(years(100, 120), time="year")
    assert len(two.filter(row_type="change")) == 1 and len(two.filter(row_type="trend")) == 0
    data["year"] = [None if year in (2015, 2016) else year for year in data["year"]]
    assert len(asked(data, time="year").filter(row_type="trend")) == 0


def test_a_trend_for_each_area():
    data = joined(*(years(*rates) | {"area": [area] * 400} for area, rates in (("N", (100, 150)), ("S", (150, 100)))))
    found = asked(data, time="year", by="area").filter(row_type="change")
    assert [(row["area"], row["direction"]) for row in found.rows()] == [
        (None, "no clear change"),
        ("N", "rising"),
        ("S", "falling"),
    ]


def test_a_full_count_has_no_intervals():
    found = asked(years(100, 103), time="year", inference="none")
    assert all(math.isnan(row["low"]) and row["verdict"] is None for row in found.rows())
    assert all(Flag.FULL_COUNT in row["flag"] for row in found.filter(row_type="group").rows())
    (change,) = found.filter(row_type="change").rows()
    assert change["estimate"] == pytest.approx(1.5) and change["direction"] == "rising"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"characteristics": []}, ValueError, "characteristics: none is named"),
        ({"characteristics": ["religion", "religion"]}, ValueError, "characteristics: 'religion' is named twice"),
        ({"characteristics": [3]}, TypeError, "characteristics: 3 is not the name of a column"),
        ({"by": "religion"}, ValueError, "by: 'religion' is already given as characteristics"),
        ({"time": "religion"}, ValueError, "religion"),
        ({"refused": [3]}, TypeError, "refused: 3 is not a text"),
        ({"inference": "bayes"}, ValueError, "inference: 'bayes' is not one of"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"threshold": -1}, ValueError, "threshold: -1 is not a positive number"),
        ({"characteristics": "faith"}, ValueError, "faith"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        asked(staff({"stated": 2}), **options)


def test_a_weighted_tally_is_refused():
    tally = dr.tally(staff({"stated": 2}) | {"w": [1.0, 2.0]}, ["religion"], weight="w")
    with pytest.raises(ValueError, match="data: a weighted tally"):
        asked(tally)


def test_a_chart_of_periods_names_each():
    alternative = asked(years(100, 150), time="year").plot().alternative
    assert "2015: stated 50%" in alternative.description and "2016: stated 75%" in alternative.description
