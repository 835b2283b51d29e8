"""The kinds of findings: what publishing has for each is of a kind that there is, and measures name one."""

import ast
from pathlib import Path

import pytest

import dueregard
from dueregard.kinds import ASSESSMENTS, KINDS, PLANS, RETURNS, TABLE
from dueregard.publish.charts.forms import CHARTS
from dueregard.publish.charts.lists import LISTS
from dueregard.publish.sentences.sentences import ROWS, TELL_VARIATION, WHOLE
from dueregard.publish.tables.planned import TABLES

PACKAGE = Path(dueregard.__file__).parent


@pytest.mark.parametrize("table", [WHOLE, ROWS, TELL_VARIATION, TABLES, CHARTS, LISTS])
def test_what_publishing_has_is_of_kinds_that_there_are(table):
    assert set(table) <= KINDS - {TABLE}


def test_no_kind_is_told_or_drawn_in_two_ways():
    assert not WHOLE.keys() & ROWS.keys()
    assert not CHARTS.keys() & LISTS.keys()
    assert ROWS.keys() >= TELL_VARIATION


def test_lists_scores_and_plans_all_have_their_own():
    for kinds in (ASSESSMENTS, PLANS, RETURNS):
        assert kinds <= WHOLE.keys() and kinds <= TABLES.keys() and kinds <= CHARTS.keys() | LISTS.keys()


def made(folder):
    """The calls of ``Findings(...)`` in the rooms that make them, by file and line."""
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Findings":
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", {part.arg: part.value for part in node.keywords}


@pytest.mark.parametrize("folder", ["measures", "assessment", "plans", "audits"])
def test_every_measure_says_what_kind_its_findings_are(folder):
    calls = dict(made(folder))
    assert calls and [place for place, named in calls.items() if "kind" not in named] == []
    written = {named["kind"].value for named in calls.values() if isinstance(named["kind"], ast.Constant)}
    assert written <= KINDS
