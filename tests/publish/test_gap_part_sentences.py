"""What is said of the parts of a gap, and of the change of one: what would remain, and what nothing of that shows."""

import pytest

from dueregard.flags import Flag
from dueregard.kinds import MEASURES
from dueregard.measures.cannot_say import notes
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.sentences import WHOLE

NAN = float("nan")
BOROUGHS = ("Barnet", "Brent", "Camden", "Ealing", "Harrow", "Hackney")
MADE = ("gap_parts", "gap_parts_of_areas", "awkward_parts", "gap_change_parts")


def changed(findings, change, where=lambda row: True):
    rows = [row | (change(row) if where(row) else {}) for row in findings.rows()]
    return findings.with_columns({name: [row[name] for row in rows] for name in rows[0]})


@pytest.mark.parametrize("kind", ["gap parts", "gap change parts"])
def test_both_kinds_have_words(kind):
    assert kind in MEASURES and kind in WHOLE


@pytest.mark.parametrize("name", MADE)
def test_every_number_is_a_number_of_the_findings(made, name):
    findings = getattr(made, name)()
    said = findings.sentences()
    assert len(said) >= 4
    assert [(text, odd) for text in said if (odd := unsupported_numbers(text, findings))] == []


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_called_a_cause_or_discrimination(made, name):
    said = getattr(made, name)().sentences()
    text = " ".join(said).lower()
    assert not any(word in text for word in ("cause", "due to", "discrimination explains", "is explained by", "nan"))
    assert "not thereby" in said[-1] and "is no measure of" in said[-1]


def test_the_gap_comes_first_and_then_what_would_remain(made):
    said = made.gap_parts().sentences()
    assert said[0] == (
        "In 2010-11, satisfied was 74.1% for the Minority ethnic group against 81.2% for the White group: 7.1 "
        "percentage points lower (95% interval 8.6 to 5.6 lower)."
    )
    assert said[1] == (
        "Had the two groups been alike in age band, deprivation and prior opinion, the gap would have been 2.0 "
        "percentage points (95% interval 3.4 to 0.6 lower) instead of 7.1, 28% of the gap."
    )


def test_factors_are_told_from_large_to_small_with_the_level_that_goes_with_most(made):
    said = made.gap_parts().sentences()
    assert (
        "comes to 5.1 points lower (95% interval 6.0 to 4.2 lower), 72% of the gap: prior opinion 2.8 points" in said[2]
    )
    assert said[2].index("prior opinion") < said[2].index("deprivation") < said[2].index("age band")
    assert "Negative (prior opinion)" in said[3] and "31% of the Minority ethnic group are at it against 17%" in said[3]


def test_what_an_unmeasured_factor_would_need_is_said_plainly(made):
    text = made.gap_parts().sentences()[4]
    assert (
        "20 points more common in one of the groups would remove what remains if it moved satisfied by 10.0 points"
        in text
    )
    assert "E-value" not in text, "the table has it"
    ratio = changed(made.gap_parts(), lambda row: {"needed_effect": NAN}).sentences()[4]
    assert "(E-value)" in ratio and "1.19 times as common" in ratio
    assert "1.08 times both ways would bring the interval to none" in ratio


def test_a_gap_that_would_be_on_the_other_side_is_said_to_be(made):
    turned = changed(made.gap_parts(), lambda row: {"estimate": 2.0, "low": 0.6, "high": 3.4},
                     lambda row: row["part"] == "rates")  # fmt: skip
    assert (
        "the Minority ethnic group would have been 2.0 percentage points higher (95% interval 0.6 to 3.4 higher), "
        in (turned.sentences()[1])
    )
    assert "higher), not 7.1 lower" in turned.sentences()[1]


def test_the_order_of_the_factors_is_not_made_much_of(made):
    said = made.gap_parts().sentences()[2]
    assert said.endswith("age band 1.1 points lower (1.5 to 0.7 lower). Another method could order them differently.")
    near = changed(made.gap_parts(), lambda row: {"low": -3.2, "high": -0.2}, lambda row: row["factor"] is not None)
    assert "Which of these is the largest may be chance, and another method" in near.sentences()[2]


@pytest.mark.parametrize("name", ["empty_percent", "beyond_percent"])
def test_where_hardly_anybody_has_a_counterpart_it_is_not_said_what_would_remain(made, name):
    alone = changed(made.gap_parts(), lambda row: {name: 89.6})
    said = alone.sentences()
    assert len(said) == 3 and said[1] == (
        "90% of people have no counterpart in the other group, so that it cannot be said what would remain if the "
        "groups were alike: fewer factors, or fewer levels of them, could say more."
    )
    places = changed(
        made.gap_parts_of_areas(BOROUGHS), lambda row: {"empty_percent": 60.0}, lambda row: row["borough"] == "Ealing"
    )
    (text,) = (text for text in places.sentences() if "6 boroughs" in text)
    assert "shown to be lower in 1 (Barnet)" in text
    assert text.endswith("In 1 (Ealing) too few people have a counterpart to say what would remain.")


def test_no_answer_can_be_moved_by_more_than_all(made):
    far = changed(made.gap_parts(), lambda row: {"needed_effect": 140.0}, lambda row: row["part"] == "rates")
    assert any(
        "could not remove what remains by itself: no answer can be moved so far" in text for text in far.sentences()
    )


def test_where_what_remains_could_be_none_nothing_is_needed(made):
    said = made.gap_parts(rates=-0.8).sentences()
    assert "; that cannot be told from no gap." in said[1]
    assert "Nothing unmeasured is needed to remove what remains: chance alone could." in said
    assert not any("E-value" in text for text in said)


def test_parts_of_a_gap_that_could_be_none_are_no_shares_of_it(made):
    said = made.awkward_parts().sentences()
    assert "That could be no gap at all, so its parts are not given as shares of it." in said[0]
    assert not any("of the gap:" in text or "% of the gap" in text for text in said)
    assert "What goes with prior opinion (95% interval 1.0 lower to 0.4 higher) cannot be told from none" in said[2]
    assert "2.6 points higher" in said[2] and "2.2 points lower" in said[2]


def test_empty_combinations_and_other_parts_are_told(made):
    empty = changed(made.gap_parts(), lambda row: {"empty_percent": 1.4, "flag": Flag.EMPTY_CELL})
    text = next(text for text in empty.sentences() if text.startswith("1.4% of people"))
    assert text.endswith("what they add to the gap is all counted as who is in the groups.")
    rows = made.part_rows()
    apart = [row | {"empty_percent": 1.4, "flag": Flag.EMPTY_CELL} for row in rows]
    apart.append(apart[-1] | {"part": "not comparable", "estimate": -0.3, "low": -0.5, "high": -0.1})
    said = made.of_rows(apart, kind="gap parts").sentences()
    assert any(text.endswith("that nobody in the other group is in: they are a part of their own.") for text in said)
    assert any(text.startswith("A further part, 0.3 points lower") for text in said)


def test_regression_and_threefold_parts_are_told_in_the_same_words(made):
    for words in (("explained", "unexplained"), ("endowments", "coefficients")):
        said = made.of_rows(made.part_rows(words=words), kind="gap parts").sentences()
        assert said == made.gap_parts().sentences()


def test_few_people_in_whole_numbers_and_fewer_not_at_all(made):
    small = made.gap_parts(nobs=220, reference_nobs=500).sentences()
    assert "74% for the Minority ethnic group against 81%" in small[0] and "7 percentage points lower" in small[0]
    few = made.gap_parts(nobs=9).sentences()
    assert few[0] == "In 2010-11, satisfied: too few people in the Minority ethnic group to describe."
    assert made.gap_parts(nobs=0).sentences()[0].endswith("cannot be given for the Minority ethnic group: no cases.")


def test_a_level_of_few_people_is_not_told(made):
    few = changed(made.gap_parts(), lambda row: {"nobs": 7}, lambda row: row["level"] == "Negative")
    assert not any("Negative" in text for text in few.sentences())


def test_a_gap_that_is_not_known_is_not_taken_apart(made):
    lost = changed(made.gap_parts(), lambda row: {"estimate": NAN, "low": NAN, "high": NAN})
    assert lost.sentences() == ["In 2010-11, satisfied: there is no gap of the Minority ethnic group to take apart."]


def test_areas_have_the_gap_and_what_would_remain(made):
    said = made.gap_parts_of_areas().sentences()
    barnet = [text for text in said if "in Barnet" in text]
    assert len(barnet) == 1 and "the gap would have been 6 percentage points (95% interval" in barnet[0]
    assert sum("is no measure of discrimination" in text for text in said) == 1


def test_a_change_is_told_as_wider_or_narrower_with_its_parts(made):
    said = made.gap_change_parts().sentences()
    assert said[0] == (
        "In 2009-10 satisfied was 10.0 percentage points lower for the Minority ethnic group than for the White group, "
        "in 2010-11 7.1 percentage points lower: the gap is narrower by 2.9 points (95% interval 0.7 to 5.1 narrower)."
    )
    assert said[1].startswith("The change in who answered goes with a gap that is narrower by 1.6 points")
    assert "0.7 wider to 3.3 narrower); that cannot be told from none" in said[2]
    assert "the figure of the Minority ethnic group went up by 1.4 points" in said[3]
    assert not any("figure of the White" in text for text in said)


def test_a_gap_that_changes_sides_is_a_figure_that_went_up_or_down(made):
    def turn(row):
        return {"estimate": 3.0, "low": 1.0, "high": 5.0}

    turned = changed(made.gap_change_parts(), turn, lambda row: row["part"] == "gap after")
    first, second, *_ = turned.sentences()
    assert (
        "3.0 percentage points higher: the figure of the Minority ethnic group against the White group went up" in first
    )
    assert first.endswith("by 2.9 points (95% interval 0.7 to 5.1 up).") and "gap is" not in first
    assert second.startswith("The change in who answered goes with that figure going up by 1.6 points")


def test_a_change_of_few_people_is_not_described(made):
    assert made.gap_change_parts(nobs=9).sentences()[0] == "Satisfied: too few people to describe."


def test_values_in_another_unit_have_decimals_by_their_size(made):
    small = {"unit_of_measure": "points", "value": 3.7134, "reference_value": 3.9217, "estimate": -0.2083,
             "low": -0.3, "high": -0.1}  # fmt: skip
    found = changed(made.gap_parts(), lambda row: {"unit_of_measure": "points"})
    text = changed(found, lambda row: small, lambda row: row["part"] == "gap").sentences()[0]
    assert "was 3.71 points for the Minority ethnic group against 3.92 points" in text and "0.21 points lower" in text


def test_where_no_model_could_be_fitted_it_says_why(made):
    lost = changed(made.gap_parts(), lambda row: {"estimate": NAN, "low": NAN, "high": NAN, "flag": Flag.NOT_FITTED},
                   lambda row: row["part"] in ("composition", "rates"))  # fmt: skip
    assert lost.sentences()[1].startswith("It cannot be said what of that would remain, as the model cannot be fitted")


def test_whose_part_it_is_and_which_factors_are_told_apart(made):
    rows = list(made.gap_change_parts().rows())
    own = {"part": "composition", "side": None, "factor": "prior_opinion", "estimate": 1.2, "low": 0.6, "high": 1.8}
    both = own | {"side": "White"}
    said = made.of_rows([*rows, rows[3] | own, rows[3] | both], kind="gap change parts").sentences()
    assert said[3:5] == [
        "With the change in who answered, the figure of the Minority ethnic group went up by 1.4 points (95% interval "
        "0.6 to 2.2 up).",
        "Of that change, told from none is what goes with prior opinion (narrower by 1.2 points (95% interval 0.6 to "
        "1.8 narrower)).",
    ]


def test_what_the_reference_gains_takes_off_the_gap_and_is_said_to_be_its_gain(made):
    def wide(row):
        return {"estimate": -7.5, "low": -9.0, "high": -6.0}

    def sure(row):
        return {"estimate": 3.7, "low": 2.0, "high": 5.4}

    found = changed(made.gap_change_parts(), wide, lambda row: row["part"] == "rates" and row["side"] == "White")
    found = changed(found, sure, lambda row: row["part"] == "rates" and row["side"] == "Minority ethnic")
    assert (
        "With the change in rates among people who are alike, the figure of the Minority ethnic group went up by 3.7 "
        "points (95% interval 2.0 to 5.4 up) and the figure of the White group went up by 7.5 points (6.0 to 9.0 up)."
    ) in found.sentences()


def test_a_part_of_nobody_is_not_told(made):
    rows = made.part_rows()
    nobody = rows[-1] | {"part": "not comparable", "estimate": 0.0, "low": NAN, "high": NAN}
    assert made.of_rows([*rows, nobody], kind="gap parts").sentences() == made.gap_parts().sentences()


def test_gaps_on_one_side_are_wider_or_narrower_whatever_chance_allows(made):
    wide = changed(made.gap_change_parts(), lambda row: {"high": 12.0}, lambda row: row["part"] == "change")
    assert "the gap is narrower by 2.9 points (95% interval 0.7 to 12.0 narrower)" in wide.sentences()[0]


def test_of_many_areas_it_is_said_in_how_many_there_is_a_gap(made):
    found = made.gap_parts_of_areas(boroughs=BOROUGHS)
    few = changed(found, lambda row: {"reference_nobs": 6}, lambda row: row["borough"] == "Hackney")
    (text,) = (text for text in few.sentences() if "6 boroughs" in text)
    assert text == (
        "Of the 6 boroughs, each judged by itself: for the Minority ethnic group satisfied is shown to be lower than "
        "for the White group in 2 (Barnet and Ealing) and higher in none; had the two groups been alike in age band, "
        "deprivation and prior opinion, it would be shown to be lower in 2 (Barnet and Ealing) and higher in none. In "
        "1 (Hackney) nothing can be said, as too few people answered."
    )


def test_of_many_areas_it_is_said_in_how_many_a_gap_has_changed(made):
    places = (None, *BOROUGHS)
    rows = [row | {"borough": place} for place in places for row in made.gap_change_parts().rows()]
    found = made.of_rows(rows, by=["borough"], kind="gap change parts")
    none = changed(found, lambda row: {"low": -1.0}, lambda row: row["part"] == "change" and row["borough"] == "Brent")
    (text,) = (text for text in none.sentences() if "6 boroughs" in text)
    assert text == (
        "Of the 6 boroughs, each judged by itself: the gap of the Minority ethnic group to the White group in "
        "satisfied is shown to have changed in 5; what goes with a change in who answered is shown in 6; what goes "
        "with a change in rates among people who are alike is shown in none."
    )
    few = made.of_rows([row for row in rows if row["borough"] in places[:3]], by=["borough"], kind="gap change parts")
    assert sum("in Barnet" in text for text in few.sentences()) == 1


def test_what_something_unmeasured_would_need_is_explained_of_the_first_group_alone(made):
    rows = made.part_rows() + made.part_rows(group="Other")
    said = made.of_rows(rows, kind="gap parts").sentences()
    assert sum(text.startswith("Something that was not measured") for text in said) == 1
    assert said[-2] == "For the Other group, something of that kind would have to move satisfied by 10.0 points."
    none = made.part_rows(group="Mixed", rates=-0.5)
    assert (
        "For the Mixed group nothing unmeasured is needed"
        in made.of_rows(rows + none, kind="gap parts").sentences()[-2]
    )


def test_without_factors_the_notes_say_what_was_held_equal(made):
    found = made.gap_parts(factors=()).with_notes(*notes("gap parts", ["age_band", "gender"]))
    assert "alike in age band and gender, the gap would" in found.sentences()[1]
    assert "alike in what was held equal" in made.gap_parts(factors=()).sentences()[1]


def test_a_part_that_cannot_be_told_from_none_has_no_share(made):
    def wide(row):
        return {"low": -6.0, "high": 1.0}

    unsure = changed(made.gap_parts(), wide, lambda row: row["part"] == "composition" and row["factor"] is None)
    text = unsure.sentences()[2]
    assert "6.0 lower to 1.0 higher), which cannot be told from none: prior opinion" in text
    rows = made.part_rows()
    both = rows[-1] | {"part": "interaction", "estimate": -0.3, "low": -1.0, "high": 0.4}
    said = made.of_rows([*rows, both], kind="gap parts").sentences()
    assert any(text.endswith("where rates differ too; that cannot be told from none.") for text in said)


def test_a_level_that_cannot_be_told_from_none_is_not_told(made):
    unsure = changed(made.gap_parts(), lambda row: {"high": 0.1}, lambda row: row["level"] is not None)
    assert not any("The level that goes with most" in text for text in unsure.sentences())
