"""What findings say: one pattern for each verdict, nobody described alone, and no number that is not theirs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference.two_groups.variation import SPREAD
from dueregard.publish.numbers import decimals_for, numbers_in, plain, unsupported_numbers
from dueregard.publish.sentences.sentences import sentence, sentences

ROW = {
    "measure": "satisfaction (Very satisfied or Fairly satisfied)",
    "characteristic": "ethnic_group",
    "group": "Asian",
    "row_type": "group",
    "count": 296,
    "nobs": 400,
    "value": 74.0,
    "reference": "White",
    "reference_count": 486,
    "reference_nobs": 600,
    "reference_value": 81.0,
    "estimate": -7.0,
    "unit_of_measure": "percentage points",
    "confidence_level": 0.95,
    "low": -12.3,
    "high": -1.8,
    "pvalue": 0.008,
    "verdict": "lower",
}


def say(by=(), **changes):
    row = {**ROW, **changes}
    text, *more = sentences(Findings({name: [value] for name, value in row.items()}, by=by))
    assert all("weighted" in each for each in more)
    return text


def test_the_whole_sentence():
    assert say() == (
        "Satisfaction (Very satisfied or Fairly satisfied) was 74% for the Asian group "
        "against 81% for the White group: "
        "7 percentage points lower (95% interval 12 to 2 lower). "
        "This is clear evidence of a difference; it does not say why."
    )


def test_the_period_comes_first_and_the_place_after_the_measure():
    text = say(by=["borough"], borough="Camden", period="March 2011")
    assert text.startswith("In March 2011, satisfaction (Very satisfied or Fairly satisfied) in Camden was 74%")
    assert "in all areas together was" in say(by=["borough"], borough=None)
    assert "on average over areas was" in say(by=["borough"], borough=None, method="Newcombe; mean of areas")
    assert "in borough not stated was" in say(by=["borough"], borough="not stated")
    assert "in Camden, 2011 was" in say(by=["borough", "year"], borough="Camden", year=2011)


def test_what_would_take_over_a_terminal_or_turn_the_text_is_taken_out():
    text = say(group="As\x1b[31mian\u202e\n!", measure="share_satisfied")
    assert text.startswith("Share satisfied was 74% for the As\ufffd[31mian\ufffd ! group") and text.isprintable()


@pytest.mark.parametrize("reference", ["all groups together", "all other groups"])
def test_a_group_that_is_all_there_is_has_nobody_to_be_compared_with(reference):
    nothing = float("nan")
    text = say(reference=reference, reference_nobs=100, estimate=nothing, low=nothing, high=nothing)
    assert text.endswith("was 74% for the Asian group; there is no other group with cases to compare with.")


def test_too_few_people_are_said_to_be_so_in_english():
    assert say(nobs=4, count=2).endswith(": too few people in the Asian group to describe.")
    said = say(nobs=4, count=2, group="not stated")
    assert said.endswith(": too few people with ethnic group not stated to describe.")


def test_a_share_of_another_name_is_said_by_it():
    staff = {"sex": ["Female"] * 30 + ["Male"] * 70}
    (first, _) = dr.share(staff, of="sex").sentences()
    assert first.startswith("The Female group made up 30% (") and first.endswith("of those with sex stated.")
    (first, _) = dr.share(staff, of="sex", name="share of officers").sentences()
    assert first.startswith("Share of officers was 30% (") and first.endswith(" for the Female group.")


VERDICTS = {
    "higher": "This is clear evidence of a difference; it does not say why.",
    "lower by less than 5 points": "within the 5 percentage points taken as not mattering; it does not say why.",
    "no difference that matters": "If there is a difference, it is smaller than the one taken as mattering.",
    "too few to tell: 2.3 times the present numbers needed": "These are too few cases to tell",
    None: "This is a full count, so no allowance is made for chance.",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_has_its_own_words(verdict):
    text = say(verdict=verdict)
    assert [words for words in VERDICTS.values() if words in text] == [VERDICTS[verdict]]


def test_too_few_says_how_many_more_and_whether_it_is_the_number_of_comparisons():
    text = "too few to tell: 2.3 times the present numbers needed"
    assert (
        "once all comparisons are allowed for: 2.3 times the present numbers would be needed for a clear verdict."
        in say(verdict=text)
    )
    assert "too few cases to tell: 2.3 times" in say(verdict=text, high=1.0)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"estimate": 7.2, "low": 1.6, "high": 12.9}, "7 percentage points higher (95% interval 2 to 13 higher)"),
        ({"estimate": -1.2, "low": -5.2, "high": 3.1}, "1 percentage point lower (95% interval 5 lower to 3 higher)"),
        ({"estimate": 0.2, "low": -5.2, "high": 5.1}, "about the same (95% interval 5 lower to 5 higher)"),
        ({"estimate": -3.2, "low": -6.2, "high": -0.2}, "3 percentage points lower (95% interval 6 to 0.2 lower)"),
        ({"estimate": -3.2, "low": float("nan"), "high": float("nan")}, "3 percentage points lower. "),
        ({"confidence_level": 0.9}, "(90% interval "),
        ({"value": 99.7}, "was 99.7% for"),
        ({"value": 0.3}, "was 0.3% for"),
    ],
)
def test_differences_in_words(changes, words):
    assert words in say(**changes)


def test_decimals_only_from_a_thousand_on():
    large = {"nobs": 2000, "count": 1480, "reference_nobs": 1000, "value": 74.04}
    assert "was 74.0% for the Asian group against 81.0%" in say(**large)
    assert "was 74% for the Asian group against 81%" in say(**{**large, "reference_nobs": 999})
    assert (decimals_for(999), decimals_for(1000, 1000), decimals_for(None), decimals_for()) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    "changes",
    [{"nobs": 9, "count": 5}, {"nobs": 400, "count": 1}, {"nobs": 400, "count": 399}, {"nobs": 1, "count": 0}],
)
def test_very_few_people_and_single_ones_are_not_described(changes):
    text = say(**changes)
    assert text.endswith("too few people in the Asian group to describe.")
    assert numbers_in(text) == []


def test_a_reference_of_very_few_is_not_described():
    text = say(reference_nobs=8, reference_count=4)
    assert text.endswith("was 74% for the Asian group; too few people in the White group to compare with.")
    assert "81" not in text


def test_rows_without_a_comparison():
    nan = float("nan")
    assert say(nobs=0, count=0, value=nan, estimate=nan).endswith("cannot be given for the Asian group: no cases.")
    assert say(reference_nobs=0, estimate=nan).endswith("there are no cases in the White group to compare with.")
    text = say(group="not stated", estimate=nan, reference_nobs=None)
    assert text.endswith("was 74% for people with ethnic group not stated; this is not a group to compare.")
    assert sentences(Findings({**{k: [v] for k, v in ROW.items()}, "row_type": ["reference"]})) == []


def test_rows_that_do_not_say_how_many_cases_are_taken_as_they_are():
    text = say(count=None, nobs=None, reference_count=None, reference_nobs=None)
    assert "was 74% for the Asian group against 81% for the White group: 7 percentage points lower" in text


def test_overall_and_rest_are_not_called_a_group():
    assert "against 81% for all groups together: 7" in say(reference="all groups together")


def test_variation():
    spread = {
        "row_type": "variation", "count": None, "nobs": None, "value": None, "estimate": 4.44, "low": 1.0, "high": 8.3,
        "confidence_level": 0.9, "pvalue": 0.01, "method": "between-area standard deviation, 32 areas",
    }  # fmt: skip
    text = say(by=["borough"], borough=None, **spread)
    assert text == (
        "The gap between the Asian group and the White group differs by borough beyond chance "
        "(standard deviation 4.4 percentage points, 90% interval 1.0 to 8.3)."
    )
    unclear = say(by=["borough"], borough=None, **{**spread, "low": 0.0, "pvalue": 0.3})
    assert unclear.startswith("There is no clear evidence that the gap") and "do not rank them" in unclear
    less = say(by=["borough"], borough=None, **{**spread, "estimate": 0.0, "low": 0.0, "high": 0.0, "pvalue": 0.999})
    assert less.endswith("shows no sign of differing by borough: it varies even less than chance alone would make it.")
    none = say(by=["borough"], borough=None, **{**spread, "estimate": None})
    assert none == (
        "Whether the gap between the Asian group and the White group differs by borough cannot be said: "
        "too few areas have cases."
    )
    largest = {**spread, "value": 32.4, "estimate": 21.7, "method": "largest gap expected if areas did not differ"}
    assert say(by=["borough"], borough=None, **largest).endswith(
        "in any borough is 32 percentage points; about 22 would be expected by chance if they did not differ."
    )


def test_the_difference_taken_as_mattering_is_named():
    columns = {name: [value] for name, value in (ROW | {"verdict": "no difference that matters"}).items()}
    (text,) = sentences(found := Findings(columns, threshold=2.5))
    assert text.endswith("If there is a difference, it is within the 2.5 percentage points taken as not mattering.")
    assert unsupported_numbers(text, found) == [] and unsupported_numbers(text, Findings(columns)) == ["2.5"]
    assert found.filter(group="Asian").threshold == 2.5
    assert dr.gap({"a": [1, 0], "g": ["x", "y"]}, outcome="a", positive=1, group="g", reference="x").threshold == 5


@pytest.mark.parametrize(
    "flag, words",
    [
        (Flag.SMALL_BASE, "difference, but it rests on fewer than 30 people; it does not say why."),
        (Flag.SMALL_BASE | Flag.EFFECTIVE_SIZE, "rests on the equivalent of fewer than 30 people;"),
        (Flag.SMALL_REFERENCE, "difference, but it is from fewer than 30 people in the White group;"),
    ],
)
def test_a_clear_difference_of_few_people_says_so(flag, words):
    assert words in say(flag=flag)
    assert "fewer than 30" not in say(flag=Flag.MISSING_ANSWERS)
    assert "mattering and it" in say(flag=flag, verdict="lower by less than 5 points")


def variation(largest, low, by="borough"):
    """What is said of how gaps vary, for a largest gap seen where 20 is expected."""
    common = {"row_type": "variation", "count": None, "nobs": None, by: None}
    spread = {**ROW, **common, "value": None, "estimate": 4.0, "low": low, "high": 8.0, "method": SPREAD}
    rows = [spread, {**ROW, **common, "value": largest, "estimate": 20.0, "low": None, "method": "largest gap"}]
    return sentences(Findings({name: [row[name] for row in rows] for name in spread}, by=[by]))[1]


def test_the_largest_gap_does_not_contradict_the_test_of_all():
    assert "One gap may stand out, but all areas taken together do not show more than chance" in variation(35.0, 0.0)
    assert variation(12.0, 0.0).endswith(". So the largest gap too is no sign that they differ.")
    assert variation(21.0, 0.0).endswith("if they did not differ.")
    assert "It is all areas taken together that differ beyond chance" in variation(15.0, 1.0)
    assert variation(35.0, 1.0).endswith("if they did not differ.")


def test_levels_that_are_not_areas_are_not_called_areas():
    text = variation(35.0, 0.0, by="Gender")
    assert "at any level of gender is 35" in text and "all levels of gender taken together" in text
    assert "where gender is Female was" in say(by=["Gender"], Gender="Female")
    assert "where gender is not stated was" in say(by=["Gender"], Gender="not stated")
    assert "at all levels of gender together was" in say(by=["Gender"], Gender=None)
    assert "in Camden where gender is Female was" in say(by=["borough", "Gender"], borough="Camden", Gender="Female")
    assert "area" not in " ".join([text, say(by=["Gender"], Gender="Female"), say(by=["Gender"], Gender=None)])


def test_shares():
    staff = {"ethnicity": ["Asian"] * 20 + ["White"] * 70 + ["Black"] * 1 + [None] * 10}
    said = dr.share(staff, of="ethnicity").sentences()
    assert said[0] == "The Asian group made up 22% (95% interval 15 to 32) of those with ethnicity stated."
    assert said[1] == "The Black group: too few people to describe."
    assert said[3] == "Share of ethnicity cannot be given for people with ethnicity not stated: not part of the whole."


def test_scores_of_an_assessment():
    columns = {
        "measure": ["Standard"] * 2, "unit": ["Camden", "Ealing"], "count": [15, 0], "nobs": [18, 0],
        "value": [83.33, None], "low": [83.33, None], "high": [88.89, None], "flag": [Flag.FULL_COUNT] * 2,
        "reference": ["baseline"] * 2, "reference_value": [50.0] * 2, "verdict": ["meets the baseline", None],
    }  # fmt: skip
    assert sentences(Findings(columns, by=["unit"])) == [
        "Camden, Standard: 83% (83 to 89 depending on missing answers), against 50% (baseline): meets the baseline.",
        "Ealing, Standard: nothing that can be scored.",
    ]


AREAS = st.integers(1, 4)


@given(AREAS, st.integers(0, 2**32), st.sampled_from([5, 60, 3000]), st.sampled_from(["White", dr.OVERALL, dr.REST]))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_every_number_in_a_sentence_is_in_its_row(n_areas, seed, size, reference):
    rng = np.random.default_rng(seed)
    labels = {
        "area": [2011 + i for i in range(n_areas)],
        "age": ["Aged 16 to 24", "Aged 65 and over", "White", "not stated"],
        "q7": ["no", "yes", "refused"],
    }
    counts = rng.integers(0, size, (n_areas, 4, 3))
    findings = dr.gap(
        dr.Tally(counts, labels, outcome="q7"),
        outcome="q7",
        positive="yes",
        group="age",
        reference=reference,
        by="area",
    )
    for row in findings.rows():
        text = sentence(row, findings.by)
        assert unsupported_numbers(text, [row]) == [], text
    assert all(unsupported_numbers(text, findings) == [] for text in findings.sentences())


def test_a_number_that_is_not_there_is_found():
    row = {**ROW, "group": "Aged 65 and over", "flag": Flag.SMALL_BASE, "method": "Newcombe; Holm over 3 comparisons"}
    good = "Aged 65 and over: 74% of 400, 7 points, 95% interval, fewer than 30, over 3 comparisons"
    assert unsupported_numbers(good, [row]) == []
    assert unsupported_numbers("Aged 65 and over: 75% of 400, 7.1 points; 65", [row]) == ["75", "7.1", "65"]
    assert unsupported_numbers("99% interval", [row]) == ["99"]


def test_numbers_as_written():
    assert numbers_in("1,204 of 2,000, then 60.2%.") == ["1,204", "2,000", "60.2"]
    assert numbers_in("no number") == []
    assert (plain(12345.6, 0), plain(-0.04, 1), plain(0, 1), plain(100, 0), plain(99.96, 1)) == (
        "12,346",
        "0.04",
        "0.0",
        "100",
        "99.96",
    )
    assert plain(1e-9, 0) == "0"
