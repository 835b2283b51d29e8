"""``dueregard gap``: the same figures as `dueregard.gap`, in every form."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import dueregard as dr

QUESTION = ("--outcome", "answer", "--positive", "Satisfied", "--exclude", "Don't know", "--group", "ethnicity",
            "--reference", "White", "--missing", "Not Stated (NS)=not stated")  # fmt: skip


def test_same_as_in_python(run: Any, survey: Path) -> None:
    done = run("gap", survey, *QUESTION, "--by", "borough", "--weight", "weight", "--confidence-level", 0.9,
               "--format", "json")  # fmt: skip
    assert done.status == 0, done.err
    findings = dr.gap(
        str(survey), outcome="answer", positive=["Satisfied"], exclude=["Don't know"], group="ethnicity",
        reference="White", by="borough", weight="weight", missing={"Not Stated (NS)": "not stated"},
        confidence_level=0.9,
    )  # fmt: skip
    table = json.loads(done.out)
    assert len(table) == len(findings)
    for name in ("group", "borough", "count", "nobs", "estimate", "low", "high", "confidence_level"):
        ours = [None if value != value else value for value in findings[name]]
        assert [row[name] for row in table] == ours


@pytest.mark.parametrize("reference", ["OVERALL", "REST"])
def test_references_that_are_not_groups(run: Any, survey: Path, reference: str) -> None:
    words = [reference if word == "White" else word for word in QUESTION]
    table = json.loads(run("gap", survey, *words, "--format", "json").out)
    assert {row["group"] for row in table if row["row_type"] == "group"} >= {"Black", "White"}


def test_embedded_question(run: Any) -> None:
    table = json.loads(run("gap", "--format", "json").out)
    gap = next(row for row in table if row["group"] == "Minority ethnic")
    assert round(gap["estimate"]) == -7
    assert round(gap["value"]) == 74
    assert round(gap["reference_value"]) == 81


def test_where_changes_the_rows(run: Any) -> None:
    every, some = (
        json.loads(run("gap", "--format", "json", *words).out) for words in ((), ("--where", "borough=Barnet"))
    )
    assert sum(row["nobs"] or 0 for row in some) < sum(row["nobs"] or 0 for row in every) / 10


def test_sentences(run: Any) -> None:
    done = run("gap", "--sentences")
    lines = done.out.splitlines()
    assert done.status == 0
    assert any("percentage points lower" in line for line in lines)
    assert lines[-2] == "Internal: not checked for disclosure"
    assert lines[-1].startswith("Synthetic")


def test_sentences_are_not_a_format(run: Any) -> None:
    done = run("gap", "--sentences", "--format", "json")
    assert done.status == 2
    assert "--format" in done.err


def test_another_group_needs_its_own_reference(run: Any) -> None:
    done = run("gap", "--group", "gender")
    assert done.status == 2
    assert "--reference" in done.err


def test_csv(run: Any) -> None:
    done = run("gap", "--format", "csv", "--by", "borough")
    table = list(csv.DictReader(io.StringIO(done.out)))
    assert {"borough", "estimate", "provenance", "disclosure"} <= set(table[0])
    assert len({row["borough"] for row in table}) == 33  # 32 and all areas


@pytest.mark.parametrize(
    ("written", "reference"),
    [("LARGEST", "White"), ("target 80", "target of 80%"), ("target 81 +- 1.9", "published figure of 81%")],
)
def test_figures_and_choices_in_words(run: Any, survey: Path, written: str, reference: str) -> None:
    words = [written if word == "White" else word for word in QUESTION]
    table = json.loads(run("gap", survey, *words, "--format", "json").out)
    assert {row["reference"] for row in table if row["estimate"] is not None} == {reference}


def test_the_mean_of_areas(run: Any, survey: Path) -> None:
    words = (*QUESTION, "--by", "borough", "--pool", "mean", "--format", "json")
    table = json.loads(run("gap", survey, *words).out)
    both = [row["estimate"] for row in table if row["group"] == "Black" and row["row_type"] == "group"]
    assert both[0] == pytest.approx(sum(both[1:]) / 2)


def test_a_design(run: Any) -> None:
    words = ("--outcome", "good_job", "--positive", "Good", "--group", "ethnic_group_broad", "--reference", "White")
    design = ("--weight", "weight", "--stratum", "borough", "--psu", "sampling_point")
    table = json.loads(run("gap", "example:confidence", *words, *design, "--format", "json").out)
    found = dr.gap(
        dr.data.example("confidence"), outcome="good_job", positive=["Good"], group="ethnic_group_broad",
        reference="White", design=dr.survey_design(weight="weight", stratum="borough", psu="sampling_point"),
    )  # fmt: skip
    for name in ("estimate", "se", "low", "effective_nobs", "design_effect", "degrees_of_freedom"):
        assert table[0][name] == found[name][0]
