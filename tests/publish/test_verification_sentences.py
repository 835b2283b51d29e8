"""Verification in plain English and in tables: every number is one of the findings, and tables fit a terminal."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers

ESPS = dr.frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]
SCALE = np.array(ESPS.answer_ids)


def responses(places, units):
    return {"unit": [unit for unit in units for _ in IDS], "indicator": IDS * len(units),
            "answer": SCALE[places].ravel().tolist()}  # fmt: skip


@pytest.fixture(scope="module")
def sides():
    """Eight boroughs' own answers, and a dip sample of five of each by peers who are more severe."""
    rng = np.random.default_rng(2011)
    units = dr.data.load("borough_answers")["borough"].tolist()[:8]
    places = rng.choice(4, size=(8, 18), p=[0.1, 0.2, 0.4, 0.3])
    own = dr.assess(responses(places, units), ESPS)
    drawn = dr.dip_sample(own, 5, seed=1)
    checked = np.maximum(places - (rng.random(places.shape) < 0.4), 0)
    found = [
        SCALE[checked[units.index(u), IDS.index(i)]] for u, i in zip(drawn["unit"], drawn["indicator"], strict=True)
    ]
    check = {"unit": drawn["unit"], "indicator": drawn["indicator"], "answer": found}
    return own, drawn, check


@pytest.fixture(scope="module")
def every(sides):
    own, drawn, check = sides
    return {
        "drawn": drawn,
        "by section": dr.dip_sample(own, 2, seed=1, by="section"),
        "agreement": dr.agreement(own, check, ESPS, by="section"),
        "by source": dr.agreement(own, {**check, "source": ["peer review"] * len(check["unit"])}, ESPS),
        "by unit": dr.agreement(own, check, ESPS, by="unit"),
        "by indicator": dr.agreement(own, check, ESPS, by="indicator"),
        "verified": dr.verified_score(own, check),
        "pairs": dr.pair_units(own, threshold="half"),
    }


EVERY = ("drawn", "by section", "agreement", "by source", "by unit", "by indicator", "verified", "pairs")


@pytest.mark.parametrize("name", EVERY)
def test_every_number_is_one_of_the_findings_and_tables_fit(every, name):
    findings = every[name]
    said = findings.sentences()
    assert said
    assert all(text[0] == text[0].upper() and text.endswith(".") for text in said)
    assert [unsupported_numbers(text, findings) for text in said] == [[]] * len(said)
    assert max(map(len, repr(findings).splitlines())) <= 80
    assert findings.to_frame().shape[0] == len(findings)


def test_verdicts_partners_and_what_is_learned_are_in_the_table(every):
    assert "Verdict" in repr(every["by source"]).partition("Not shown")[0]
    table = repr(every["pairs"])
    assert "Partner" in table
    assert "Learn" in table.partition("Not shown")[0]
    assert "weighted kappa" in repr(every["by unit"])


def two(own, other):
    ids = ["1B", "2B"]
    sides = ({"unit": ["a", "a", "b", "b"], "indicator": ids * 2, "answer": each} for each in (own, other))
    return dr.agreement(*sides, ESPS)


def test_what_agreement_says():
    found = two(["very", "fairly", "very", "not_at_all"], ["very", "not_very", "fairly", "not_at_all"])
    first, second, third = found.sentences()
    assert first.startswith("All answers: 50% of 4 answers compared were the same (95% interval ")
    assert "weighted kappa was 0.64 (95% interval \N{MINUS SIGN}0.42 to 1.00), where the same answers paired" in first
    assert second.startswith(
        "All answers: 50% were more generous than the check and 0% more severe, on average 0.50 steps above it"
    )
    assert third.startswith("All answers: 75% were met by own answers and 50% on the check, 25 percentage points more")
    assert third.endswith(": too few to tell.")


def test_agreement_in_part_says_what_there_is():
    found = two(["very", "fairly", "very", "not_at_all"], ["very", "not_very", "fairly", "not_at_all"])

    def of(*measures):
        (said,) = found.filter(measure=list(measures)).sentences()
        return said.partition(" (95% ")[0]

    assert of("same answer") == "All answers: 50% of 4 answers compared were the same"
    assert of("weighted kappa") == "All answers: weighted kappa was 0.64"
    assert of("same answer", "weighted kappa").startswith("All answers: 50% of 4")
    assert of("more severe") == "All answers: 0% were more severe than the check."
    assert of("more generous", "more severe") == (
        "All answers: 50% were more generous than the check and 0% more severe."
    )
    assert of("steps above") == "All answers: on average 0.50 steps above the check"
    assert of("met, check") == "All answers: 50% were met on the check."
    assert of("met, own", "met, difference") == ("All answers: 75% were met by own answers, 25 percentage points more")
    alone = found.filter(measure="met, difference").sentences()
    assert alone[0].endswith(" were met by own answers than on the check: too few to tell.")
    assert len(found.filter(measure=["same answer", "steps above"]).sentences()) == 2


def test_a_kappa_that_could_be_nothing_else_is_not_said():
    found = two(["very"] * 4, ["very", "not_very", "fairly", "not_at_all"])
    said = found.sentences()[0]
    assert said.endswith("weighted kappa is not known, for one side gave the same answer throughout.")
    assert "0.00" not in said


def test_what_agreement_says_where_there_is_nothing_to_say():
    same = two(["very"] * 4, ["very"] * 4).sentences()
    assert "weighted kappa is not defined, for all were the same answer" in same[0]
    assert "as many" in same[2]
    own = {"unit": ["a"], "indicator": ["1B"], "answer": ["very"]}
    other = {"unit": ["a"], "indicator": ["1B"], "answer": ["refused"]}
    assert dr.agreement(own, other, ESPS).sentences() == [
        "All answers: no answers that could be compared. Not compared: 1 checked without a result."
    ]


def test_what_lists_scores_and_pairs_say():
    own = {"unit": ["a"] * 2 + ["b"] * 2, "indicator": ["1B", "2B"] * 2, "answer": ["met", "not met", "met", "met"]}
    own |= {name: [*values, extra] for (name, values), extra in zip(own.items(), ("c", "1B", "refused"), strict=True)}
    assessed = dr.assess(own, ESPS)
    drawn = dr.dip_sample(assessed, 2, seed=1).sentences()
    assert drawn == ["A: check 1B, 2B (2 of 2 answers).", "B: check 1B, 2B (2 of 2 answers).", "C: nothing to check."]
    assert dr.pair_units(assessed, threshold="half").sentences() == [
        "A can learn 2B from b (1 of 1 not met).",
        "C: cannot tell, for missing answers decide whether it is weaker.",
    ]
    scores = dr.verified_score(assessed, {"unit": ["a"], "indicator": ["1B"], "answer": ["met"]}).sentences()
    assert scores[0] == (
        "A: 1 of 18 answers checked; 6% by its own answers, 6% if the check held for all (6% to 100% with 95% "
        "confidence): cannot tell."
    )
    assert (
        scores[1]
        == "B: 0 of 18 answers checked; a check of all would give 0% to 100% with 95% confidence: cannot tell."
    )
