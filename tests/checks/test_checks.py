"""Checks: which rows a rule is held against, what the whole comes to, and how it is said."""

import math
import subprocess
import sys
from typing import Any

import pytest

import dueregard as dr
from dueregard.findings import Findings
from dueregard.notices import INTERNAL
from dueregard.publish.checks.check import check

NAN = math.nan


def gaps(**changes: list[Any]) -> Findings:
    columns: dict[str, list[Any]] = {
        "group": ["White", "Asian", "Black", "not stated", None],
        "row_type": ["reference", "group", "group", "group", "variation"],
        "nobs": [900, 410, 12, 55, None],
        "reference": [None, "White", "White", "White", None],
        "reference_nobs": [None, 900, 900, 900, None],
        "estimate": [NAN, -2.0, -9.0, NAN, 1.5],
        "low": [NAN, -4.5, -28.0, NAN, 0.2],
    }
    return Findings(columns | changes, provenance="Synthetic: made for this test")


def test_only_findings_are_checked():
    with pytest.raises(TypeError, match=r"findings must be Findings, such as dr\.gap gives, not dict"):
        dr.check({"low": [1.0]}, "low > 0")


def test_a_failure_beats_cannot_tell() -> None:
    findings = gaps(low=[NAN, NAN, -28.0, NAN, 0.2])
    result = check(findings, "low > -5")
    assert result.passed is False
    assert [outcome.label for outcome in result.failures] == ["Black"]
    assert [outcome.label for outcome in result.undecided] == ["Asian"]
    assert result.exit_status == 1


def test_cannot_tell_beats_passed() -> None:
    result = check(gaps(), "low > -5", min_nobs=30)
    assert result.passed is None
    assert result.exit_status == 3
    assert result.undecided[0].reason == "nobs is 12, under 30"


def test_passed() -> None:
    result = check(gaps(), "low > -30", min_nobs=12)
    assert result.passed is True
    assert result.exit_status == 0
    assert result.sentence() == "Passed: low > -30: holds in 2 rows (1 row of missing groups not checked)."


def test_only_group_rows_unless_where_says_otherwise() -> None:
    assert [outcome.label for outcome in check(gaps(), "estimate < 5").rows] == ["Asian", "Black"]
    variation = check(gaps(), "estimate < 1", where={"row_type": "variation"})
    assert len(variation.rows) == 1
    assert variation.passed is False


def test_missing_groups_are_checked_when_they_are_named() -> None:
    assert check(gaps(), "nobs > 50", where={"group": "not stated"}).passed is True
    assert check(gaps(), "low > -5", where={"group": ["Asian", "not stated"]}).passed is None


def test_findings_without_kinds_of_rows() -> None:
    scores = Findings({"unit": ["Barnet", "Sutton"], "value": [79.0, 84.0]})
    result = check(scores, "value >= 80")
    assert result.sentences() == [
        "Failed: value >= 80: fails in 1 of 2 rows.",
        "Failed: Barnet: value is 79.",
    ]


def test_min_nobs_applies_to_the_reference_too() -> None:
    few = gaps(reference_nobs=[None, 20, 900, 900, None])
    assert check(few, "low > -5", min_nobs=21, where={"group": "Asian"}).passed is None
    assert check(few, "low > -5", min_nobs=20, where={"group": "Asian"}).passed is True
    unknown = gaps(reference_nobs=[None, None, 900, 900, None])
    result = check(unknown, "low > -5", min_nobs=20, where={"group": "Asian"})
    assert result.rows[0].reason == "reference_nobs is not available"


def test_too_few_is_not_a_failure_either() -> None:
    assert check(gaps(), "low > -5", min_nobs=30, where={"group": "Black"}).passed is None
    assert check(gaps(), "low > -5", where={"group": "Black"}).passed is False


def test_no_row_to_check_is_cannot_tell() -> None:
    result = check(gaps(), "low > -5", where={"group": "White"})
    assert result.passed is None
    assert result.sentence() == "Cannot tell: low > -5: no row to hold it against."


def test_areas_are_named() -> None:
    findings = Findings(
        {"group": ["Asian", "Asian"], "borough": [None, "Barnet"], "row_type": ["group"] * 2, "low": [-6.0, -7.25]},
        by=["borough"],
    )
    result = check(findings, "low > -5", name="Gap")
    assert result.sentences() == [
        "Failed: Gap: low > -5 fails in 2 of 2 rows.",
        "Failed: Asian, all areas: low is -6.",
        "Failed: Asian, Barnet: low is -7.25.",
    ]
    assert check(findings, "low > -5", where={"borough": None}).rows[0].row["low"] == -6.0


def test_flags_are_compared_as_words() -> None:
    findings = Findings({"group": ["A", "B"], "flag": [4, 0]})
    assert [row.passed for row in check(findings, "flag == 'fewer than 30 cases'").rows] == [True, False]


def test_every_showing_carries_the_notices() -> None:
    result = check(gaps(), "low > -5")
    for shown in (repr(result), result._repr_html_()):
        assert INTERNAL in shown
        assert "Synthetic: made for this test" in shown
        assert "Failed" in shown


def test_on_gaps_by_area() -> None:
    gaps_by_area = dr.gap(
        dr.data.example("satisfaction"),
        outcome="satisfaction",
        positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
        exclude=["Don't know"],
        group="ethnic_group_broad",
        reference="White",
        by="borough",
    )
    rows = [row for row in gaps_by_area.rows() if row["group"] == "Minority ethnic" and row["row_type"] == "group"]
    result = dr.check(gaps_by_area, "low > -10", min_nobs=100)
    few = [row["borough"] for row in rows if min(row["nobs"], row["reference_nobs"]) < 100]
    wide = [row["borough"] for row in rows if row["borough"] not in few and row["low"] <= -10]
    assert result.passed is False
    assert few
    assert wide
    assert [outcome.row["borough"] for outcome in result.undecided] == few
    assert [outcome.row["borough"] for outcome in result.failures] == wide
    assert dr.check(gaps_by_area, "low > -10", where={"borough": None}).passed is True


def test_html_is_escaped() -> None:
    shown = check(Findings({"group": ["<b>&"], "low": [-6.0]}), "low > -5")._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>&" not in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rule": "lwo > -5"}, "no column 'lwo'.* did you mean 'low'"),
        ({"rule": "low > -5", "min_nobs": -1}, "min_nobs must be a whole number, 0 or more, not -1"),
        ({"rule": "low > -5", "min_nobs": 2.5}, "min_nobs must be a whole number"),
        ({"rule": "low > -5", "min_nobs": True}, "min_nobs must be a whole number"),
        ({"rule": "low > -5", "where": {"grup": "Asian"}}, "where: there is no column 'grup'"),
        ({"rule": "low > -5", "where": {"group": "Asain"}}, "'group' has no 'Asain'; did you mean 'Asian'"),
        ({"rule": "group > 5"}, "compares text with a number"),
    ],
)
def test_bad_input(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check(gaps(), **arguments)


@pytest.mark.parametrize(("rule", "status"), [("low > -30", 0), ("low > -5", 1), ("low > missing_low", 3)])
def test_exit_ends_a_script(rule: str, status: int) -> None:
    script = f"""
import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.checks.check import check
check(Findings({{"group": ["A"], "low": [-6.0], "missing_low": [None]}}), {rule!r}).exit()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stdout == ""
    assert (done.stderr == "") == (status == 0)
    assert status == 0 or INTERNAL in done.stderr
