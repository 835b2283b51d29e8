"""The report's page of a plan: the scorecard, what is due, impact assessments, recommendations and costs."""

from pathlib import Path

import pytest

import dueregard as dr
from dueregard.publish.report.committee.title_block import sentence_of
from dueregard.publish.report.pages.due import MOST_OVERDUE
from dueregard.publish.report.pages.objectives import MOST_DRAWN, objectives

EXAMPLE = Path(__file__).parents[1] / "plans" / "example_plan.toml"


@pytest.fixture(scope="module")
def plan():
    return dr.plan(EXAMPLE, on="2011-02-01")


@pytest.fixture(scope="module")
def published():
    return dr.objectives_2012().plan()


@pytest.fixture(scope="module")
def published_page(published):
    return objectives(published)


def finding(page, key):
    return next(each for each in page.findings if each.key == key)


def overdue(count):
    """A plan with so many actions that are overdue."""
    actions = [{"id": f"A{i}", "objective": "1", "title": "Act", "due": f"2010-01-{i + 1:02}"} for i in range(count)]
    return dr.plan({"objectives": [{"id": "1", "title": "A fair service"}], "actions": actions}, on="2010-03-01")


def test_a_plan_has_all_that_it_lists(plan):
    page = objectives(plan)
    assert [each.key for each in page.findings] == ["plan-scorecard", "plan-due", "plan-all", "plan-impact",
                                                    "plan-answers", "plan-costs"]  # fmt: skip
    assert finding(page, "plan-costs").statement == "The net cost is not known: 3 of 4 sums are"
    assert finding(page, "plan-answers").statement == "3 recommendations; 1 reservation still open"
    assert page.points[0].figure == "1 of 3"
    assert page.points[0].text == ("actions is overdue at 1 February 2011; overdue too: 1 of 2 impact assessments.")


def test_the_scorecard_is_that_of_the_library(plan):
    card = finding(objectives(plan), "plan-scorecard")
    assert card.findings["verdict"] == dr.scorecard(plan)["verdict"]
    assert card.findings["symbol"] == dr.scorecard(plan)["symbol"]
    assert card.html().count("<svg") == 2  # five measures are drawn


def test_many_measures_are_a_table_alone(published_page):
    card = finding(published_page, "plan-scorecard")
    assert len(card.findings) > MOST_DRAWN and "<svg" not in card.html()


def test_targets_that_were_not_published_are_said_not_to_be(published_page):
    card = finding(published_page, "plan-scorecard")
    assert card.statement.startswith("Of 32 measures, 1 improved, 1 worsened, 20 too few to tell if they changed")
    assert card.statement.endswith("and 3 without a reading")
    assert card.sentences[-1] == (
        "No target was published or set for 31 of 32 measures: whether they are on course cannot be told."
    )


def test_each_measure_is_said_under_its_objective(published, published_page):
    html = published_page.section()
    for objective in published.contents.objectives:
        assert f"Objective {objective.id}: {objective.title}" in html
    assert published_page.html.count("<li>") == len(published.contents.measures) + len(published.notes)
    gap = next(s for s in published.progress().sentences() if s.startswith("Satisfaction of minority ethnic users"))
    assert gap in html


def test_what_is_overdue_is_counted_and_the_longest_listed_first(published, published_page):
    due = finding(published_page, "plan-due")
    late = [row for row in published.status().rows() if row["verdict"] == "overdue"]
    assert due.statement.startswith(f"{len(late)} overdue and 1 due within 30 days, of 780")
    assert due.findings["days"] == sorted((row["days"] for row in late), reverse=True)[:MOST_OVERDUE]
    assert due.notes == ["17 more that are overdue or due are not listed here; the status of the plan lists all."]
    assert published_page.points[0].figure == f"{len(late)} of 240"


def test_no_note_of_more_where_all_is_listed():
    assert not finding(objectives(overdue(MOST_OVERDUE)), "plan-due").notes
    (note,) = finding(objectives(overdue(MOST_OVERDUE + 1)), "plan-due").notes
    assert note.startswith("1 more")


def test_nothing_overdue_gives_the_number_of_targets():
    rows = {"objectives": [{"id": "1", "title": "A"}], "measures": [
        {"id": "m", "objective": "1", "title": "M", "unit": "percent", "higher_is_better": True}]}  # fmt: skip
    page = objectives(dr.plan(rows, on="2010-03-01"))
    assert page.points[0].figure == "0 of 1" and page.findings[0].statement == "Of 1 measure, 1 without a reading"


def test_an_empty_plan_is_a_page_that_says_when_it_was_judged():
    page = objectives(dr.plan({"objectives": [{"id": "1", "title": "A"}]}, on="2010-03-01"))
    assert not page.findings and not page.points
    assert "Judged at 2010-03-01" in page.section()


def test_known_costs_come_to_a_sum():
    rows = {"objectives": [{"id": "1", "title": "A"}], "costs": [
        {"objective": "1", "amount": 700000}, {"objective": "1", "kind": "saving", "amount": 900000}]}  # fmt: skip
    costs = finding(objectives(dr.plan(rows, on="2010-03-01")), "plan-costs")
    assert costs.statement == "The net cost is £\N{MINUS SIGN}200,000"


def test_measures_are_main_points_with_their_verdicts(plan):
    said = [sentence_of(point).replace("\N{MINUS SIGN}", "-") for point in objectives(plan).points[1:]]
    assert said[0] == (
        "97.3% in January 2011 for Units that meet the baseline of the standard: 42.5 percentage points higher since "
        "April 2010, it has improved; target met (the target is 80.0% by 31 March 2011)."
    )
    (gap,) = [text for text in said if "satisfaction gap" in text]
    assert gap == (
        "-4.2 percentage points in 2010/11 Q3 for White against BME satisfaction gap: the gap narrowed by 2.8 "
        "percentage points since 2009/10, too few to tell whether it changed; cannot tell (the target is -3.0 by "
        "31 March 2012)."
    )
    assert len(said) == 4  # one of the five measures has no reading


def test_all_that_is_to_be_done_is_listed_with_owners_and_updates(plan, published_page):
    every = finding(objectives(plan), "plan-all")
    html = every.html()
    assert len(every.findings) == len(plan.status()) == html.count('scope="row"')
    assert every.statement == "All that is to be done, and what is done: 12 things"
    assert "done late" in html and "Human Resources" in html
    assert "Review search tactics with community panels (20 January 2011: Panels in 20 of 32 boroughs)" in html
    assert "plan-all" not in [each.key for each in published_page.findings]  # 780 things are no table for a page


def test_the_latest_update_stands_beside_what_is_overdue(plan):
    due = finding(objectives(plan), "plan-due")
    assert "(20 January 2011: Panels in 20 of 32 boroughs)" in due.html() and "First panel met" not in due.html()


def test_updates_of_objectives_and_measures_are_said():
    rows = {
        "objectives": [{"id": "1", "title": "A"}],
        "measures": [{"id": "m", "objective": "1", "title": "M", "unit": "percent", "higher_is_better": True}],
        "updates": [{"objective": "1", "date": "2010-02-01", "text": "Agreed by the board"},
                    {"measure": "m", "date": "2010-01-01", "text": "Asked for"},
                    {"measure": "m", "date": "2010-02-03", "text": "Data promised."}],
    }  # fmt: skip
    html = objectives(dr.plan(rows, on="2010-03-01")).section()
    assert "<li>On 1 February 2010: Agreed by the board.</li>" in html
    assert "M: no reading. On 3 February 2010: Data promised.</li>" in html and "Asked for" not in html


def test_verbs_agree_with_their_numbers():
    rows = {"objectives": [{"id": "1", "title": "A"}], "assessments": [
        {"id": "E1", "title": "B", "due": "2010-02-01", "completed": "2010-02-01"}]}  # fmt: skip
    impact = finding(objectives(dr.plan(rows, on="2010-03-01")), "plan-impact")
    assert impact.statement == "1 of 1 impact assessment that was due is completed"
    (note,) = finding(objectives(overdue(MOST_OVERDUE + 1)), "plan-due").notes
    assert note.startswith("1 more that is overdue or due is not listed here")


def test_an_overdue_reservation_is_open_and_overdue():
    row = {"id": "R1", "title": "Move", "answer": "accepted with reservation", "reservation": "cost"}
    plan = dr.plan(
        {"objectives": [{"id": "1", "title": "A"}], "recommendations": [row | {"due": "2010-02-01"}]}, on="2010-03-01"
    )
    page = objectives(plan)
    assert finding(page, "plan-due").statement == "1 overdue and 0 due within 30 days, of 1 thing to be done"
    assert finding(page, "plan-answers").statement == "1 recommendation; 1 reservation still open"
    assert "overdue; reservation open, nobody named to decide" in finding(page, "plan-due").html()


def test_a_wide_prediction_interval_is_explained_where_one_holds_a_target(plan, published_page):
    said = finding(objectives(plan), "plan-scorecard").sentences
    assert said[-1].startswith(
        "A prediction interval says where the reading on the day of the target may be: it is wide"
    )
    assert not any("prediction" in each for each in finding(published_page, "plan-scorecard").sentences)
