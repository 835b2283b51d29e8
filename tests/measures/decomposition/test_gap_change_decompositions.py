"""`dr.decompose_gap_change`: its rows add up, agree with `dr.gap_change`, and every argument that is refused."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
SURVEY = dr.data.example("satisfaction")
ASKED = {"outcome": "satisfaction", "positive": SATISFIED, "exclude": "Don't know", "group": "ethnic_group_broad",
         "time": "month"}  # fmt: skip
WINDOWS = {"window": 6, "before": "2010-12", "after": "2011-03"}


def decomposed(data=SURVEY, **options):
    asked = {"reference": "White", "factors": ["age_band", "gender"]} | ASKED | WINDOWS | options
    return dr.decompose_gap_change(data, **asked)


def one(found, **equal):
    (row,) = found.filter(**({"factor": None, "level": None, "side": None} | equal)).rows()
    return row


GROUPS = [each for each in dict.fromkeys(decomposed()["group"]) if each not in ("White", "not stated")]


@pytest.mark.parametrize(
    "options",
    [{}, {"method": "das-gupta"}, {"parts": 3}, {"empty": "apart"}, {"by": "gender", "factors": ["age_band"]}],
)
def test_rows_add_up(options):
    found = decomposed(**options)
    areas = dict.fromkeys(found["gender"]) if "by" in options else [None]
    for area in areas:
        place = {"gender": area} if "by" in options else {}
        for group in GROUPS:
            before, after, change = (
                one(found, part=part, group=group, **place) for part in ("gap before", "gap after", "change")
            )
            if np.isnan(change["estimate"]):
                continue
            assert change["estimate"] == pytest.approx(after["estimate"] - before["estimate"], abs=1e-12)
            rows = [
                row
                for row in found.filter(group=group, **place).rows()
                if row["part"] not in ("gap before", "gap after", "change")
            ]
            totals = [row for row in rows if row["side"] is None and row["factor"] is None]
            assert sum(row["estimate"] for row in totals) == pytest.approx(change["estimate"], abs=1e-12)
            for total in totals:
                sides = [
                    row["estimate"]
                    for row in rows
                    if row["part"] == total["part"] and row["side"] is not None and row["factor"] is None
                ]
                assert sum(sides) == pytest.approx(total["estimate"], abs=1e-12)


def test_gaps_and_their_change_are_those_of_gap_change():
    found = decomposed()
    wanted = dr.gap_change(SURVEY, reference="White", method="wald", **ASKED, **WINDOWS)
    for group in GROUPS:
        (theirs,) = wanted.filter(group=group).rows()
        mine = one(found, part="change", group=group)
        assert mine["estimate"] == pytest.approx(theirs["estimate"], abs=1e-10)
        assert mine["se"] == pytest.approx(theirs["se"], rel=0.01)
        assert one(found, part="gap after", group=group)["estimate"] == pytest.approx(theirs["value"], abs=1e-10)
        assert one(found, part="gap before", group=group)["estimate"] == pytest.approx(
            theirs["reference_value"], abs=1e-10
        )
        assert one(found, part="gap after", group=group)["nobs"] == theirs["nobs"]
        assert one(found, part="gap before", group=group)["nobs"] == theirs["nobs_before"]


def test_windows_that_share_months_are_surer_of_their_change():
    apart, shared = decomposed(before="2010-09"), decomposed()
    for group in GROUPS:
        assert one(shared, part="change", group=group)["se"] < one(apart, part="change", group=group)["se"]
    assert any("share 3 months" in note for note in shared.notes)


@pytest.mark.parametrize("options", [{}, {"reference": dr.OVERALL}, {"reference": dr.REST}])
def test_the_bootstrap_and_a_design_of_single_rows_are_near(options):
    plain, drawn = decomposed(**options), decomposed(interval="bootstrap", rng=3, **options)
    design = decomposed(design=dr.survey_design(), **options)
    for part in ("change", "composition", "rates"):
        rows = [one(each, part=part, group=GROUPS[0]) for each in (plain, drawn, design)]
        wide = 0.3 if part == "composition" else 0.15  # where little has changed a bootstrap counts rates' chance twice
        assert rows[1]["se"] == pytest.approx(rows[0]["se"], rel=wide)
        assert rows[2]["se"] == pytest.approx(rows[0]["se"], rel=5e-3)
        assert rows[2]["estimate"] == pytest.approx(rows[0]["estimate"], abs=1e-10)


def test_the_bootstrap_is_the_same_on_any_threads():
    one_thread = decomposed(interval="bootstrap", rng=3, threads=1)
    assert str(decomposed(interval="bootstrap", rng=3, threads=2).to_dict()) == str(one_thread.to_dict())


def test_a_tally_with_time_is_the_records():
    tally = dr.tally(SURVEY, ["month", "ethnic_group_broad", "age_band", "gender"], outcome="satisfaction")
    assert str(decomposed(tally).to_dict()) == str(decomposed().to_dict())


def years(**changes):
    table = {"year": ["2009/10"] * 8 + ["2010/11"] * 8, "group": (["White"] * 4 + ["Minority ethnic"] * 4) * 2,
             "age": ["16-34", "16-34", "35+", "35+"] * 4, "satisfied": [True, False] * 8,
             "people": [210, 90, 595, 105, 246, 114, 192, 48, 205, 95, 590, 110, 168, 72, 288, 72]}  # fmt: skip
    return table | changes


def of_years(table=None, **options):
    asked = {"reference": "White", "factors": ["age"], "before": "2009/10", "after": "2010/11"} | options
    return dr.decompose_gap_change(
        years() if table is None else table, outcome="satisfied", positive=True, group="group", time="year",
        count="people", **asked,
    )  # fmt: skip


def test_two_labels_of_time_are_compared_as_they_are():
    found = of_years()
    row = one(found, part="composition", group="Minority ethnic", side="Minority ethnic")
    before, after = (np.array([360, 240]) / 600, np.array([240, 360]) / 600)
    rates = (np.array([246 / 360, 0.8]) + np.array([0.7, 0.8])) / 2
    assert row["estimate"] == pytest.approx(100 * (rates * (after - before)).sum())
    assert (row["before"], row["after"], row["period"]) == ("2009/10", "2010/11", "2010/11")
    assert found.kind == "gap change parts"
    assert any("who was asked or was willing to answer" in note for note in found.notes)


def test_nothing_changed_is_nothing():
    same = years(people=[210, 90, 595, 105, 246, 114, 192, 48] * 2)
    for row in of_years(same).filter(group="Minority ethnic").rows():
        if row["part"] not in ("gap before", "gap after"):
            assert row["estimate"] == pytest.approx(0, abs=1e-12)
            assert np.isnan(row["share_of_gap"])


def test_the_reference_has_its_shares_at_both_times():
    found = of_years()
    assert one(found, part="gap before", group="White")["value"] == pytest.approx(80.5)
    assert one(found, part="gap after", group="White")["value"] == pytest.approx(79.5)
    assert one(found, part="gap after", group="White")["row_type"] == "reference"


def test_people_at_one_time_only_are_flagged_refused_or_apart():
    table = years(people=[210, 90, 595, 105, 246, 114, 192, 48, 205, 95, 590, 110, 0, 0, 288, 72])
    assert Flag.EMPTY_CELL in one(of_years(table), part="composition", group="Minority ethnic")["flag"]
    assert one(of_years(table, empty="apart"), part="not comparable", group="Minority ethnic")["estimate"] != 0
    message = "empty: 'Minority ethnic' has nobody with age '16-34' in the time after"
    with pytest.raises(ValueError, match=message):
        of_years(table, empty="refuse")


def test_a_side_without_cases_at_a_time_has_no_change():
    table = years(people=[210, 90, 595, 105, 246, 114, 192, 48, 205, 95, 590, 110, 0, 0, 0, 0])
    row = one(of_years(table), part="change", group="Minority ethnic")
    assert np.isnan(row["estimate"])
    assert Flag.NO_CASES in row["flag"]


def test_a_break_leaves_no_change_but_the_gap_of_a_whole_window():
    found = decomposed(before="2010-09", breaks=dr.Break("2010-10", "mode"))
    for group in GROUPS:
        row = one(found, part="change", group=group)
        assert np.isnan(row["estimate"])
        assert Flag.BREAK_IN_SERIES in row["flag"]
        assert np.isfinite(one(found, part="gap after", group=group)["estimate"])
        assert np.isnan(one(found, part="rates", group=group)["estimate"])


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"reference": None}, TypeError, "decompose_gap_change needs reference="),
        ({"before": None}, TypeError, "before: without window= name a label of 'year'"),
        ({"after": None}, TypeError, "after: without window= name a label of 'year'"),
        ({"after": "2009/10"}, ValueError, "before: '2009/10' is the same label of 'year' as after"),
        ({"after": "2012/13"}, ValueError, "after: '2012/13' is not a label of 'year'"),
        ({"factors": ["year"]}, ValueError, r"factors\[0\]: 'year' is already given as time"),
        ({"factors": ["satisfied"]}, ValueError, r"factors\[0\]: 'satisfied' is already given as outcome"),
        ({"breaks": dr.Break("2010-10", "mode")}, ValueError, "breaks: without window="),
        ({"method": "x"}, ValueError, "method: 'x' is not one of"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        of_years(**options)


def test_bad_windows_are_refused():
    with pytest.raises(ValueError, match="before: 2011-03 is the same window as after"):
        decomposed(before="2011-03")
    with pytest.raises(ValueError, match="begins before the series"):
        decomposed(before="2010-04", window=12)


def test_gaps_at_both_times_are_those_of_gap():
    asked = {"outcome": "satisfied", "positive": True, "group": "group", "reference": "White", "count": "people"}
    found = of_years()
    for part, year in (("gap before", "2009/10"), ("gap after", "2010/11")):
        kept = [i for i, each in enumerate(years()["year"]) if each == year]
        records = {name: [values[i] for i in kept] for name, values in years().items()}
        (wanted,) = dr.gap(records, **asked).filter(row_type="group").rows()
        mine = one(found, part=part, group="Minority ethnic")
        assert [mine[name] for name in ("low", "high", "pvalue")] == [wanted[n] for n in ("low", "high", "pvalue")]
