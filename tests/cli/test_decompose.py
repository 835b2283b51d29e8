"""``dueregard decompose``: the same figures as the functions that take a gap apart."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr

QUESTION = ("--outcome", "ok", "--positive", "yes", "--group", "group", "--reference", "B", "--factor", "age",
            "--factor", "view")  # fmt: skip
ASK: dict[str, Any] = {"outcome": "ok", "positive": ["yes"], "group": "group", "reference": "B",
                       "factors": ["age", "view"]}  # fmt: skip


@pytest.fixture
def survey(tmp_path: Path) -> str:
    """Nine hundred answers of two groups that differ in age and in their view."""
    rng = np.random.default_rng(12)
    path = tmp_path / "survey.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["month", "borough", "ward", "group", "age", "view", "ok", "score", "weight"])
        for i in range(900):
            group, ward = int(rng.random() < 0.5), int(rng.integers(12))
            age, view = int(rng.random() < 0.3 + 0.3 * group), int(rng.random() < 0.6 - 0.2 * group)
            yes = rng.random() < 0.5 + 0.15 * age + 0.2 * view - 0.05 * group
            rows.writerow([f"2010-{i % 6 + 1:02}", ("North", "South")[ward % 2], f"w{ward}", "BA"[group],
                           ("old", "young")[age], ("bad", "good")[view], ("no", "yes")[yes],
                           ("Poor", "Fair", "Good")[int(yes) + int(rng.random() < 0.4)],
                           round(float(rng.uniform(0.5, 2)), 2)])  # fmt: skip
    return str(path)


def answered(run: Any, *words: str) -> list[dict[str, Any]]:
    done = run("decompose", *words, "--format", "json")
    assert done.status == 0, done.err
    table: list[dict[str, Any]] = json.loads(done.out)
    return table


def same(table: list[dict[str, Any]], findings: dr.Findings, *names: str) -> None:
    assert len(table) == len(findings)
    for name in ("part", "factor", "level", "group", "nobs", "value", "estimate", "low", "high", *names):
        assert [row[name] for row in table] == [None if value != value else value for value in findings[name]]


@pytest.mark.parametrize("method", ["shapley", "das-gupta", "kitagawa"])
def test_same_as_in_python(run: Any, survey: str, method: str) -> None:
    table = answered(run, survey, *QUESTION, "--method", method, "--parts", "3", "--by", "borough")
    same(table, dr.decompose_gap(survey, **ASK, method=method, parts=3, by=["borough"]), "borough", "share_of_gap")
    whole = [row for row in table if row["row_type"] == "group" and row["borough"] is None and row["factor"] is None]
    parts = {row["part"]: row["estimate"] for row in whole}
    assert parts["composition"] + parts["rates"] + parts["interaction"] == pytest.approx(parts["gap"], abs=1e-9)


def test_every_option_of_cells(run: Any, survey: str) -> None:
    words = ("--empty", "apart", "--interval", "bootstrap", "--seed", "4", "--adjust", "none", "--threshold", "2",
             "--confidence-level", "0.9", "--period", "2010", "--where", "borough=North")  # fmt: skip
    import narwhals as nw

    ours = dr.decompose_gap(
        survey, **ASK, empty="apart", interval="bootstrap", rng=4, adjust="none", threshold=2, confidence_level=0.9,
        period="2010", where=nw.col("borough") == "North",
    )  # fmt: skip
    same(answered(run, survey, *QUESTION, *words), ours, "period", "verdict", "adjusted_pvalue")


def test_as_the_sample_was_drawn(run: Any, survey: str) -> None:
    design = dr.survey_design(weight="weight", stratum="borough", psu="ward")
    words = ("--weight", "weight", "--stratum", "borough", "--psu", "ward")
    same(answered(run, survey, *QUESTION, *words), dr.decompose_gap(survey, **ASK, design=design), "se")
    ours = dr.oaxaca_blinder(survey, **ASK, design=design)
    same(answered(run, survey, *QUESTION, *words, "--method", "oaxaca-blinder"), ours, "se")


def test_by_regression(run: Any, survey: str) -> None:
    words = ("--method", "oaxaca-blinder", "--coefficients", "reimers")
    same(answered(run, survey, *QUESTION, *words), dr.oaxaca_blinder(survey, **ASK, coefficients="reimers"))
    words = ("--method", "oaxaca-blinder", "--coefficients", "0.25", "--parts", "2")
    same(answered(run, survey, *QUESTION, *words), dr.oaxaca_blinder(survey, **ASK, coefficients=0.25))
    words = ("--method", "oaxaca-blinder", "--model", "logit", "--detail", "yun")
    same(answered(run, survey, *QUESTION, *words), dr.oaxaca_blinder(survey, **ASK, model="logit", detail="yun"))


def test_the_mean_of_a_scale(run: Any, survey: str) -> None:
    asked = {name: value for name, value in ASK.items() if name != "positive"} | {"outcome": "score"}
    words = [word for i, word in enumerate(QUESTION) if i not in (2, 3)]
    words = ["score" if word == "ok" else word for word in words]
    ours = dr.oaxaca_blinder(survey, **asked, scores={"score": ["Poor", "Fair", "Good"]})
    scale = ("--scale", "score=Poor|Fair|Good", "--method", "oaxaca-blinder")
    same(answered(run, survey, *words, *scale), ours)


@pytest.mark.parametrize("towards", ["reference", "group", "both"])
def test_by_reweighting(run: Any, survey: str, towards: str) -> None:
    ours = dr.reweighted_gap(survey, **ASK, towards=towards, trim=3, imbalance=10)
    words = ("--method", "reweighting", "--towards", towards, "--trim", "3", "--imbalance", "10")
    same(answered(run, survey, *QUESTION, *words), ours, "needed_effect")
    ours = dr.reweighted_gap(survey, **ASK, model="logit", towards=towards)
    same(answered(run, survey, *QUESTION, *words[:4], "--model", "logit"), ours)


def test_the_change_of_a_gap(run: Any, survey: str) -> None:
    ours = dr.decompose_gap_change(survey, **ASK, time="month", before="2010-03", after="2010-06", window=3)
    words = ("--time", "month", "--before", "2010-03", "--after", "2010-06", "--window", "3")
    table = answered(run, survey, *QUESTION, *words)
    same(table, ours, "side", "before", "after")
    parts = {row["part"]: row["estimate"] for row in table if row["factor"] is None and row["side"] is None}
    assert parts["composition"] + parts["rates"] == pytest.approx(parts["change"], abs=1e-9)


def test_the_embedded_question_finds_what_was_built_in(run: Any) -> None:
    truth = dr.data.gap_truth()
    parts = {row["part"]: row for row in answered(run) if row["factor"] is None and row["level"] is None
             and row["group"] == "Minority ethnic"}  # fmt: skip
    for name, points in (("gap", truth.gap), ("composition", truth.composition), ("rates", truth.rates)):
        assert parts[name]["low"] < points < parts[name]["high"]


def test_another_outcome_has_other_answers(run: Any) -> None:
    done = run("decompose", "--outcome", "prior_opinion", "--factor", "age_band", "--positive", "Positive")
    assert done.status == 0 and "Age band" in done.out


@pytest.mark.parametrize("words", [(), ("--method", "oaxaca-blinder"), ("--method", "reweighting")])
def test_what_is_read_fits_eighty_columns(run: Any, words: tuple[str, ...]) -> None:
    done = run("decompose", *words)
    assert done.status == 0 and max(map(len, done.out.splitlines())) <= 80
    assert "What remains" in done.out
    said = run("decompose", *words, "--sentences").out
    assert "Had the two groups been alike" in said and said.count("discrimination") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (QUESTION[2:], "--outcome: give the column of answers"),
        (QUESTION[:6], "--reference: give the group to compare with"),
        (QUESTION[:8], "--factor: give what is held equal, and again for each further column"),
        ((*QUESTION[:2], *QUESTION[4:]), "positive: 'shapley' takes apart shares: say which answers count"),
        ((*QUESTION, "--method", "shapely"), "method: 'shapely' is not one of shapley, das-gupta"),
        ((*QUESTION, "--coefficients", "group"),
         "coefficients: 'shapley' has no such argument; it goes with oaxaca-blinder"),
        ((*QUESTION, "--method", "oaxaca-blinder", "--empty", "apart"),
         "empty: 'oaxaca-blinder' has no such argument; it goes with shapley, das-gupta, kitagawa"),
        ((*QUESTION, "--method", "reweighting", "--time", "month", "--before", "2010-03"),
         "time: a change is not taken apart by reweighting"),
        ((*QUESTION, "--method", "reweighting", "--seed", "3"), "--seed: reweighting draws nothing by chance"),
        ((*QUESTION, "--before", "2010-03"), "time: with before the column of months, quarters or dates"),
        ((*QUESTION, "--time", "month", "--before", "2010-03", "--period", "2010"), "period: a change is between two"),
        ((*QUESTION, "--time", "month", "--before", "2010-03", "--after", "2010-06", "--window", "3", "--break",
          "2010-04:weather"), "cause: 'weather' is not one of"),
        ((*QUESTION, "--unit", "wards"), "unit"),
        ((*QUESTION, "--trim", "2"), "trim: 'shapley' has no such argument; it goes with reweighting"),
        ((*QUESTION, "--scale", "ok=no|yes"), "--scale: goes with --method oaxaca-blinder or reweighting"),
        ((*QUESTION, "--factor", "sight"), "no column 'sight' in"),
        ((*QUESTION, "--factor", "ok"), "'ok' is already given as outcome"),
        ((*QUESTION, "--reference", "C"), "C"),
        ((*QUESTION, "--positive", "maybe"), "maybe"),
        ((*QUESTION, "--empty", "drop"), "empty"),
        ((*QUESTION, "--parts", "4"), "parts"),
        ((*QUESTION, "--interval", "exact"), "interval"),
        ((*QUESTION, "--psu", "wart"), "wart"),
        ((*QUESTION, "--where", "group=B"), "nobody is left to compare"),
        ((*QUESTION, "--by", "age"), "age"),
        ((*QUESTION, "--out", "parts.html"), "none of the forms that results come in"),
    ],
)  # fmt: skip
def test_bad_input(run: Any, survey: str, words: tuple[str, ...], said: str) -> None:
    done = run("decompose", survey, *words)
    assert done.status == 2, done.out
    assert done.out == "" and len(done.err.splitlines()) == 1
    assert said in done.err
