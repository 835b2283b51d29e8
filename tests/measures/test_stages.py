"""Relative likelihoods at stages of work: published ratios, hand calculations, directions, families, refusals."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard import Flag

PUBLISHED = json.loads((Path(__file__).parent / "published_ratios.json").read_text())
ASK = {"group": "ethnicity", "reference": "White"}
STAFF = {"ethnicity": ["White"] * 400 + ["BME"] * 100 + [None] * 10, "role": ["Officer", "Staff"] * 255}
PROMOTED = {"ethnicity": ["White"] * 40 + ["BME"] * 5, "role": ["Officer"] * 30 + ["Staff"] * 15}


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def printed(value, like):
    return f"{value:.{len(like.partition('.')[2])}f}"


# what has been published


@pytest.mark.parametrize("published", PUBLISHED["ratios"], ids=lambda each: each["source"])
def test_published_ratios_come_out_as_printed(published):
    events = {"group": round(100 * published["group"]), "other": round(100 * published["reference"])}
    found = dr.relative_likelihood(
        events,
        pool={"group": 10_000_000, "other": 10_000_000},
        stage="discipline",
        group="ethnicity",
        reference="other",
    )
    assert printed(found.filter(group="group")["estimate"][0], published["published"]) == published["published"]


@pytest.mark.parametrize("published", PUBLISHED["percentages"], ids=lambda each: each["source"])
def test_published_percentages_come_out_as_printed(published):
    found = dr.relative_likelihood(
        {"all": published["count"], "nobody": 0}, pool={"all": published["nobs"], "nobody": 1},
        stage="discipline", group="ethnicity", reference="nobody",
    )  # fmt: skip
    assert printed(found.filter(group="all")["value"][0], published["published"]) == published["published"]


def test_words_that_were_published():
    """13% of dismissals were of 5.3% of officers, and 87% of 94.7%: more than twice the likelihood."""
    about = PUBLISHED["hasc"]
    events, pool = ({"BME": round(10 * a), "White": round(10 * b)} for a, b in (about["dismissals"], about["officers"]))
    pool = {group: 100 * n for group, n in pool.items()}
    found = row(dr.relative_likelihood(events, pool=pool, stage="discipline", **ASK), group="BME")
    assert found["estimate"] == pytest.approx(2.669919757102581)
    assert about["published"] == "more than twice" and found["estimate"] > 2


def test_three_of_kline_s_entries_are_no_powers():
    about = PUBLISHED["kline"]
    wrong = [
        k for k, value in enumerate(about["published"], 1) if printed(about["factor"] ** k, "0.00") != f"{value:.2f}"
    ]
    assert wrong == about["wrong"]


def test_seventeen_and_nine_people_are_too_few_to_tell():
    """The published ratio of 1.7 stands on 17 White and 9 minority ethnic staff, 0.7% and 1.2% of their numbers."""
    found = row(
        dr.relative_likelihood({"White": 17, "BME": 9}, pool={"White": 2_429, "BME": 750}, stage="discipline", **ASK),
        group="BME",
    )
    assert printed(found["estimate"], "0.0") == "1.7"
    assert (printed(found["value"], "0.0"), printed(found["reference_value"], "0.0")) == ("1.2", "0.7")
    assert found["verdict"].startswith("too few to tell")
    assert found["low"] < 0.8 and found["high"] > 1.25
    assert Flag.FEW_EVENTS in found["flag"]
    assert found["practical_verdict"] == "above 1.25" and found["practical_threshold"] == "0.8 to 1.25"


# by hand


def test_events_and_pool_are_two_proportions():
    found = row(dr.relative_likelihood(PROMOTED, pool=STAFF, stage="promotion", **ASK), group="BME")
    alone = dr.compare_proportions(5, 100, 40, 400, measure="ratio")
    points = dr.compare_proportions(5, 100, 40, 400)
    assert (found["count"], found["nobs"], found["reference_count"], found["reference_nobs"]) == (5, 100, 40, 400)
    assert (found["value"], found["reference_value"], found["estimate"]) == pytest.approx((5, 10, 0.5))
    assert (found["low"], found["high"], found["pvalue"]) == pytest.approx((alone.low, alone.high, alone.pvalue))
    assert found["difference_low"] == pytest.approx(100 * points.low)
    assert (found["basis"], found["stage"], found["better"]) == ("eligible-pool", "promotion", "higher")
    assert found["measure"] == "promotions as a share of staff eligible for promotion"
    assert found["convention"] == "group over reference: below 1 is worse for the group"


def test_records_with_an_outcome_are_the_same_as_events_and_pool():
    board = {
        "ethnicity": ["White"] * 60 + ["BME"] * 30,
        "result": ["Passed"] * 30 + ["Failed"] * 26 + ["Withdrew"] * 4 + ["Passed"] * 9 + ["Failed"] * 19 + [None] * 2,
    }
    one = dr.relative_likelihood(
        board, stage="promotion-board", outcome="result", positive="Passed", exclude="Withdrew", **ASK
    )
    other = dr.relative_likelihood(
        {"White": 30, "BME": 9}, pool={"White": 56, "BME": 28}, stage="promotion-board", **ASK
    )
    for name in ("count", "nobs", "estimate", "low", "high", "pvalue", "measure"):
        assert one.filter(group="BME")[name] == other.filter(group="BME")[name]


def test_leavers_are_rates_over_time_in_post():
    staff = {"ethnicity": ["White"] * 100 + ["BME"] * 50, "years": [1.0] * 80 + [0.5] * 20 + [1.0] * 30 + [0.25] * 20}
    leavers = {"ethnicity": ["White"] * 9 + ["BME"] * 8}
    found = row(dr.relative_likelihood(leavers, pool=staff, exposure="years", stage="resignation", **ASK), group="BME")
    alone = dr.compare_rates(8, 35, 9, 90)
    assert (found["exposure"], found["reference_exposure"], found["per"]) == (35, 90, 100)
    assert found["value"] == pytest.approx(800 / 35)
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx((alone.estimate, alone.low, alone.high))
    assert (found["basis"], found["unit_of_measure"]) == ("person-time", "rate ratio")
    assert found["measure"] == "resignations per 100 person-years"
    assert found["convention"].startswith("group over reference: above 1 is worse")
    numbers = dr.relative_likelihood(
        {"White": 9, "BME": 8}, pool={"White": 90.0, "BME": 35.0}, stage="resignation", **ASK
    )
    assert numbers.filter(group="BME")["low"][0] == pytest.approx(alone.low)
    by_head = row(
        dr.relative_likelihood(leavers, pool=staff, stage="resignation", basis="headcount", **ASK), group="BME"
    )
    assert (by_head["basis"], by_head["nobs"], by_head["measure"]) == (
        "headcount",
        50,
        "resignations as a share of staff",
    )


def test_people_with_several_cases_are_counted_once():
    cases = {"ethnicity": ["White", "White", "BME", "BME", "BME"], "staff_id": [7, 7, 8, 8, 9]}
    pool = {"White": 2, "BME": 2}
    with pytest.raises(ValueError, match=r"staff in formal discipline of 'BME' are 3, and staff 2; .* person="):
        dr.relative_likelihood(cases, pool=pool, stage="discipline", **ASK)
    found = dr.relative_likelihood(cases, pool=pool, stage="discipline", person="staff_id", **ASK)
    assert found["count"] == [1, 2]
    with pytest.raises(ValueError, match="person: 'staff_id' is not known in every row"):
        dr.relative_likelihood(
            cases | {"staff_id": ["a", "a", None, "b", "c"]}, pool=pool, stage="discipline", person="staff_id", **ASK
        )


def test_by_role_with_all_together_first_and_variation_between():
    findings = dr.relative_likelihood(PROMOTED, pool=STAFF, stage="promotion", by="role", no_events=[], **ASK)
    assert findings["role"][0] is None
    officers = row(findings, role="Officer", group="White", row_type="reference")
    assert (officers["count"], officers["nobs"]) == (30, 200)
    assert {each["stage"] for each in findings.rows()} == {"promotion"}
    assert sum(each["row_type"] == "variation" for each in findings.rows()) == 2


def test_groups_put_into_others():
    staff, promoted = {"ethnicity": ["W1"] * 80 + ["B1"] * 10 + ["A1"] * 10}, {"ethnicity": ["W1"] * 8 + ["A1"] * 2}
    broad = {"W1": "White", "B1": "BME", "A1": "BME"}
    found = row(dr.relative_likelihood(promoted, pool=staff, stage="promotion", mapping=broad, **ASK), group="BME")
    assert (found["count"], found["nobs"], found["mapping"]) == (2, 20, "own mapping")


def test_staff_whose_group_is_not_known_are_rows_and_in_no_ratio():
    found = dr.relative_likelihood(PROMOTED | {"ethnicity": [*PROMOTED["ethnicity"][:-1], None]}, pool=STAFF,
                                   stage="promotion", **ASK)  # fmt: skip
    unknown = row(found, group="not stated")
    assert (unknown["count"], unknown["nobs"]) == (1, 10)
    assert math.isnan(unknown["estimate"]) and Flag.MISSING_GROUP in unknown["flag"]
    assert row(found, group="BME")["count"] == 4


@pytest.mark.parametrize("reference", [dr.REST, dr.OVERALL])
def test_other_references(reference):
    found = dr.relative_likelihood(
        PROMOTED, pool=STAFF, stage="promotion", group="ethnicity", reference=reference
    ).filter(group="BME")
    share = 0.1 if reference is dr.REST else 45 / 500
    assert found["estimate"][0] == pytest.approx(0.05 / share)


# zeros


def test_nobody_at_a_stage():
    pool = {"White": 400, "BME": 100}
    none = row(dr.relative_likelihood({"White": 40, "BME": 0}, pool=pool, stage="promotion", **ASK), group="BME")
    assert (none["estimate"], none["low"]) == (0, 0) and 0 < none["high"] < 1
    infinite = row(dr.relative_likelihood({"White": 0, "BME": 4}, pool=pool, stage="promotion", **ASK), group="BME")
    assert infinite["estimate"] == infinite["high"] == math.inf
    neither = row(dr.relative_likelihood({"White": 0, "BME": 0}, pool=pool, stage="promotion", **ASK), group="BME")
    assert math.isnan(neither["estimate"]) and (neither["low"], neither["high"]) == (0, math.inf)
    assert Flag.UNDEFINED in neither["flag"]
    empty = row(
        dr.relative_likelihood({"White": 4, "BME": 0}, pool={"White": 40, "BME": 0}, stage="promotion", **ASK),
        group="BME",
    )
    assert math.isnan(empty["value"]) and math.isnan(empty["low"]) and Flag.NO_POPULATION in empty["flag"]


# the catalogue


def test_every_stage_has_a_direction_and_a_basis():
    table = dr.stages()
    ways = dict(zip(table["stage"], table["better"], strict=True))
    assert ways["appointment"] == ways["promotion"] == ways["training"] == ways["flexible-working"] == "higher"
    assert ways["discipline"] == ways["grievance"] == ways["tribunal"] == ways["resignation"] == "lower"
    for name, convention in zip(table["stage"], table["convention"], strict=True):
        worse = "below" if ways[name] == "higher" else "above"
        assert convention.startswith(f"group over reference: {worse} 1 is worse for the group")
    assert not [i for i, events in enumerate(table["events"]) if events == table["base"][i]]


def test_what_the_race_equality_standard_turns_round_is_said():
    table = dr.stages()
    said = dict(zip(table["stage"], table["convention"], strict=True))
    assert said["appointment"].endswith("WRES indicator 2 has White over minority ethnic, 1 over this")
    assert said["discipline"].endswith("WRES indicator 3 has minority ethnic over White, as here")
    christie = row(
        dr.relative_likelihood(
            {"White": 4_699, "BME": 1_465}, pool={"White": 10_000, "BME": 10_000}, stage="appointment", **ASK
        ),
        group="BME",
    )
    assert printed(1 / christie["estimate"], "0.0") == "3.2"


def test_the_four_fifths_rule_knows_which_way_is_worse():
    pool = {"White": 1_000, "BME": 1_000}
    low = dr.relative_likelihood(
        {"White": 100, "BME": 70}, pool=pool, stage="promotion", threshold="four-fifths", **ASK
    )
    assert row(low, group="BME")["practical_verdict"] == "below four fifths"
    high = dr.relative_likelihood(
        {"White": 70, "BME": 100}, pool=pool, stage="discipline", threshold="four-fifths", **ASK
    )
    assert row(high, group="BME")["practical_verdict"].startswith("above 1.25")
    better = dr.relative_likelihood(
        {"White": 100, "BME": 70}, pool=pool, stage="discipline", threshold="four-fifths", **ASK
    )
    assert row(better, group="BME")["practical_verdict"] == "not above 1.25"


def test_a_stage_of_one_s_own():
    stage = dr.Stage("mentoring", "staff with a mentor", "staff who asked for one", "previous-stage", True)
    found = dr.relative_likelihood({"White": 30, "BME": 9}, pool={"White": 60, "BME": 30}, stage=stage, **ASK)
    assert found["measure"][0] == "staff with a mentor as a share of staff who asked for one"
    assert found.higher_is_better is True


def test_a_grievance_has_a_second_reading():
    found = dr.relative_likelihood({"White": 3, "BME": 9}, pool={"White": 60, "BME": 30}, stage="grievance", **ASK)
    assert found.notes == ("More grievances can also mean more trust in the procedure.",)
    assert found.higher_is_better is False


# all stages in one table

STAGES = {
    "shortlisting": ({"White": 90, "BME": 30}, {"White": 200, "BME": 100}),
    "appointment": ({"White": 24, "BME": 6}, {"White": 90, "BME": 30}),
    "discipline": ({"White": 17, "BME": 9}, {"White": 2_429, "BME": 750}),
    "resignation": ({"White": 90, "BME": 40}, {"White": 2_400.5, "BME": 700.25}),
}


def test_the_rows_of_every_stage_stand_one_below_another():
    table = dr.workforce_stages(STAGES, **ASK)
    assert table["stage"] == [stage for stage in STAGES for _ in range(2)]
    for stage, (events, pool) in STAGES.items():
        alone = row(dr.relative_likelihood(events, pool=pool, stage=stage, adjust="none", **ASK), group="BME")
        found = row(table, stage=stage, group="BME")
        for name in (
            "estimate",
            "low",
            "high",
            "pvalue",
            "value",
            "measure",
            "convention",
            "better",
            "unit_of_measure",
        ):
            assert found[name] == alone[name]
    assert table.higher_is_better is None


def test_all_stages_are_one_family():
    table = dr.workforce_stages(STAGES, **ASK).filter(group="BME")
    assert table["adjusted_pvalue"] == pytest.approx(dr.adjust_pvalues(table["pvalue"]).tolist())
    assert set(table["method"]) == {"Miettinen-Nurminen score; Holm over 4 comparisons"}
    assert table["pvalue"][0] < 0.05
    several = dr.workforce_stages(STAGES, confidence_level=(0.95, 0.998), adjust="bonferroni", **ASK).filter(
        group="BME"
    )
    assert several["confidence_level"] == [0.95, 0.998] * 4
    assert several["adjusted_pvalue"] == pytest.approx([min(1, 4 * p) for p in several["pvalue"]])
    first = dr.relative_likelihood(
        STAGES["shortlisting"][0], pool=STAGES["shortlisting"][1], stage="shortlisting", confidence_level=1 - 0.05 / 4,
        adjust="none", **ASK,
    ).filter(group="BME")  # fmt: skip
    assert several["simultaneous_low"][0] == pytest.approx(first["low"][0])


def test_one_table_with_a_column_of_stages():
    numbers = {"applied": (200, 100), "shortlisted": (90, 30), "appointed": (24, 6)}
    parts = [(name, *each) for name, side in numbers.items() for each in zip(("White", "BME"), side, strict=True)]
    table = {
        "stage": [stage for stage, _, n in parts for _ in range(n)],
        "ethnicity": [group for _, group, n in parts for _ in range(n)],
        "site": ["a", "b"] * 225,
    }
    asked = {"shortlisting": ("shortlisted", "applied"), "appointment": ("appointed", "shortlisted")}
    found = dr.workforce_stages(asked, data=table, column="stage", **ASK)
    same = dr.workforce_stages({name: STAGES[name] for name in asked}, **ASK)
    assert found.filter(group="BME")["low"] == same.filter(group="BME")["low"]
    by_site = dr.workforce_stages(asked, data=table, column="stage", by="site", **ASK)
    groups = by_site.filter(row_type="group")
    areas = [
        (p, q) for p, q, site in zip(groups["pvalue"], groups["adjusted_pvalue"], groups["site"], strict=True) if site
    ]
    assert [q for _, q in areas] == pytest.approx(dr.adjust_pvalues([p for p, _ in areas]).tolist())
    assert len(areas) == 4
    mixed = dr.workforce_stages(asked | {"discipline": STAGES["discipline"]}, data=table, column="stage", **ASK)
    assert mixed["stage"][-1] == "discipline"


def test_a_full_count():
    found = dr.workforce_stages(STAGES, inference="none", **ASK)
    assert all(math.isnan(each) for each in found["low"]) and found["verdict"] == [None] * 8
    assert found["estimate"][1] == pytest.approx(0.3 / 0.45)


# refusals

PAIR = {"White": 4, "BME": 2}, {"White": 40, "BME": 20}


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"stage": "promotions"}, ValueError, r"stage: there is no 'promotions' \(did you mean 'promotion'\?\)"),
        ({"stage": 3}, TypeError, "stage: 3 is neither the name of a stage nor a Stage"),
        ({"stage": dr.Stage("a", "b", "c", "residents", True)}, ValueError, "stage: the basis 'residents' is not one"),
        ({"reference": None}, TypeError, "relative_likelihood needs reference="),
        ({"reference": "Whyte"}, ValueError, "reference: 'Whyte' is not a label of 'ethnicity'"),
        ({"pool": None}, TypeError, "relative_likelihood needs either pool=, or outcome="),
        ({"outcome": "x"}, TypeError, "relative_likelihood needs either pool=, or outcome="),
        ({"exposure": "years"}, ValueError, "exposure: time is for a stage per person-years; 'promotion' is out of"),
        ({"stage": "resignation", "pool": STAFF}, ValueError, "exposure: 'resignation' is per person-years; name"),
        ({"basis": "residents"}, ValueError, "basis: 'residents' is not one of"),
        ({"method": "exact"}, ValueError, "method: 'exact' is not one of"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"threshold": 3}, ValueError, "threshold: 3 is not a ratio from 0.5 to 2"),
        ({"inference": "all"}, ValueError, "inference: 'all' is not one of"),
        ({"per": 0}, ValueError, "per: 0 is not a finite number above 0"),
        ({"by": "role"}, ValueError, "by: 'role' needs records or a tally, and numbers by group are given"),
        ({"by": "stage"}, ValueError, "by: 'stage' is the name of a column of the findings"),
        ({"person": "id"}, TypeError, "person: needs one row an event"),
        ({"data": {"White": 50, "BME": 2}}, ValueError, "promotions of 'White' are 50, and staff eligible"),
        ({"data": {"White": 5, "BME": -2}}, ValueError, "numbers by group: -2 at index 1 is negative"),
        ({"data": {"White": 5, "Asian": 2}}, ValueError, "group: events have 'Asian', the pool .* has no such group"),
        ({"pool": {"White": 40, "BME": 20, "Asian": 2}}, ValueError, "has 'Asian', and no event does"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(changes, error, message):
    asked = {"data": PAIR[0], "pool": PAIR[1], "stage": "promotion"} | ASK | changes
    with pytest.raises(error, match=message):
        dr.relative_likelihood(asked.pop("data"), **asked)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"stages": []}, TypeError, "stages must be a dict of stage to"),
        ({"stages": {"promotion": PAIR[0]}}, TypeError, "stages: 'promotion' needs a pair"),
        ({"data": STAFF}, TypeError, "data: goes with column="),
        ({"column": "stage"}, TypeError, "column: goes with data="),
        ({"where": [True]}, TypeError, "where: goes with data="),
        (
            {"stages": {"promotion": ("Officer", "Stff")}, "data": STAFF, "column": "role"},
            ValueError,
            r"stages\['promotion'\]\[1\]: 'Stff' is not a label of 'role' \(did you mean 'Staff'\?\)",
        ),
    ],
)
def test_bad_tables_are_refused_by_name(changes, error, message):
    asked = {"stages": {"promotion": PAIR}} | ASK | changes
    with pytest.raises(error, match=message):
        dr.workforce_stages(asked.pop("stages"), **asked)


def test_a_group_of_the_pool_in_which_nobody_got_there():
    pool = dr.Tally(np.array([40, 20, 5]), {"ethnicity": ["White", "BME", "Other"]})
    found = dr.relative_likelihood(PAIR[0], pool=pool, stage="promotion", no_events="Other", **ASK)
    assert row(found, group="Other")["count"] == 0
    weighted = dr.tally(STAFF | {"years": [0.5] * 510}, "ethnicity", weight="years")
    rates = dr.relative_likelihood(PAIR[0], pool=weighted, exposure="years", stage="leaving", **ASK)
    assert row(rates, group="BME")["exposure"] == 50
    with pytest.raises(ValueError, match="exposure: the tally has no sums of time"):
        dr.relative_likelihood(PAIR[0], pool=pool, exposure="years", stage="leaving", **ASK)
