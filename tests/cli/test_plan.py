"""``dueregard plan``: a plan at a day, by all there is to show of it."""

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[1] / "plans" / "example_plan.toml"
AT = (str(EXAMPLE), "--on", "2011-02-01")


def rows(done: Any) -> list[dict[str, Any]]:
    assert done.status == 0, done.err
    return json.loads(done.out)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("words", "n_rows"),
    [
        ((), 5),
        (("--show", "scorecard"), 5),
        (("--show", "progress"), 5),
        (("--show", "progress", "--by", "area"), 5),
        (("--show", "status"), 12),
        (("--show", "quarterly"), 40),
        (("--show", "six-monthly", "--year", "2010/11"), 20),
        (("--show", "costs"), 9),
        (("--show", "recommendations"), 6),
        (("--show", "assessments"), 5),
        (("--show", "set-aside"), 0),
    ],
)
def test_everything_there_is_to_show(run: Any, words: tuple[str, ...], n_rows: int) -> None:
    assert len(rows(run("plan", *AT, *words, "--format", "json"))) == n_rows
    table = run("plan", *AT, *words)
    assert max(map(len, table.out.splitlines())) <= 80
    assert "Judged at 2011-02-01" in table.out


def test_the_embedded_objectives_at_the_end_of_their_records(run: Any) -> None:
    table = rows(run("plan", "--format", "json"))
    assert len(table) == 32
    assert {row["symbol"] for row in table if row["value"] is None} == {"○"}
    assert "Judged at 2011-03-31" in table[0]["notes"] and table[0]["provenance"].startswith("Synthetic")


def test_the_year_is_that_of_the_day_unless_given(run: Any) -> None:
    for words, year in (((), "2010/11"), (("--year", "2009"), "2009/10"), (("--year", "2011/12"), "2011/12")):
        table = rows(run("plan", *AT, "--show", "quarterly", *words, "--format", "json"))
        assert {row["period"][:7] for row in table} == {year}


def test_days_within_which_it_is_due(run: Any) -> None:
    for within, due in (("10", []), ("30", ["A3"]), ("60", ["A3", "G2"])):
        table = rows(run("plan", *AT, "--show", "status", "--within", within, "--format", "json"))
        assert [row["item"] for row in table if row["verdict"] == "due"] == due


def test_what_is_overdue_fails_when_that_is_asked(run: Any) -> None:
    done = run("plan", *AT, "--fail-overdue", "--sentences")
    assert done.status == 1 and done.err == "2 overdue at 2011-02-01: A2, E2\n" and "Judged at" in done.out
    assert run("plan", *AT, "--show", "status").status == 0
    many = run("plan", "--show", "costs", "--fail-overdue")
    assert many.err == "31 overdue at 2011-03-31: EIA 2, EIA 3, EIA 17, EIA 33, EIA 71 and 26 more\n"


def test_nothing_overdue_passes(run: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('[[objectives]]\nid = "1"\ntitle = "One"\n')
    done = run("plan", "plan.toml", "--fail-overdue", "--show", "costs")
    assert (done.status, done.err) == (0, "")


def test_a_plan_that_measures_nothing_shows_its_status(run: Any, tmp_path: Path) -> None:
    action = '[[actions]]\nid = "A1"\nobjective = "1"\ntitle = "Act"\ndue = 2011-01-01\n'
    (tmp_path / "plan.toml").write_text(f'[[objectives]]\nid = "1"\ntitle = "One"\n{action}')
    (row,) = rows(run("plan", "plan.toml", "--on", "2011-02-01", "--format", "json"))
    assert (row["item"], row["verdict"], row["days"]) == ("A1", "overdue", 31)


def test_readings_from_a_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(
        "measure,period,area,count,nobs\nvictims-updated,2010/11 Q2,,190,250\nvictims-updated,2010/11 Q3,,200,250\n"
    )
    table = rows(run("plan", *AT, "--readings", "readings.csv", "--format", "json"))
    found = {row["measure_id"]: (row["count"], row["nobs"], row["value"]) for row in table}
    assert found["victims-updated"] == (200, 250, 80.0)
    path.write_text(path.read_text().replace("200", "2O0"))
    refused = run("plan", *AT, "--readings", "readings.csv")
    assert refused.status == 2 and refused.out == ""
    assert "readings.csv, line 3: 'count' is '2O0', not a whole number" in refused.err
    lenient = run("plan", *AT, "--readings", "readings.csv", "--lenient", "--format", "json")
    assert {row["measure_id"]: row["count"] for row in rows(lenient)}["victims-updated"] == 190
    assert "set aside: readings.csv, line 3" in lenient.err


def test_a_workbook(run: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "objectives"
    for row in (["id", "title"], ["1", "One"]):
        book.active.append(row)
    actions = book.create_sheet("actions")
    for row in (["id", "objective", "title", "due"], ["A1", "1", "Act", "soon"]):
        actions.append(row)
    book.save(tmp_path / "plan.xlsx")
    done = run("plan", "plan.xlsx", "--on", "2011-02-01")
    assert done.status == 2 and "plan.xlsx, sheet 'actions', cell D2: 'due' is 'soon', not a date" in done.err


def test_lenient_says_what_it_set_aside(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(EXAMPLE.read_text().replace('owner = "Human Resources"', 'owner = "Nobody"', 1))
    refused = run("plan", "plan.toml", "--on", "2011-02-01")
    assert refused.status == 2 and "'owner' is 'Nobody', which is not among owners" in refused.err
    done = run("plan", "plan.toml", "--on", "2011-02-01", "--lenient")
    assert done.status == 0 and "set aside: plan.toml, line " in done.err and "set aside" in done.out
    listed = run("plan", "plan.toml", "--on", "2011-02-01", "--lenient", "--show", "set-aside")
    assert "Nobody" in listed.out and listed.err == ""


def test_measures_in_words(run: Any) -> None:
    done = run("plan", *AT, "--show", "progress", "--sentences")
    assert done.status == 0 and "the gap narrowed by 2.8 percentage points" in done.out


def test_what_is_overdue_with_an_open_reservation_fails_too(run: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(
        '[[objectives]]\nid = "1"\ntitle = "One"\n[[recommendations]]\nid = "R1"\ntitle = "Move"\n'
        'answer = "accepted with reservation"\nreservation = "cost"\ndue = 2011-03-31\n'
    )
    done = run("plan", "plan.toml", "--on", "2011-05-01", "--fail-overdue")
    assert done.status == 1 and done.err == "1 overdue at 2011-05-01: R1\n"
    said = run("plan", "plan.toml", "--on", "01/05/2011", "--sentences").out
    assert "31 days overdue, due on 31 March 2011; reservation open, nobody named to decide" in said


@pytest.mark.parametrize("name", ["x.xlsx", "x.html"])
def test_the_forms_that_there_are_are_named(run: Any, tmp_path: Path, name: str) -> None:
    for words in (("plan", *AT), ("assess",)):
        done = run(*words, "--out", name)
        assert done.status == 2 and not (tmp_path / name).exists()
        assert "none of the forms that results come in: .txt (a table), .csv, .json, .parquet" in done.err
