"""Crossings in plain English."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.levels import statements
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.crossing_sentences import crossing_sentence, empty_combinations

# of each combination: how many are satisfied, of how many
CELLS = {
    ("Black", "Female"): (420, 500),
    ("Black", "Male"): (300, 500),
    ("White", "Female"): (840, 1000),
    ("White", "Male"): (840, 1000),
    ("", "Male"): (15, 20),
    ("Asian", "Male"): (4, 8),
}


def records():
    rows = [(*labels, i < count) for labels, (count, nobs) in CELLS.items() for i in range(nobs)]
    return {name: [row[i] for row in rows] for i, name in enumerate(("ethnicity", "gender", "satisfied"))}


def found(**options):
    asked = {"outcome": "satisfied", "positive": True, "name": "share satisfied"}
    return dr.crossings(records(), ["ethnicity", "gender"], **asked, **options)


def said(findings, **equal):
    rows = statements(findings.filter(**equal).rows())
    return [crossing_sentence(row, findings.threshold, further) for row, *further in rows]


def test_they_name_the_combination_and_where_it_does_not_add_up():
    (text,) = said(found(), ethnicity="Black", gender="Male")
    assert text == (
        "Share satisfied where ethnicity is Black and gender is Male was 60% against 80% for all groups together: "
        "20 percentage points lower (95% interval 24 to 16 lower). This is clear evidence of a difference; it does not "
        "say why. The share is 24 percentage points lower than the differences of the two characteristics by "
        "themselves add up to (95% interval 30 to 17 lower)."
    )


def test_one_characteristic_by_itself():
    (text,) = said(found(), ethnicity=None, gender="Female")
    assert text.startswith("Share satisfied where gender is Female was 84.0% against 79.9% for all groups together: ")
    assert "add up" not in text


def test_a_period_opens_the_sentence():
    assert said(found(period="2016"), ethnicity="White", gender="Male")[0].startswith(
        "In 2016, share satisfied where ethnicity is White and gender is Male was 84"
    )


def test_one_combination_as_the_reference():
    findings = found(reference={"ethnicity": "White", "gender": "Male"})
    (text,) = said(findings, ethnicity="Black", gender="Male")
    assert "was 60% against 84% for the White, Male group: 24 percentage points lower" in text
    assert said(findings, ethnicity="White", gender="Male") == [""]


def test_ratios_have_no_sentence_on_adding_up():
    (text,) = said(found(measure="ratio"), ethnicity="Black", gender="Male")
    assert "0.75 times as high" in text and "add up" not in text


def test_missing_labels_are_no_combination_to_compare():
    (text,) = said(found(), ethnicity="not stated", gender="Male")
    assert text == (
        "Share satisfied where ethnicity is not stated and gender is Male was 75%; this is not a combination to "
        "compare."
    )


def test_few_people_are_not_described():
    (text,) = said(found(), ethnicity="Asian", gender="Male")
    assert text == "Share satisfied where ethnicity is Asian and gender is Male: too few people to describe."
    (text,) = said(found(min_count=1000), ethnicity="Black", gender="Male")
    assert text.endswith("was 60%; fewer than 1000 cases, so it is not compared.")


def test_nobody_at_all():
    (text,) = said(found(empty=True), ethnicity="Asian", gender="Female")
    assert text == "Share satisfied where ethnicity is Asian and gender is Female cannot be given: no cases."
    assert empty_combinations(list(found().rows())) == ["1 combination of ethnicity and gender has nobody in it."]
    assert empty_combinations([]) == []


def test_combinations_that_are_only_counted():
    findings = dr.crossings(records(), ["ethnicity", "gender"])
    assert said(findings, ethnicity="Black", gender="Male") == [
        "Share of cases where ethnicity is Black and gender is Male was 16.6% (95% interval 15.3 to 18.0)."
    ]
    assert said(findings, ethnicity="Asian", gender="Male")[0].endswith(": too few people to describe.")
    assert said(findings, ethnicity="not stated", gender="Male")[0].endswith("cannot be given: a label is missing.")


def test_a_full_count_and_several_levels():
    assert said(found(inference="none"), ethnicity="Black", gender="Male")[0].endswith(
        "no allowance is made for chance."
    )
    (text,) = said(found(confidence_level=(0.95, 0.99)), ethnicity="Black", gender="Male")
    assert "95% interval 24 to 16 lower; 99% interval" in text and text.count("add up") == 1


@pytest.mark.parametrize(
    "options",
    [{}, {"measure": "ratio"}, {"reference": dr.REST}, {"confidence_level": (0.9, 0.99)}, {"inference": "none"}],
)
def test_every_number_is_one_of_the_findings(options):
    findings = found(**options)
    for text in said(findings):
        assert unsupported_numbers(text, findings) == [], text


def test_labels_that_are_no_text():
    rng = np.random.default_rng(1)
    data = {"grade": rng.integers(1, 3, 400), "trained": rng.random(400) < 0.5, "met": rng.random(400) < 0.6}
    findings = dr.crossings(data, ["grade", "trained"], outcome="met", positive=True)
    assert said(findings, grade=2, trained=False)[0].startswith("Met where grade is 2 and trained is False was ")
