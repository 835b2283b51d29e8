"""Tables of assessments: what a reader needs in 80 columns, and what is left out said."""

import pytest

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.tables.cells import grid
from dueregard.publish.tables.tables import html_table, text_table

ESPS = dr.frameworks.esps()


def table(findings):
    """Headings, and the rows by the name in their first column."""
    columns = grid(findings)
    rows = list(zip(*(column.cells for column in columns), strict=True))
    return [column.heading for column in columns], {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_table_fits_and_says_what_is_left_out(assessments, width):
    for name, findings in assessments.items():
        text = text_table(findings, width)
        assert max(map(len, text.splitlines())) <= width, name
        for column in grid(findings)[1:]:
            shown = all(word in text for word in column.heading.split())
            assert shown, (name, column.heading)  # as a heading, or among what is not shown


def test_every_table_is_sound_html(assessments, pages):
    for findings in assessments.values():
        part = Findings({c: findings[c][:40] for c in findings.columns}, by=findings.by, title=findings.title)
        pages.sound(next(pages.read(html_table(part)).all("table")))


def test_scores_are_counts_beside_percentages(assessments):
    headings, rows = table(assessments["scores"])
    assert headings == ["Unit", "Met", "Score (%)", "If missing met (%)", "Note"]
    assert rows["Kensington & Chelsea"] == ("15 of 18", "83.3", "88.9", "1 answer missing")
    assert table(assessments["scores by indicator"])[1]["8B"][:2] == ("2 of 6", "33.3")
    assert table(assessments["scores of all"])[1]["All units together"][0] == "449 of 576"


def test_a_unit_has_one_row_whatever_the_thresholds(assessments):
    headings, rows = table(assessments["thresholds"])
    assert headings[3:6] == ["Baseline (50%)", "80%", "100%"] and len(rows) == 32
    assert rows["Kensington & Chelsea"][2:5] == ("met", "met", "not met")
    alone = dr.assess({"unit": ["A"], "1B": [1], "2B": [0]}, ESPS).thresholds()
    assert table(alone)[1]["A"][2:5] == ("cannot tell", "cannot tell", "not met")


def test_levels_are_named_with_what_missing_answers_leave(assessments):
    headings, rows = table(assessments["levels"])
    assert headings == ["Unit", "Level reached", "Highest possible", "Evidence up to", "Level 5 is", "Note"]
    assert rows["Organisation"][:4] == ("none", "Level 2", "Level 5", "not met")
    assert rows["East"] == ("none", "Level 2", "Level 3", "not met", "none to Level 2: missing answers decide")
    assert rows["West"][:3] == ("Level 4", "Level 4", "Level 5")


def test_levels_that_cannot_be_judged_are_not_available():
    unknown = dr.assess({"unit": ["A"], "1B": [None]}, ESPS).levels()
    assert table(unknown)[1]["A"][:2] == ("[x]", "[x]")


def test_strengths_show_the_exceptions(assessments):
    headings, rows = table(assessments["strengths"])
    assert headings[:5] == ["Indicator", "Met by", "Units (%)", "Verdict", "Not met by"]
    assert rows["6B"][:4] == ("3 of 6", "50.0", "neither", "Lambeth, Southwark, Lewisham")
    assert rows["1B"][3] == "none" and rows["15B"][3] == "[z]"
    assert rows["15B"][:3] == ("[z]", "[z]", "not asked")


def test_many_exceptions_are_counted():
    answers = {"unit": [f"U{i}" for i in range(12)], "1B": [0] * 12}
    cell = table(dr.assess(answers, ESPS).strengths())[1]["1B"]
    assert any("U0, U1, U2, U3, U4, U5 and 6 more" in text for text in cell)


def test_next_steps_show_what_is_needed(assessments):
    headings, rows = table(assessments["next steps"])
    assert headings == ["Unit", "Level", "Next level", "Needs", "Indicators needed", "All not met or not answered"]
    assert rows["East"] == ("none", "Level 1", "2 of 2", "5 9", "5 9")
    assert rows["West"][3].endswith(" more")


def test_crossings_show_where_from_and_between_which_rounds(assessments):
    text = text_table(assessments["crossings"], 80)
    row = next(line for line in text.splitlines() if line.startswith("Havering"))
    assert "50%" in row and "33.3 to 50.0" in row and " up " in row and "first answer" in row


def test_progress_shows_the_rise_to_expect(assessments):
    headings, rows = table(assessments["progress"])
    assert headings[:6] == ["Unit", "Before (%)", "After (%)", "Change (points)", "Without action", "Verdict"]
    assert rows["Havering"][:3] == ("33.3", "50.0", "+16.7") and rows["Havering"][3].startswith("+")
    assert rows["Brent"][3] == "[z]"
    assert headings[6] == "Gained" and rows["Camden"][5] == "4B 9B 13B"
    assert "Not shown: " in text_table(assessments["progress"], 80)


def test_comparisons_show_both_pvalues(assessments):
    text = text_table(assessments["compared"], 80)
    assert "Adjusted p" in " ".join(text.split()) and "0.019" in text
    assert table(assessments["compared"])[1]["Largest: seen, by chance"][1] == "19.5"
    assert table(assessments["compared"])[1]["Westminster"][3] == "[x]"


def test_what_is_not_met_and_what_was_set_aside(assessments):
    assert table(assessments["unmet"])[0][:3] == ["Unit", "Indicator", "Answer"]
    (row,) = table(assessments["set aside"])[1].items()
    assert row[0] == "A" and row[1][0] == "15B"


def test_a_share_that_rounds_to_nothing_is_not_nothing():
    rows = {"unit": [f"U{i}" for i in range(15)], "indicator": ["1"] * 15, "answer": ["level_5"] + ["level_1"] * 14}
    one = dr.assess(rows, dr.frameworks.equality_framework()).scores("organisation")
    assert table(one)[1]["All units together"][1] == "[low]"


def test_a_table_with_columns_asked_for_is_as_it_was(assessments):
    columns = grid(assessments["levels"], ["unit", "value"])
    assert [column.name for column in columns] == ["unit", "value"]


def test_no_rows_is_a_table_of_headings(assessments):
    for findings in assessments.values():
        if "unit" in findings.columns:
            none = findings.filter(unit="nobody")
            assert "Internal" in text_table(none, 80) and none.sentences() == []


def test_columns_of_other_findings_with_such_names_change_nothing():
    staff = {"threshold": ["a", "b"] * 50, "sex": ["F"] * 60 + ["M"] * 40, "left": ([1, 0] * 50)}
    gap = dr.gap(staff, outcome="left", positive=1, group="sex", reference="M", by="threshold")
    assert "Difference" in text_table(gap, 100)


def test_notes_are_blank_where_there_is_nothing_to_remark(assessments):
    headings, rows = table(assessments["scores"])
    assert headings[-1] == "Note" and rows["Brent"][-1] == "" and rows["Kensington & Chelsea"][-1] == "1 answer missing"
    assert "[z]" not in text_table(assessments["scores"], 80)


def test_a_register_without_remarks_has_no_notes(tmp_path):
    path = dr.write_returns(tmp_path, ESPS, ["Brent", "Barnet"])
    merged = dr.merge_returns(path, ESPS, expected=["Brent", "Barnet"], strict=False)
    headings, _ = table(merged.register())
    assert headings[-1] == "Verdict"
