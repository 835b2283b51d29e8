"""``dueregard trend``: the same figures as `dueregard.rolling`, `dueregard.gap_change` and `dueregard.change`."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr

QUESTION = ("--time", "month", "--window", "3", "--outcome", "ok", "--positive", "yes")
GAP = (*QUESTION, "--group", "group", "--reference", "B")
ASK: dict[str, Any] = {"outcome": "ok", "positive": ["yes"], "time": "month", "window": 3}


@pytest.fixture
def survey(tmp_path: Path) -> str:
    """A survey of eight months in twelve wards of two boroughs."""
    rng = np.random.default_rng(8)
    path = tmp_path / "months.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["month", "borough", "ward", "group", "ok", "weight", "wards", "r1", "r2", "r3", "r4"])
        for i in range(960):
            ward = int(rng.integers(12))
            weight = round(float(rng.uniform(0.5, 2)), 3)
            replicates = [(1 + (ward % 4 == k)) * weight for k in range(4)]
            rows.writerow(
                [f"2010-{i % 8 + 1:02}", ("North", "South")[ward % 2], f"w{ward}", "AB"[int(rng.integers(2))],
                 ("no", "yes")[int(rng.random() < 0.7)], weight, 40, *replicates]
            )  # fmt: skip
    return str(path)


def same(table: list[dict[str, Any]], findings: dr.Findings) -> None:
    assert len(table) == len(findings)
    for name in ("group", "count", "nobs", "value", "estimate", "low", "high", "window_end", "period"):
        ours = [None if value != value else value for value in findings[name]]
        assert [row[name] for row in table] == ours


def answered(run: Any, *words: str) -> list[dict[str, Any]]:
    done = run("trend", *words, "--format", "json")
    assert done.status == 0, done.err
    table: list[dict[str, Any]] = json.loads(done.out)
    return table


def test_rolling_gaps(run: Any, survey: str) -> None:
    findings = dr.rolling(survey, **ASK, group="group", reference="B", by="borough", weight="weight", step=2)
    same(answered(run, survey, *GAP, "--by", "borough", "--weight", "weight", "--step", "2"), findings)


def test_rolling_shares(run: Any, survey: str) -> None:
    same(answered(run, survey, *QUESTION, "--group", "group"), dr.rolling(survey, **ASK, group="group"))
    same(answered(run, survey, *QUESTION), dr.rolling(survey, **ASK))


@pytest.mark.parametrize("words", [("--before", "2010-04"), ("--before", "2010-04", "--after", "2010-06")])
def test_changes(run: Any, survey: str, words: tuple[str, ...]) -> None:
    ends = dict(zip(("before", "after"), words[1::2], strict=False))
    change = dr.gap_change(survey, **ASK, **ends, group="group", reference="B", by="borough", adjust="none")
    same(answered(run, survey, *GAP, *words, "--by", "borough", "--adjust", "none"), change)
    same(answered(run, survey, *QUESTION, *words), dr.change(survey, **ASK, **ends))


def test_designs(run: Any, survey: str) -> None:
    design = dr.survey_design(weight="weight", stratum="borough", psu="ward")
    words = ("--weight", "weight", "--stratum", "borough", "--psu", "ward")
    change = dr.gap_change(survey, **ASK, before="2010-04", group="group", reference="B", design=design)
    table = answered(run, survey, *GAP, "--before", "2010-04", *words)
    same(table, change)
    assert table[0]["se"] == change["se"][0]
    gap = dr.gap(survey, outcome="ok", positive=["yes"], group="group", reference="B", design=design)
    done = run("gap", survey, "--outcome", "ok", "--positive", "yes", "--group", "group", "--reference", "B", *words,
               "--format", "json")  # fmt: skip
    assert done.status == 0, done.err
    assert json.loads(done.out)[0]["low"] == gap["low"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stratum", "borough", "--psu", "ward", "--fpc", "wards"),
         {"stratum": "borough", "psu": "ward", "fpc": "wards"}),
        (("--stratum", "borough", "--psu", "ward", "--lonely", "average"),
         {"stratum": "borough", "psu": "ward", "lonely": "average"}),
        (("--psu", "ward", "--replicates", "jk1"), {"psu": "ward", "replicates": "jk1"}),
        (("--replicate-weights", "r?", "--replicates", "brr"), {"replicate_weights": "r?", "replicates": "brr"}),
        (("--replicate-weights", "r1", "--replicate-weights", "r2", "--replicates", "fay", "--fay", "0"),
         {"replicate_weights": ["r1", "r2"], "replicates": "fay", "fay": 0.0}),
    ],
)  # fmt: skip
def test_every_word_of_a_design(run: Any, survey: str, words: tuple[str, ...], said: dict[str, Any]) -> None:
    design = dr.survey_design(weight="weight", **said)
    ours = dr.rolling(survey, **ASK, group="group", reference="B", design=design)
    table = answered(run, survey, *GAP, "--weight", "weight", *words)
    same(table, ours)
    assert [row["se"] for row in table if row["group"] == "A"] == ours.filter(group="A")["se"]


def test_breaks(run: Any, survey: str) -> None:
    done = run("trend", survey, *GAP, "--break", "2010-06:mode:telephone to face-to-face")
    assert done.status == 0, done.err
    text = " ".join(done.out.split())
    assert "Break in the series at June 2010 (mode): telephone to face-to-face." in text
    table = answered(run, survey, *GAP, "--break", "2010-06:mode")
    assert [row["window_end"] for row in table if row["value"] is None and row["group"] == "A"] == [
        "2010-06",
        "2010-07",
    ]


def test_the_embedded_question(run: Any) -> None:
    table = answered(run)
    assert len({row["window_end"] for row in table}) == 7
    assert {row["reference"] for row in table} == {"White"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (QUESTION[2:], "give the column of months or quarters"),
        (("--time", "month", *QUESTION[4:]), "give how many of them a window has, or words such as '12 months'"),
        ((*GAP, "--window", "9"), "window: 9 months, and the series has 8 months, 2010-01 to 2010-08"),
        ((*GAP, "--before", "2011-01"), "before: '2011-01' is outside the series, which goes from 2010-01 to 2010-08"),
        ((*GAP, "--before", "2010-05", "--measure", "ratio"),
         "measure: a change between two windows has none; leave it out, or before and after"),
        ((*GAP, "--break", "June"), "break: 'June' is not of the form DATE:CAUSE or DATE:CAUSE:WORDS"),
        ((*GAP, "--break", "2010-06:weather"), "cause: 'weather' is not one of"),
        ((*GAP, "--time", "borough"), "time: 'North' of 'borough' is not a period"),
        ((*GAP, "--psu", "wart"), "no column 'wart' in the data (asked for as psu of the design)"),
        ((*GAP, "--weight", "weight", "--replicate-weights", "q*", "--replicates", "brr"),
         "--replicate-weights: no column matches 'q*'"),
        ((*GAP, "--weight", "weight", "--replicate-weights", "r*"), "--replicate-weights: of what kind?"),
        ((*GAP, "--weight", "weight", "--replicate-weights", "r*", "--replicates", "jkn"),
         "replicates: 'jkn' with replicate weights needs a scale for each"),
        ((*GAP, "--psu", "ward", "--fay", "0.3"), "fay: the coefficient of replicates of the kind 'fay'"),
        ((*GAP, "--threshold", "0"), "threshold: 0.0 is not a positive number"),
        ((*GAP, "--nest"), "nest: clusters are numbered anew in each stratum"),
        ((*GAP, "--psu", "ward", "--lonely", "drop"), "lonely: 'drop' is not one of"),
    ],
)  # fmt: skip
def test_bad_input(run: Any, survey: str, words: tuple[str, ...], said: str) -> None:
    done = run("trend", survey, *words)
    assert done.status == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert said in done.err
