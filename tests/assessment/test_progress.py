"""Progress between two dates, beside the rise to expect without action."""

from math import isnan

import numpy as np
import pytest

from dueregard import data
from dueregard.assessment import assess, assess_rounds, frameworks, progress
from dueregard.inference.areas.regression_to_mean import kuder_richardson_20, kuder_richardson_21

ESPS = frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def made(*scores):
    """Units A, B, ... that met so many of the indicators."""
    units = [chr(65 + n) for n in range(len(scores))]
    return assess({"unit": units, **{i: [int(n < met) for met in scores] for n, i in enumerate(IDS)}}, ESPS)


def row_of(findings, unit):
    return next(findings.filter(unit=unit).rows())


def test_what_changed():
    found = progress(made(6, 12, 18), made(9, 12, 17))
    assert found["verdict"] == ["risen, no more than to expect without action", "unchanged", "fallen"] or found[
        "verdict"
    ] == ["risen", "unchanged", "fallen"]
    rows = list(found.rows())
    assert (rows[0]["gained"], rows[0]["lost"], rows[2]["lost"]) == (" ".join(IDS[6:9]), None, IDS[17])
    assert rows[0]["estimate"] == pytest.approx(100 * 3 / 18)
    assert rows[0]["low"] == rows[0]["high"] == rows[0]["estimate"]


def test_the_rise_to_expect_of_those_chosen_for_a_low_score():
    first = made(4, 8, 12, 16, 18)
    found = progress(first, made(5, 12, 12, 16, 18))
    reliability = kuder_richardson_20(np.array([[n < met for n in range(18)] for met in (4, 8, 12, 16, 18)]))
    mean = np.mean([4, 8, 12, 16, 18])
    for unit, met in (("A", 4), ("B", 8)):
        assert row_of(found, unit)["expected_rise"] == pytest.approx((1 - reliability) * 100 * (mean - met) / 18)
    assert isnan(row_of(found, "C")["expected_rise"])
    row = row_of(found, "B")
    assert row["beyond_expected"] == row["estimate"] - row["expected_rise"]
    assert f"reliability {reliability:.2f}" in row["method"]


def test_a_small_rise_of_a_unit_chosen_is_no_more_than_to_expect():
    found = progress(made(4, 8, 16, 18), made(5, 12, 16, 18), reliability=0.5)
    assert row_of(found, "A")["verdict"] == "risen, no more than to expect without action"
    assert row_of(found, "B")["verdict"] == "risen"
    assert progress(made(4, 18), made(5, 18), reliability=1)["verdict"][0] == "risen"


def test_units_chosen_by_name_and_reliability_given():
    found = progress(made(9, 18), made(12, 18), chosen=["B"], reliability=0.8)
    assert isnan(row_of(found, "A")["expected_rise"])
    assert row_of(found, "B")["expected_rise"] == pytest.approx(0.2 * 100 * (13.5 - 18) / 18)


def test_missing_answers_leave_a_range():
    after = {"unit": ["A"], **{i: [1 if n < 9 else None if n < 12 else 0] for n, i in enumerate(IDS)}}
    row = row_of(progress(made(10), assess(after, ESPS)), "A")
    assert (row["low"], row["high"]) == (pytest.approx(-100 / 18), pytest.approx(200 / 18))
    assert row["verdict"] == "cannot tell"


def test_units_in_one_assessment_alone_are_shown():
    found = progress(made(9, 10), made(12), names=("2010", "2011"))
    row = row_of(found, "B")
    assert isnan(row["value"]) and (row["verdict"], row["note"]) == ("cannot tell", "assessed in 2010 alone")


def test_counts_by_unit_have_progress_without_indicators():
    table = data.load("borough_answers")
    before = assess(table, ESPS)
    row = row_of(progress(before, before, chosen=["Camden"]), "Camden")
    met = np.array(before.scores()["count"], dtype=float)
    reliability = kuder_richardson_21(met, 18)
    assert row["expected_rise"] == pytest.approx((1 - reliability) * (np.mean(before.scores()["value"]) - 1000 / 18))
    assert row["gained"] is None and row["verdict"] == "unchanged"


def test_kinds_of_unit_are_kept_apart():
    rounds = assess_rounds(data.example("self_assessment"), ESPS)
    found = rounds.progress()
    assert found.title.endswith("progress from first answer to after review")
    methods = {row["method"] for row in found.rows() if not isnan(row["expected_rise"])}
    assert len(methods) == 2


def test_without_spread_no_rise_is_made_up():
    row = row_of(progress(made(4, 4), made(8, 4)), "A")
    assert isnan(row["expected_rise"]) and "reliability not known" in row["method"] and row["verdict"] == "risen"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: progress(made(1), 3), TypeError, "after: int is not an Assessment"),
        (lambda: progress(made(1), made(1), chosen=["C"]), ValueError, "chosen: 'C' is not in both assessments"),
        (lambda: progress(made(1), made(1), reliability=2), ValueError, "reliability: 2 is outside 0 to 1"),
        (
            lambda: progress(made(1), assess({"unit": ["Z"], "1B": [1]}, ESPS)),
            ValueError,
            "after: no unit is in both assessments",
        ),
        (
            lambda: progress(made(1), assess({"unit": ["A"], "1B": [1]}, ESPS, kind="other unit")),
            ValueError,
            "kind: unit 'A' is 'borough' before and 'other unit' after",
        ),
        (
            lambda: progress(made(1), assess({"unit": ["A"], "1": ["none"]}, frameworks.equality_framework())),
            ValueError,
            "after: was assessed against 'Equality framework of five levels'",
        ),
    ],
)
def test_bad_arguments(call, error, words):
    with pytest.raises(error, match=words):
        call()
