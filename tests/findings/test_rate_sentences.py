"""What findings of rates say: a month is no year, searches are not people, and unknown groups are allowed for."""

import math

import pytest

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.sentences import sentences

NAN = float("nan")
ROW = {
    "measure": "searches per 1,000 residents in 1 month", "characteristic": "ethnicity", "group": "Black",
    "period": "June 2016", "row_type": "group", "count": 4295, "nobs": 1088640, "value": 3.945, "reference": "White",
    "reference_count": 4600, "reference_nobs": 4887435, "reference_value": 0.941, "estimate": 4.19, "low": 4.02,
    "high": 4.37, "pvalue": 0.0, "verdict": "higher", "unit_of_measure": "rate ratio", "confidence_level": 0.95,
    "basis": "residents", "per": 1000.0, "months": 1, "unknown_events": 1029, "unknown_percent": 9.9,
    "bound_low": 3.42, "bound_high": 5.2, "difference": 3.0, "difference_low": 2.88, "difference_high": 3.12,
}  # fmt: skip


def say(by=(), threshold=1.25, **changes):
    row = {**ROW, **changes}
    found = Findings({name: [value] for name, value in row.items()}, by=by, threshold=threshold, kind="rates")
    (text,) = sentences(found)
    assert unsupported_numbers(text, found) == [], text
    return text


def test_the_whole_sentence():
    assert say() == (
        "In June 2016 (1 month), searches per 1,000 residents were 3.9 for the Black group and 0.94 for the White "
        "group: 4.19 times the rate (95% interval 4.02 to 4.37), 3.0 per 1,000 more (2.9 to 3.1). This is more than "
        "chance would make it. Whatever the group of the 1,029 searches whose group is not known (9.9%), the ratio is "
        "3.42 to 5.20, and the direction is the same. This compares searches with residents; it does not measure "
        "discrimination or say why."
    )


def test_bounds_that_reach_over_one_say_so():
    assert "so that the direction is not certain" in say(bound_low=0.9)
    assert "not known" not in say(unknown_events=0, unknown_percent=0.0)


def test_a_single_unknown_is_one_of_them():
    assert "Whatever the group of the one of the searches whose group" in say(unknown_events=1, unknown_percent=0.1)


def test_a_lower_rate():
    text = say(estimate=0.5, low=0.4, high=0.6, difference=-2.0, difference_low=-2.5, difference_high=-1.5,
               verdict="lower", bound_low=0.4, bound_high=0.9)  # fmt: skip
    assert "0.50 times the rate (95% interval 0.40 to 0.60), 2.0 per 1,000 fewer (1.5 to 2.5)" in text


def test_too_few_to_tell():
    text = say(estimate=1.1, low=0.8, high=1.5, difference=0.1, difference_low=-0.2, difference_high=0.45,
               verdict="too few to tell: 3.2 times the present numbers needed")  # fmt: skip
    assert "0.10 per 1,000 more (0.20 fewer to 0.45 more)" in text
    assert "These are too few to tell: 3.2 times the present numbers would be needed for a clear verdict." in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"group": "not stated", "count": 1029, "value": NAN, "flag": Flag.MISSING_GROUP},
         "searches per 1,000 residents: for 1,029 the group is not stated; they are in no rate."),
        ({"group": "not applicable", "count": 94, "value": NAN}, "94 searches are of no person and in no rate."),
        ({"group": "Mixed", "count": None, "value": NAN, "flag": Flag.NOT_RECORDED},
         "not available for the Mixed group, which the source does not record."),
        ({"count": 0, "nobs": 0, "value": NAN, "flag": Flag.NO_POPULATION}, "of which there is nobody."),
        ({"count": 1, "value": 0.001}, "too few to describe for the Black group."),
        ({"reference_value": NAN, "flag": Flag.NO_REFERENCE}, "there is no rate of the White group to compare with."),
        ({"reference_count": 1}, "too few in the White group to compare with."),
    ],
)  # fmt: skip
def test_why_there_is_no_comparison(changes, words):
    assert say(**changes).endswith(words)


def test_an_infinite_ratio_is_not_given():
    text = say(reference_value=0.0, reference_count=0, estimate=math.inf, low=40.0, high=math.inf, bound_high=math.inf)
    assert "no rate ratio of 3.9 per 1,000 to 0 per 1,000 can be given (95% interval 40.0 or more)" in text


def test_shares_are_in_percent():
    text = say(measure="promotions as a share of people eligible", basis="eligible-pool", per=None, period=None,
               unit_of_measure="ratio", value=12.0, reference_value=15.0, count=12, nobs=100, reference_count=150,
               reference_nobs=1000, estimate=0.8, low=0.46, high=1.3, difference=-3.0, difference_low=-9.0,
               difference_high=4.0, unknown_events=None, unknown_percent=None, bound_low=NAN, bound_high=NAN,
               verdict="too few to tell: 4 times the present numbers needed")  # fmt: skip
    assert text.startswith("Promotions as a share of people eligible were 12% for the Black group and 15% for")
    assert "3.0 percentage points fewer (9.0 fewer to 4.0 more)" in text
    assert text.endswith(
        "This compares promotions with people eligible; it does not measure discrimination or say why."
    )


def test_areas_and_levels_of_what_describes_events():
    assert "searches per 1,000 residents in Bexley were" in say(by="borough", borough="Bexley")
    assert "residents where legislation is PACE were" in say(by="legislation", legislation="PACE")


def test_few_events_are_said():
    assert "more than chance would make it, but it rests on fewer than 10 events." in say(count=9, flag=Flag.FEW_EVENTS)
