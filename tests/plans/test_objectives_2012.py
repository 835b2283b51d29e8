"""The equality objectives of 2012-16: every measure again by hand from the records, and what plans make of them."""

import datetime as dt
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard.plans.calls import read_call, tables_in

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
QUARTERS = {
    "2010/11 Q1": ("2010-04-01", "2010-06-30"),
    "2010/11 Q2": ("2010-07-01", "2010-09-30"),
    "2010/11 Q3": ("2010-10-01", "2010-12-31"),
    "2010/11 Q4": ("2011-01-01", "2011-03-31"),
}
SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
NOT_SATISFIED = [
    "Neither satisfied nor dissatisfied", "Fairly dissatisfied", "Very dissatisfied", "Completely dissatisfied",
]  # fmt: skip
AGREE, NOT_AGREE = ["Strongly agree", "Agree"], ["Neither agree nor disagree", "Disagree", "Strongly disagree"]
PACE = "Police and Criminal Evidence Act 1984 (section 1)"
YEAR = "2010/11"


@pytest.fixture(scope="module", params=[2011, 5])
def seed(request):
    return request.param


@pytest.fixture(scope="module")
def objectives(seed):
    return dr.objectives_2012(seed=seed)


@pytest.fixture(scope="module")
def records(seed):
    return {name: dr.data.example(name, seed=seed) for name in dr.data.example_names()}


def readings_of(objectives, measure):
    return {
        row["period"]: {key: value for key, value in row.items() if key not in ("measure", "period")}
        for row in objectives.source["readings"]
        if row["measure"] == measure
    }


def in_quarter(table, quarter, column="month"):
    first, last = QUARTERS[quarter]
    if column == "month":
        return (first[:7] <= table["month"]) & (table["month"] <= last[:7])
    days = np.array([text[:10] for text in table[column].astype(str).tolist()], dtype="datetime64[D]")
    return (np.datetime64(first) <= days) & (days <= np.datetime64(last))


def counted(positive, base):
    return {"count": int((positive & base).sum()), "nobs": int(base.sum())}


def against(positive, base, group, reference):
    mine, theirs = counted(positive, base & group), counted(positive, base & reference)
    return mine | {f"reference_{key}": value for key, value in theirs.items()}


def yes_or_no(column):
    return column == "Yes", np.isin(column, ["Yes", "No"])


def satisfied(table, answers=SATISFIED, others=NOT_SATISFIED, column="satisfaction"):
    positive = np.isin(table[column], answers)
    return positive, positive | np.isin(table[column], others)


def broad(table, *names):
    return [table["ethnic_group_broad"] == name for name in (names or ("Minority ethnic", "White"))]


def everybody(table):
    return np.ones(table.n_rows, dtype=bool)


def satisfaction_gap(r):
    return against(*satisfied(r["satisfaction"]), *broad(r["satisfaction"]))


def searches(r, pace):
    """Arrests of searches; whether the search was under PACE."""
    table = r["stop_search"]
    chosen = (table["Legislation"] == PACE) == pace
    groups = [table["population_group"] == name for name in ("Black", "White British")]
    return against(table["Outcome"] == "Suspect arrested", chosen, *groups)


def case_ratio(r, procedure):
    staff, cases = r["workforce"], r["cases"]
    found = {}
    for prefix, name in (("", "Minority ethnic"), ("reference_", "White")):
        people = cases["staff_id"][(cases["procedure"] == procedure) & (cases["ethnic_group_broad"] == name)]
        found |= {f"{prefix}count": len(set(people.tolist()))}
        found |= {f"{prefix}nobs": int((staff["ethnic_group_broad"] == name).sum())}
    return found


def leavers(r, which):
    flows = r["workforce_flows"]
    found = {}
    for prefix, group in zip(("", "reference_"), broad(flows), strict=True):
        found |= {f"{prefix}count": int((which(flows["left"]) & group).sum())}
        found |= {f"{prefix}nobs": pytest.approx(flows["years"][group].sum())}
    return found


def repeat_victims(victims):
    """Victims with records on several days; victims."""
    pairs = set(zip(victims["victim"].tolist(), victims["date"].tolist(), strict=True))
    _, days = np.unique([victim for victim, _ in pairs], return_counts=True)
    return {"count": int((days > 1).sum()), "nobs": len(days)}


def complaint_ratio(r):
    groups = r["complaints"]["population_group"]
    people = dict(zip(r["population"]["group"].tolist(), r["population"]["population"].tolist(), strict=True))
    black, white = (int((groups == name).sum()) for name in ("Black", "White British"))
    return {
        "count": black,
        "nobs": people["Black"],
        "reference_count": white,
        "reference_nobs": people["White British"],
    }


def strength(r):
    groups = r["workforce"]["population_group"]
    known = ~np.isin(groups, ["not stated", "refused"])
    return counted(np.isin(groups, ["Asian", "Black"]), known) | {
        "reference_count": 1_701_000 + 1_296_000, "reference_nobs": 8_100_000
    }  # fmt: skip


def promotions(r):
    flows = r["workforce_flows"]
    return against(flows["promotion"] == "Promoted", flows["promotion"] != "not applicable", *broad(flows))


def recruited(r):
    table = r["recruitment"]
    return against(table["reached"] == "Appointed", everybody(table), *broad(table))


def substantiated(r):
    table = r["complaints"]
    return against(table["result"] == "Substantiated", table["result"] != "Open", *broad(table))


def flexible(r):
    table = r["flexible_working"]
    granted = np.isin(table["outcome"], ["Granted", "Granted in part"])
    groups = [table["gender"] == sex for sex in ("Male", "Female")]
    return against(granted, granted | (table["outcome"] == "Declined"), *groups)


def survey(r):
    return satisfied(r["staff_survey"], AGREE, NOT_AGREE, "dignity_and_respect")


def detected(r, offence):
    table = r["victims"]
    return counted(table["sanction_detection"] == "Yes", table["offence"] == offence)


def called_back(r):
    answers = r["victims"]["call_back"]
    return counted(answers == "Satisfied", np.isin(answers, ["Satisfied", "Not satisfied"]))


def on_time(r):
    table = r["impact_assessments"]
    late = ~(table["completed"] <= table["due"])
    return counted(~late, everybody(table))


def domestic(r):
    table = r["victims"]
    chosen = table["offence"] == "Domestic abuse"
    return repeat_victims({name: table[name][chosen] for name in ("victim", "date")})


BY_HAND = {  # measure: how, the table that is cut into quarters, the column that says when
    "satisfaction-gap": (satisfaction_gap, "satisfaction", "month"),
    "satisfaction": (lambda r: counted(*satisfied(r["satisfaction"])), "satisfaction", "month"),
    "victims-updated": (lambda r: counted(*yes_or_no(r["victims"]["updated_in_time"])), "victims", "month"),
    "call-backs": (called_back, "victims", "month"),
    "detection-domestic-violence": (lambda r: detected(r, "Domestic abuse"), "victims", "month"),
    "detection-hate-crime": (lambda r: detected(r, "Hate crime"), "victims", "month"),
    "repeat-victims": (lambda r: repeat_victims(r["victims"]), "victims", "month"),
    "repeat-victims-domestic-violence": (domestic, "victims", "month"),
    "complaints": (complaint_ratio, "complaints", "month"),
    "complaints-substantiated": (substantiated, "complaints", "month"),
    "recruitment": (recruited, None, None),
    "strength": (strength, None, None),
    "wastage": (lambda r: leavers(r, lambda left: left != "not applicable"), None, None),
    "resignations": (lambda r: leavers(r, lambda left: left == "Resigned"), None, None),
    "promotions": (promotions, None, None),
    "discipline": (lambda r: case_ratio(r, "Discipline"), "cases", "date_opened"),
    "fairness-at-work": (lambda r: case_ratio(r, "Fairness at work grievance"), "cases", "date_opened"),
    "employment-tribunals": (lambda r: case_ratio(r, "Employment tribunal"), "cases", "date_opened"),
    "flexible-working": (flexible, "flexible_working", "month"),
    "staff-survey": (lambda r: counted(*survey(r)), "staff_survey", "month"),
    "staff-survey-gap": (
        lambda r: against(*survey(r), *[r["staff_survey"]["disability"] == answer for answer in ("Yes", "No")]),
        "staff_survey", "month",
    ),
    "impact-assessments": (on_time, "impact_assessments", "due"),
}  # fmt: skip
SEARCHES = ("searches-pace", "searches-other", "arrests-pace", "arrests-other")
OTHERWISE = {*SEARCHES, "confidence", "standard", "supplier-questionnaire"}
NEVER = {"satisfaction-other-forces", "recommendations-implemented", "engagement-reports"}


@pytest.mark.parametrize("measure", BY_HAND)
def test_a_measure_is_what_it_is_by_hand(measure, objectives, records):
    by_hand, name, column = BY_HAND[measure]
    found = readings_of(objectives, measure)
    if name is None:
        assert found == {YEAR: by_hand(records)}
        return
    assert list(found) == list(QUARTERS)
    for quarter, figure in found.items():
        table = records[name]
        kept = in_quarter(table, quarter, column)
        part = dr.data.ExampleRecords({key: values[kept] for key, values in table.items()}, provenance="by hand")
        assert figure == by_hand(records | {name: part}), quarter


def london_day(stamps):
    """The day in London of times in UTC, whose summer ends on 31 October 2010 and begins on 27 March 2011."""
    times = np.array([text[:19] for text in stamps.tolist()], dtype="datetime64[s]")
    summer = (times < np.datetime64("2010-10-31T01:00:00")) | (times >= np.datetime64("2011-03-27T01:00:00"))
    return (times + np.where(summer, 3600, 0).astype("timedelta64[s]")).astype("datetime64[D]")


@pytest.mark.parametrize("measure", SEARCHES)
def test_searches_and_arrests_are_what_they_are_by_hand(measure, objectives, records):
    table = records["stop_search"]
    day = london_day(table["Date"])
    people = {"Black": 1_296_000, "White British": 3_240_000}
    found = readings_of(objectives, measure)
    assert list(found) == list(QUARTERS)
    for quarter, (first, last) in QUARTERS.items():
        kept = (np.datetime64(first) <= day) & (day <= np.datetime64(last))
        part = dr.data.ExampleRecords({key: values[kept] for key, values in table.items()}, provenance="by hand")
        counts = searches({"stop_search": part}, measure.endswith("pace"))
        if measure.startswith("arrests"):
            assert found[quarter] == counts
            continue
        ratio = counts["nobs"] / people["Black"] / (counts["reference_nobs"] / people["White British"])
        assert found[quarter]["value"] == pytest.approx(ratio)
        # wider than if searches were independent of one another, and not by more than searches come together
        independent = ratio * (1 / counts["nobs"] + 1 / counts["reference_nobs"]) ** 0.5
        assert independent < found[quarter]["se"] < 1.5 * independent


def test_confidence_is_weighted_and_its_error_kishs(objectives, records):
    survey = records["attitudes"]
    for quarter, figure in readings_of(objectives, "confidence").items():
        base = in_quarter(survey, quarter) & (survey["good_job"] != "Don't know")
        weight, good = survey["weight"][base], np.isin(survey["good_job"][base], ["Excellent", "Good"])
        share = weight[good].sum() / weight.sum()
        cases = weight.sum() ** 2 / (weight**2).sum()
        assert figure["value"] == pytest.approx(100 * share)
        assert figure["se"] == pytest.approx(100 * (share * (1 - share) / cases) ** 0.5)


def test_units_at_the_baseline_are_the_published_71_of_73(objectives):
    assert readings_of(objectives, "standard") == {"2010/11 Q4": {"count": 71, "nobs": 73}}


def test_suppliers_that_pass_are_those_set(objectives):
    assert readings_of(objectives, "supplier-questionnaire") == {YEAR: {"count": 31, "nobs": 40}}


def test_every_measure_is_by_hand_above_or_says_why_it_is_not_computed(objectives):
    ids = objectives.measures()["id"]
    assert set(ids) == {*BY_HAND, *OTHERWISE, *NEVER}
    assert set(objectives.absent) == NEVER
    reasons = dict(zip(ids, objectives.measures()["not_computed"], strict=True))
    assert {name for name, why in reasons.items() if why} == NEVER
    assert all("it needs records named" in objectives.absent[name] for name in NEVER)
    assert objectives.absent_readings == {}


def test_findings_are_the_call_that_the_plan_names(objectives, records):
    calls = dict(zip(objectives.measures()["id"], objectives.measures()["computed_by"], strict=True))
    names = {**records, "dr": dr, "period": "2010-04 to 2011-03"}
    for measure in ("satisfaction-gap", "victims-updated", "discipline", "flexible-working", "repeat-victims"):
        written = eval(calls[measure], names)  # as a reader would run it
        for name in ("count", "nobs", "value", "low", "high", "verdict"):
            assert str(objectives.findings[measure][name]) == str(written[name]), (measure, name)


def test_the_published_figures_come_out_over_the_year(objectives):
    (gap,) = objectives.findings["satisfaction-gap"].rows()
    assert [round(gap[name]) for name in ("estimate", "value", "reference_value")] == [-7, 74, 81]
    updated = next(objectives.findings["victims-updated"].rows())
    assert updated["ethnic_group_broad"] is None and round(updated["value"], 1) == 90.0
    confidence = next(objectives.findings["confidence"].rows())
    assert confidence["group"] is None and confidence["borough"] is None
    assert round(confidence["value"]) == 65 and confidence["low"] < confidence["value"] < confidence["high"]


def test_quarters_add_up_to_the_year(objectives):
    for measure in ("victims-updated", "satisfaction", "detection-hate-crime"):
        rows = [row for row in objectives.findings[measure].rows() if row[objectives.findings[measure].by[0]] is None]
        found = readings_of(objectives, measure).values()
        assert sum(figure["count"] for figure in found) == sum(row["count"] for row in rows)
        assert sum(figure["nobs"] for figure in found) == rows[0]["nobs"]


def shipped():
    return tomllib.loads(files("dueregard.plans").joinpath("objectives_2012.toml").read_text(encoding="utf-8"))


def test_the_file_is_a_plan_of_its_own():
    plan = dr.plan(Path(str(files("dueregard.plans").joinpath("objectives_2012.toml"))), on="2012-04-01")
    assert len(plan.contents.objectives) == 4 and len(plan.contents.measures) == 32
    assert not plan.contents.readings


def test_every_definition_is_whole():
    for row in shipped()["measures"]:
        assert row["numerator"] and row["denominator"], row["id"]
        assert re.fullmatch(r"equality-duty-review, line \d+", row["source"]), row["id"]
        assert ("comparator" in row) == (row["unit"] != "percent"), row["id"]
        assert read_call(row["computed_by"]) and tables_in(row["computed_by"]), row["id"]


def test_only_the_published_target_is_there():
    assert shipped()["targets"] == [
        {"measure": "standard", "value": 100, "date": dt.date(2012, 3, 31), "source": "esps-review-2011, line 66"}
    ]
    assert "baselines" not in shipped()


@pytest.mark.skipif(not SEEDS.exists(), reason="the documents are not here")
def test_every_measure_of_the_document_is_there_and_sources_name_its_lines():
    (document,) = SEEDS.glob("002_*.txt")
    lines = document.read_text(encoding="utf-8").splitlines()
    listed = {i for i, line in enumerate(lines, 1) if line.startswith("·") and 96 < i < 188
              and not any(start <= i < end for start, end in ((116, 124), (140, 150), (170, 178)))}  # fmt: skip
    named = {int(row["source"].partition(" line ")[2]) for row in shipped()["measures"]}
    assert listed <= named
    assert all(lines[line - 1].startswith("·") for line in named)
    objectives = {int(row["source"].partition(" line ")[2]) for row in shipped()["objectives"]}
    assert all(lines[line - 2].strip().startswith("Equality Objective") or not lines[line - 2].strip()
               for line in objectives)  # fmt: skip


def test_the_plan_reads_them_all(objectives):
    plan = objectives.plan()
    assert plan.on == dt.date(2011, 3, 31)
    assert len(plan.contents.readings) == len(objectives.readings()["measure"]) > 90
    assert len(plan.contents.assessments) == 240
    assert plan.provenance.startswith("Synthetic")


def test_progress_judges_changes_and_finds_no_target_where_none_was_set(objectives):
    found = {row["measure_id"]: row for row in objectives.plan().progress().rows()}
    assert [name for name, row in found.items() if row["target"] is not None and row["target"] == row["target"]] == [
        "standard"
    ]
    gap = found["satisfaction-gap"]
    first, *_, last = readings_of(objectives, "satisfaction-gap").values()

    def points(figure):
        shares = [figure[f"{side}count"] / figure[f"{side}nobs"] for side in ("", "reference_")]
        return 100 * (shares[0] - shares[1])

    assert gap["estimate"] == pytest.approx(points(last) - points(first))
    assert gap["low"] < gap["estimate"] < gap["high"]
    assert found["searches-pace"]["low"] < found["searches-pace"]["estimate"] < found["searches-pace"]["high"]
    assert np.isnan(found["impact-assessments"]["low"])  # every assessment was counted


def test_the_scorecard_takes_the_plan_and_the_findings(objectives):
    card = dr.scorecard(objectives.plan())
    assert len(set(card["measure_id"])) == 32
    names = ("satisfaction-gap", "discipline", "flexible-working")
    of_findings = dr.scorecard({name: objectives.findings[name] for name in names}, targets={"satisfaction-gap": -5})
    assert [row["measure"] for row in of_findings.rows()] == list(names)
    everything = dr.scorecard(objectives.findings)
    assert set(everything["measure"]) == set(objectives.findings)
    assert list(everything["measure"]).count("satisfaction") == 1


def test_own_targets_take_the_place_of_the_published_one():
    found = dr.objectives_2012(targets={"standard": 100, "victims-updated": (95, "2016-03-31")}).source["targets"]
    assert found == [
        {"measure": "standard", "value": 100},
        {"measure": "victims-updated", "value": 95, "date": dt.date(2016, 3, 31)},
    ]


def test_mitigations_of_assessments_are_those_of_the_records(objectives, records):
    table = records["impact_assessments"]
    mitigations = objectives.source["mitigations"]
    assert len(mitigations) == table["mitigations"].sum()
    assert sum(row["status"] == "not started" for row in mitigations) == table["mitigations_open"].sum()
    completed = [row for row in objectives.source["assessments"] if "completed" in row]
    assert len(completed) == (~np.isnat(table["completed"])).sum()


def test_a_user_gives_some_records(records):
    victims = dict(records["victims"])
    found = dr.objectives_2012({"victims": victims})
    assert set(found.findings) == {name for name, (_, table, _) in BY_HAND.items() if table == "victims"}
    assert found.absent["satisfaction-gap"] == "there are no records named satisfaction"
    assert found.on == dt.date(2011, 3, 31)
    assert readings_of(found, "victims-updated") == {
        quarter: counted(*yes_or_no(victims["updated_in_time"][in_quarter(records["victims"], quarter)]))
        for quarter in QUARTERS
    }


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_give_what_dicts_give(library, records):
    frames = pytest.importorskip(library)
    table = records["flexible_working"]
    frame = frames.DataFrame({name: column.tolist() for name, column in table.items()})
    assert readings_of(dr.objectives_2012({"flexible_working": frame}), "flexible-working") == readings_of(
        dr.objectives_2012({"flexible_working": dict(table)}), "flexible-working"
    )


def test_other_forces_are_computed_where_they_are_given():
    force = np.repeat(["Metropolitan", "Kent", "Surrey"], [100, 60, 40])
    answer = np.tile(["Completely satisfied", "Very satisfied", "Fairly satisfied", "Very dissatisfied"], 50)
    force, answer = np.append(force, "Kent"), np.append(answer, "Don't know")
    table = {"force": force, "satisfaction": answer, "month": np.full(201, "2012-05")}
    found = dr.objectives_2012({"forces": table})
    assert readings_of(found, "satisfaction-other-forces") == {
        "2012/13 Q1": {"count": 75, "nobs": 100, "reference_count": 75, "reference_nobs": 100}
    }
    row = found.measures()["id"].index("satisfaction-other-forces")
    assert found.measures()["not_computed"][row] is None


def test_recommendations_and_reports_are_full_counts_where_they_are_given():
    recommendations = {"status": np.array(["Implemented"] * 7 + ["Open"] * 3)}
    reports = {"evaluated": np.array(["Yes", "No"]), "borough": np.array(["Brent", "Sutton"])}
    found = dr.objectives_2012({"recommendations": recommendations, "reports": reports}, period="2012/13")
    assert readings_of(found, "recommendations-implemented") == {"2012/13": {"count": 7, "nobs": 10}}
    assert readings_of(found, "engagement-reports") == {"2012/13": {"count": 1, "nobs": 2}}
    (row,) = found.findings["recommendations-implemented"].rows()
    assert np.isnan(row["low"])


def test_what_did_not_happen_in_a_quarter_is_0_and_not_left_out():
    months = np.repeat(["2010-04", "2010-07"], 40)
    answers = np.concatenate([np.repeat(["Yes", "No"], 20), np.repeat("No", 40)])
    table = {
        "offence": np.where(np.arange(80) % 2, "Hate crime", "Domestic abuse"),
        "hate_crime_strand": np.full(80, "Racist"),
        "month": months,
        "date": np.array([f"{month}-01" for month in months]),
        "sanction_detection": answers,
        "updated_in_time": answers,
        "call_back": np.where(answers == "Yes", "Satisfied", "Not called"),
        "victim": np.arange(80),
        "ethnic_group_broad": np.full(80, "White"),
    }
    calls = dr.objectives_2012({"victims": table})
    assert readings_of(calls, "victims-updated")["2010/11 Q2"] == {"count": 0, "nobs": 40}
    assert readings_of(calls, "detection-hate-crime")["2010/11 Q2"] == {"count": 0, "nobs": 20}
    # nobody who was called answered: nothing to divide by, and that is said
    assert "2010/11 Q2" not in readings_of(calls, "call-backs")
    assert calls.absent_readings["call-backs", "2010/11 Q2"].startswith("no cases")


def test_rows_of_another_time_are_said_to_be_in_no_figure(records):
    found = dr.objectives_2012({"complaints": dict(records["complaints"])}, period="2010-04 to 2010-12")
    late = (records["complaints"]["month"] > "2010-12").sum()
    assert f"{late:,} rows of complaints are not of 2010-04 to 2010-12 and in no figure." in found.source["notes"]
    assert list(readings_of(found, "complaints-substantiated")) == list(QUARTERS)[:3]
    assert found.on == dt.date(2010, 12, 31)


def test_what_records_do_not_allow_is_an_error_or_left_out_with_a_reason(records):
    table = {name: column for name, column in records["victims"].items() if name != "hate_crime_strand"}
    with pytest.raises(ValueError, match=r"measure 'detection-hate-crime': .*hate_crime_strand"):
        dr.objectives_2012({"victims": table})
    found = dr.objectives_2012({"victims": table}, strict=False)
    assert "hate_crime_strand" in found.absent["detection-hate-crime"]
    row = found.measures()["id"].index("detection-hate-crime")
    assert found.measures()["not_computed"][row] == found.absent["detection-hate-crime"]
    assert "victims-updated" in found.findings and found.plan().contents.measures[row].not_computed


def test_a_crime_that_nobody_recorded_has_no_rate(records):
    table = dict(records["victims"])
    table["offence"] = np.where(table["offence"] == "Hate crime", "Burglary", table["offence"])
    found = dr.objectives_2012({"victims": table})
    assert readings_of(found, "detection-hate-crime") == {}
    assert "no cases" in found.absent_readings["detection-hate-crime", "2010/11 Q1"]
    assert np.isnan(found.findings["detection-hate-crime"]["value"][0])


def test_it_says_what_it_is(objectives):
    assert repr(objectives).startswith("Equality objectives 2012-16: 29 of 32 measures computed, ")
    assert "not computed: satisfaction-other-forces" in repr(objectives)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"records": []}, TypeError, "records: a dict of name to table, not list"),
        ({"records": {"victim": {}}}, ValueError, r"no measure uses 'victim' \(did you mean 'victims'\?\)"),
        ({"records": {"victims": 3}}, TypeError, "records: 'victims' is a int, not a dict of columns or a data frame"),
        ({"records": {}}, ValueError, "period: no table has a column date"),
        ({"records": {"victims": {"month": np.array(["2010-04", "2010-13"])}}}, ValueError,
         r"records\['victims'\]: row 1 of 'month' is '2010-13', not a month such as '2010-04'"),
        ({"records": {"complaints": {"month": np.array(["2010-04"])}}}, ValueError,
         "measure 'complaints-substantiated'"),
        ({"records": {}, "period": "2010-11"}, ValueError, "may be November 2010 or a financial year"),
        ({"records": {}, "period": 2010}, TypeError, "period: 2010 is not a text"),
        ({"targets": {"victim-updated": 95}}, ValueError, "targets: there is no measure 'victim-updated'"),
        ({"targets": {"victims-updated": (95, "next year")}}, ValueError, "'victims-updated' is for 'next year'"),
        ({"strict": "yes"}, TypeError, "strict"),
        ({"targets": {"victims-updated": (95,)}}, ValueError, "not a value, or a value and a day"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        dr.objectives_2012(**arguments)


PAGE = Path(__file__).parents[2] / "docs" / "objectives.md"


def test_the_page_says_what_the_file_says():
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.read_text().splitlines()
             if re.match(r"\| \d \|", line)]  # fmt: skip
    better = {True: "higher", False: "lower", None: "neither"}
    keys = ("objective", "id", "numerator", "denominator", "breakdown", "comparator", "unit", "source")
    expected = [[row.get(key, "") for key in keys] for row in shipped()["measures"]]
    for row, cell in zip(shipped()["measures"], expected, strict=True):
        cell[1] = f"`{cell[1]}`"
        cell.insert(-1, better[row.get("higher_is_better")])
    assert cells == expected


def test_rates_over_years_in_post_say_so_and_none_is_of_people_alone():
    """Ratios of two rates of one quarter compare whatever its length; a plain rate of people would not."""
    measures = {each.id: each for each in dr.objectives_2012().plan().contents.measures}
    assert {name for name, each in measures.items() if each.base == "exposure"} == {"wastage", "resignations"}
    assert not any(each.accrues for each in measures.values())
