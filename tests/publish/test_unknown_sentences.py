"""Unknown groups in sentences: every number is of the rows, and what they say follows from them."""

import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.unknown_sentences import unknown_sentence, unknown_sentences


def searches(black=300, white=900, lost=280, **more):
    groups = {"Black": black, "White": white, None: lost} | more
    return {"ethnicity": [label for label, n in groups.items() for _ in range(n)]}


def census(black=5_000, white=60_000):
    table = {"ethnicity": ["Black", "White"], "people": [black, white]}
    return dr.population(table, group="ethnicity", count="people", date="2011")


def of_events(data, population=None, **options):
    return dr.unknowns(
        data, population or census(), group="ethnicity", **{"reference": "White", "period": "2011-03"} | options
    )


def of_people(lost=(6, 4), asian=(37, 13), **options):
    counts = {"Asian": asian, "White": (81, 19), None: lost}
    pairs = [(label, met) for label, both in counts.items() for met, n in zip((True, False), both, strict=True)
             for _ in range(n)]  # fmt: skip
    data = {"ethnicity": [label for label, _ in pairs], "satisfied": [met for _, met in pairs]}
    return dr.unknowns(data, group="ethnicity", outcome="satisfied", positive=True, **{"reference": "White"} | options)


def said(findings):
    (text,) = unknown_sentences(findings)
    assert unsupported_numbers(text, findings) == []
    return text


def test_a_conclusion_that_holds():
    assert said(of_events(searches(), name="searches")) == (
        "In March 2011, ethnicity is not known for 280 of 1,480 searches (18.9%). Whatever their ethnicity, the rate "
        "for the Black group is 3.05 to 7.73 times that for the White group: the conclusion does not depend on them. "
        "It would hold even if every unknown case were White. With chance allowed for too, the range is 2.69 to 8.58 "
        "(95% limits)."
    )


def test_a_conclusion_that_depends_on_them():
    text = said(of_events(searches(60, 60, 200), census(1000, 3000)))
    assert "the rate for the Black group is 0.69 to 13.0 times that for the White group: the conclusion depends" in text
    assert "By the stated cases there is a clear difference; this would change if " in text
    assert text.count("odds") == 1


def test_no_clear_difference_may_become_one():
    assert "By the stated cases no difference is clear; this would change if" in said(of_people((16, 14)))


def test_a_second_recording_stands_beside_the_stated_cases():
    data = searches() | {"officer_defined": ["B"] * 300 + ["W"] * 900 + ["B"] * 280}
    text = said(of_events(data, within="officer_defined"))
    assert (
        "The stated cases alone give 4.00; if the others are unknown at random among those with the same officer "
        "defined, it is 7.73."
    ) in text


def test_all_known():
    assert said(of_events(searches(lost=0))) == (
        "In March 2011, ethnicity is known for all 1,200 events. The rate for the Black group is 4.00 times that for "
        "the White group."
    )
    assert said(of_people((0, 0), measure="difference")) == (
        "Ethnicity is known for all 150 cases. The gap between the Asian group and the White group is 7 lower "
        "(percentage points)."
    )


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("difference", "the gap between the Asian group and the White group is 14 to 1 lower (percentage points)"),
        ("ratio", "the share for the Asian group is 0.83 to 0.99 times that for the White group"),
        ("odds-ratio", "the odds for the Asian group are 0.48 to 0.94 times those for the White group"),
    ],
)
def test_each_measure_in_its_own_words(measure, words):
    assert words in said(of_people(measure=measure))


def test_of_a_reference_without_cases_the_ratio_has_no_end():
    text = said(of_events(searches(white=0), no_events="White"))
    assert "is 12.9 or more times that for the White group: the conclusion does not depend on them." in text
    assert "would change" not in text


def test_nobody_known():
    text = said(of_events({"ethnicity": [None] * 50}, no_events=["Black", "White"]))
    assert "the rate for the Black group is any number of times that for the White group" in text


def test_a_full_count_has_no_word_of_chance():
    text = said(of_events(searches(), inference="none"))
    assert "chance" not in text and "It would hold even if" in text


def test_areas_and_the_rest():
    data = searches(white=900, black=300, lost=280) | {"borough": ["Barnet"] * 1480}
    where = {"ethnicity": ["Black", "White"], "borough": ["Barnet"] * 2, "people": [5_000, 60_000]}
    population = dr.population(where, group="ethnicity", count="people", date="2011", by="borough")
    found = of_events(data, population, by="borough", reference=dr.REST)
    texts = unknown_sentences(found)
    assert len(texts) == 4 and "1,480 events in all areas together" in texts[0] and "events in Barnet" in texts[3]
    assert "times that for all other groups" in texts[0]
    assert [unsupported_numbers(text, found) for text in texts] == [[]] * 4


def test_few_people_are_not_described():
    assert said(of_people(asian=(4, 1))) == "Ethnicity: too few cases of the Asian group to describe."
    assert said(of_events(searches(black=1))).endswith("too few events of the Black group to describe.")


def test_one_comparison_by_itself():
    found = of_events(searches())
    rows = list(found.filter(group="Black").rows())
    assert unknown_sentence(rows, found.by) == said(found)


def test_staff_beside_a_population():
    found = dr.unknowns(searches(), census(), group="ethnicity", measure="share-ratio", name="officers")
    text = unknown_sentences(found)[0]
    assert text.startswith("Ethnicity is not known for 280 of 1,480 officers (18.9%). Whatever their ethnicity, the ")
    assert "share for the Black group is 2.64 to 5.09 times its share of the population" in text
    assert unsupported_numbers(text, found) == []
