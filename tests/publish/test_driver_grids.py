"""Tables of key drivers: what fits 80 characters, what rows stand under, and how numbers are written."""

import pytest

from dueregard.flags import Flag
from dueregard.publish.tables.planned import TABLES, planned
from dueregard.publish.tables.tables import html_table, text_table

NAN = float("nan")
MADE = ("key_drivers", "many_drivers", "drivers_of_groups", "compared_drivers")


def headings(findings):
    return [column.heading for column in planned(findings).columns]


def changed(findings, **values):
    rows = [row | values for row in findings.rows()]
    return findings.with_columns({name: [row[name] for row in rows] for name in rows[0]})


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
    found = headings(getattr(made, name)())
    assert len(set(found)) == len(found)


def test_share_interval_rank_and_gain_are_what_80_characters_show(made):
    lines = text_table(made.key_drivers(), width=80).split("\n")
    assert "Together they explain 31.2% (95% interval 29.1 to 33.4); 20,102 answers" in lines
    (row,) = (line for line in lines if line.startswith("Fair treatment"))
    assert row.split() == [
        "Fair",
        "treatment",
        "31.4",
        "27.4",
        "to",
        "35.4",
        "2",
        "(1",
        "to",
        "2)",
        "1.7",
        "1.4",
        "to",
        "2.0",
    ]
    assert "others held equal." in "\n".join(lines)


def test_groups_stand_under_their_own_heading(made):
    shown = planned(made.drivers_of_groups())
    assert len(set(shown.headings)) == 2 and len(shown.rows) == 8
    assert shown.headings[-1].startswith("Minority ethnic: together they explain 34.4%")
    areas = planned(made.drivers_of_groups(boroughs=(None, "Barnet")))
    assert areas.headings[0].startswith("All areas, White:") and areas.headings[8].startswith("Barnet, White:")


def test_a_minus_is_one_in_html_also_in_the_second_number(made):
    html = html_table(made.many_drivers())
    assert "\N{MINUS SIGN}1.9 to \N{MINUS SIGN}0.9" in html and " to -" not in html


def test_what_is_not_known_has_its_sign_and_empty_columns_go(made):
    none = changed(made.key_drivers(), gain=NAN, performance=NAN, rank=NAN, rank_low=NAN, rank_high=NAN, alone=NAN)
    found = headings(none)
    assert not any(text.startswith(("Gain", "Present", "Alone")) for text in found)
    rank = next(column for column in planned(none).columns if column.name == "rank")
    assert {rank.write(row) for row in planned(none).rows} == {"[x]"}
    lost = changed(made.key_drivers(), explained=NAN)
    assert planned(lost).headings[0] == "Not known how much they explain; 20,102 answers"


def test_compared_drivers_have_both_groups_the_difference_and_a_verdict(made):
    lines = text_table(made.compared_drivers(), width=80).split("\n")
    assert "Minority ethnic against White" in lines
    (row,) = (line for line in lines if line.startswith("Fair treatment"))
    assert row.split() == ["Fair", "treatment", "2.6", "1.7", "0.9", "0.4", "to", "1.4", "higher"]
    assert headings(made.compared_drivers("share"))[1:3] == ["Share (%), group", "Share (%), reference"]


def test_why_a_driver_has_no_share_stands_below(made):
    lost = changed(made.key_drivers(), value=NAN, flag=Flag.ALL_ALIKE)
    (note,) = (note for note in planned(lost).notes if note.startswith("Without a share"))
    assert note.startswith("Without a share: Engagement, Fair treatment, ") and "the same for everybody here" in note
