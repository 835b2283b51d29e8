"""Plans in plain English and in tables: every number is one of the findings, and tables fit 80 columns."""

import copy
import re

import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers

from .conftest import ON, only

KINDS = {
    "progress": lambda plan: plan.progress(),
    "by area": lambda plan: plan.progress(by="area"),
    "status": lambda plan: plan.status(),
    "costs": lambda plan: plan.costs(),
    "recommendations": lambda plan: plan.recommendations(),
    "assessments": lambda plan: plan.assessments(),
    "quarterly": lambda plan: plan.quarterly(2010),
    "six-monthly": lambda plan: plan.six_monthly(2010),
    "scorecard": dr.scorecard,
    "card by area": lambda plan: dr.scorecard(plan, by="area"),
    "set aside": lambda plan: dr.plan({"actions": [{"id": "a"}]}, on=ON, strict=False).set_aside,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_a_number_of_the_findings(example, kind):
    found = KINDS[kind](example)
    said = found.sentences()
    assert len(said) == len(found) > 0
    for text in said:
        assert text.endswith(".")
        assert not unsupported_numbers(text, found), text
        assert "None" not in text
        assert "nan" not in text.split()


@pytest.mark.parametrize("kind", KINDS)
def test_tables_fit_80_columns_and_leave_no_column_out(example, kind):
    text = repr(KINDS[kind](example))
    assert max(map(len, text.split("\n"))) <= 80
    assert "Not shown" not in text
    assert "nan" not in text.split()
    assert "Internal: not checked for disclosure" in text


@pytest.mark.parametrize("kind", KINDS)
def test_pages_have_them_too(example, kind):
    html = KINDS[kind](example)._repr_html_()
    assert html.count('scope="row"') == len(KINDS[kind](example))


def gap(before, after, spans=("2009/10", "2010/11"), better=True, **target):
    """The sentence on a gap of two readings: counts of 1,000 users each, against 800 of 1,000."""
    figure = {"nobs": 1000, "reference_count": 800, "reference_nobs": 1000}
    plan = {
        "objectives": [{"id": "1", "title": "t"}],
        "measures": [{"id": "g", "objective": "1", "title": "Gap", "unit": "percentage points",
                      "higher_is_better": better}],
        "baselines": [{"measure": "g", "period": spans[0], "count": before} | figure],
        "targets": [{"measure": "g"} | target] if target else [],
        "readings": [{"measure": "g", "period": spans[1], "count": after} | figure],
    }  # fmt: skip
    (text,) = dr.plan(plan, on="2011-04-01").progress().sentences()
    return text.replace("\N{MINUS SIGN}", "-")


def test_a_gap_narrows_or_widens():
    text = gap(730, 750)
    assert text.startswith(
        "Gap: -5.0 percentage points in 2010/11, against -7.0 in 2009/10: the gap narrowed by 2.0 percentage points "
        "(95% interval 3.2 wider to 7.2 narrower): too few to tell whether it changed. No target was set."
    )
    assert "the gap widened by 10.0 percentage points (95% interval 4.7 to 15.3 wider): it has worsened" in gap(
        750, 650
    )
    above = gap(880, 830)  # a group above its reference, and higher is better: a smaller gap is no better one
    assert "8.0 in 2009/10: 5.0 percentage points lower (95% interval 0.3 to 9.7 lower): it has worsened" in above
    wrong = gap(880, 830, better=False)
    assert "the gap narrowed by 5.0 percentage points (95% interval 0.3 to 9.7 narrower): it has improved" in wrong
    assert "15.0 percentage points higher" in gap(750, 900)  # on the other side: neither narrower nor wider


def test_targets_are_said_with_their_day():
    assert gap(730, 750, value=-3, date="2012-03-31").endswith(
        "The target is -3.0 by 31 March 2012: too few readings (it takes 3 readings of separate periods)."
    )
    assert gap(650, 900, value=-3, date="2012-03-31").endswith("The target is -3.0 by 31 March 2012: target met.")
    assert gap(700, 600, value=-3, date="2011-03-31").endswith(
        "The target is -3.0 by 31 March 2011: target not met (judged by 2010/11)."
    )


def test_what_cannot_be_told_says_why():
    text = gap(730, 750, ("2010-04 to 2011-03", "2010-05 to 2011-03"))
    assert "whether that is a change cannot be told: 2010-05 to 2011-03 and 2010-04 to 2011-03 overlap" in text


def test_few_people_are_not_described(base):
    base["readings"] = [{"measure": "m", "period": "2010/11 Q1", "count": 4, "nobs": 9}]
    plan = dr.plan(base, on=ON)
    for found in (plan.progress(), dr.scorecard(plan), plan.quarterly(2010)):
        assert found.sentences()[0].endswith(": too few people to describe.")


def test_overdue_actions_have_their_owner_and_update(example):
    (row,) = example.status().filter(item="A2").sentences()
    assert row == (
        "Action A2, Review search tactics with community panels (Territorial Policing): 32 days overdue, due on "
        "31 December 2010; on 20 January 2011: Panels in 20 of 32 boroughs."
    )


def test_unknown_costs_are_said_to_be(example):
    said = example.costs().sentences()
    assert said[0] == "Cost of objective 1 in 2010/11: unknown, of which £250,000 is known; 1 of 2 sums are known."
    assert said[4] == "Saving of objective 3 in 2011/12: none listed."


def test_the_reservation_is_said_with_who_decides(example):
    assert example.recommendations().sentences()[0] == (
        "Recommendation 10, Move staff between support functions: accepted with reservation: How it would affect "
        "budgeted workforce targets is to be explored further (Management Board to decide); 0 of 1 linked actions "
        "done; action A2 overdue."
    )


def test_areas_may_be_called_anything():
    data = {"ok": ["y", "n"] * 50, "group": ["a", "b", "b", "a"] * 25, "course": ["law", "art"] * 50}
    found = dr.gap(data, outcome="ok", positive="y", group="group", reference="b", by="course")
    assert "law" in repr(found)
    assert found.sentences()


def test_a_small_rate_is_not_written_as_nothing():
    plan = {
        "objectives": [{"id": "1", "title": "t"}],
        "measures": [{"id": "r", "objective": "1", "title": "Rate", "unit": "rate"}],
        "readings": [{"measure": "r", "period": "2010", "count": 8, "nobs": 1000}],
    }
    found = dr.plan(plan, on=ON).progress()
    assert "0.008" in found.sentences()[0]
    assert "0.008" in repr(found)


def test_a_scorecard_says_what_changed(example):
    said = [text.replace("\N{MINUS SIGN}", "-") for text in dr.scorecard(example).sentences()]
    assert said[0] == (
        "White against BME satisfaction gap: -4.2 (95% interval -10.7 to 1.9), against a target of -3.0: cannot tell, "
        "since the prediction interval holds the target; too few to tell if it changed since the baseline."
    )
    assert said[3].endswith("97.3% (71 of 73), against a target of 80.0%: target met; improved since the baseline.")


def test_marks_are_explained_below_a_scorecard(example):
    assert "● target met; ◇ cannot tell; ○ no reading; ◌ too few to tell if it changed" in repr(dr.scorecard(example))
    assert only(dr.scorecard(example), measure_id="units-at-baseline")["symbol"] == "●"


def test_a_scorecard_stands_under_its_objectives(example):
    found = dr.scorecard(example)
    lines = repr(found).split("\n")
    headings = [line for line in lines if line.startswith("Objective ")]
    assert headings == [f"Objective {each.id}: {each.title}" for each in example.contents.objectives]
    html = found._repr_html_()
    assert [f"{heading}</span></caption>" in html for heading in headings] == [True, True]
    assert html.count("<table>") == 2 and len(set(re.findall(r'caption id="([^"]+)"', html))) == 2


def many_measures(base, n_with_target):
    base["measures"] = [base["measures"][0] | {"id": f"m{i}", "title": f"Measure {i}"} for i in range(5)]
    base["baselines"] = []
    base["targets"] = [{"measure": f"m{i}", "value": 80} for i in range(n_with_target)]
    base["readings"] = [
        {"measure": f"m{i}", "period": f"2010/11 Q{quarter}", "count": 180 + 30 * quarter * (i % 2), "nobs": 250}
        for i in range(5) for quarter in (1, 2)
    ]  # fmt: skip
    return dr.plan(base, on=ON)


def test_a_column_of_targets_is_there_where_most_have_one(base):
    for number, has_column in ((0, False), (1, False), (3, True)):
        plan = many_measures(copy.deepcopy(base), number)
        for found in (dr.scorecard(plan), plan.progress()):
            text = repr(found)
            assert ("Target" in text) is has_column
            assert (f"No target was set for {5 - number} of 5" in text) is bool(number)
            assert ("target 80.0%" in " ".join(text.split())) is (number == 1)
    assert "No target was set for any of the 5 measures" in repr(dr.scorecard(many_measures(base, 0)))


def test_without_a_target_the_verdict_is_how_a_measure_changed(base):
    card = dr.scorecard(many_measures(base, 0))
    assert card["verdict"] == ["too few to tell if it changed", "improved"] * 2 + ["too few to tell if it changed"]
    assert card["symbol"] == ["◌", "⊕", "◌", "⊕", "◌"]
    assert card.sentences()[1] == ("Measure 1: 96.0% (95% interval 92.8% to 97.8%): improved since the first reading.")


def test_areas_break_no_word_and_are_not_shown_where_there_are_none(base):
    plan = dr.plan(base, on=ON)
    for found in (plan.progress(by="area"), dr.scorecard(plan, by="area")):
        assert "All areas" not in repr(found)
        assert 'class="all"' not in found._repr_html_()
    base["measures"][0]["title"] = "Satisfaction with recommendations"
    areas = ("Richmond upon Thames", "Hammersmith & Fulham", "Kensington and Chelsea")
    base["readings"] += [
        {"measure": "m", "period": "2010/11 Q1", "count": 180 + i, "nobs": 250, "area": area}
        for i, area in enumerate(areas)
    ]
    plan = dr.plan(base, on=ON)
    for found in (plan.progress(by="area"), dr.scorecard(plan, by="area")):
        lines = repr(found).split("\n")
        assert max(map(len, lines)) <= 80
        words = {word for line in lines for word in line.split()}
        assert {"Richmond", "Hammersmith", "Kensington", "Satisfaction", "recommendations."} <= words
        assert repr(found).count("Satisfaction") == 1
        assert found._repr_html_().count('class="all"') == 1


def test_what_cannot_be_told_has_its_reason_below_a_scorecard(example):
    for found in (dr.scorecard(example), example.progress()):
        assert any(note.startswith("A prediction interval says where the reading") for note in found.notes)
    (why,) = [note for note in dr.scorecard(example).notes if note.startswith("Cannot tell")]
    assert why == (
        "Cannot tell, since the prediction interval holds the target: White against BME satisfaction gap; "
        "Black people searched, against White"
    )


def test_a_projected_gap_says_who_is_above_whom(example):
    said = example.progress().filter(measure_id="satisfaction-gap").sentences()[0].replace("\N{MINUS SIGN}", "-")
    assert "if it goes on as it did, BME would be 2.2 percentage points below White then (95%" in said
    assert said.endswith(": cannot tell, since that interval holds the target.")


def test_full_counts_have_their_counts_and_days_are_in_words(base):
    base["measures"][0]["full_count"] = True
    base["baselines"] = []
    base["readings"] = [{"measure": "m", "period": "2010-12-31", "count": 4, "nobs": 12}]
    plan = dr.plan(base, on=ON)
    assert plan.progress().sentences()[0].startswith("Answered yes: 33.3% on 31 December 2010 (4 of 12); there is no")
    assert dr.scorecard(plan).sentences()[0].startswith("Answered yes: 33.3% (4 of 12), against a target of 80.0%")
    base["baselines"] = [{"measure": "m", "period": "2010-04", "count": 3, "nobs": 12}]
    (said,) = dr.plan(base, on=ON).progress().sentences()
    assert "33.3% on 31 December 2010 (4 of 12), against 25.0% in April 2010 (3 of 12): 8.3 percentage points" in said
    assert said.endswith(": too few readings (it takes 3 readings of separate periods).")


def test_what_is_overdue_is_said_first_with_its_day(example):
    said = example.status().sentences()
    assert [text.split(",")[0] for text in said[:3]] == ["Action A2", "Assessment E2", "Action A1"]
    assert said[2].endswith("(Territorial Policing): done on 20 December 2010, due on 31 December 2010.")
    assert "done on 14 October 2010, 14 days late, due on 30 September 2010" in " ".join(said)


def test_a_reservation_is_named_beside_what_is_overdue(example, base):
    reserved = {"answer": "accepted with reservation", "reservation": "cost", "decides": "Board"}
    base["recommendations"] = [
        {"id": "R1", "title": "Move", "due": "2011-01-01", "actions": ["A1"], **reserved},
        {"id": "R2", "title": "Stay", "answer": "accepted", "actions": ["A1"]},
    ]
    found = dr.plan(base, on=ON).status()
    assert found.sentences()[0] == (
        "Recommendation R1, Move (no owner): 31 days overdue, due on 1 January 2011; reservation open, Board to "
        "decide; action A1 overdue."
    )
    assert found.sentences()[2] == "Recommendation R2, Stay (no owner): not started; action A1 overdue."
    table = " ".join(repr(found).split())
    assert "overdue;" in table and "31 over" in table
    assert (
        dr.plan(base, on=ON)
        .recommendations()
        .sentences()[0]
        .endswith(
            ": accepted with reservation: cost (Board to decide); 0 of 1 linked actions done; overdue, due on "
            "1 January 2011; action A1 overdue."
        )
    )


def test_days_say_on_which_side_they_are(example):
    lines = repr(example.status()).split("\n")
    (late,) = [line for line in lines if line.startswith("M1")]
    (left,) = [line for line in lines if line.startswith("M2")]
    (done,) = [line for line in lines if line.startswith("A1")]
    assert late.endswith("14 late") and left.endswith("149 left") and done.endswith("[z]")


def test_a_quarter_that_is_not_over_says_to_which_day_it_is_counted(example):
    found = example.quarterly(2010)
    actions = [row for row in found.rows() if row["measure"] == "actions due and done"]
    assert [row["counted_to"] for row in actions] == [None, None, None, "2011-02-01"]
    said = [text for text in found.sentences() if text.startswith("Actions due and done in 2010/11 Q4")]
    assert said == ["Actions due and done in 2010/11 Q4, counted to 1 February 2011: 1 done of 2 due: some open."]
    assert "to 1 February 2011" in " ".join(repr(found).split())
