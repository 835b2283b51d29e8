"""What findings on a workforce say: shares, stages, changes and parity, and whom they do not describe."""

import numpy as np

import dueregard as dr
from dueregard.measures.populations.populations import Population
from dueregard.publish.levels import statements
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.sentences import sentence

GROUPS = ["Asian", "White"]
PEOPLE = Population(
    dr.Tally(np.array([400, 600]), {"ethnicity": GROUPS}), "ethnicity", (), date="2011", ages="all ages"
)
STAFF = {"ethnicity": ["Asian"] * 12 + ["White"] * 88 + [None] * 5, "grade": ["Constable"] * 50 + ["Sergeant"] * 55}


def say(findings, **equal):
    rows = list(findings.filter(**equal).rows())
    ((first, *further),) = statements(rows)
    text = sentence(first, findings.by, findings.threshold, None, further, findings.kind)
    assert unsupported_numbers(text, findings) == [], text
    return text


def ask(staff=None, people=PEOPLE, **changes):
    return dr.representation(STAFF if staff is None else staff, people, **{"group": "ethnicity"} | changes)


def test_the_whole_sentence_of_a_representation():
    assert say(ask(name="share of officers", period="March 2011"), group="Asian") == (
        "In March 2011, the Asian group made up 12% of officers, against 40% of the population (2011, all ages): "
        "0.30 times its share (95% interval 0.17 to 0.50), 28.0 percentage points lower (33.0 to 20.2 lower). "
        "This is more than chance would make it; it does not say why."
    )


def test_points_as_the_measure():
    text = say(ask(measure="difference"), group="Asian")
    assert ": 28 percentage points lower (95% interval 33 to 20 lower). This is more than chance" in text


def test_a_grade_in_the_whole_workforce():
    text = say(ask(people=dr.OVERALL, by="grade"), group="Asian", grade="Constable")
    assert text.startswith(
        "The Asian group made up 24% of staff where grade is Constable, against 12% of the whole workforce: 2.00 times"
    )
    assert say(ask(people=dr.OVERALL, by="grade"), group="Asian", grade=None) == ""


def test_people_not_stated_nobody_and_too_few():
    assert say(ask(), group="not stated") == "5 staff had ethnicity not stated; they are in no share."
    nobody = say(ask({"ethnicity": ["White"] * 60}, no_staff="Asian"), group="Asian")
    assert "made up 0% of staff, against 40% of the population (2011, all ages): 0 times its share" in nobody
    assert (
        say(ask({"ethnicity": ["White"] * 30 + ["Asian"]}), group="Asian")
        == "The Asian group: too few staff to describe."
    )
    empty = dr.Tally(np.array([0, 600]), {"ethnicity": GROUPS})
    assert say(ask(people=empty), group="Asian").endswith("12% of staff; nobody in the population is of this group, "
                                                          "so there is nothing to compare with.")  # fmt: skip
    no_staff = ask(dr.Tally(np.array([[3, 30], [0, 0]]), {"unit": ["a", "b"], "ethnicity": GROUPS}), by="unit")
    assert say(no_staff, group="Asian", unit="b") == "The Asian group in b: no staff to describe."


def test_full_counts_levels_and_small_differences():
    assert say(ask(inference="none"), group="Asian").endswith(
        "0.30 times its share, 28.0 percentage points lower. This is a full count, so no allowance is made for chance."
    )
    several = say(ask(confidence_level=(0.95, 0.998)), group="Asian")
    assert "(95% interval 0.17 to 0.50; 99.8% interval 0.13 to 0.64)" in several
    same = say(ask({"ethnicity": ["Asian"] * 40 + ["White"] * 60}), group="Asian")
    limits = dr.proportion_interval(40, 100)
    assert f": about its share (95% interval {limits.low / 0.4:.2f} to {limits.high / 0.4:.2f}), about the same" in same
    assert "too few to tell" in same


def test_the_whole_sentence_of_a_stage():
    """17 and 9 people: the ratio is never told without what it cannot say."""
    found = dr.relative_likelihood({"White": 17, "BME": 9}, pool={"White": 2_429, "BME": 750}, stage="discipline",
                                   group="ethnicity", reference="White", period="2020")  # fmt: skip
    assert say(found, group="BME") == (
        "In 2020, staff in formal discipline as a share of staff were 1.2% for the BME group and 0.7% for the White "
        "group: 1.71 times as likely (95% interval 0.78 to 3.75), 0.5 percentage points higher (0.2 lower to 1.6 "
        "higher). Above 1 is worse for the group. These are too few to tell: 2.2 times the present numbers would be "
        "needed for a clear verdict."
    )
    assert say(found, group="White") == ""


def test_stages_that_cannot_be_compared():
    pool = {"White": 400, "BME": 100}

    def of(events, pool=pool, stage="promotion"):
        found = dr.relative_likelihood(events, pool=pool, stage=stage, group="ethnicity", reference="White")
        return say(found, group="BME")

    assert of({"White": 40, "BME": 1}).endswith("too few to describe for the BME group.")
    assert of({"White": 1, "BME": 20}).endswith("too few in the White group to compare with.")
    assert "no ratio can be given (95% interval" in of({"White": 0, "BME": 20})
    assert of({"White": 4, "BME": 0}, {"White": 40, "BME": 0}).endswith("of which there is nobody.")
    rate = of({"White": 90, "BME": 40}, {"White": 2_400.5, "BME": 700.25}, "resignation")
    assert rate.startswith(
        "Resignations per 100 person-years were 5.7 for the BME group and 3.7 for the White group: 1.52"
    )
    assert "percentage points" not in rate and "Above 1 is worse for the group." in rate
    assert "Below 1 is worse for the group." in of({"White": 40, "BME": 5})


def test_changes_in_shares():
    found = dr.share_change(
        {"BME": 80, "White": 900, "not stated": 20}, {"BME": 100, "White": 890, "not stated": 10},
        joiners={"BME": 25, "White": 75}, leavers={"BME": 10, "White": 90}, declared={"BME": 4, "White": 6},
        group="ethnicity",
    )  # fmt: skip
    assert say(found, group="BME", part="whole change") == (
        "The BME group went from 8% to 10% of staff who state a group: 1.9 percentage points higher."
    )
    assert say(found, group="BME", part="joiners") == (
        "Those who joined made the share of the BME group 1.6 percentage points higher (95% interval 0.9 to 2.6 "
        "higher): 25% of them were of the group, against 9% of staff."
    )
    assert say(found, group="BME", part="leavers").startswith(
        "Those who left made the share of the BME group 0.1 percentage points lower (95% interval 0.8 lower to 0.4 "
    )
    assert say(found, group="BME", part="changed or no longer declared") == (
        "Those who state another group or no longer any made the share of the BME group 0.1 percentage points higher."
    )
    assert say(found, group="not stated", part="joiners") == ""


FLOWS = {"joiners": {"BME": 18, "White": 42}, "leavers": {"BME": 6, "White": 54}}


def parity(staff=None, flows=FLOWS, **changes):
    people = dr.Tally(np.array([20, 80]), {"ethnicity": ["BME", "White"]})
    return dr.parity(staff or {"BME": 100, "White": 900}, people, **flows, group="ethnicity", **changes)


def test_parity_in_people_joiners_and_years():
    found = parity(date="2011-03-31")
    assert say(found, group="BME", part="people now") == (
        "The BME group made up 10.0% of staff, against 20.0% of the population: at the present number of staff 100 "
        "more people would be needed (95% interval 80 to 117)."
    )
    assert say(found, group="BME", part="joiners a year") == (
        "To reach its share within 10 years by replacing leavers, 20 of the 60 posts that are left a year would have "
        "to go to the BME group (95% interval 14 to 27); 18 of those who join a year are of it now."
    )
    assert say(found, group="BME", part="years to parity") == (
        "At the present flow the BME group would reach its share of the population in 2022 (95% interval 2016 to "
        "never)."
    )
    assert say(found, group="White", part="people now").endswith(
        "against 80.0% of the population, which is its share or more."
    )
    assert say(found, group="White", part="years to parity") == say(found, group="White", part="joiners a year") == ""


def test_parity_that_is_never_reached_or_takes_more_than_all_posts():
    never = parity(flows={"joiners": {"BME": 12, "White": 68}, "leavers": {"BME": 12, "White": 48}}, date="2011")
    text = say(never, group="BME", part="years to parity")
    assert text.startswith(
        "At the present flow the BME group would not reach its share of the population in 100 years (95% "
    )
    assert text.endswith("interval never).")
    soon = say(parity(within=1), group="BME", part="joiners a year")
    assert soon.startswith("To reach its share within 1 year by replacing leavers, the BME group would need 1")
    assert soon.endswith("joiners a year, more than the 60 posts left.")
    assert "in 12 years (95% interval 5 to never)" in say(parity(), group="BME", part="years to parity")


def test_few_people_are_not_described():
    assert say(parity({"BME": 1, "White": 40}), group="BME", part="people now") == "The BME group: too few to describe."
    assert say(parity({"BME": 1, "White": 40}), group="BME", part="years to parity") == ""


def test_every_row_of_the_examples_says_only_its_own_numbers():
    table = dr.data.example("population")
    chosen = table["characteristic"] == "ethnic group"
    people = dr.Tally(table["population"][chosen], {"population_group": table["group"][chosen].tolist()})
    findings = dr.representation(dr.data.example("workforce"), people, group="population_group", by="grade")
    for row in findings.rows():
        text = sentence(row, findings.by, findings.threshold, kind=findings.kind)
        assert unsupported_numbers(text, findings) == []
        assert "nan" not in text and "inf " not in text
