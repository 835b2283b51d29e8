"""The report's page of a plan: the scorecard, what is due, impact assessments, recommendations and costs."""

from pathlib import Path

import pytest

import dueregard as dr
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
    assert [each.key for each in page.findings] == ["plan-scorecard", "plan-due", "plan-impact", "plan-answers",
                                                    "plan-costs"]  # fmt: skip
    assert finding(page, "plan-costs").statement == "The net cost is not known: 3 of 4 sums are"
    assert finding(page, "plan-answers").statement == "3 recommendations; 1 reservation still open"
    assert [point.figure for point in page.points] == ["1 of 3"]
    assert page.points[0].text == "actions is overdue at 1 February 2011."


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
