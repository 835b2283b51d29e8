"""Declaration rates in sentences: every number is of the rows, kinds of missing apart, directions stated."""

import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.declaration_sentences import declaration_sentence, declaration_sentences

LABELS = {"stated": "Sikh", "not stated": None, "refused": "Prefer not to say"}


def people(numbers, **columns):
    answers = [LABELS.get(state, state) for state, n in numbers.items() for _ in range(n)]
    return {"faith": answers} | {name: [value] * len(answers) for name, value in columns.items()}


def years(*stated, base=200):
    parts = [people({"stated": n, "not stated": base - n}, year=2015 + i) for i, n in enumerate(stated)]
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def said(data, **options):
    found = dr.declaration(data, characteristics="faith", **options)
    texts = declaration_sentences(found)
    assert [unsupported_numbers(text, found) for text in texts] == [[]] * len(texts)
    return texts


def test_kinds_of_missing_are_said_apart():
    numbers = {"stated": 60, "not stated": 25, "refused": 15, "not applicable": 7, "not collected": 40}
    assert said(people(numbers)) == [
        "Faith was stated by 60% of 100 people (95% interval 50 to 69); 25% did not state it; 15% preferred not to "
        "say. It does not apply to 7. It was not collected from 40, who are no part of this."
    ]


def test_a_change_and_a_slope_say_their_direction():
    texts = said(years(100, 120, 150), time="year")
    assert texts[0] == "In 2015, faith was stated by 50% of 200 people (95% interval 43 to 57); 50% did not state it."
    assert texts[3:] == [
        "From 2015 to 2017, the declaration rate of faith went from 50% to 75%: 25 percentage points higher (95% "
        "interval 16 to 34 higher). This is clear evidence of a rise.",
        "From 2015 to 2017, the declaration rate of faith rose by 12.5 percentage points per year on a straight line "
        "through all periods (95% interval 7.9 to 17.1 higher). This is clear evidence of a rise.",
    ]
    falling = said(years(150, 100), time="year")
    assert all(text.endswith("This is clear evidence of a fall.") for text in falling[2:])
    assert all(text.endswith("This is no clear change.") for text in said(years(100, 103), time="year")[2:])


def test_what_is_not_collected_has_no_rate():
    assert said(people({"not collected": 50})) == ["Faith: no declaration rate; it was not collected."]
    assert said(people({"not applicable": 50})) == ["Faith: no declaration rate; nobody was asked."]


@pytest.mark.parametrize("numbers", [{"stated": 4, "refused": 3}, {"stated": 1, "refused": 30}])
def test_few_people_are_not_described(numbers):
    assert said(people(numbers)) == ["Faith: too few people to describe."]


def test_a_full_count_has_no_interval():
    texts = said(years(100, 103), time="year", inference="none")
    assert texts[0] == "In 2015, faith was stated by 50% of 200 people; 50% did not state it."
    assert texts[2].endswith("2 percentage points higher. This is a full count, so no allowance is made for chance.")


def test_areas_are_named():
    texts = said(people({"stated": 20, "refused": 20}, borough="Barnet"), by="borough")
    assert [text.partition(" was stated")[0] for text in texts] == ["Faith in all areas together", "Faith in Barnet"]


def test_rows_by_themselves():
    found = dr.declaration(people({"stated": 20, "refused": 20}), characteristics="faith")
    assert declaration_sentence(list(found.rows()), ()) == declaration_sentences(found)[0]
