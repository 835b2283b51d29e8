"""``dueregard proportionality``: the same figures as `dueregard.proportionality`, from files and from the example."""

import json
from pathlib import Path
from typing import Any

import pytest

import dueregard as dr

EVENTS = (
    "code,law\n"
    + "W1,PACE\n" * 30
    + "B1,PACE\n" * 12
    + "A1,s60\n" * 9
    + "M9,s60\n" * 3
    + "O9,s60\n" * 2
    + "NS,s60\n" * 5
)
CENSUS = """ethnic_group,people
Asian/Asian British: Indian,"9,000"
Black/African/Caribbean/Black British: African,5000
Mixed/multiple ethnic groups: Other Mixed,3000
White: Irish,60000
Other ethnic group: Arab,2000
"""
QUESTION = ("--group", "code", "--reference", "White", "--mapping", "16+1 to 5+1 (2011)", "--period", "2016-06",
            "--population-group", "ethnic_group", "--population-count", "people", "--population-date", "2011",
            "--population-mapping", "census 2011 to 5+1 (2011)")  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Events with codes, and a census table with a thousands separator."""
    events, census = tmp_path / "events.csv", tmp_path / "census.csv"
    events.write_text(EVENTS)
    census.write_text(CENSUS)
    return events, census


def test_same_as_in_python(run: Any, files: tuple[Path, Path]) -> None:
    events, census = files
    done = run("proportionality", events, "--population", census, *QUESTION, "--format", "json", "--name", "searches")
    assert done.status == 0, done.err
    people = dr.population(
        str(census), group="ethnic_group", count="people", date="2011", mapping="census 2011 to 5+1 (2011)"
    )
    found = dr.proportionality(str(events), people, group="code", reference="White", mapping="16+1 to 5+1 (2011)",
                               period="2016-06", name="searches")  # fmt: skip
    table = json.loads(done.out)
    for name in ("measure", "group", "count", "estimate", "low", "difference", "bound_low", "mapping"):
        assert [row[name] for row in table] == [None if value != value else value for value in found[name]]


def test_the_embedded_question(run: Any) -> None:
    table = json.loads(run("proportionality", "--format", "json").out)
    assert {row["reference"] for row in table} == {"White British"}
    assert table[0]["measure"] == "searches per 1,000 residents in 12 months"
    assert table[0]["provenance"].startswith("Synthetic")


def test_sentences_end_with_what_every_output_says(run: Any) -> None:
    lines = run("proportionality", "--sentences", "--events-by", "Legislation").out.splitlines()
    assert any("does not measure discrimination" in line for line in lines)
    assert lines[-2] == "Internal: not checked for disclosure"


@pytest.mark.parametrize("width", [80])
def test_the_table_fits_the_terminal(run: Any, width: int) -> None:
    assert max(map(len, run("proportionality").out.splitlines())) <= width


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--population", "census.csv"), "name the column of counts of the population"),
        (("--population", "census.csv", "--population-count", "people"), "say when the population was counted"),
        (("--threshold", "three-quarters"), "threshold: 'three-quarters' is neither a number nor one of"),
        (("--basis", "people"), "basis: 'people' is not one of"),
        (("--sentences", "--format", "csv"), "sentences are text"),
        (("--reference", "White Britsh"), "did you mean"),
    ],
)
def test_mistakes_are_one_line(run: Any, files: tuple[Path, Path], words: tuple[str, ...], message: str) -> None:
    done = run("proportionality", *words)
    assert done.status == 2 and message in done.err and done.err.count("\n") == 1


def test_a_file_needs_its_group(run: Any, files: tuple[Path, Path]) -> None:
    done = run("proportionality", files[0])
    assert done.status == 2 and "give the column of groups" in done.err
