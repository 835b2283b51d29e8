"""``dueregard tally``: cells, margins, missing groups, weights, and the published file."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

REAL = Path(__file__).parents[3] / "shared" / "real" / "2016-06-metropolitan-stop-and-search.csv"


def rows(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text))


def counts(table: list[dict[str, Any]], *names: str) -> dict[Any, int]:
    return {tuple(row[name] for name in names): row["count"] for row in table}


def test_one_row_a_cell(run: Any, survey: Path) -> None:
    done = run("tally", survey, "--by", "borough", "--outcome", "answer", "--format", "json")
    assert done.status == 0
    assert counts(rows(done.out), "borough", "answer") == {
        ("Barnet", "Dissatisfied"): 1,
        ("Barnet", "Don't know"): 0,
        ("Barnet", "Satisfied"): 2,
        ("Sutton", "Dissatisfied"): 1,
        ("Sutton", "Don't know"): 1,
        ("Sutton", "Satisfied"): 3,
    }


def test_margins_follow_the_cells(run: Any, survey: Path) -> None:
    words = ("tally", survey, "--by", "borough", "--by", "ethnicity", "--missing", "Not Stated (NS)=not stated")
    cells = rows(run(*words, "--format", "json").out)
    with_margins = rows(run(*words, "--margins", "--format", "json").out)
    assert with_margins[: len(cells)] == cells
    assert counts(with_margins[len(cells) :], "borough", "ethnicity") == {
        ("Barnet", None): 3,
        ("Sutton", None): 5,
        (None, "Black"): 2,
        (None, "White"): 4,
        (None, "not stated"): 2,
        (None, None): 8,
    }


def test_weights(run: Any, survey: Path) -> None:
    done = run("tally", survey, "--by", "borough", "--weight", "weight", "--margins", "--format", "json")
    assert [(row["borough"], row["count"], row["weight_sum"]) for row in rows(done.out)] == [
        ("Barnet", 3, 4.5),
        ("Sutton", 5, 4.5),
        (None, 8, 9.0),
    ]


def test_where_keeps_rows(run: Any, survey: Path) -> None:
    done = run("tally", survey, "--by", "answer", "--format", "json", "--where", "borough=Sutton",
               "--where", "ethnicity=White", "--where", "ethnicity=Black")  # fmt: skip
    assert counts(rows(done.out), "answer") == {("Dissatisfied",): 1, ("Satisfied",): 2}


def test_where_that_keeps_nothing_is_refused(run: Any, survey: Path) -> None:
    done = run("tally", survey, "--by", "answer", "--where", "borough=Suton")
    assert done.status == 2
    assert "no row has borough=Suton" in done.err


def test_csv_is_safe_in_a_spreadsheet(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("group\n=cmd|' /C calc'!A0\n@SUM(1)\nfine\n")
    table = list(csv.DictReader(io.StringIO(run("tally", "bad.csv", "--by", "group", "--format", "csv").out)))
    assert [row["group"] for row in table] == ["'=cmd|' /C calc'!A0", "'@SUM(1)", "fine"]


def test_embedded_data_without_a_file(run: Any) -> None:
    done = run("tally")
    assert done.status == 0
    assert "Synthetic" in done.out
    assert "Internal: not checked for disclosure" in done.out
    assert sum(row["count"] for row in rows(run("tally", "--format", "json").out)) == 18_000


def test_machine_formats_say_the_notices_beside(run: Any) -> None:
    done = run("tally", "--format", "json")
    assert "Synthetic" in done.err
    assert "Internal: not checked for disclosure" in done.err
    first = rows(done.out)[0]
    assert first["provenance"].startswith("Synthetic")
    assert first["disclosure"] == "Internal: not checked for disclosure"


def test_threads_do_not_change_the_answer(run: Any) -> None:
    one, four = (run("tally", "--by", "borough", "--threads", n, "--format", "csv").out for n in (1, 4))
    assert one == four


@pytest.mark.skipif(not REAL.exists(), reason="the published stop and search file is not here")
def test_the_published_stop_and_search_file(run: Any) -> None:
    done = run("tally", REAL, "--by", "Officer-defined ethnicity", "--outcome", "Outcome", "--margins",
               "--format", "json")  # fmt: skip
    margin = {row["Officer-defined ethnicity"]: row["count"] for row in rows(done.out) if row["Outcome"] is None}
    everyone = margin.pop(None)
    assert margin == {"Black": 4205, "White": 4474, "Asian": 1382, "Other": 305, "not stated": 124}
    assert everyone == sum(margin.values())
