"""What is said of key drivers: what most goes with, how sure that is, and what is not said."""

import pytest

from dueregard.flags import Flag
from dueregard.kinds import MEASURES
from dueregard.publish.driver_sets import driver_sets, foremost, has_room
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.sentences import WHOLE
from dueregard.publish.tables.planned import planned

NAN = float("nan")
MADE = ("key_drivers", "many_drivers", "drivers_of_groups", "compared_drivers")


def changed(findings, change, where=lambda row: True):
    """The findings with some columns of some rows set to something else."""
    rows = [row | (change(row) if where(row) else {}) for row in findings.rows()]
    return findings.with_columns({name: [row[name] for row in rows] for name in rows[0]})


def of(name, **values):
    return (lambda row: values), (lambda row: row["driver"] == name)


@pytest.mark.parametrize("kind", ["key drivers", "compared drivers"])
def test_both_kinds_have_words(kind):
    assert kind in MEASURES and kind in WHOLE


@pytest.mark.parametrize("name", MADE)
def test_every_number_is_a_number_of_the_findings(made, name):
    findings = getattr(made, name)()
    said = findings.sentences()
    assert len(said) >= 3
    assert [(text, odd) for text in said if (odd := unsupported_numbers(text, findings))] == []
    assert not any(word in " ".join(said).lower() for word in ("cause", "nan", "none,", "because of", "discriminat"))


def test_the_two_that_most_goes_with_come_first_with_their_gains_and_what_raising_them_need_not_do(made):
    first = made.key_drivers().sentences()[0]
    assert first == (
        "In 2011-12, of the four drivers of good job, most goes with engagement and fair treatment: with the others "
        "equal, 10 points more of engagement goes with good job being 1.9 percentage points higher (95% interval 1.6 "
        "to 2.2 higher), and 10 points more of fair treatment with 1.7 percentage points higher (1.4 to 2.0 "
        "higher); which of the two goes with more may be chance. Raising them would do that only if the association "
        "were an effect."
    )


def test_the_name_of_a_column_is_quoted_and_a_name_in_words_is_not(made):
    column = made.key_drivers(measure="good_job (Excellent or Good)").sentences()[0]
    assert "of the four drivers of 'good job' (Excellent or Good), most goes with" in column
    assert "10 points more of engagement goes with 'good job' (Excellent or Good) being 1.9" in column
    assert "of the four drivers of confidence, most" in made.key_drivers(measure="confidence").sentences()[0]


def test_shares_have_their_intervals_and_ranks_how_sure_they_are(made):
    shares = made.key_drivers().sentences()[1]
    assert "engagement accounts for 36.2% (95% interval 32.1 to 40.3) and fair treatment for 31.4%" in shares
    assert "engagement is first or second, fair treatment first or second, effectiveness" in shares
    assert "agrees about speed could stand at any place" in made.many_drivers().sentences()[1]


def test_r_squared_is_said_in_words_and_that_it_is_association(made):
    said = made.key_drivers().sentences()
    assert (
        "Together the four explain 31.2% of the differences between people's answers (95% interval 29.1 to 33.4); the "
        "rest has to do with other things."
    ) in said
    assert said[-1].startswith("Drivers are associations") and "do not show that improving a driver" in said[-1]


def test_a_logit_names_mcfadden_and_not_differences_between_answers(made):
    logit = changed(made.key_drivers(), lambda row: {"method": "Shapley shares of McFadden's R squared, logit"})
    text = next(text for text in logit.sentences() if text.startswith("Together"))
    assert "McFadden's R squared" in text and "differences between" not in text


def test_what_is_held_equal_and_orders_by_chance_are_said(made):
    some = changed(made.key_drivers(), lambda row: {"by_controls": 4.2, "flag": Flag.SAMPLED_ORDERS})
    text = next(text for text in some.sentences() if text.startswith("Together"))
    assert (
        "beyond the 4.2% that what is held equal explains" in text and "orders of the drivers that were drawn" in text
    )


def test_a_gain_that_cannot_be_told_from_none_is_named_and_leads_nowhere(made):
    said = made.key_drivers().sentences()
    assert any(
        text.startswith("Whether 10 points more of worry about disorder goes with good job being higher or lower")
        for text in said
    )
    assert "worry about disorder" not in said[0]


def test_a_driver_at_its_best_has_no_room_and_is_not_among_the_two(made):
    full = changed(made.key_drivers(), *of("Engagement", performance=99.98))
    (one,) = driver_sets(full)
    assert not has_room(one.drivers[0])
    assert [row["driver"] for row in foremost(one.drivers, None)] == ["Fair treatment", made.NAMES[2]]
    said = full.sentences()
    assert "engagement" not in said[0]
    assert "Engagement is at 100 of 100 points already, so there is no room to improve." in said


def test_a_gain_below_none_is_said_but_never_advised(made):
    said = made.many_drivers().sentences()
    worry = next(text for text in said if "neighbourhood goes with good job being 1.4 percentage" in text)
    assert worry not in said[0]
    last = next(text for text in said if "no reason to let them fall" in text)
    assert "being 0.8 percentage points lower" in last


def test_where_a_lower_outcome_is_better_drivers_with_a_lower_one_lead(made):
    rows = made.driver_rows(gains=((-2.0, -2.5, -1.5), (1.0, 0.5, 1.5), (-1.0, -1.4, -0.6), (0.1, -0.2, 0.4)))
    found = made.of_rows(rows, kind="key drivers", higher_is_better=False)
    first, *rest = found.sentences()
    assert "most goes with engagement and effectiveness in dealing with crime: " in first
    assert "engagement goes with good job being 2.0 percentage points lower" in first
    assert any(text.startswith("10 points more of fair treatment goes with good job being 1.0 p") for text in rest)


def test_without_gains_the_largest_shares_lead(made):
    none = changed(made.key_drivers(), lambda row: {"gain": NAN, "gain_low": NAN, "gain_high": NAN, "best": NAN})
    assert "engagement and fair treatment have the largest shares of what they explain" in none.sentences()[0]


def test_of_few_people_nothing_is_described(made):
    few = made.key_drivers(nobs=8)
    said = few.sentences()
    assert said[0] == "In 2011-12, of the four drivers of good job: too few people to describe."
    assert not any("%" in text for text in said)


def test_without_any_share_it_says_why(made):
    empty = changed(made.key_drivers(nobs=0), lambda row: {"value": NAN, "low": NAN, "high": NAN, "gain": NAN})
    assert empty.with_columns(empty.to_dict()).sentences() == [
        "In 2011-12, of the four drivers of good job: too few people to describe."
    ]
    alike = changed(made.key_drivers(), lambda row: {"value": NAN, "explained": NAN})
    assert "no share can be given, as the answers do not vary enough" in alike.sentences()[0]


def test_groups_are_told_one_after_the_other_and_areas_in_short(made):
    said = made.drivers_of_groups().sentences()
    assert sum("most goes with" in text for text in said) == 2
    assert sum("only if the association were an effect" in text for text in said) == 1
    assert any(text.startswith("For people in the Minority ethnic group: of what the drivers explain") for text in said)
    areas = made.drivers_of_groups(boroughs=(None, "Barnet", "Brent")).sentences()
    assert (
        sum("in Barnet" in text for text in areas) == 2
        and sum("Drivers are associations" in text for text in areas) == 1
    )


def test_of_many_areas_it_is_said_in_how_many(made):
    boroughs = (None, "Barnet", "Brent", "Camden", "Ealing", "Harrow")
    found = made.drivers_of_groups(boroughs=boroughs)
    lost = changed(found, lambda row: {"nobs": 7}, lambda row: row["borough"] == "Harrow" and row["group"] == "White")
    said = lost.sentences()
    assert [text for text in said if "boroughs" in text] == [
        "For people in the White group, of the 5 boroughs, each judged by itself: more of engagement is shown to go "
        "with good job being higher in 4 (Barnet, Brent, Camden and Ealing), of fair treatment in 4 (Barnet, Brent, "
        "Camden and Ealing), of effectiveness in dealing with crime in 4 (Barnet, Brent, Camden and Ealing) and of "
        "worry about disorder in none.",
        "For people in the White group, of the 5 boroughs, no shares can be given in 1 (Harrow).",
        "For people in the Minority ethnic group, of the 5 boroughs, each judged by itself: more of engagement is "
        "shown to go with good job being higher in 5, of fair treatment in 5, of effectiveness in dealing with crime "
        "in 5 and of worry about disorder in none.",
    ]
    worse = changed(found, lambda row: {"gain": -1.0, "gain_low": -1.5, "gain_high": -0.5},
                    lambda row: row["borough"] == "Barnet" and row["driver"] == "Engagement")  # fmt: skip
    assert any("; and with it being lower of engagement in 1 (Barnet)." in text for text in worse.sentences())


def test_withheld_groups_are_only_said_to_be(made):
    rows = made.drivers_of_groups()
    hide = changed(rows, lambda row: dict.fromkeys(("nobs", "value", "gain", "explained", "low", "high"))
                   | {"flag": Flag.BELOW_MINIMUM}, lambda row: row["group"] == "White")  # fmt: skip
    said = hide.sentences()
    assert "Good job for the White group: not shown, as too few answered." in [
        text.replace("In 2011-12, good", "Good") for text in said
    ]
    assert not any("people in the White group" in text for text in said)


def test_a_driver_that_matters_more_to_a_group_is_told_with_both_gains(made):
    said = made.compared_drivers().sentences()
    assert said[0] == (
        "In 2011-12, fair treatment matters more for good job to people in the Minority ethnic group than to those in "
        "the White group: 10 points more of fair treatment goes with good job being 2.6 percentage points higher, "
        "against 1.7 percentage points higher; that is 0.9 percentage points higher (95% interval 0.4 to 1.4 higher; p "
        "under 0.001)."
    )
    assert "it is not shown that engagement, effectiveness in dealing with crime or worry about disorder" in said[1]
    assert "(95% intervals of the difference: engagement 1.0 to 0.0 lower; " in said[1]
    assert said[-2].startswith("That a driver is clear in one group and not in another does not show")
    assert said[-1].startswith("Drivers are associations")


def test_of_many_areas_it_is_said_in_how_many_drivers_matter_differently(made):
    few = made.compared_drivers_of_areas().sentences()
    assert any(text.startswith("In 2011-12, in Barnet, fair treatment matters more for good job to") for text in few)
    found = made.compared_drivers(boroughs=("Barnet", "Brent", "Camden", "Ealing"))
    none = changed(found, lambda row: {"verdict": "too few to tell"}, lambda row: row["borough"] == "Brent")
    (text,) = (text for text in none.sentences() if "4 boroughs" in text)
    assert text == (
        "Of the 4 boroughs, drivers are shown to matter more or less for good job to people in the Minority ethnic "
        "group than to those in the White group: fair treatment more in 3 (Barnet, Camden and Ealing)."
    )
    nowhere = changed(found, lambda row: {"verdict": "too few to tell"}).sentences()
    assert any(
        text.startswith("In none of the 4 boroughs is any driver shown to matter more or less") for text in nowhere
    )


def test_shares_are_compared_as_shares(made):
    text = made.compared_drivers("share").sentences()[0]
    assert "it accounts for 2.6% of what the drivers explain, against 1.7%" in text


def test_too_few_people_are_not_compared(made):
    few = changed(made.compared_drivers(), lambda row: {"reference_nobs": 7})
    assert few.sentences()[0] == (
        "In 2011-12, of the drivers of good job: none is compared, as too few of the White group answered."
    )


def test_a_driver_without_a_share_says_why(made):
    lost = changed(made.key_drivers(), *of("Engagement", value=NAN, gain=NAN, gain_low=NAN, flag=Flag.ALL_ALIKE))
    assert "Engagement has no share: the same for everybody here, so that it explains nothing." in lost.sentences()
    every = changed(made.key_drivers(), lambda row: {"value": NAN, "flag": Flag.COLLINEAR})
    assert "no share can be given: drivers are made of one another here" in every.sentences()[0]


def test_a_small_difference_is_said_to_be_one(made):
    small = changed(made.compared_drivers(), lambda row: {"verdict": "higher by less than 1 point"},
                    lambda row: row["driver"] == "Fair treatment")  # fmt: skip
    text = small.sentences()[0]
    assert text.endswith("p under 0.001). That is within the 1 percentage point taken as not mattering.")
    assert not unsupported_numbers(text, small)


def test_shares_of_what_may_be_nothing_are_not_told(made):
    findings = changed(made.key_drivers(), *((lambda row: {"explained_low": 0.0}), (lambda row: row["driver"] is None)))
    said = findings.sentences()
    assert said[1] == "It is not shown that the drivers explain anything, so that their shares say nothing."
    assert "(95% interval 0.0 to" in said[2] and not any("accounts for" in text for text in said)


def test_a_gain_whose_interval_meets_no_other_is_clearly_the_larger(made):
    apart = made.key_drivers(gains=((3.0, 2.6, 3.4), (1.7, 1.4, 2.0), (1.2, 0.9, 1.5), (0.1, -0.2, 0.4)))
    assert "(1.4 to 2.0 higher), clearly less. Raising" in apart.sentences()[0]


def test_a_category_has_no_gain_and_is_said_to_have_none(made):
    bare = changed(made.key_drivers(), *of("Engagement", performance=NAN, gain=NAN, gain_low=NAN, gain_high=NAN))
    assert "Engagement is a category and has no gain, so that it is not among these; scores= would give one." in (
        bare.sentences()
    )
    assert not any("category" in text for text in made.key_drivers().sentences())


def test_drivers_that_were_chosen_are_not_all_of_them(made):
    chosen = made.key_drivers().filter(row_type="driver", driver="Fair treatment")
    assert chosen.sentences() == [
        "In 2011-12, 10 points more of fair treatment goes with good job being 1.7 percentage points higher (95% "
        "interval 1.4 to 2.0 higher), the others equal; fair treatment accounts for 31.4% (95% interval 27.4 to 35.4) "
        "of what all drivers explain.",
        made.key_drivers().sentences()[-1],
    ]
    assert "explain" not in planned(chosen).headings[0] and "Some of the drivers" in planned(chosen).headings[0]


def test_drivers_that_differ_by_too_little_are_told_from_those_that_may_differ(made):
    small = changed(made.compared_drivers(), lambda row: {"verdict": "no difference that matters"},
                    lambda row: row["driver"] == "Engagement")  # fmt: skip
    said = small.sentences()
    assert (
        "In 2011-12, of the drivers of good job: what goes with engagement differs by too little to matter between "
        "people in the Minority ethnic group and those in the White group (95% interval of the difference: engagement "
        "1.0 to 0.0 lower)."
    ) in said
    assert any(
        "not shown that effectiveness in dealing with crime or worry about disorder matters" in text for text in said
    )


def test_an_interval_clear_of_none_that_others_make_unclear_has_its_p(made):
    told = changed(made.compared_drivers(), lambda row: {"low": -0.9, "high": -0.1, "adjusted_pvalue": 0.21},
                   lambda row: row["driver"] == "Engagement")  # fmt: skip
    text = next(text for text in told.sentences() if "not shown" in text)
    assert text.endswith(
        "Of engagement (p = 0.21) the difference may be chance once all that are compared are allowed for."
    )


def own_units(made, **options):
    """As of pounds, years and answers: worry has the largest gain for so much more of it, and the smallest share."""
    gains = ((0.3, 0.2, 0.4), (1.7, 1.4, 2.0), (0.1, -0.2, 0.4), (8.0, 6.0, 10.0))
    return changed(made.key_drivers(gains=gains, **options), *of("Engagement", best=NAN))


def test_gains_of_drivers_in_unlike_units_are_said_and_not_ranked(made):
    found = own_units(made)
    (one,) = driver_sets(found)
    assert [row["driver"] for row in foremost(one.drivers, None)] == ["Engagement", "Fair treatment"]
    assert found.sentences()[0] == (
        "In 2011-12, of the four drivers of good job, engagement and fair treatment have the largest shares of those "
        "shown to go with a better answer, each in its own unit: with the others equal, 10 more of engagement goes "
        "with good job being 0.3 percentage points higher (95% interval 0.2 to 0.4 higher), and 10 points more of fair "
        "treatment with 1.7 percentage points higher (1.4 to 2.0 higher). Raising them would do that only if the "
        "association were an effect."
    )
    alike = made.key_drivers(gains=((0.3, 0.2, 0.4), (1.7, 1.4, 2.0), (0.1, -0.2, 0.4), (8.0, 6.0, 10.0)))
    assert "most goes with worry about disorder and fair treatment" in alike.sentences()[0]


def test_scales_with_another_best_level_are_unlike_too(made):
    other = changed(made.key_drivers(), *of("Worry about disorder", best=5.0, gain=4.0, gain_low=3.0, gain_high=5.0))
    (one,) = driver_sets(other)
    assert [row["driver"] for row in foremost(one.drivers, None)] == ["Engagement", "Fair treatment"]
    category = changed(made.key_drivers(), *of("Worry about disorder", best=NAN, gain=NAN, performance=NAN))
    assert "most goes with engagement and fair treatment" in category.sentences()[0]


def everybody(findings, **more):
    """As a full count has them."""
    lost = dict.fromkeys(("low", "high", "explained_low", "explained_high", "gain_low", "gain_high", "rank_low",
                          "rank_high"), NAN)  # fmt: skip
    return changed(findings, lambda row: lost | {"flag": int(Flag.FULL_COUNT), "degrees_of_freedom": 100.0} | more)


def test_gains_of_a_full_count_are_known(made):
    said = everybody(made.key_drivers()).sentences()
    assert said[0] == (
        "In 2011-12, of the four drivers of good job, most goes with engagement and fair treatment: with the others "
        "equal, 10 points more of engagement goes with good job being 1.9 percentage points higher, and 10 points more "
        "of fair treatment with 1.7 percentage points higher. Raising them would do that only if the association were "
        "an effect."
    )
    assert said[1] == "This is a full count, so no allowance is made for chance."
    assert not any(word in " ".join(said) for word in ("shown", "sample", "interval", "cannot be told", "weighted"))
    none = everybody(made.key_drivers(gains=((0.001, 0.0, 0.0),) * 4)).sentences()[0]
    assert none.endswith("there is none that goes with a better answer and has room to improve.")
    areas = everybody(made.drivers_of_groups(boroughs=(None, "Barnet", "Brent", "Camden", "Ealing"))).sentences()
    assert any("more of engagement goes with good job being higher in 4" in text for text in areas)


def test_a_full_count_whose_answers_count_unequally_is_said_to_be_weighted(made):
    said = everybody(made.key_drivers(), flag=int(Flag.FULL_COUNT | Flag.EFFECTIVE_SIZE)).sentences()
    assert said[1:3] == ["This is a full count, so no allowance is made for chance.", "These figures are weighted."]
