"""``dueregard audit``: figures held against their own arithmetic, and what the exit status says of them."""

import json
from pathlib import Path
from typing import Any

import pytest

CENSUS = (
    "group,count\nAll usual residents,1000\nWhite: English/Welsh/Scottish/Northern Irish/British,400\n"
    "Asian/Asian British,210\nBlack/African/Caribbean/Black British,120\n"
)


def rows(done: Any) -> list[dict[str, Any]]:
    return json.loads(done.out)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--percent", "67", "--of", "32"), 1, "67% of 32: no whole count makes it; the nearest is 21, 65.63%"),
        (("--percent", "69", "--of", "32"), 0, "69% of 32 is 22 (derivable)"),
        (("--percent", "69", "--count", "22", "--of", "32"), 0, "22 of 32 is 68.75%, printed as 69% (consistent)"),
        (("--percent", "67", "--count", "22"), 0, "22 as 67% needs a base of 33 (derivable)"),
        (("--first", "81", "--second", "74", "--gap", "8"), 0, "rounding allows 6 points to 8 points (rounding)"),
        (("--first", "81%", "--second", "74%", "--gap", "9"), 1, "not the 9 printed; rounding allows"),
        (("--parts", "1", "--parts", "8", "--parts", "7", "--total", "18"), 1, "1 + 8 + 7 is 16, not the 18 printed"),
        (("--percent", "12.5", "--of", "8", "--rounding", "half-up"), 0, "12.5% of 8 is 1"),
    ],
)
def test_figures_that_are_given(run: Any, words: tuple[str, ...], status: int, said: str) -> None:
    done = run("audit", *words)
    assert done.status == status, done.err
    assert done.out.startswith("as given: ") and said in done.out


def test_figures_of_several_kinds_are_a_claim_each(run: Any) -> None:
    done = run(
        "audit", "--percent", "67", "--of", "32", "--parts", "2", "--parts", "2", "--total", "4", "--format", "json"
    )
    assert [row["verdict"] for row in rows(done)] == ["inconsistent", "consistent"]


def test_the_embedded_claims_need_the_census(run: Any, tmp_path: Path) -> None:
    done = run("audit", "--format", "json")
    assert done.status == 1
    asked = [row["verdict"] for row in rows(done) if row["measure"] == "share"]
    assert asked == ["cannot tell"] * 3
    (tmp_path / "census.csv").write_text(CENSUS)
    for against in ("census.csv", "census=census.csv"):
        told = run("audit", "--against", against, "--all", "--format", "json")
        shares = {row["group"]: row["verdict"] for row in rows(told) if row["measure"] == "share of another source"}
        assert list(shares.values()) == ["consistent", "consistent", "inconsistent"]


def test_what_needs_a_reader_is_shown_and_all_is_counted(run: Any) -> None:
    few, every = run("audit"), run("audit", "--all")
    counted = " ".join(few.out.split())
    assert "182 claims: 10 inconsistent, 3 rounding, 4 cannot tell, 25 derivable, 140 consistent; --all" in counted
    assert "  consistent" not in few.out and "  consistent" in every.out
    assert "--all" not in every.out
    assert max(map(len, few.out.splitlines())) <= 80
    first = run("audit", "--sentences").out.splitlines()
    assert len(first) == 42 + 3 and first[0].endswith("(inconsistent).")


def test_the_columns_of_a_table_are_said(run: Any) -> None:
    layout = ("--label", "section", "--count", "met", "--of", "assessed", "--percent", "stated_percent")
    done = run("audit", "example:section_results", *layout, "--all", "--format", "json")
    assert done.status == 1
    assert [row["verdict"] for row in rows(done)] == ["consistent", "consistent", "inconsistent"]
    one = run("audit", "example:section_results", "--count", "met", "--of", "32", "--percent", "stated_percent")
    assert one.status == 1


def test_a_standard_is_held_against_its_answers(run: Any) -> None:
    done = run("audit", "--framework", "esps", "--format", "json")
    assert [row["value"] for row in rows(done)][:1] == [18.0] and len(rows(done)) == 4


def test_a_text_and_what_its_sentences_are_of(run: Any, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("71 of 73 (97%) were done, and 22 (67%) of the boroughs.\n")
    assert run("audit", "report.md").status == 0
    done = run("audit", "report.md", "--of", "boroughs=32", "--sentences")
    assert done.status == 1 and "report.md:1: 22 of 32 is 68.75%, not the 67% printed" in done.out


def test_a_workbook_names_its_cells(run: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["section", "yes", "no", "all"], ["A", 1, 2, 3], ["B", 1, 2, 4]):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    done = run("audit", "table.xlsx", "--parts", "yes", "--parts", "no", "--total", "all", "--sentences")
    assert done.status == 1
    assert done.out.startswith("Sheet!B3: 1 + 2 is 3, not the 4 printed (inconsistent).")


def test_nothing_to_show_is_one_line(run: Any, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("claim,count,of,percent\npercent,22,32,69\n")
    done = run("audit", "good.csv")
    assert (done.status, done.out.splitlines()[0]) == (0, "1 claim: 1 consistent; --all shows the consistent too")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("claim,number,named\nnumber of,4,\n", ()),  # it cannot be told
        ("claim,count,of,percent\npercent,x,32,67\n", ("--lenient",)),  # it is set aside
        ("section,met\nA,3\n", ()),  # no column is said to be anything
    ],
)
def test_where_nothing_could_be_checked_it_cannot_tell(
    run: Any, tmp_path: Path, text: str, options: tuple[str, ...]
) -> None:
    (tmp_path / "few.csv").write_text(text)
    assert run("audit", "few.csv", *options).status == 3


def test_a_table_of_which_nothing_is_said_says_how(run: Any, tmp_path: Path) -> None:
    (tmp_path / "pub.csv").write_text("section,met,asked,percent\nProcesses,22,32,67\n")
    for form in ((), ("--sentences",), ("--format", "json")):
        done = run("audit", "pub.csv", *form)
        assert done.status == 3
        said = " ".join((done.err if form[:1] == ("--format",) else done.out).split())
        assert "Nothing says what the columns (section, met, asked, percent) are, so only placeholders" in said
        assert (
            "Name columns with --count, --of and --percent; --parts and --total; --first, --second and --gap; --label "
            "with --total-row or --average-row." in said
        )
    told = run("audit", "pub.csv", "--count", "met", "--of", "asked", "--percent", "percent", "--sentences")
    assert told.status == 1 and "Nothing says" not in told.out


def test_to_a_file(run: Any, tmp_path: Path) -> None:
    done = run("audit", "--percent", "67", "--of", "32", "--out", "found.csv")
    assert (done.status, done.out) == (1, "")
    assert "inconsistent" in (tmp_path / "found.csv").read_text()
