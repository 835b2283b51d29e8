"""``dueregard representation``: the same figures as `dueregard.representation`, from files and from the example."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import dueregard as dr

STAFF = (
    "ethnicity,borough,grade,fte\n"
    + "W1,Barnet,Constable,1\n" * 60
    + "B1,Barnet,Constable,1\n" * 9
    + "A1,Sutton,Sergeant,0.5\n" * 12
    + "M9,Sutton,Sergeant,1\n" * 4
    + "O9,Barnet,Constable,1\n" * 3
    + "NS,Sutton,Sergeant,1\n" * 5
)
CENSUS = """area,ethnic_group,people
Barnet,Asian/Asian British: Indian,"9,000"
Barnet,Black/African/Caribbean/Black British: African,5000
Barnet,Mixed/multiple ethnic groups: Other Mixed,3000
Barnet,White: Irish,60000
Barnet,Other ethnic group: Arab,2000
"""
QUESTION = ("--group", "ethnicity", "--mapping", "16+1 to 5+1 (2011)", "--population-group", "ethnic_group",
            "--population-count", "people", "--population-date", "2011", "--population-mapping",
            "census 2011 to 5+1 (2011)")  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Staff with codes, and a census table with a thousands separator."""
    staff, census = tmp_path / "staff.csv", tmp_path / "census.csv"
    staff.write_text(STAFF)
    census.write_text(CENSUS)
    return staff, census


def test_same_as_in_python(run: Any, files: tuple[Path, Path]) -> None:
    staff, census = files
    done = run("representation", staff, "--population", census, *QUESTION, "--by", "grade",
               "--threshold", "four-fifths", "--format", "json")  # fmt: skip
    assert done.status == 0, done.err
    people = dr.population(
        str(census), group="ethnic_group", count="people", date="2011", mapping="census 2011 to 5+1 (2011)"
    )
    found = dr.representation(str(staff), people, group="ethnicity", by="grade", mapping="16+1 to 5+1 (2011)",
                              threshold="four-fifths")  # fmt: skip
    table = json.loads(done.out)
    assert len(table) == len(found)
    for name in ("measure", "group", "grade", "count", "estimate", "low", "difference", "practical_verdict", "mapping"):
        assert [row[name] for row in table] == [None if value != value else value for value in found[name]]


def test_the_embedded_question(run: Any) -> None:
    table = {row["group"]: row for row in json.loads(run("representation", "--format", "json").out)}
    asian = table["Asian"]
    assert (asian["count"], asian["nobs"], round(asian["reference_value"])) == (3_327, 50_485, 21)
    assert round(asian["estimate"], 2) == 0.31
    assert asian["population_ages"] == "all ages" and asian["provenance"].startswith("Synthetic")
    assert table["refused"]["estimate"] is None


def test_the_whole_workforce_as_the_population(run: Any) -> None:
    done = run("representation", "--population", "OVERALL", "--by", "role", "--group", "ethnic_group_broad",
               "--format", "json")  # fmt: skip
    rows = [row for row in json.loads(done.out) if row["role"] == "PCSO" and row["group"] == "Minority ethnic"]
    assert rows[0]["reference"] == "whole workforce" and rows[0]["estimate"] > 1.8


def test_areas_that_the_population_has_too(run: Any, files: tuple[Path, Path]) -> None:
    staff, census = files
    sutton = CENSUS.partition("\n")[2].replace("Barnet", "Sutton").replace("60000", "30000")
    census.write_text((CENSUS + sutton).replace("area,", "borough,", 1))
    words = ("--population-by", "borough", "--by", "borough")
    done = run("representation", staff, "--population", census, *QUESTION, *words, "--format", "json")
    assert done.status == 0, done.err
    shares = {row["borough"]: row["reference_nobs"] for row in json.loads(done.out) if row["group"] == "White"}
    assert shares == {None: 128_000, "Barnet": 79_000, "Sutton": 49_000}


def test_full_time_equivalents_and_rows_chosen(run: Any, files: tuple[Path, Path]) -> None:
    staff, census = files
    done = run("representation", staff, "--population", census, *QUESTION, "--weight", "fte",
               "--where", "grade=Sergeant", "--format", "csv", "--no-staff", "White")  # fmt: skip
    assert done.status == 0, done.err
    table = {row["group"]: row for row in csv.DictReader(io.StringIO(done.out))}
    assert float(table["Asian"]["value"]) == pytest.approx(100 * 6 / 10)
    assert table["White"]["count"] == "0"


def test_sentences_end_with_notes_and_what_every_output_says(run: Any) -> None:
    lines = run("representation", "--sentences", "--by", "role").out.splitlines()
    assert any("All other groups" in line for line in lines)
    assert "The population is of all ages and staff are of working age" in lines[-3]
    assert lines[-2] == "Internal: not checked for disclosure"


@pytest.mark.parametrize("words", [(), ("--by", "role"), ("--measure", "difference")])
def test_the_table_fits_the_terminal(run: Any, words: tuple[str, ...]) -> None:
    assert max(map(len, run("representation", *words).out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--population", "census.csv"), "name the column of counts of the population"),
        (("--population", "census.csv", "--population-count", "people"), "say when the population was counted"),
        (("--population", "OVERALL"), "--population: with OVERALL name --by, "),
        (("--group", "gender"), "group: staff have 'Female', the population has no such group"),
        (("--group", "ethnicity"), "no column 'ethnicity'"),
        (("--threshold", "half"), "threshold: 'half' is neither a number nor one of"),
        (("--measure", "odds-ratio"), "measure: 'odds-ratio' is not one of"),
        (("--no-staff", "Asain"), "--no-staff: 'Asain' is not a group of the population"),
        (("--sentences", "--format", "csv"), "sentences are text"),
        (("nowhere.csv",), "give the column of groups"),
        (("nowhere.csv", "--group", "a"), "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_named(run: Any, words: tuple[str, ...], message: str) -> None:
    done = run("representation", *words)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_staff_of_a_sample_with_its_design(run: Any, files: tuple[Path, Path]) -> None:
    staff, census = files
    words = ("--stratum", "grade", "--psu", "borough", "--nest", "--weight", "fte")
    done = run("representation", staff, "--population", census, *QUESTION, *words, "--format", "json")
    assert done.status == 0, done.err
    people = dr.population(
        str(census), group="ethnic_group", count="people", date="2011", mapping="census 2011 to 5+1 (2011)"
    )
    design = dr.survey_design(stratum="grade", psu="borough", nest=True, weight="fte")
    found = dr.representation(str(staff), people, group="ethnicity", mapping="16+1 to 5+1 (2011)", design=design)
    table = json.loads(done.out)
    for name in ("group", "estimate", "low", "high", "effective_nobs", "degrees_of_freedom"):
        assert [row[name] for row in table] == [None if value != value else value for value in found[name]]
