"""``dueregard drivers``: the same figures as `dueregard.key_drivers` and `dueregard.compare_drivers`."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr
from dueregard.cli.model_options import named_columns, scales

AGREE = ["Disagree", "Neither, really", "Agree"]
WORRY = ["Very", "Fairly", "Not at all"]
GOOD = ["Poor", "Fair", "Good"]
SCALES = {"good": GOOD, "listens": AGREE, "fair": AGREE, "worry": WORRY}
DRIVERS = {"Contact": ["listens", "fair"], "worry": ["worry"]}
QUESTION = (
    "--outcome", "good", "--driver", "Contact=listens,fair", "--driver", "worry", "--scale", "good=Poor|Fair|Good",
    "--scale", "listens, fair=Disagree | Neither, really | Agree", "--scale", "worry=Very|Fairly|Not at all",
    "--exclude", "Don't know",
)  # fmt: skip
ASK: dict[str, Any] = {"outcome": "good", "drivers": DRIVERS, "scores": SCALES, "exclude": ["Don't know"]}


@pytest.fixture
def survey(tmp_path: Path) -> str:
    """Six hundred interviews in twelve wards of two boroughs, in which answers go together."""
    rng = np.random.default_rng(11)
    path = tmp_path / "survey.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["borough", "ward", "group", "sex", "good", "listens", "fair", "worry", "weight"])
        for _ in range(600):
            ward, view = int(rng.integers(12)), rng.normal()
            answers = [scale[int(np.clip(np.round(1 + 0.7 * view + rng.normal(0, 0.6)), 0, 2))]
                       for scale in SCALES.values()]  # fmt: skip
            answers = ["Don't know" if rng.random() < 0.02 else answer for answer in answers]
            about = [("North", "South")[ward % 2], f"w{ward}", *(pair[int(rng.integers(2))] for pair in ("AB", "FM"))]
            rows.writerow([*about, *answers, round(float(rng.uniform(0.5, 2)), 2)])
    return str(path)


def answered(run: Any, *words: str) -> list[dict[str, Any]]:
    done = run("drivers", *words, "--format", "json")
    assert done.status == 0, done.err
    table: list[dict[str, Any]] = json.loads(done.out)
    return table


def same(table: list[dict[str, Any]], findings: dr.Findings, *names: str) -> None:
    assert len(table) == len(findings)
    for name in ("driver", "group", "nobs", "value", "low", "high", *names):
        assert [row[name] for row in table] == [None if value != value else value for value in findings[name]]


GAINS = ("gain", "gain_low", "gain_high", "rank_low", "rank_high", "explained", "performance")


def test_same_as_in_python(run: Any, survey: str) -> None:
    same(answered(run, survey, *QUESTION), dr.key_drivers(survey, **ASK), *GAINS)


def test_every_option(run: Any, survey: str) -> None:
    words = ("--control", "sex", "--group", "group", "--by", "borough", "--points", "25", "--confidence-level", "0.9",
             "--weight", "weight", "--stratum", "borough", "--psu", "ward", "--period", "2011",
             "--seed", "5")  # fmt: skip
    design = dr.survey_design(weight="weight", stratum="borough", psu="ward")
    ours = dr.key_drivers(
        survey, **ASK, controls=["sex"], group="group", by=["borough"], points=25, confidence_level=0.9, design=design,
        period="2011", rng=5,
    )  # fmt: skip
    same(answered(run, survey, *QUESTION, *words), ours, *GAINS, "borough", "period", "points", "confidence_level")


def test_a_binary_outcome_under_a_logit(run: Any, survey: str) -> None:
    words = [word for word in QUESTION if word != "good=Poor|Fair|Good"]
    words.pop(words.index("worry") + 1)  # the option of the scale that is gone
    given = {name: scale for name, scale in SCALES.items() if name != "good"}
    ours = dr.key_drivers(survey, **ASK | {"scores": given}, positive=["Good"], model="logit")
    same(answered(run, survey, *words, "--positive", "Good", "--model", "logit"), ours, *GAINS)


@pytest.mark.parametrize("measure", ["gain", "share"])
def test_drivers_of_groups_compared(run: Any, survey: str, measure: str) -> None:
    ours = dr.compare_drivers(survey, **ASK, group="group", reference="A", measure=measure, adjust="bonferroni",
                              threshold=2)  # fmt: skip
    words = ("--group", "group", "--reference", "A", "--measure", measure, "--adjust", "bonferroni", "--threshold", "2")
    same(answered(run, survey, *QUESTION, *words), ours, "estimate", "reference_value", "adjusted_pvalue", "verdict")


def test_drivers_of_each_group_against_all_others(run: Any, survey: str) -> None:
    ours = dr.compare_drivers(survey, **ASK, group="group", reference=dr.REST)
    words = ("--group", "group", "--reference", "REST")
    same(answered(run, survey, *QUESTION, *words), ours, "row_type", "estimate", "reference_value", "pvalue")


def test_the_embedded_question_has_the_true_shares(run: Any) -> None:
    truth = dr.data.driver_truth()
    table = {row["driver"]: row for row in answered(run) if row["row_type"] == "driver"}
    for name, share in truth.share.items():
        assert table[name]["low"] - 1 < share < table[name]["high"] + 1
    assert table["Fair treatment"]["rank"] == 1


def test_the_embedded_question_can_be_changed_in_part(run: Any) -> None:
    table = answered(run, "--driver", "informed", "--driver", "Disorder=worry_asb", "--control", "gender", "--positive",
                     "Excellent")  # fmt: skip
    assert [row["driver"] for row in table] == [None, "informed", "Disorder"]
    assert {row["gain_unit"] for row in table} == {"percentage points"}
    assert all(row["best"] == 100 for row in table[1:])


def test_what_is_read_fits_eighty_columns(run: Any) -> None:
    done = run("drivers")
    assert done.status == 0 and max(map(len, done.out.splitlines())) <= 80
    assert "Fair treatment" in done.out and "Not shown:" in done.out
    said = run("drivers", "--sentences").out
    assert "most goes with" in said and said.count("associations") == 1 and "Synthetic" in said


def test_words_of_drivers_and_scales() -> None:
    assert named_columns("--driver", ["A = b , c", "d"]) == {"A": ["b", "c"], "d": ["d"]}
    assert scales(["a, b= No, thanks | Yes "]) == {"a": ["No, thanks", "Yes"], "b": ["No, thanks", "Yes"]}
    assert named_columns("--driver", None) == scales(None) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (QUESTION[2:], "--outcome: give the column of answers"),
        (QUESTION[:2], "--driver: give a driver, and again for each further one"),
        ((*QUESTION, "--driver", "=worry"), "--driver: '=worry' is neither COLUMN nor NAME=COLUMN,COLUMN"),
        ((*QUESTION, "--driver", "A=worry,"), "--driver: 'A=worry,' is neither"),
        ((*QUESTION, "--driver", "worry"), "--driver: 'worry' is given twice"),
        ((*QUESTION, "--scale", "worry"), "--scale: 'worry' is not of the form COLUMN=WORST|...|BEST"),
        ((*QUESTION, "--scale", "worry=Very, Fairly"), "--scale: 'worry=Very, Fairly' is not of the form"),
        ((*QUESTION, "--scale", "worry=Very|Fairly"), "--scale: 'worry' is given twice"),
        (
            (*QUESTION, "--control", "sex", "--scale", "sexx=F|M"),
            "--scale: 'sexx' is not a column of the model (did you mean 'sex'?)",
        ),
        ((*QUESTION, "--driver", "wory"), "wory"),
        ((*QUESTION, "--driver", "good"), "good"),
        ((*QUESTION, "--measure", "share"), "--measure: goes with a comparison of groups; name a reference"),
        ((*QUESTION, "--adjust", "holm"), "--adjust: goes with a comparison of groups"),
        ((*QUESTION, "--reference", "A"), "--group: with a reference there are groups to compare"),
        ((*QUESTION, "--group", "group", "--reference", "C"), "C"),
        ((*QUESTION, "--model", "probit"), "probit"),
        ((*QUESTION, "--points", "0"), "points"),
        ((*QUESTION, "--collinear", "drop"), "drop"),
        ((*QUESTION, "--psu", "wart"), "(asked for as psu of the design); did you mean 'ward'?"),
        ((*QUESTION, "--exclude", "Dunno"), "Dunno"),
        ((*QUESTION, "--sentences", "--format", "csv"), "sentences are text"),
    ],
)
def test_bad_input(run: Any, survey: str, words: tuple[str, ...], said: str) -> None:
    done = run("drivers", survey, *words)
    assert done.status == 2, done.out
    assert done.out == "" and len(done.err.splitlines()) == 1
    assert said in done.err
