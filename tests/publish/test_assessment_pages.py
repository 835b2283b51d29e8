"""The report's pages on a standard, on levels and on rounds: every number is one of the assessment."""

import re

import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.report.examples import from_examples
from dueregard.publish.report.pages.choice import page_of
from dueregard.publish.report.pages.indicators import MOST_BARS, MOST_CELLS
from dueregard.publish.report.pages.levels import levels
from dueregard.publish.report.pages.rounds import movement
from dueregard.publish.report.pages.standard import standard

ESPS = dr.frameworks.esps()


@pytest.fixture(scope="module")
def south_east():
    return dr.assess(dr.data.load("south_east_indicators"), ESPS)


@pytest.fixture(scope="module")
def business_areas():
    return dr.assess(dr.data.example("business_areas"), dr.frameworks.equality_framework())


@pytest.fixture(scope="module")
def rounds():
    return dr.assess_rounds(dr.data.example("self_assessment"), ESPS)


@pytest.fixture(scope="module")
def example():
    return {page.key: page for page in from_examples().pages}


def finding(page, key):
    return next(each for each in page.findings if each.key == key)


def cells(page, key, pages):
    """The rows of a finding's table, by heading."""
    head, *rows = pages.read(finding(page, key).html()).all("tr")
    names = [cell.text for cell in head.children]
    return [dict(zip(names, (cell.text for cell in row.children), strict=True)) for row in rows]


def test_the_sections_are_those_of_the_published_report(example):
    published = {row["section"]: row["met"] for row in dr.data.load("section_results").rows()}
    rows = finding(example["standard"], "standard-sections").findings
    assert rows["count"] == list(published.values()) == [32, 24, 22]
    statement = finding(example["standard"], "standard-sections").statement
    assert statement.startswith("Of 32 boroughs, 32 in Operational Delivery, 24 in People and Culture and 22 in")


def test_what_is_generated_is_said_to_be_beside_published_scores(example):
    assert "are those of example records: generated" in example["standard"].intro[1]
    assert example["standard"].findings[0].findings.provenance != finding(
        example["standard"], "standard-answers"
    ).findings.provenance  # fmt: skip


def test_the_table_beside_the_heat_map_names_every_unmet_indicator(south_east, pages):
    page = page_of(south_east, 1)
    unmet = south_east.unmet()
    for row in cells(page, "standard-1-answers", pages):
        listed = [r["indicator"] for r in unmet.rows() if r["unit"] == row["Borough"]]
        assert row["Not met"] == (", ".join(listed) or "none")
        assert row["Met"] == f"{18 - len(listed)} of 18" and row["Not answered"] == "none"


def test_a_missing_answer_is_not_said_to_be_unmet():
    answers = {"borough": ["A", "A", "B"], "indicator": ["1B", "2B", "1B"], "answer": ["very", "", "fairly"]}
    page = page_of(dr.assess(answers, ESPS), 1)
    answered = finding(page, "standard-1-answers")
    assert answered.statement == "No borough answered that an indicator is not met"
    assert answered.findings["unmet"] == ["none", "none"]
    assert answered.findings["missing"][0].startswith("2B, 3B")


def test_strengths_and_weaknesses_are_counted_and_named(south_east):
    said = finding(page_of(south_east, 1), "standard-1-strengths").statement
    verdicts = south_east.strengths()["verdict"]
    assert said == (
        f"By indicator: {verdicts.count('strength')} strengths (1B, 2B, 3B, 4B, 5B, 7B and 7 more) and 1 weakness (8B)"
    )


def test_what_units_need_is_that_of_next_steps(example, rounds):
    steps = finding(example["standard"], "standard-steps")
    assert steps.statement == "2 of 73 units need more to reach their next level: 1 to 3 indicators each"
    needing = rounds["after review"].next_steps()
    assert steps.findings["unit"] == [row["unit"] for row in needing.rows() if row["count"]]
    assert steps.html().count("<svg") == 0


def test_where_no_unit_needs_anything_there_is_no_table(south_east):
    steps = finding(page_of(south_east, 1), "standard-1-steps")
    assert "<table" not in steps.html()
    assert steps.sentences == ["Every unit is at the highest level that can be judged."]


def test_scores_without_single_answers_have_no_indicators():
    page = page_of(dr.assess(dr.data.load("borough_answers"), ESPS), 1)
    assert [each.key for each in page.findings] == ["standard-1-scores"]
    assert page.points[0].text.endswith("32 of 32, against a target of 80%.")


def test_a_rule_that_asks_more_than_a_share_counts_the_units_that_reach_the_level():
    suppliers = dr.assess(dr.data.example("supplier_answers"), dr.frameworks.supplier_questionnaire())
    page = standard(suppliers)
    passed = sum(row["verdict"] == "met" for row in suppliers.levels().rows() if row["unit"] is not None)
    assert page.findings[0].statement == f"{passed} of 40 suppliers reach the pass mark"
    assert page.points[0].figure == f"{100 * passed / 40:.0f}%" and not page.intro


def test_a_standard_without_a_published_threshold_is_not_judged():
    answers = {"borough": ["A", "B"], "indicator": ["1I", "1I"], "answer": ["very", "not_very"]}
    page = page_of(dr.assess(answers, dr.frameworks.esps("integrating")), 1)
    assert page.findings[0].statement == "Scores of 2 boroughs; no threshold was published"
    assert not page.points and "standard-1-sections" not in [each.key for each in page.findings]
    assert "<section" in page.section()


def test_one_unit_is_in_the_singular():
    page = page_of(dr.assess({"borough": ["A"], "indicator": ["1B"], "answer": ["very"]}, ESPS), 1)
    said = [each.statement for each in page.findings]
    assert said[0] == "0 of 1 borough meet the baseline of 50%"
    assert said[-1] == "1 of 1 unit needs more to reach its next level: 8 indicators each"


def test_a_heat_map_that_nobody_could_read_is_left_out(business_areas):
    page = page_of(business_areas, 1)
    assert len(business_areas.answers_by_indicator()) > MOST_CELLS
    assert "standard-1-answers" not in [each.key for each in page.findings]
    strengths = finding(page, "standard-1-strengths")
    assert len(strengths.findings) > MOST_BARS and not strengths.drawn


def test_the_organisation_is_where_every_area_is(business_areas):
    page = levels(business_areas)
    ladder = finding(page, "levels-ladder")
    reached = [row["value"] for row in business_areas.levels().rows() if row["unit"] is not None]
    assert ladder.statement == "The organisation is at Level 3; it aims at Level 5"
    assert ladder.findings["count"] == [sum(value > place for value in reached) for place in range(5)]
    assert ladder.findings["evidence_count"] == [132, 132, 132, 132, 40]
    assert "Level 5 is reached by no unit; 40 business areas have evidence of it." in ladder.sentences
    assert ladder.html().count("<svg") == 2
    assert page.points[0].figure == "Level 3"


def test_rounds_are_counted_against_the_target(rounds):
    page = page_of(rounds, 2)
    by_round = finding(page, "levels-2-rounds")
    expected = [next(one.performance().rows()) for one in rounds.values()]
    assert by_round.findings["count"] == [row["count"] for row in expected] == [61, 71, 71]
    assert by_round.sentences[0] == "First answer: 61 of 73 units (84%), against a target of 80%: target met."
    assert by_round.statement == "61 of 73 units met the baseline at first, 71 in the last round"
    crossed = rounds.crossings(percents=50)
    assert page.points[0].figure == str(len({row["unit"] for row in crossed.rows()})) == "10"
    assert page.points[0].text == "crossed 50% of indicators met from one round to the next: 10 up."


def test_rises_to_expect_without_action_are_said(example):
    said = finding(example["levels"], "levels-progress").sentences
    assert len(said) == 9 and said[0].startswith("From first answer to after review, of 32 boroughs 31 rose")
    assert all("would be expected without any action" in sentence for sentence in said[1:])


def test_a_rise_to_expect_of_one_unit_alone_is_said():
    ids = [one.id for one in ESPS.assessable("borough")]

    def of(*met):
        return {"unit": ["A", "B", "C"], **{one: [i < n for n in met] for i, one in enumerate(ids)}}

    rounds = dr.assess_rounds({"first": of(4, 12, 18), "last": of(10, 12, 18)}, ESPS)
    said = [text for one in movement(rounds, "m") for text in one.sentences]
    assert sum(text.startswith("A rose by 33 percentage points, from 22% to 56%; ") for text in said) == 1


def test_one_round_has_no_movement():
    answers = {"borough": ["A"], "indicator": ["1B"], "answer": ["very"], "round": ["first"]}
    page = page_of(dr.assess_rounds(answers, ESPS), 1)
    assert [each.key for each in page.findings] == ["levels-1-rounds"]


@pytest.mark.parametrize("key", ["standard", "levels"])
def test_every_number_of_the_statements_is_counted(example, key):
    page = example[key]
    counted = {"target": 80, "baseline": 50, "units": 73, "reached": 71, "first": 61, "risen": 31, "boroughs": 32}
    for each in page.findings:
        rows = [*each.findings.rows(), *({"n": float(n)} for n in counted.values()), {"n": float(len(each.findings))}]
        indicators = re.sub(r"\d+B", "", each.statement)
        verdicts = each.findings["verdict"] if "verdict" in each.findings.columns else []
        rows += [{"n": float(verdicts.count(verdict))} for verdict in set(verdicts)] + [{"n": 2.0}]
        assert unsupported_numbers(indicators, rows) == [], each.statement


def test_crossings_are_counted_up_and_down():
    ids = [each.id for each in ESPS.indicators if each.id not in ESPS.exempt["borough"]]
    moves = {"A": ("not met", "met"), "B": ("met", "not met"), "C": ("met", "met"), "D": ("not met", "met")}
    rows = [(unit, one, name, answer) for unit in moves for one in ids
            for name, answer in zip(("first", "last"), moves[unit], strict=True)]  # fmt: skip
    names = ("unit", "indicator", "round", "answer")
    rounds = dr.assess_rounds(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), ESPS)
    (point,) = [each for each in page_of(rounds, 1).points if "crossed" in each.text]
    assert (point.figure, point.unit) == ("3", "boroughs")
    assert point.text == "crossed 50% of indicators met from one round to the next: 2 up and 1 down."
