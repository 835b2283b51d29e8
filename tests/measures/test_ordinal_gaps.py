"""dr.ordinal_gap: its rows against dr.compare_ordinal, references, scales, weights, and what its sentences say."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.distributions.ordinal import superiority
from dueregard.publish.numbers import unsupported_numbers

SCALE = ["poor", "fair", "good", "excellent"]
LABELS = {
    "borough": ["Bexley", "Camden"],
    "ethnicity": ["Asian", "Black", "White", "not stated"],
    "answer": ["don't know", "excellent", "fair", "good", "poor", "not stated", "not applicable"],
}
# borough x ethnicity x answer, in the order of the labels
COUNTS = np.array(
    [
        [[2, 8, 20, 30, 9, 1, 3], [0, 3, 6, 9, 8, 0, 0], [5, 40, 50, 90, 20, 4, 0], [0, 1, 1, 2, 0, 0, 0]],
        [[0, 9, 10, 12, 5, 0, 0], [0, 0, 0, 0, 0, 2, 0], [1, 30, 40, 80, 10, 0, 0], [0, 0, 0, 0, 0, 0, 0]],
    ]
)
ASK = {"outcome": "answer", "group": "ethnicity", "scale": SCALE, "exclude": "don't know"}
ORDER = [LABELS["answer"].index(answer) for answer in SCALE]


def example(counts=COUNTS):
    return dr.Tally(np.asarray(counts), LABELS, outcome="answer")


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def test_a_row_is_the_comparison_of_its_two_groups():
    found = row(dr.ordinal_gap(example(), **ASK, reference="White", by="borough"), borough="Bexley", group="Asian")
    plain = dr.compare_ordinal(COUNTS[0, 0, ORDER], COUNTS[0, 2, ORDER])
    assert (found["value"], found["reference_value"]) == (pytest.approx(100 * plain.estimate), 50)
    shown = [found[name] for name in ("estimate", "low", "high")]
    assert shown == pytest.approx([100 * (x - 0.5) for x in plain[:3]])
    assert found["pvalue"] == pytest.approx(plain.pvalue, abs=1e-9)
    assert (found["nobs"], found["outcome_missing"], found["reference_nobs"]) == (67, 3, 200)
    assert found["count"] is None and found["unit_of_measure"] == "percentage points from an even chance"
    assert found["method"] == "Wilson for effective numbers of cases; Holm over 3 comparisons"


def test_cliffs_delta_is_higher_less_lower_and_has_the_same_p_and_verdict():
    chance, delta = (
        dr.ordinal_gap(example(), **ASK, reference="White", measure=name) for name in ("superiority", "cliffs-delta")
    )
    for one, other in zip(chance.rows(), delta.rows(), strict=True):
        assert other["estimate"] == pytest.approx(2 * one["estimate"], nan_ok=True)
        assert other["pvalue"] == pytest.approx(one["pvalue"], nan_ok=True)
        assert other["verdict"] == one["verdict"] or "by less than" in str(one["verdict"])
        if other["row_type"] == "group" and other["group"] != "not stated":
            assert other["value"] - other["reference_value"] == pytest.approx(other["estimate"])


def test_all_areas_come_first_and_variation_before_areas():
    findings = dr.ordinal_gap(example(), **ASK, reference="White", by="borough")
    kinds = list(zip(findings["borough"], findings["row_type"], strict=True))
    assert kinds[:4] == [(None, "group"), (None, "group"), (None, "reference"), (None, "group")]
    assert kinds[4:8] == [(None, "variation")] * 4
    assert [kind for kind, _ in kinds[8:]] == ["Bexley"] * 4 + ["Camden"] * 4
    pooled = dr.compare_ordinal(*COUNTS[:, [0, 2]].sum(axis=0)[:, ORDER])
    assert findings["estimate"][0] == pytest.approx(100 * (pooled.estimate - 0.5))


def test_against_the_rest_and_against_the_whole():
    rest, whole = (dr.ordinal_gap(example(), **ASK, reference=reference) for reference in (dr.REST, dr.OVERALL))
    counts = COUNTS.sum(axis=0)[:, ORDER]
    for i, group in enumerate(("Asian", "Black", "White")):
        others = counts[[j for j in range(3) if j != i]].sum(axis=0)
        plain = dr.compare_ordinal(counts[i], others)
        part = counts[i].sum() / counts[:3].sum()
        one, other = row(rest, group=group), row(whole, group=group)
        assert one["estimate"] == pytest.approx(100 * (plain.estimate - 0.5))
        assert other["estimate"] == pytest.approx((1 - part) * one["estimate"])
        assert other["value"] - other["reference_value"] == pytest.approx(other["estimate"])
        assert (other["low"], other["high"]) == pytest.approx(((1 - part) * one["low"], (1 - part) * one["high"]))


def test_the_reference_keeps_its_row_and_missing_groups_are_compared_with_nobody():
    findings = dr.ordinal_gap(example(), **ASK, reference="White")
    reference, unknown = row(findings, group="White"), row(findings, group="not stated")
    assert reference["row_type"] == "reference" and reference["value"] == pytest.approx(50)
    assert math.isnan(reference["estimate"]) and math.isnan(unknown["estimate"])
    assert unknown["value"] == unknown["value"] and dr.Flag.MISSING_GROUP in unknown["flag"]


def test_a_group_without_answers_keeps_its_row():
    found = row(dr.ordinal_gap(example(), **ASK, reference="White", by="borough"), borough="Camden", group="Black")
    assert math.isnan(found["estimate"]) and math.isnan(found["value"]) and found["verdict"] is None
    assert dr.Flag.NO_CASES | dr.Flag.MISSING_ANSWERS in found["flag"]


def test_weights_give_shares_and_effective_numbers():
    people = {"answer": SCALE * 30, "grade": (["a"] * 4 + ["b"] * 8) * 10, "weight": [1.0, 2.0, 1.0, 0.5, 3.0] * 24}
    findings = dr.ordinal_gap(people, outcome="answer", group="grade", reference="b", scale=SCALE, weight="weight")
    weights, counts = np.array(people["weight"]), {}
    for group in "ab":
        member = np.array(people["grade"]) == group
        answer = np.array(people["answer"])
        sums = np.array([weights[member & (answer == each)].sum() for each in SCALE])
        counts[group] = sums, sums.sum() ** 2 / (weights[member] ** 2).sum()
    theta, size = superiority(counts["a"][0], counts["b"][0], np.array(counts["a"][1]), np.array(counts["b"][1]))
    found = row(findings, group="a")
    assert found["value"] == pytest.approx(100 * theta) and 0 < size < 120
    assert found["effective_nobs"] == pytest.approx(counts["a"][1]) and dr.Flag.EFFECTIVE_SIZE in found["flag"]


def test_several_levels_and_a_full_count():
    several = dr.ordinal_gap(example(), **ASK, reference="White", confidence_level=(0.9, 0.998))
    assert several["confidence_level"][:2] == [0.9, 0.998] and several["low"][0] > several["low"][1]
    counted = dr.ordinal_gap(example(), **ASK, reference="White", inference="none")
    assert all(map(math.isnan, counted["low"])) and counted["verdict"] == [None] * 4
    assert set(counted["method"]) == {"full count"} and counted["estimate"][0] == several["estimate"][0]


def test_a_larger_sample_of_the_multiple_named_has_another_verdict():
    found = row(dr.ordinal_gap(example(), **ASK, reference="White", adjust="none"), group="Asian")
    assert found["verdict"].startswith("too few to tell: ")
    times = math.ceil(float(found["verdict"].split()[4].replace(",", "")) * 1.1)
    larger = row(dr.ordinal_gap(example(COUNTS * times), **ASK, reference="White", adjust="none"), group="Asian")
    assert not larger["verdict"].startswith("too few to tell")


counts_of = st.lists(st.integers(0, 25), min_size=8, max_size=8).filter(lambda row: any(row[:4]) and any(row[4:]))


@given(counts_of)
@settings(max_examples=25, deadline=None)
def test_turning_the_scale_turns_the_gap(counts):
    table = {"group": ["a", "b"], "answer": SCALE}
    tally = dr.Tally(np.array(counts).reshape(2, 4), table, outcome="answer")
    ask = {"outcome": "answer", "group": "group", "reference": "b", "measure": "cliffs-delta"}
    one = row(dr.ordinal_gap(tally, scale=SCALE, **ask), group="a")
    other = row(dr.ordinal_gap(tally, scale=SCALE[::-1], **ask), group="a")
    assert one["estimate"] == pytest.approx(-other["estimate"], abs=1e-9)
    assert (one["low"], one["high"]) == pytest.approx((-other["high"], -other["low"]), abs=1e-6)


def test_an_ordered_column_needs_no_scale():
    pandas = pytest.importorskip("pandas")
    answers = pandas.Categorical(["poor", "good", "fair", "good"] * 5, categories=SCALE, ordered=True)
    frame = pandas.DataFrame({"answer": answers, "group": ["a", "a", "b", "b"] * 5})
    found = row(dr.ordinal_gap(frame, outcome="answer", group="group", reference="b"), group="a")
    assert found["value"] == pytest.approx(100 * dr.compare_ordinal([5, 0, 5, 0], [0, 5, 5, 0]).estimate)


def test_sentences_and_chart_say_what_the_rows_say():
    findings = dr.ordinal_gap(example(), **ASK, reference="White", by="borough")
    said = findings.sentences()
    assert said[0].startswith("Chance of a higher answer to answer in all areas together was 45% for the Asian group")
    assert not [text for text in said if unsupported_numbers(text, findings)]
    assert (
        findings.plot().alternative.subtitle
        == "Chance of a higher answer to answer: difference in percentage points, with 95% intervals"
    )


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"reference": None}, TypeError, "ordinal_gap needs reference="),
        ({"reference": "Green"}, ValueError, "reference: 'Green' is not a label of 'ethnicity'"),
        ({"scale": None}, ValueError, "scale: the labels of 'answer' have no order of their own"),
        ({"scale": SCALE[:3]}, ValueError, "scale: 'excellent' is an answer to 'answer' but neither in scale nor"),
        ({"scale": [*SCALE, "good"]}, ValueError, "scale: 'good' is there twice"),
        ({"scale": [*SCALE, "don't know"]}, ValueError, 'scale and exclude: "don\'t know" is in both'),
        ({"scale": [*SCALE, "not stated"]}, ValueError, "scale: 'not stated' is a kind of missing"),
        ({"measure": "delta"}, ValueError, "measure: 'delta' is not one of"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"threshold": -1}, ValueError, "threshold: -1 is not a positive number"),
        ({"by": "ethnicity"}, ValueError, "by: 'ethnicity' is already given as group"),
        ({"weight": "w"}, TypeError, "weight: data is a Tally"),
    ],
)
def test_bad_input_is_named(change, error, words):
    with pytest.raises(error, match=words):
        dr.ordinal_gap(example(), **{**ASK, "reference": "White"} | change)


def test_a_reference_whose_weights_are_all_zero_is_none():
    records = {
        "answer": ["poor", "good"] * 40,
        "grade": ["staff"] * 40 + ["officer"] * 40,
        "w": [0.0] * 40 + [1.0] * 40,
    }
    asked = {"outcome": "answer", "group": "grade", "reference": "staff", "scale": ["poor", "good"], "weight": "w"}
    (row,) = dr.ordinal_gap(records, **asked).filter(group="officer").rows()
    assert Flag.NO_REFERENCE in row["flag"] and Flag.SMALL_REFERENCE not in row["flag"]
