"""What groups are compared with: targets, published figures, and the words that commands use."""

import pytest

import dueregard as dr
from dueregard.inference.references import Chosen, Reference, is_figure, named_reference


def test_a_constant_has_no_sampling_error():
    found = dr.target(80, name="Pledge", date="2010")
    assert found.is_constant
    assert found.share == 0.8
    assert found.value == "Pledge, 2010 (target)"
    assert dr.target(62.5).value == "target of 62.5%"


def test_figures_are_told_from_groups_by_their_words():
    for figure in (dr.target(80), dr.target(80, name="Pledge"), dr.target(81, se=1), dr.target(81, se=1, name="Force")):
        assert is_figure(figure.value)
    assert dr.target(81, se=1, date="2010").value == "published figure of 81%, 2010"
    assert not is_figure("White")


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_a_half_width_says_how_many_cases_the_figure_is_worth(level):
    """The half-width of that many cases is the one given."""
    from scipy.stats import norm

    found = dr.target(81, half_width=1.9, confidence_level=level)
    se = norm.ppf((1 + level) / 2) * (0.81 * 0.19 / found.nobs) ** 0.5
    assert 100 * se == pytest.approx(1.9, rel=1e-12)


def test_a_standard_error_is_a_half_width_of_one():
    assert dr.target(50, se=5).nobs == pytest.approx(100)


def test_counts_are_kept():
    found = dr.target(count=81, nobs=100, name="Elsewhere")
    assert (found.percent, found.nobs, found.count, found.cases) == (81, 100, 81, 100)
    assert dr.target(81, count=405, nobs=500).cases == 500
    assert dr.target(count=0, nobs=40).share == 0


def test_words_of_commands():
    assert named_reference("OVERALL") is Reference.OVERALL
    assert named_reference("LARGEST") is dr.LARGEST
    assert named_reference("BEST") is Chosen.BEST
    assert named_reference("White") == "White"
    assert named_reference("target 80") == named_reference("target 80%") == dr.target(80)
    for text in ("target 81 +- 1.9", "target 81% ± 1.9", "target 81+/-1.9"):
        assert named_reference(text) == dr.target(81, half_width=1.9)
    assert named_reference("targets") == "targets"
    assert repr(dr.BEST) == "dr.BEST"


REFUSED = {
    "nothing": (TypeError, "target needs percent, or count= and nobs=", {}),
    "two ways": (TypeError, "se: half_width already says", {"percent": 80, "half_width": 2, "se": 1}),
    "counts too": (TypeError, "nobs: se already says", {"percent": 80, "se": 1, "count": 8, "nobs": 10}),
    "count alone": (TypeError, "count, nobs: pass both", {"percent": 80, "count": 8}),
    "text": (TypeError, "percent: '80' is not a number", {"percent": "80"}),
    "high": (ValueError, "percent: 101 is not between 0 and 100", {"percent": 101}),
    "nan": (ValueError, "percent: nan is not between 0 and 100", {"percent": float("nan")}),
    "no width": (ValueError, "half_width: 0 is not a finite number above 0", {"percent": 80, "half_width": 0}),
    "se text": (TypeError, "se: 'x' is not a number", {"percent": 80, "se": "x"}),
    "level": (ValueError, "confidence_level: 95", {"percent": 80, "half_width": 2, "confidence_level": 95}),
    "edge": (ValueError, "half_width: of a figure of 100% says nothing", {"percent": 100, "half_width": 2}),
    "above": (ValueError, "count: 11 is not between 0 and nobs, which is 10", {"count": 11, "nobs": 10}),
    "nobody": (ValueError, "nobs: 0 is below 1", {"count": 0, "nobs": 0}),
    "disagree": (
        ValueError,
        r"percent: 80 is not what 9 of 10 come to, 90\.0%",
        {"percent": 80, "count": 9, "nobs": 10},
    ),
    "name": (TypeError, "name: 5 is not a text", {"percent": 80, "name": 5}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_targets_are_refused(case):
    error, message, arguments = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.target(**arguments)
