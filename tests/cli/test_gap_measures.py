"""``dueregard gap`` with its measures, methods, adjustments, thresholds and several confidence levels."""

import csv
import io
import json
from typing import Any

import pytest

import dueregard as dr

LEVELS = ("--confidence-level", "0.95", "--confidence-level", "0.998")
EXAMPLE: dict[str, Any] = {
    "outcome": "satisfaction", "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "exclude": ["Don't know"], "group": "ethnic_group_broad", "reference": "White",
}  # fmt: skip


def test_every_option_reaches_the_library(run: Any) -> None:
    done = run("gap", "--by", "borough", "--measure", "ratio", "--method", "katz", "--adjust", "bonferroni",
               "--threshold", "0.9", *LEVELS, "--format", "json")  # fmt: skip
    assert done.status == 0, done.err
    findings = dr.gap(
        dr.data.example("satisfaction"), **EXAMPLE, by="borough", measure="ratio", method="katz", adjust="bonferroni",
        threshold=0.9, confidence_level=(0.95, 0.998),
    )  # fmt: skip
    table = json.loads(done.out)
    assert len(table) == len(findings)
    for name in ("unit_of_measure", "confidence_level", "estimate", "low", "high", "simultaneous_low", "verdict"):
        assert [row[name] for row in table] == [None if value != value else value for value in findings[name]]
    assert {row["method"] for row in table if row["row_type"] == "group"} >= {"Katz log"}


def test_files_for_machines_keep_a_row_for_each_level(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("gap", *LEVELS, "--format", "csv").out)))
    assert [(row["group"], row["confidence_level"]) for row in rows[:2]] == [
        ("Minority ethnic", "0.95"), ("Minority ethnic", "0.998"),
    ]  # fmt: skip


def test_the_table_has_a_row_for_both_levels(run: Any) -> None:
    lines = run("gap", "--measure", "ratio", *LEVELS).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines if line.startswith("Minority")] == [
        ["Minority", "ethnic", "73.8", "81.1", "0.91", "0.89", "0.93", "0.88", "0.94"]
    ]


def test_sentences_of_ratios(run: Any) -> None:
    first = run("gap", "--measure", "odds-ratio", "--sentences", *LEVELS).out.splitlines()[0]
    assert "against 81.1% for the White group: the odds were 0.66 times as high (95% interval" in first
    assert first.count("Minority ethnic") == 1 and "; 99.8% interval" in first


def test_infinite_limits_are_words_in_json(run: Any, tmp_path: Any) -> None:
    (tmp_path / "few.csv").write_text("a,g\n" + "yes,x\n" * 20 + "no,y\n" * 20)
    done = run("gap", "few.csv", "--outcome", "a", "--positive", "yes", "--group", "g", "--reference", "y",
               "--measure", "ratio", "--format", "json")  # fmt: skip
    row = json.loads(done.out)[0]
    assert (row["estimate"], row["high"]) == ("inf", "inf") and row["low"] > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "ratios"), "measure: 'ratios' is not one of 'difference', 'ratio', 'odds-ratio'"),
        (("--method", "katz"), "method: 'katz' is not a method for the difference"),
        (("--adjust", "many"), "adjust: 'many' is not one of 'holm'"),
        (("--threshold", "-3"), "threshold: -3.0 is not a positive number of percentage points"),
        (("--measure", "ratio", "--threshold", "1"), "threshold: a ratio of 1 is no difference at all"),
        (("--confidence-level", "0.9", "--confidence-level", "0.9"), "--confidence-level: 0.9 is given twice"),
        (("--confidence-level", "95"), "--confidence-level"),
        (("--measure", "odds-ratio", "--reference", "OVERALL"), "reference: an odds ratio against the whole"),
    ],
)
def test_a_bad_option_is_one_line_and_status_2(run: Any, words: tuple[str, ...], said: str) -> None:
    done = run("gap", *words)
    assert done.status == 2 and done.out == ""
    assert said in done.err and len(done.err.strip().splitlines()) == 1
