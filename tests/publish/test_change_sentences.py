"""Changes of shares and gaps in sentences: whether, by how much, how surely, and in which areas after adjustment."""

import pytest

import dueregard as dr
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.area_changes import area_changes
from dueregard.publish.sentences.changed_variation import changed_variation
from dueregard.publish.sentences.movements import movement_of

NAN = float("nan")
MONTHS = [f"20{10 + i // 12}-{i % 12 + 1:02}" for i in range(24)]


def survey(early, late, areas=("Barnet", "Brent"), months=MONTHS, n=10):
    """``n`` answers a month, area and group, of which so many in a hundred are positive in each of two years."""
    rows = {"month": [], "borough": [], "group": [], "met": []}
    for place, month in enumerate(months):
        for area in areas:
            for group in ("Asian", "White"):
                share = (early if place < 12 else late)[area][group]
                for i in range(n):
                    values = (month, area, group, i < round(share * n / 100))
                    for name, value in zip(rows, values, strict=True):
                        rows[name].append(value)
    return rows


ALIKE = {"Asian": 60, "White": 70}
EARLY = {"Barnet": ALIKE, "Brent": ALIKE}
LATE = {"Barnet": {"Asian": 30, "White": 70}, "Brent": ALIKE}
ASKED = {"outcome": "met", "positive": True, "time": "month", "window": 12, "name": "satisfied"}


def gaps(data=None, **options):
    asked = ASKED | {"group": "group", "reference": "White"} | options
    return dr.gap_change(survey(EARLY, LATE) if data is None else data, **asked)


def said(findings):
    texts = findings.sentences()
    for text in texts:
        assert unsupported_numbers(text, findings) == [], text
        assert "None" not in text and "nan" not in text
    return texts


def test_a_gap_that_has_widened():
    (text,) = said(gaps())
    assert text == (
        "In the 12 months to December 2011, satisfied was 45% for the Asian group against 70% for the White group, 25 "
        "percentage points lower; in the 12 months to December 2010 it was 60% against 70%, 10 percentage "
        "points lower. "
        "The gap widened by 15 percentage points (95% interval 3 to 27 wider). Chance alone would hardly do that "
        "(p = 0.015): the gap has changed. This does not say why. The two share no months."
    )


def test_windows_that_share_months_say_so():
    (text,) = said(gaps(window=6, before="2010-12", after="2011-02"))
    assert text.endswith("The two share 4 months, which the interval allows for.")
    assert "In the 6 months to February 2011" in text and "in the 6 months to December 2010" in text


def test_a_share_of_everybody():
    (text,) = said(dr.change(survey(EARLY, LATE), **ASKED))
    assert text.startswith(
        "In the 12 months to December 2011, satisfied was 57%, against 65% in the 12 months to December "
        "2010. That is 8 "
        "percentage points lower (95% interval "
    )


def test_a_group_against_itself():
    texts = said(dr.change(survey(EARLY, LATE), **ASKED, group="group"))
    assert "satisfied was 45% for the Asian group, against 60% in the 12 months to December 2010" in texts[0]
    assert "That is about the same (95% interval" in texts[1]


def test_areas_are_named_after_variation_and_adjustment():
    texts = said(gaps(by="borough"))
    assert "in all areas together" in texts[0]
    assert texts[1].startswith("Boroughs changed differently, beyond chance (standard deviation ")
    assert "The largest change seen is 30 percentage points; about 20 would be expected by chance if all" in texts[1]
    assert texts[2] == "Allowing for 2 comparisons, the gap is shown to have changed in one borough: Barnet."
    assert "satisfied in Barnet was 30% for the Asian group" in texts[3] and "share no months" not in texts[3]
    assert (
        texts[4] == "In the other borough a change is not shown; the interval is too wide to say that there was none."
    )


def area_row(area, estimate, half, verdict, **more):
    row = {
        "measure": "satisfied", "characteristic": "group", "group": "Asian", "borough": area, "row_type": "group",
        "count": 100, "nobs": 200, "count_before": 100, "nobs_before": 200, "reference_count_before": 150,
        "reference_nobs_before": 200, "value": -10 + estimate, "reference": "White", "reference_count": 150,
        "reference_nobs": 200, "reference_value": -10.0, "estimate": estimate, "confidence_level": 0.95,
        "low": estimate - half, "high": estimate + half, "verdict": verdict, "flag": Flag(0), "share_after": 50.0,
        "unit_of_measure": "percentage points", "method": "MOVER; Holm over 32 comparisons",
    }  # fmt: skip
    return row | more


FEW = "too few to tell: 2.0 times the present numbers needed"


def areas(*rows):
    return area_changes([[row] for row in rows], ["borough"], lambda rows: f"<{rows[0]['borough']}>")


def test_an_interval_that_leaves_out_nothing_is_no_change_among_many():
    several = [area_row(f"B{i}", -1.0, 9.0, FEW) for i in range(31)]
    texts = areas(area_row("Harrow", -8.0, 6.0, FEW), *several)
    assert texts == [
        "Allowing for 32 comparisons, the gap is shown to have changed in no borough.",
        "In Harrow (8 points wider, 95% interval 2 to 14 wider) the gap looks changed when taken by itself, but not "
        "once all 32 comparisons are allowed for: one or two of 32 would by chance even if nothing had changed "
        "anywhere.",
        "In the other 31 boroughs a change is not shown; intervals are too wide to say that there was none.",
    ]


def test_a_change_in_one_area_is_not_a_difference_between_areas():
    rows = [[area_row("Harrow", -8.0, 6.0, "lower")], [area_row("Sutton", -1.0, 9.0, FEW)]]
    said = area_changes(rows, ["borough"], lambda rows: "", alike=True)
    assert said[0].endswith("Harrow. That does not show that it changed more there than elsewhere.")


def test_a_group_that_changes_sides_is_held_against_the_reference():
    row = area_row("Harrow", -8.0, 6.0, FEW, reference_value=4.0, value=-4.0)
    assert "In Harrow (8 points down against the White group, 95% interval 2 to 14 down) the gap" in areas(row)[1]


def test_areas_with_changes_too_small_to_matter():
    texts = areas(*[area_row(f"B{i}", 0.5, 2.0, "no difference that matters") for i in range(3)])
    assert texts[1] == "In all three boroughs a change is not shown; if there was one, it is too small to matter."
    texts = areas(area_row("B1", 0.5, 2.0, "no difference that matters"), area_row("B2", 0.5, 9.0, FEW))
    assert texts[1].endswith("; in one of them the interval is too wide to say that there was none.")


def test_without_adjustment_each_is_taken_by_itself():
    row = area_row("Harrow", -8.0, 6.0, "lower", method="MOVER")
    assert areas(row)[0] == "With each of 1 taken by itself, the gap is shown to have changed in one borough: Harrow."


def test_areas_of_which_there_is_no_change():
    texts = areas(area_row("Harrow", -8.0, 6.0, "lower"), area_row("Sutton", NAN, NAN, None, nobs=0))
    assert texts[-1] == "Of Sutton no change can be given: there are no cases to compare."
    texts = areas(area_row("Harrow", -8.0, 6.0, "lower"), area_row("Sutton", -8.0, 6.0, FEW, nobs_before=9))
    assert texts[2:] == ["Of Sutton no change can be given: there are too few people to describe."]
    texts = areas(area_row("Harrow", -8.0, 6.0, "lower"), area_row("Sutton", NAN, NAN, None))
    assert texts[-1] == "Of Sutton no change can be given: there is nothing to compare in one of the windows."


@pytest.mark.parametrize(
    ("row", "moved"),
    [
        ({"reference_value": -6.0, "value": -9.0, "estimate": -3.0, "low": -5.0, "high": -1.0}, "The gap widened by 3"),
        ({"reference_value": -9.0, "value": -6.0, "estimate": 3.0, "low": 1.0, "high": 5.0}, "The gap narrowed by 3"),
        ({"reference_value": 6.0, "value": 9.0, "estimate": 3.0, "low": 1.0, "high": 5.0}, "The gap widened by 3"),
        (
            {"reference_value": -2.0, "value": 3.0, "estimate": 5.0, "low": -1.0, "high": 11.0},
            "Against the White group, the Asian group moved up by 5 percentage points",
        ),
        ({"reference_value": -2.0, "value": -2.2, "estimate": -0.2, "low": -1.0, "high": 1.0}, "The gap is about the"),
    ],
)
def test_how_a_gap_moves(row, moved):
    about = {"group": "Asian", "reference": "White", "share_after": 50.0}
    assert movement_of(about | row, 0).moved.startswith(moved)


def test_a_break_between_the_windows_is_said_in_words():
    found = gaps(breaks=dr.Break("2011-01", "mode", "interviews by telephone"), by="borough")
    texts = said(found)
    assert texts[0] == (
        "Satisfied in all areas together: no change of the gap for the Asian group between the 12 months to December "
        "2010 and the 12 months to December 2011 is given, as values are not compared across January 2011: interviews "
        "by telephone."
    )
    assert len(texts) == 1
    (text,) = said(gaps(breaks=dr.Break("2011-01", "supplier")))
    assert text.endswith("is given, as values are not compared across January 2011: a change of who asks.")


def test_of_what_did_not_move_at_all_it_is_not_said_that_it_could_be_chance():
    (text,) = said(gaps(survey(EARLY, EARLY)))
    assert "The gap is about the same" in text and "Nothing speaks for a change (p = 1.00)" in text
    assert "chance" not in text


def test_a_missing_month():
    data = survey(EARLY, LATE, months=[month for month in MONTHS if month != "2010-05"])
    assert said(gaps(data))[0].endswith("is given, as a month is missing from the data.")


def test_too_few_people_are_not_described():
    (text,) = said(gaps(survey(EARLY, LATE, areas=["Barnet"], n=1), window=3))
    assert text.endswith("is given, as there are too few people to describe.")


def test_people_of_no_known_group():
    data = survey(EARLY, LATE)
    data["group"] = ["Asian" if i % 4 else None for i in range(len(data["group"]))]
    data["group"][-1] = "White"
    texts = dr.gap_change(data, **ASKED, group="group", reference="White").sentences()
    assert "are of people with group not stated, who are not a group to compare." in texts[-1]


def test_a_full_count_has_no_chance():
    (text,) = said(gaps(inference="none"))
    assert "This is a full count, so no allowance is made for chance." in text and "interval 3" not in text


def test_several_levels_are_one_sentence():
    (text,) = said(gaps(confidence_level=[0.95, 0.99]))
    assert "(95% interval 3 to 27 wider; 99% interval 30 wider to 1 narrower)" in text


def test_quarters_are_named_by_their_last_month():
    data = survey(EARLY, LATE)
    data["month"] = [f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" for month in data["month"]]
    (text,) = said(gaps(data, window=4))
    assert text.startswith("In the 12 months to December 2011, ")


def test_too_few_areas_to_say_how_they_vary():
    row = {"row_type": "variation", "method": "between-area standard deviation, 1 area", "estimate": NAN,
           "unit_of_measure": "percentage points", "high": NAN, "low": NAN}  # fmt: skip
    assert changed_variation([row], ["borough"]) == [
        "Whether boroughs changed differently cannot be said: too few boroughs have cases."
    ]


def test_a_survey_says_once_what_it_is():
    records = survey(EARLY, LATE)
    records["weight"] = [1.0 + (i % 3) for i in range(len(records["met"]))]
    records["point"] = [i // 5 for i in range(len(records["met"]))]
    design = dr.survey_design(weight="weight", psu="point", stratum="borough", nest=True)
    texts = said(gaps(records, by="borough", design=design))
    assert sum("from a sample survey" in text for text in texts) == 1
    assert (
        "of a simple random sample. In the figure for all boroughs together each counts by its population" in texts[1]
    )


def test_one_group_changed_and_another_not_is_no_change_of_the_gap():
    asked = {"outcome": "met", "positive": True, "time": "month", "window": 12, "group": "group", "name": "satisfied"}
    texts = said(dr.change(survey(EARLY, LATE), **asked))
    assert texts[-1].startswith("That one group is shown to have changed and another is not does not show")
    assert sum("does not show that they changed differently" in text for text in texts) == 1
    alike = said(dr.change(survey(EARLY, EARLY), **asked))
    assert not any("changed differently" in text for text in alike)


def test_what_a_survey_is_stands_once_however_many_groups_there_are():
    data = survey(EARLY, LATE)
    data["ward"] = [f"w{i % 30}" for i in range(len(data["month"]))]
    asked = {"outcome": "met", "positive": True, "time": "month", "window": 12, "group": "group"}
    texts = dr.change(data, **asked, design=dr.survey_design(psu="ward")).sentences()
    assert sum("from a sample survey" in text for text in texts) == 1
    assert sum("are worth" in text for text in texts) == 2
    assert any(text.startswith("The ") and "people in the White group are worth" in text for text in texts)


def test_areas_of_several_groups_say_which_group_they_are_of():
    asked = {"outcome": "met", "positive": True, "time": "month", "window": 12, "group": "group", "by": "borough"}
    texts = said(dr.change(survey(EARLY, LATE), **asked))
    for group in ("Asian", "White"):
        assert any(
            text.startswith(f"For the {group} group: allowing for 2 comparisons, met is shown") for text in texts
        )
    assert any("in both boroughs a change is not shown" in text for text in texts)


def test_nothing_says_nothing():
    assert Findings({"group": [], "row_type": []}, kind="gap change").sentences() == []
