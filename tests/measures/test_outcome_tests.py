"""dr.outcome_test: arrest and find rates, and that a link that is not recorded is never a find rate of 0."""

import math

import pytest

import dueregard as dr
from dueregard.flags import Flag

LINK = "Outcome linked to object of search"
NOTHING, ARREST, WARNED = (
    "Nothing found - no further action",
    "Suspect arrested",
    "Offender given drugs possession warning",
)


def searches(*rows):
    """Rows of group, outcome, link and how many."""
    every = [row[:3] for row in rows for _ in range(row[3])]
    return {"ethnicity": [r[0] for r in every], "Outcome": [r[1] for r in every], LINK: [r[2] for r in every]}


RECORDS = searches(
    ("Black", NOTHING, "", 80), ("Black", ARREST, "True", 10), ("Black", ARREST, "False", 4), ("Black", WARNED, "", 6),
    ("White", NOTHING, "", 90), ("White", ARREST, "True", 20), ("White", WARNED, "True", 8), ("White", ARREST, "", 2),
    ("not stated", ARREST, "True", 3),
)  # fmt: skip
ASK = {"group": "ethnicity", "reference": "White"}


def row(findings, measure, group="Black", **equal):
    (found,) = findings.filter(group=group, measure=f"{measure} rate of searches", **equal).rows()
    return found


def test_arrest_rates_are_of_all_searches():
    found = row(dr.outcome_test(RECORDS, **ASK), "arrest")
    expected = dr.compare_proportions(14, 100, 22, 120, measure="ratio")
    assert (found["count"], found["nobs"], found["reference_count"]) == (14, 100, 22)
    assert [found["estimate"], found["low"], found["high"]] == [expected.estimate, expected.low, expected.high]


def test_find_rates_are_of_searches_of_which_the_link_is_known():
    found = row(dr.outcome_test(RECORDS, **ASK), "find")
    expected = dr.compare_proportions(10, 94, 28, 118, measure="ratio")
    assert (found["count"], found["nobs"], found["outcome_missing"]) == (10, 94, 6)
    assert [found["estimate"], found["pvalue"]] == [expected.estimate, expected.pvalue]


def test_a_link_that_is_never_recorded_gives_no_find_rate():
    blank = {**RECORDS, LINK: [""] * len(RECORDS[LINK])}
    for records, linked in ((blank, LINK), (RECORDS, None)):
        result = dr.outcome_test(records, **ASK, linked=linked)
        found = row(result, "find")
        assert found["count"] is None and found["verdict"] is None
        assert all(
            math.isnan(found[name]) for name in ("value", "reference_value", "estimate", "low", "high", "pvalue")
        )
        assert found["flag"] == Flag.NOT_RECORDED
        assert row(result, "arrest")["count"] == 14, "the arrest rate stays, and is called one"
        assert any(note.startswith("The find rate is not available") for note in result.notes)
        assert any("Find rate of searches is not available" in text for text in result.sentences())


def test_rates_of_searching_stand_beside_them():
    table = {"ethnicity": ["Black", "White"], "n": [5_000, 60_000]}
    census = dr.population(table, group="ethnicity", count="n", date="2011")
    result = dr.outcome_test(RECORDS, **ASK, population=census, period="2016-06")
    first = next(result.rows())
    assert first["measure"] == "searches per 1,000 residents in 1 month"
    assert first["estimate"] == pytest.approx((100 / 5_000) / (120 / 60_000))
    assert row(result, "arrest")["estimate"] == pytest.approx((14 / 100) / (22 / 120))


def test_by_legislation():
    records = {**RECORDS, "law": ["PACE", "s60"] * (len(RECORDS[LINK]) // 2) + ["PACE"]}
    result = dr.outcome_test(records, **ASK, by="law")
    parts = [row(result, "arrest", law=law)["count"] for law in ("PACE", "s60")]
    assert sum(parts) == row(result, "arrest", law=None, row_type="group")["count"] == 14


def test_a_mapping_goes_to_the_groups():
    records = {**RECORDS, "ethnicity": [{"Black": "B1", "White": "W1"}.get(g, "NS") for g in RECORDS["ethnicity"]]}
    result = dr.outcome_test(records, **ASK, mapping="16+1 to 5+1 (2011)")
    assert row(result, "arrest")["count"] == 14


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"reference": None}, TypeError, "outcome_test needs reference="),
        ({"arrest": "Jailed"}, ValueError, "arrest: no search has the outcome 'Jailed' in 'Outcome'"),
        ({"period": "2016-06"}, ValueError, "period: is for rates of searching, which need population="),
        ({"linked": "Link"}, ValueError, "Link"),
        ({"outcome": "ethnicity"}, ValueError, "already given"),
    ],
)
def test_bad_arguments_are_named(changes, error, message):
    with pytest.raises(error, match=message):
        dr.outcome_test(RECORDS, **{**ASK, **changes})


def test_a_link_is_true_or_false():
    with pytest.raises(ValueError, match="linked: 'yes' is neither True nor False"):
        dr.outcome_test({**RECORDS, LINK: ["yes"] * len(RECORDS[LINK])}, **ASK)


def test_an_area_that_never_records_the_link_has_no_find_rate_and_no_part_in_the_whole():
    silent = {**RECORDS, LINK: [""] * len(RECORDS[LINK])}
    both = {name: RECORDS[name] + silent[name] for name in RECORDS}
    both["force"] = ["A"] * len(RECORDS[LINK]) + ["B"] * len(RECORDS[LINK])
    findings = dr.outcome_test(both, **ASK, by="force")
    alone = row(dr.outcome_test(RECORDS, **ASK), "find")
    (whole,) = findings.filter(group="Black", measure="find rate of searches", force=None, row_type="group").rows()
    recorded, unrecorded = (row(findings, "find", force=force) for force in "AB")
    names = ("count", "nobs", "estimate", "low", "high", "pvalue")
    assert [whole[name] for name in names] == [recorded[name] for name in names] == [alone[name] for name in names]
    assert unrecorded["count"] is None and math.isnan(unrecorded["value"]) and unrecorded["verdict"] is None
    assert unrecorded["flag"] == Flag.NOT_RECORDED
    assert Flag.AREAS_LEFT_OUT in whole["flag"]
    assert any(note.startswith("B: ") for note in findings.notes)


def test_a_link_beside_blank_outcomes_alone_is_no_find_rate_of_0():
    records = searches(("Black", NOTHING, "", 8), ("Black", ARREST, "", 4), ("Black", "", "True", 1),
                       ("White", NOTHING, "", 8), ("White", ARREST, "", 4))  # fmt: skip
    found = row(dr.outcome_test(records, **ASK), "find")
    assert found["count"] is None and found["flag"] == Flag.NOT_RECORDED


def test_blank_links_are_said():
    notes = dr.outcome_test(RECORDS, **ASK).notes
    assert any(note.startswith("8 of 53 searches in which something was found do not say") for note in notes)


def test_weighted_searches_have_no_find_rate():
    weighted = dr.tally(
        {**RECORDS, "w": [2.0] * len(RECORDS[LINK])}, ["ethnicity", LINK], outcome="Outcome", weight="w"
    )
    with pytest.raises(ValueError, match="events: a weighted tally"):
        dr.outcome_test(weighted, **ASK)
