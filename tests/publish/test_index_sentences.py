"""Indices in plain English: every number is one of the row, and what chance makes is said beside it."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.index_sentences import index_sentence

LABELS = {"ethnicity": ["Asian", "Black", "White"], "satisfied": ["No", "Yes"]}


def findings(cells, **options):
    tally = dr.Tally(np.array(cells), LABELS, outcome="satisfied")
    asked = {"group": "ethnicity", "outcome": "satisfied", "positive": "Yes", "n_resamples": 999} | options
    return dr.inequality(tally, **asked)


def said(cells, index, **options):
    found = findings(cells, indices=index, **options)
    (row,) = found.rows()
    sentence = index_sentence(row, found.by)
    assert unsupported_numbers(sentence, [row]) == []
    assert found.sentences() == [sentence]
    return sentence


CLEAR = [[300, 300], [200, 100], [400, 1200]]
SLIGHT = [[20, 22], [18, 15], [60, 66]]


def test_a_clear_one():
    text = said(CLEAR, "dissimilarity")
    assert text.startswith("The index of dissimilarity of satisfied (Yes) by ethnicity was 30.6% (95% interval ")
    assert "% would be expected by chance alone if groups did not differ. This is clear evidence that groups" in text
    assert text.endswith("it does not say which of them, or why. About 489 of 1,600 would have to be in other groups "
                         "for these to be alike.")  # fmt: skip


def test_one_that_chance_could_make():
    text = said(SLIGHT, "deviation")
    assert "percentage points (95% interval 0 to " in text
    assert text.endswith("This is no more than chance could make.")


def test_what_chance_adds_is_taken_off_where_it_is_much():
    text = said([[70, 30], [35, 35], [110, 100]], "theil")
    assert "thousandths" in text
    assert "Less what chance adds, it is about " in text


def test_the_reference_of_the_index_of_disparity():
    assert "index of disparity (from all groups together) of" in said(CLEAR, "disparity")
    assert "index of disparity (from the White group) of" in said(CLEAR, "disparity", reference="White")
    best = said(CLEAR, "disparity", reference="best", higher_is_better=True)
    assert "index of disparity (from the best rate) of" in best


def test_slopes_say_which_end_is_higher():
    order = ["Black", "Asian", "White"]
    up, down = said(CLEAR, "slope", order=order), said(CLEAR, "slope", order=order[::-1])
    assert "percentage points, higher at the top of the order than at the bottom (95% interval" in up
    assert "percentage points, lower at the top of the order than at the bottom (95% interval" in down
    assert up.endswith("This is clear evidence of a slope; it does not say why.")
    ratio = said(CLEAR, "relative-slope", order=order)
    assert "the top of the order over the bottom (95% interval" in ratio
    assert said(SLIGHT, "slope", order=order).endswith("This is no clear evidence of a slope.")
    assert "was about 0" in said([[20, 20], [30, 30], [40, 40]], "slope", order=order)


def test_a_full_count():
    text = said(CLEAR, "gini", inference="none")
    assert "interval" not in text
    assert text.endswith("This is a full count, so no allowance is made for chance.")


@pytest.mark.parametrize(
    ("cells", "options", "why"),
    [
        ([[20, 30], [0, 0], [0, 0]], {"indices": "gini"}, "cannot be given: fewer than two groups have cases."),
        ([[50, 0], [50, 0], [50, 0]], {"indices": "theil"}, "cannot be given: it is not defined for these numbers."),
        (
            [[50, 0], [50, 9], [50, 8]],
            {"indices": "disparity", "reference": "Asian"},
            "cannot be given: the rate of the Asian group is 0.",
        ),
        (
            [[0, 0], [50, 9], [50, 8]],
            {"indices": "disparity", "reference": "Asian"},
            "cannot be given: there is nobody in the Asian group.",
        ),
        ([[2, 1], [1, 2], [1, 1]], {"indices": "theil"}, "too few people to describe."),
        ([[50, 0], [50, 9], [50, 8]], {"indices": "mean-log-deviation"}, "infinite, since a group has a rate of 0."),
    ],
)
def test_why_there_is_none(cells, options, why):
    assert why in said(cells, options.pop("indices"), **options)


def test_rates_of_events():
    people = dr.population(
        {"ethnicity": ["Asian", "Black", "White"], "n": [5000, 4000, 40000]}, group="ethnicity", count="n", date="2011"
    )
    events = {"ethnicity": ["Asian"] * 60 + ["Black"] * 90 + ["White"] * 200}
    found = dr.inequality(events, people, group="ethnicity", period="2016-06", order=["White", "Asian", "Black"],
                          indices=["deviation", "slope", "variance"], n_resamples=299)  # fmt: skip
    first, second, third = found.sentences()
    assert first.startswith("In June 2016, the between-group standard deviation of events per 1,000 residents in 1 ")
    assert "per 1,000 (95% interval" in first
    assert "per 1,000, higher at the top" in second
    assert "(per 1,000) squared" in third
    assert unsupported_numbers(" ".join((first, second, third)), found) == []


def test_areas_are_named():
    rows = {"borough": ["Barnet"] * 100 + ["Camden"] * 100, "ethnicity": ["Asian", "White"] * 100,
            "satisfied": (["Yes"] * 3 + ["No"]) * 50}  # fmt: skip
    found = dr.inequality(rows, group="ethnicity", outcome="satisfied", positive="Yes", by="borough", indices="gini",
                          n_resamples=99)  # fmt: skip
    places = [text.partition(" by ethnicity ")[2].partition(" was ")[0] for text in found.sentences()]
    assert places == ["in all areas together", "in Barnet", "in Camden"]
