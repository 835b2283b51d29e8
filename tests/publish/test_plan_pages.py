"""Plans in a report: those that can be drawn with their chart, the others as sentences and a table."""

from pathlib import Path

import pytest

import dueregard as dr
from dueregard.publish.report.pages.choice import page_of_findings

EXAMPLE = Path(__file__).parents[1] / "plans" / "example_plan.toml"


@pytest.fixture(scope="module")
def plan():
    return dr.plan(EXAMPLE, on="2011-02-01")


@pytest.mark.parametrize("kind", ["status", "costs", "recommendations", "assessments"])
def test_what_cannot_be_drawn_is_sentences_and_a_table(plan, kind):
    found = getattr(plan, kind)()
    page = page_of_findings(found, 1)
    assert page.title == found.title
    assert not page.findings
    assert page.html.count('scope="row"') == len(found)
    assert page.html.count("Judged at 2011-02-01") == 1
    assert found.sentences()[0].split(",")[0] in page.html


def test_progress_and_scorecards_have_their_chart(plan):
    for found in (plan.progress(), dr.scorecard(plan)):
        (finding,) = page_of_findings(found, 1).findings
        assert "<svg" in finding.html()
        assert f"<span>{found.title}: Objective 1: " in finding.html()
        assert 'class="table wraps"' in finding.html()
    nothing = plan.progress().filter(measure_id="victims-updated")
    assert not page_of_findings(nothing, 1).findings


def test_a_page_says_what_has_to_be_known_once(plan):
    for found in (plan.progress(), dr.scorecard(plan)):
        html = page_of_findings(found, 1).section()
        for note in found.notes:
            assert html.count(f"<li>{note}</li>") == 1


def test_a_report_of_a_plan(plan, tmp_path):
    found = [plan.progress(), dr.scorecard(plan), plan.status(), plan.quarterly(2010)]
    text = dr.write_report(tmp_path / "report.html", findings=found).read_text()
    for each in found:
        assert each.title in text


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "html"])
def test_plans_are_saved(plan, tmp_path, suffix):
    for i, found in enumerate((plan.progress(), plan.status(), plan.costs(), dr.scorecard(plan), plan.set_aside)):
        assert found.save(tmp_path / f"{i}.{suffix}").stat().st_size > 0


def test_a_rule_can_be_checked_against_a_plan(plan):
    assert dr.check(plan.status(), "verdict != 'overdue'").passed is False
    assert dr.check(plan.progress(), "course != 'off course'").passed is True
