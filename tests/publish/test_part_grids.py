"""Tables of the parts of a gap, and of the change of one."""

import pytest

from dueregard.measures.cannot_say import notes
from dueregard.missing import NOT_STATED
from dueregard.publish.tables.planned import TABLES, planned
from dueregard.publish.tables.tables import html_table, text_table

NAN = float("nan")
MADE = ("gap_parts", "gap_parts_of_areas", "awkward_parts", "gap_change_parts")


def names(findings):
    shown = planned(findings)
    return [shown.columns[0].write(row) for row in shown.rows]


@pytest.mark.parametrize("width", [20, 60, 80, 200])
@pytest.mark.parametrize("name", MADE)
def test_tables_fit_and_have_no_blank_cells(made, name, width):
    findings = getattr(made, name)()
    assert findings.kind in TABLES
    assert max(map(len, text_table(findings, width=width).split("\n"))) <= width
    html = html_table(findings)
    assert 'scope="row"' in html and "<td></td>" not in html and ">nan<" not in html and ">None<" not in html


@pytest.mark.parametrize("name", MADE)
def test_headings_are_told_apart(made, name):
    found = [column.heading for column in planned(getattr(made, name)()).columns]
    assert len(set(found)) == len(found)


def test_parts_factors_and_levels_have_names_of_their_own(made):
    assert names(made.gap_parts()) == [
        "Gap", "Who is in the groups", "Age band", "Age band: 16 to 34", "Age band: 55 and over", "Deprivation",
        "Deprivation: Most deprived fifth", "Prior opinion", "Prior opinion: Negative", "Prior opinion: Positive",
        "What remains",
    ]  # fmt: skip


def test_factors_of_what_remains_say_so(made):
    rows = made.part_rows(words=("explained", "unexplained"))
    rows.append(rows[-1] | {"factor": "constant", "estimate": -1.0})
    assert names(made.of_rows(rows, kind="gap parts"))[-1] == "Remains: Constant"


def test_a_row_has_the_part_its_interval_its_share_and_how_many_are_at_a_level(made):
    lines = text_table(made.gap_parts(), width=80).split("\n")
    (row,) = (line for line in lines if line.startswith("Who is in the groups"))
    assert row.split() == ["Who", "is", "in", "the", "groups", "-5.1", "-6.0", "to", "-4.2", "71.8", "[z]", "[z]"]
    assert "Minority ethnic against White" in lines
    assert "1 row is left out that is compared with nobody." in lines
    note = "is 20 points more common in one of the groups, would have to move the outcome"
    assert note not in " ".join(lines)  # where the column that it is about has no room
    assert note in " ".join(text_table(made.gap_parts(), width=200).split())


def test_what_both_groups_would_come_to_if_alike_is_explained_where_it_is_shown(made):
    said = "what both would come to if alike in what was held equal"

    def of_rest(value, reference_value):
        figures = {"value": value, "reference_value": reference_value}
        rows = [row | figures if row["part"] == "rates" else row for row in made.gap_parts().rows()]
        return made.of_rows(rows, kind="gap parts")

    found = of_rest(77.2, 79.2)
    assert said not in " ".join(text_table(of_rest(NAN, NAN), width=120).split())
    assert said in " ".join(text_table(found, width=120).split()) and said in html_table(found)
    (line,) = (line for line in text_table(found, width=120).split("\n") if line.startswith("What remains"))
    assert "77.2" in line and "79.2" in line


def test_figures_of_both_groups_are_shown_together_or_not_at_all(made):
    for width in range(60, 200, 4):
        shown = "".join(text_table(made.gap_parts(), width=width).partition("Not shown:")[2].splitlines())
        assert ("Of the group (%)" in shown) == ("Of the reference (%)" in shown)
        assert ("Group" in shown.replace("Of the group", "")) == ("Reference" in shown)


def test_a_gap_that_could_be_none_has_no_shares(made):
    shown = planned(made.awkward_parts())
    assert not any(column.name == "share_of_gap" for column in shown.columns)


def test_people_of_no_known_group_have_no_rows(made):
    unknown = made.part_rows()[1] | {"group": NOT_STATED, "estimate": NAN, "low": NAN, "high": NAN}
    shown = planned(made.of_rows([*made.part_rows(), unknown], kind="gap parts"))
    assert all(row["group"] == "Minority ethnic" for row in shown.rows)
    assert "2 rows are left out that are compared with nobody." in shown.notes


def test_areas_stand_under_their_own_heading(made):
    shown = planned(made.gap_parts_of_areas())
    assert list(dict.fromkeys(shown.headings)) == [
        f"{area}: Minority ethnic against White" for area in ("All areas", "Barnet", "Brent", "Kensington and Chelsea")
    ]


def test_changes_name_when_the_gaps_were_and_whose_the_parts_are(made):
    assert names(made.gap_change_parts()) == [
        "Gap, 2009-10", "Gap, 2010-11", "Change", "Who answered", "Who answered: Minority ethnic",
        "Who answered: White", "Rates of like people", "Rates of like people: Minority ethnic",
        "Rates of like people: White",
    ]  # fmt: skip
    lines = text_table(made.gap_change_parts(), width=80).split("\n")
    (row,) = (line for line in lines if line.startswith("Change "))
    assert " ".join(row.split()) == "Change 2.9 0.7 to 5.1 [z] [z] [z] 0.009"


def test_small_values_in_another_unit_have_two_decimals_everywhere(made):
    rows = [row | {"unit_of_measure": "points", "value": 3.7, "reference_value": 3.9, "estimate": -0.2083, "low": -0.3,
                   "high": -0.1} for row in made.part_rows()]  # fmt: skip
    shown = planned(made.of_rows(rows, kind="gap parts"))
    by_name = {column.name: column for column in shown.columns}
    assert by_name["estimate"].heading == "Estimate (points)"
    assert {by_name["estimate"].write(row) for row in shown.rows} == {"-0.21"}
    assert {by_name["interval"].write(row) for row in shown.rows} == {"-0.30 to -0.10"}


LEFT_OUT = "1 row of a level is left out here: the findings have them, to be had by filter() or to_frame()."


@pytest.mark.parametrize("part", ["rates", "interaction"])
def test_levels_of_what_remains_and_of_both_at_once_are_in_files_alone(made, part, tmp_path):
    rows = made.part_rows()
    level = next(row for row in rows if row.get("level") == "Negative") | {"part": part, "estimate": -0.123}
    findings = made.of_rows([*rows, level], kind="gap parts")
    assert names(findings) == names(made.gap_parts())
    assert LEFT_OUT in planned(findings).notes and LEFT_OUT not in planned(made.gap_parts()).notes
    assert " ".join(text_table(findings, width=80).split()).count(LEFT_OUT) == 1 and LEFT_OUT in html_table(findings)
    saved = findings.save(tmp_path / "parts.html").read_text(encoding="utf-8")
    assert ": Negative" in saved.split("What remains</th>")[1] and LEFT_OUT not in saved
    assert len(findings.save(tmp_path / "parts.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(findings)


def test_levels_of_areas_stand_with_all_of_them_together(made):
    rows = [row | {"borough": place} for place in (None, "Barnet") for row in made.part_rows()]
    findings = made.of_rows(rows, by=["borough"], kind="gap parts")
    shown = planned(findings)
    assert {row["borough"] for row in shown.rows if row["level"] is not None} == {None}
    assert "5 rows of levels are left out here" in " ".join(shown.notes)
    alone = planned(findings.filter(borough="Barnet"))
    assert sum(row["level"] is not None for row in alone.rows) == 5


def test_levels_of_changes_are_in_files_alone(made, tmp_path):
    rows = list(made.gap_change_parts().rows())
    level = rows[3] | {"factor": "age_band", "level": "16 to 34", "estimate": 0.2}
    of_one_side = rows[3] | {"factor": "age_band", "side": "White", "estimate": 0.1}
    findings = made.of_rows([*rows, level, of_one_side], kind="gap change parts")
    assert names(findings) == names(made.gap_change_parts())
    assert "2 rows of levels, or of factors on one side, are left out here: the findings have them, to be had by " \
           "filter() or to_frame()." in planned(findings).notes  # fmt: skip
    assert "16 to 34" in findings.save(tmp_path / "parts.html").read_text(encoding="utf-8")


def test_gaps_and_sides_are_no_shares_of_a_change(made):
    rows = [row | {"share_of_gap": 140.7} for row in made.gap_change_parts().rows()]
    shown = planned(made.of_rows(rows, kind="gap change parts"))
    (share,) = (column for column in shown.columns if column.name == "share_of_gap")
    assert [share.write(row) for row in shown.rows] == [
        "[z]", "[z]", "140.7", "140.7", "[z]", "[z]", "140.7", "[z]", "[z]",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), [("gap_parts", "gap parts"), ("gap_change_parts", "gap change parts")])
def test_a_table_alone_says_once_what_parts_are_not(made, name, kind):
    findings = getattr(made, name)().with_notes(*notes(kind, ["age_band"]))
    for text in (" ".join(text_table(findings, width=80).split()), html_table(findings)):
        assert text.count("discrimination") == 1
