"""Rolling windows in sentences: the latest with figures, what those that share months do not say, which are missing."""

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.numbers import unsupported_numbers

MONTHS = [f"2010-{month:02}" for month in range(1, 13)]


def survey(months=MONTHS, n=20, areas=("Barnet", "Brent")):
    rows = [
        (month, area, group, i < (12 if group == "Asian" else 15))
        for month in months
        for area in areas
        for group in ("Asian", "White")
        for i in range(n)
    ]
    return dict(zip(("month", "borough", "group", "met"), map(list, zip(*rows, strict=True)), strict=True))


ASKED = {"outcome": "met", "positive": True, "time": "month", "window": 3, "name": "satisfied"}
OVERLAP = (
    "Windows that follow each other share months, so that their intervals do not show whether one differs from another "
    "by more than chance: the change has to be computed."
)


def said(findings):
    texts = findings.sentences()
    for text in texts:
        assert unsupported_numbers(text, findings) == [], text
        assert "None" not in text and "nan" not in text
    return texts


def test_the_latest_window_and_no_change():
    texts = said(dr.rolling(survey(), **ASKED))
    assert texts == ["In the 3 months to December 2010, satisfied was 68% (95% interval 61 to 73).", OVERLAP]


def test_windows_that_share_nothing_need_no_warning():
    assert len(said(dr.rolling(survey(), **ASKED, step=3))) == 1
    assert len(said(dr.rolling(survey(), **ASKED | {"window": 1}))) == 1
    assert said(dr.rolling(survey(), **ASKED | {"window": 1}))[0].startswith("In December 2010, satisfied was 68%")


def test_gaps_by_area_say_first_how_much_they_vary():
    texts = said(dr.rolling(survey(), **ASKED, group="group", reference="White", by="borough"))
    assert texts[0].startswith(
        "In the 3 months to December 2010, satisfied in all areas together was 60% for the Asian group against 75% for "
        "the White group: 15 percentage points lower"
    )
    assert texts[1] == OVERLAP
    assert texts[2].startswith("The gap between the Asian group and the White group shows no sign of differing by")
    assert [text for text in texts if "satisfied in Barnet" in text] == texts[4:5]


def test_each_group_without_a_reference():
    texts = said(dr.rolling(survey(), **ASKED, group="group"))
    assert "satisfied was 60% for the Asian group (95% interval" in texts[0]
    assert "satisfied was 75% for the White group (95% interval" in texts[-1]


def test_levels_are_one_sentence():
    assert "(95% interval 61 to 73; 99% interval 59 to 75)" in said(
        dr.rolling(survey(), **ASKED, confidence_level=[0.95, 0.99])
    )[0]  # fmt: skip


def test_breaks_and_missing_months_are_said_in_words():
    data = survey([month for month in MONTHS if month != "2010-09"])
    texts = said(dr.rolling(data, **ASKED, breaks=dr.Break("2010-05", "mode", "interviews by telephone")))
    assert texts[2:] == [
        "No figure is given for the 3 months to May 2010 and the 3 months to June 2010, as values are not compared "
        "across May 2010: interviews by telephone.",
        "No figure is given for the 3 months to September 2010, the 3 months to October 2010 and the 3 "
        "months to November "
        "2010, as a month is missing from the data.",
    ]


def test_many_windows_without_figures_are_a_span():
    data = survey([month for month in MONTHS if month != "2010-08"])
    texts = said(dr.rolling(data, **ASKED | {"window": 4}))
    assert texts[-1] == (
        "No figure is given for any window from the 4 months to August 2010 up to the 4 months to November 2010, as a "
        "month is missing from the data."
    )


def test_the_latest_window_may_not_be_the_last():
    texts = said(dr.rolling(survey(), **ASKED, breaks=dr.Break("2010-12", "sample")))
    assert texts[0].startswith("In the 3 months to November 2010, ")
    assert texts[-1].endswith("as values are not compared across December 2010: a change of who is asked.")
    alone = said(dr.rolling(survey(), **ASKED | {"window": 12}, breaks=dr.Break("2010-12", "question")))
    assert alone == [
        "No figure is given for the 12 months to December 2010, as values are not compared across "
        "December 2010: a change "
        "of the question."
    ]


def test_an_area_without_cases_in_some_month():
    data = survey()
    kept = [i for i, month in enumerate(data["month"]) if month != "2010-11" or data["borough"][i] == "Brent"]
    data = {name: [values[i] for i in kept] for name, values in data.items()}
    texts = said(dr.rolling(data, **ASKED, by="borough"))
    assert texts[-1] == "In Barnet some month of the window to December 2010 has no cases."


def test_few_people_are_not_described():
    texts = said(dr.rolling(survey(n=1, areas=("Barnet",)), **ASKED))
    assert texts[0] == "In the 3 months to December 2010, satisfied: too few people to describe."


def events(**more):
    return {"month": ["2010-04"] * 30 + ["2010-05"] * 20 + ["2010-06"] * 40} | more


def test_rates():
    texts = said(dr.rolling_rates(events(), 50_000, time="month", window=2, name="complaints"))
    assert texts[0] == (
        "In the 2 months to June 2010, complaints per 1,000 residents were 1.2 (60 complaints; 95% "
        "interval 0.92 to 1.5)."
    )
    one = dr.rolling_rates({"month": ["2010-04"]}, 50_000, time="month", window=1, name="complaints")
    assert said(one) == ["In April 2010, complaints per 1,000 residents: too few to describe."]


def test_rates_of_groups():
    people = dr.population({"g": ["Black", "White"], "n": [10_000, 40_000]}, group="g", count="n", date="2011")
    found = dr.rolling_rates(
        events(g=["Black", "White"] * 45), people, time="month", window=2, name="complaints", group="g"
    )
    assert "complaints per 1,000 residents were 3.0 for the Black group (30 complaints" in said(found)[0]
    found = dr.rolling_rates(
        events(g=["Black", "White"] * 45), people, time="month", window=2, name="complaints", group="g",
        reference="White",
    )  # fmt: skip
    assert "times the rate" in found.sentences()[0]


def test_a_survey_with_its_design():
    data = survey() | {"weight": [1.0, 3.0] * 480}
    texts = said(dr.rolling(data, **ASKED, by="borough", design=dr.survey_design(weight="weight")))
    assert texts[1].startswith("These figures are weighted and from a sample survey")


def test_nothing_says_nothing():
    assert Findings({"group": []}, kind="rolling").sentences() == []


def test_months_without_data_are_one_sentence():
    found = dr.rolling(survey(months=["2010-01", "2010-03", "2010-06"]), **ASKED | {"window": 1})
    (text,) = [text for text in found.sentences() if "No figure" in text]
    assert text == ("No figure is given for February 2010; for April 2010 and May 2010, as there are no data for them.")
