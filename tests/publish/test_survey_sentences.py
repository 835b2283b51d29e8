"""Surveys in sentences: estimates, tests, who answered, options with ties, and what a sample will be able to say."""

import pytest

import dueregard as dr
from dueregard.inference.surveys.nonresponse.outcome_rates import RATES
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.response_sentences import definition

N = 240
SURVEY = {
    "hours": [8 + i % 7 + (i % 2) for i in range(N)],
    "answer": [("Yes", "No", "Perhaps")[(i % 3 if i % 2 else i % 2)] for i in range(N)],
    "sex": ["Female" if i % 2 else "Male" for i in range(N)],
    "ward": [f"W{i // 20}" for i in range(N)],
    "borough": ["Barnet" if i < N // 2 else "Brent" for i in range(N)],
    "weight": [1.0 + i % 3 for i in range(N)],
}
DESIGN = dr.survey_design(weight="weight", psu="ward", stratum="borough")


def said(findings):
    texts = findings.sentences()
    for text in texts:
        assert unsupported_numbers(text, findings) == [], text
        assert "None" not in text and "nan" not in text
    return texts


def test_shares_of_a_survey_say_what_their_cases_are_worth():
    asked = {"outcome": "answer", "positive": "Yes", "name": "agreed"}
    texts = said(dr.survey_estimate(SURVEY, design=DESIGN, by="borough", **asked))
    assert texts[0].startswith("Agreed in all areas together was ") and "240 answers, worth " in texts[0]
    assert texts[1].startswith(
        "These figures are weighted and from a sample survey, and intervals allow for its design: the 240 "
        "answers are worth"
    )
    assert texts[1].endswith("together each counts by its population, not by its number of interviews.")
    assert texts[2].startswith("Agreed in Barnet was ") and len(texts) == 4


def test_figures_with_weights_alone_say_what_their_cases_are_worth():
    asked = {"outcome": "answer", "positive": "Yes", "group": "sex", "reference": "Male"}
    texts = said(dr.gap(SURVEY, **asked, weight="weight"))
    assert texts[1] == (
        "These figures are weighted, and intervals allow for unequal weights, not for how a sample was drawn: the 120 "
        "answers of people in the Female group are worth 103 of equal weight."
    )
    assert not any("weighted" in text for text in said(dr.gap(SURVEY, **asked)))
    months = SURVEY | {"month": ["2010-04" if i % 2 else "2010-05" for i in range(N)]}
    changed = dr.change(
        months, outcome="answer", positive="Yes", time="month", window=1, before="2010-04", weight="weight"
    )
    assert said(changed)[1].startswith("These figures are weighted, and intervals allow for unequal weights")


def test_numbers_have_their_unit():
    texts = said(dr.survey_estimate(SURVEY, design=DESIGN, value="hours", unit="hours", name="hours worked"))
    assert texts[0].startswith("Mean hours worked was 11.5 hours (95% interval 11.") and "; 240 answers)." in texts[0]
    texts = said(dr.survey_estimate(SURVEY, design=DESIGN, value="hours", statistic="total", unit="hours"))
    assert texts[0].startswith("Total hours was 5,509 hours (95% interval 5,419 to 5,599; 240 answers).")
    texts = said(dr.survey_estimate(SURVEY, design=DESIGN, value="hours", quantiles=0.5, statistic="quantile"))
    assert texts[0].startswith("Median hours was 1")


def test_what_cannot_be_estimated():
    one = {name: values[:20] for name, values in SURVEY.items()}
    design = dr.survey_design(weight="weight", psu="ward")
    assert "no interval, as all of them are in one cluster" in said(
        dr.survey_estimate(one, design=design, value="hours")
    )[0]  # fmt: skip
    same = SURVEY | {"hours": [8] * N}
    assert "no interval, as their values do not vary" in said(dr.survey_estimate(same, design=DESIGN, value="hours"))[0]
    unknown = SURVEY | {"borough": [*SURVEY["borough"][:-1], "Sutton"], "hours": [*SURVEY["hours"][:-1], None]}
    empty = dr.survey_estimate(
        unknown, design=dr.survey_design(weight="weight", psu="ward"), value="hours", by="borough"
    )
    assert said(empty)[-1] == "Mean hours in Sutton cannot be given: no cases."
    few = dr.survey_estimate({name: values[::40] for name, values in SURVEY.items()}, design=DESIGN, outcome="answer",
                             positive="Yes")  # fmt: skip
    assert few.sentences()[0].endswith("too few people to describe.")


def test_a_table_of_answers_is_tested():
    texts = said(dr.survey_test(SURVEY, design=DESIGN, outcome="answer", group="sex", name="agreement"))
    assert texts[0].startswith("Answers on agreement differ beyond chance between groups of sex: Rao-Scott test, ")
    assert " degrees of freedom, p " in texts[0] and "F = " in texts[0]
    assert texts[1].endswith("Where it shows none, that is no evidence that there is none.")


def test_tests_of_areas_allow_for_their_number():
    data = SURVEY | {"answer": [("Yes", "No")[i * i % 7 % 2] for i in range(N)]}
    texts = said(dr.survey_test(data, design=DESIGN, outcome="answer", group="sex", by="borough", method="chi-square"))
    assert "are not shown to differ between groups of sex: Rao-Scott test, first order, chi-square = " in texts[0]
    assert sum("no evidence that there is none" in text for text in texts) == 1
    assert "once all tests are allowed for." in texts[-1] and len(texts) == 4


def test_a_test_that_cannot_be_made():
    data = SURVEY | {"answer": ["Yes"] * N}
    texts = said(dr.survey_test(data, design=DESIGN, outcome="answer", group="sex"))
    assert texts[0].startswith("Whether answer differs between groups of sex cannot be tested")


def test_means_and_ranks_are_tested():
    (text, caveat) = said(
        dr.survey_test(SURVEY, design=DESIGN, value="hours", group="sex", reference="Male", unit="hours")
    )
    assert text.startswith("Mean hours was 1") and "for the Female group against 1" in text
    assert "design-based t test, t = " in text and "degrees of freedom, p " in text
    assert "not why" in caveat
    (text, _) = said(dr.survey_test(SURVEY, design=DESIGN, value="hours", group="sex", reference="Male", method="rank"))
    assert "% for one of the Female group against one of the Male group, where 50% is even." in text


def test_a_sample_without_weights_is_not_called_weighted():
    drawn = dr.survey_design(psu="ward", stratum="borough")
    asked = {"outcome": "answer", "positive": "Yes", "by": "borough"}
    gap = {"group": "sex", "reference": "Male"}
    for design, weighted in ((DESIGN, True), (drawn, False)):
        of_gap = dr.gap(SURVEY, **asked, **gap, design=design)
        for found in (of_gap, dr.survey_estimate(SURVEY, **asked, design=design)):
            text = found.sentences()[1]
            assert text.startswith("These figures are weighted and from" if weighted else "These figures are from a")
            counted = (
                "population, not by its number of interviews." if weighted else "interviews, not by its population."
            )
            assert text.endswith(counted)
            assert ("Weighted figures of a sample survey; i" if weighted else "\nFigures of a sample survey; i") in str(
                found
            )
        ranks = str(dr.rank(of_gap, higher_is_better=True))
        assert "unequal weights" not in ranks
        assert ("Weighted figures of a sample" if weighted else "\nFigures of a sample") in ranks


def test_people_of_no_known_group_are_told_once_and_not_of_each_area():
    some = SURVEY | {"sex": [None if i % 9 == 0 else sex for i, sex in enumerate(SURVEY["sex"])]}
    asked = {"outcome": "answer", "positive": "Yes", "group": "sex", "reference": "Male", "by": "borough"}
    texts = dr.gap(some, **asked, design=DESIGN).sentences()
    assert sum("not a group to compare" in text for text in texts) == 1
    assert "in all areas together" in next(text for text in texts if "not a group to compare" in text)


def test_a_handful_of_answers_is_worth_nothing_that_is_told():
    one = {name: values[:1] for name, values in SURVEY.items()}
    said = dr.survey_estimate(one, outcome="answer", positive=SURVEY["answer"][0], design=DESIGN).sentences()
    assert said[1] == "These figures are weighted and from a sample survey, and intervals allow for its design."


def test_means_of_few_and_none():
    data = {name: values[:] for name, values in SURVEY.items()} | {"sex": ["Female"] * 5 + ["Male"] * (N - 5)}
    (text, _) = said(dr.survey_test(data, design=DESIGN, value="hours", group="sex", reference="Male"))
    assert text == "Mean hours: too few people to compare the Female group with the Male group."
    data = data | {"sex": [*data["sex"][:-1], "Other"], "hours": [*data["hours"][:-1], None]}
    found = dr.survey_test(data, design=DESIGN, value="hours", group="sex", reference="Male")
    assert said(found)[-1].endswith("the Other group cannot be compared with the Male group, as there are no cases.")


def test_gaps_and_shares_of_a_survey_say_it_once():
    gap = dr.gap(SURVEY, outcome="answer", positive="Yes", group="sex", reference="Male", by="borough", design=DESIGN)
    assert [i for i, text in enumerate(said(gap)) if "from a sample survey" in text] == [1]
    assert "answers of people in the Female group are worth" in gap.sentences()[1]
    share = dr.share(SURVEY, of="sex", design=DESIGN)
    assert "the 240 answers are worth" in said(share)[1]
    simple = dr.gap(SURVEY, outcome="answer", positive="Yes", group="sex", reference="Male")
    assert not any("sample survey" in text for text in simple.sentences())


STAFF = {
    "outcome": ["complete"] * 330 + ["no answer"] * 170 + ["complete"] * 40 + ["no answer"] * 60,
    "sex": ["Female"] * 500 + ["Male"] * 100,
    "site": ["North", "South"] * 300,
}


def test_response_rates_are_defined_once():
    texts = said(dr.survey_response(STAFF, disposition="outcome", group="sex", by="site"))
    assert texts[0] == (
        "RR1 counts those who answered in full among all who were to be asked, with all of those of whom "
        "that is not known."
    )
    assert texts[1].startswith("Response rate RR1 in all areas together was 66% for the Female group against 40%")
    assert sum("counts those" in text for text in texts) == 1
    assert any("differ" in text for text in texts)


def test_several_rates_without_groups():
    texts = said(dr.survey_response(STAFF, disposition="outcome", rates=["RR1", "RR3"], eligible=0.8))
    assert [text.partition(" ")[0] for text in texts] == ["RR1", "Response", "RR3", "Response"]
    assert texts[1] == "Response rate RR1 was 62% (95% interval 58 to 65)."
    assert texts[3].endswith("Of those of whom it is not known whether they were to be asked 80% are taken to be so.")


@pytest.mark.parametrize("name", sorted(RATES))
def test_every_rate_has_a_definition(name):
    assert definition(name).startswith(f"{name} counts those who ")
    assert len({definition(other) for other in RATES}) == len(RATES)


def test_what_those_who_did_not_answer_could_change():
    data = {"satisfied": [True] * 74 + [False] * 26 + [None] * 50 + [True] * 162 + [False] * 38 + [None] * 50,
            "ethnicity": ["Asian"] * 150 + ["White"] * 250}  # fmt: skip
    (text,) = said(dr.bound_nonresponse(data, outcome="satisfied", positive=True, group="ethnicity", reference="White"))
    assert text.startswith("Of those asked, 67% of the Asian group and 80% of the White group answered. Among them: ")
    assert (
        "Whatever those who did not answer would have said, the gap of all asked is 35 lower to 18 higher (percentage "
        "points); so which of the two is lower depends on what they would have said."
    ) in text
    assert text.endswith(
        "For there to be no gap they would have to differ from those who answered by 13.1 percentage "
        "points in both groups, "
        "towards each other, or by 21.0 in the Asian group alone."
    )


def test_a_gap_that_holds_whatever_they_would_have_said():
    data = {"ok": [True] * 20 + [False] * 80 + [None] * 4 + [True] * 180 + [False] * 20, "g": ["A"] * 104 + ["B"] * 200}
    (text,) = said(dr.bound_nonresponse(data, outcome="ok", positive=True, group="g", reference="B"))
    assert text.endswith("so which of the two is lower holds whatever they would have said.")
    few = {"ok": [True] * 4 + [None] * 4 + [True] * 180 + [False] * 20, "g": ["A"] * 8 + ["B"] * 200}
    (text,) = said(dr.bound_nonresponse(few, outcome="ok", positive=True, group="g", reference="B"))
    assert text == "Ok: too few people in the A group to describe."


CONCERNS = {
    "concerns": ["Burglary; Drugs"] * 40 + ["Burglary"] * 30 + ["Drugs"] * 30 + ["Litter"] * 20,
    "sex": ["Female", "Male"] * 60,
    "site": ["North"] * 60 + ["South"] * 60,
}


def test_options_with_ties():
    (text,) = said(dr.multiple_responses(CONCERNS, column="concerns"))
    assert text == (
        "Of 120 people who answered, 58% chose Burglary (1st equal); 58% chose Drugs (1st equal); 17% "
        "chose Litter (3rd). "
        "Allowing for chance (95% interval), the rank could be: Burglary 1st to 2nd; Drugs 1st to 2nd."
    )
    assert "Allowing" not in said(dr.multiple_responses(CONCERNS, column="concerns", inference="none"))[0]


def test_options_that_keep_their_ranks():
    data = {"c": ["a;b"] * 100 + ["a"] * 100 + ["c"] * 20}
    (text,) = said(dr.multiple_responses(data, column="c"))
    assert text.endswith("Each keeps its rank when chance is allowed for (95% interval).")


def test_options_of_groups_and_areas():
    texts = said(
        dr.multiple_responses(CONCERNS, column="concerns", group="sex", reference="Male", by="site", name="chose")
    )
    assert texts[0].startswith("Of 60 people of the Female group in all areas together who answered, ")
    assert sum(text.startswith("Of ") for text in texts) == 6
    assert any(text.startswith("Chose Drugs in South was ") for text in texts)


def test_options_of_few_and_none():
    data = {"c": ["a;b"] * 60 + ["b"] * 5 + [None] * 3, "g": ["A"] * 60 + ["B"] * 5 + ["C"] * 3}
    texts = said(dr.multiple_responses(data, column="c", group="g"))
    assert texts[1] == "Too few people of the B group to describe."
    assert texts[2] == "No answers of the C group."


def test_weighting_classes():
    staff = {"grade": ["PC"] * 300 + ["Sergeant"] * 100 + ["Chief"] * 12,
             "answered": [True] * 120 + [False] * 180 + [True] * 80 + [False] * 20 + [False] * 12}  # fmt: skip
    texts = said(dr.weighting_classes(staff, classes="grade", responded="answered"))
    assert texts[0].startswith("Of 412 asked, 200 responded: 49% (95% interval 44 to 53). Classes of grade respond ")
    assert texts[1].startswith("Weighted up to those asked, each respondent would stand for 1.25 to 2.50 people, ")
    assert texts[2] == "Nobody responded, so that no weight can stand for them: Chief."
    assert texts[4].endswith(
        "People in the PC group are 73% of those asked and 60% of respondents, and each would stand for 2.50."
    )


def test_weighting_classes_that_respond_alike():
    staff = {"grade": ["PC"] * 200 + ["Sergeant"] * 40, "answered": [True, False] * 120}
    texts = said(dr.weighting_classes(staff, classes="grade", responded="answered"))
    assert "Classes of grade are not shown to respond differently (chi-squared " in texts[0]
    assert texts[2] == "Too few respondents for a weight that can be relied on: Sergeant."
    everybody = dr.weighting_classes(staff | {"answered": [True] * 240}, classes="grade", responded="answered")
    assert "cannot be tested" in said(everybody)[0]


GAP = {"p1": 0.74, "p2": 0.81, "share": 0.29, "groups": ("Minority ethnic", "White")}


def test_what_a_sample_will_be_able_to_say():
    texts = said(dr.precision({"a force": 20_480, "a borough": 640}, **GAP, design_effect=1.5))
    assert texts[3] == (
        "640 answers (a borough, with a design effect of 1.5) give the gap between the Minority ethnic "
        "group (74%) and the "
        "White group (81%) to within 8.9 percentage points either way (95% interval 16.3 lower to 1.5 "
        "higher). Such a gap "
        "would be found with a chance of 37%; the smallest that is found with a chance of 80% is one of "
        "13 percentage points."
    )
    assert texts[1] == (
        "For an interval that is expected just to leave out 0, a gap of 7.0 percentage points needs about 1,035 "
        "answers; so many would still miss it about every other time."
    )
    assert texts[2].startswith("Nothing is measured here") and len(texts) == 4


def test_a_share_of_a_sample():
    texts = said(dr.precision(640, p1=0.79))
    assert texts[0] == "640 answers (the sample) give a share of 79% to within 3.2 percentage points either way (95% " \
        "interval 76 to 82)."  # fmt: skip
    assert len(texts) == 2
