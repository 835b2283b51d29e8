"""Yun's parts: of a linear model those of Oaxaca-Blinder, of logits those of the shares, and with right derivatives."""

import numpy as np
import pytest
import statsmodels.api as sm

from dueregard.inference.decomposition.regression.common_coefficients import COEFFICIENTS
from dueregard.inference.decomposition.regression.logit_coefficients import (
    LOGIT,
    Coefficients,
    NoFit,
    logit_coefficients,
)
from dueregard.inference.decomposition.regression.oaxaca_blinder import NAMES, decomposed
from dueregard.inference.decomposition.regression.yun import yun_parts
from dueregard.inference.decomposition.sides import Link, Side, Sides

ALL = (*COEFFICIENTS, 0.3)
LINEAR = Link(lambda predictor: predictor, np.ones_like)


def parts_of(groups, coefficients, parts, weight=None):
    sides = groups.sides(weight)
    return yun_parts(sides, logit_coefficients(sides, groups.basis, coefficients), LOGIT, parts)


@pytest.mark.parametrize("parts", NAMES)
@pytest.mark.parametrize("coefficients", ALL)
def test_of_a_linear_model_they_are_the_linear_parts(groups, coefficients, parts):
    expected = decomposed(groups.crossed(0), groups.crossed(1), groups.basis, coefficients=coefficients, parts=parts)
    sides = groups.sides(outcome=groups.y)

    def fixed(constant, slope):
        return sides.fixed(np.concatenate([[constant], slope]))

    beta = Coefficients(
        fixed(expected.group.constant, expected.group.slope),
        fixed(expected.reference.constant, expected.reference.slope),
        fixed(0.0, expected.common.slope),
    )
    found = np.stack([part.value for part in yun_parts(sides, beta, LINEAR, parts)])
    assert found[:, :-1] == pytest.approx(expected.parts, abs=1e-9)
    assert found[:, -1] == pytest.approx(expected.parts.sum(axis=-1), abs=1e-9)


@pytest.mark.parametrize("parts", NAMES)
@pytest.mark.parametrize("coefficients", ALL)
def test_parts_of_logits_add_up_to_the_gap_of_shares(groups, coefficients, parts):
    found = parts_of(groups, coefficients, parts)
    own, other = (np.average(y, weights=w) for y, w in zip(groups.yes, groups.weight, strict=True))
    assert sum(part.value[-1] for part in found) == pytest.approx(own - other, abs=1e-12)
    for part in found:
        assert part.value[:-1].sum() == pytest.approx(part.value[-1], abs=1e-12)


def test_totals_are_those_of_fits_by_another_package(groups):
    fits = [
        sm.GLM(y, np.column_stack([np.ones(len(y)), x @ groups.basis]), sm.families.Binomial(), freq_weights=w).fit()
        for x, y, w in zip(groups.x, groups.yes, groups.weight, strict=True)
    ]

    def mean(side, by):
        x = np.column_stack([np.ones(len(groups.x[side])), groups.x[side] @ groups.basis])
        return np.average(fits[by].predict(x), weights=groups.weight[side])

    explained, unexplained = (part.value[-1] for part in parts_of(groups, "reference", 2))
    assert explained == pytest.approx(mean(0, 1) - mean(1, 1), abs=1e-8)
    assert unexplained == pytest.approx(mean(0, 0) - mean(0, 1), abs=1e-8)
    endowments, coefficients, interaction = (part.value[-1] for part in parts_of(groups, "reference", 3))
    assert endowments == pytest.approx(explained, abs=1e-12)
    assert coefficients == pytest.approx(mean(1, 0) - mean(1, 1), abs=1e-8)
    assert interaction == pytest.approx(unexplained - coefficients, abs=1e-12)


@pytest.mark.parametrize("coefficients", ["pooled", "neumark", "cotton", "reimers"])
def test_sides_exchanged_turn_the_parts_round(groups, coefficients):
    there = parts_of(groups, coefficients, 2)
    sides = Sides(*reversed(groups.sides()))
    back = yun_parts(sides, logit_coefficients(sides, groups.basis, coefficients), LOGIT)
    for one, other in zip(there, back, strict=True):
        assert one.value == pytest.approx(-other.value, abs=1e-9)


@pytest.mark.parametrize("parts", NAMES)
@pytest.mark.parametrize("coefficients", ALL)
def test_changes_by_rows_are_derivatives_by_their_weights(groups, coefficients, parts):
    found = parts_of(groups, coefficients, parts)
    for side, name in enumerate(("group", "reference")):
        for row in (0, 7):
            slope = groups.slope(
                lambda weights: [part.value for part in parts_of(groups, coefficients, parts, weights)], side, row
            )
            changes = np.stack([getattr(part, name)[row] for part in found])
            assert changes == pytest.approx(slope, rel=1e-4, abs=1e-7)


def test_a_step_that_is_none_gives_nothing_and_one_whose_columns_cancel_is_not_given_out(groups):
    explained, unexplained = parts_of(groups, "group", 2)
    assert np.isfinite(explained.value).all() and np.isfinite(unexplained.value).all()
    sides = groups.sides()
    beta = logit_coefficients(sides, groups.basis, "reference")
    one, other = sides.mean(0).value, sides.mean(1).value
    slope = np.zeros(6)
    slope[1], slope[2] = 1 / (one - other)[1], -1 / (one - other)[2]
    common = sides.fixed(slope)
    explained = yun_parts(sides, beta._replace(common=common), LOGIT)[0]
    assert np.isnan(explained.value[:-1]).all() and np.isfinite(explained.value[-1])


@pytest.mark.parametrize("moved", [1e-3, -1e-3])
def test_a_step_that_hardly_moves_the_predictor_is_not_given_out(groups, moved):
    """In proportion to next to nothing columns would have parts of any size."""
    sides = groups.sides()
    beta = logit_coefficients(sides, groups.basis, "reference")
    one, other = sides.mean(0).value, sides.mean(1).value
    slope = np.zeros(6)
    slope[1], slope[2] = 3 / (one - other)[1], (moved - 3) / (one - other)[2]
    explained = yun_parts(sides, beta._replace(common=sides.fixed(slope)), LOGIT)[0]
    mean_slope = explained.value[-1] / moved
    assert not 0 <= mean_slope <= 0.25
    assert np.isnan(explained.value[:-1]).all() and np.isfinite(explained.value[-1])


@pytest.mark.parametrize(
    ("answers", "number", "status"),
    [
        (lambda groups: [np.ones(150), groups.yes[1]], 0, "empty level"),
        (lambda groups: [groups.yes[0], np.zeros(260)], 1, "empty level"),
        (lambda groups: [groups.yes[0], (groups.x[1][:, 1] > 0).astype(float)], 1, "separated"),
    ],
)
def test_answers_that_no_logit_fits_are_named(groups, answers, number, status):
    with pytest.raises(NoFit) as error:
        logit_coefficients(groups.sides(outcome=answers(groups)), groups.basis, "pooled")
    assert (error.value.side, error.value.status) == (number, status)
    assert error.value.columns == ((1,) if status == "separated" else ())


def test_rows_of_no_weight_have_no_part(groups):
    before = parts_of(groups, "pooled", 2)
    more = [np.append(w, 0.0) for w in groups.weight]
    sides = Sides(
        *(
            Side(np.vstack([x, x[:1]]), np.append(y, 1 - y[0]), w)
            for x, y, w in zip(groups.x, groups.yes, more, strict=True)
        )
    )
    after = yun_parts(sides, logit_coefficients(sides, groups.basis, "pooled"), LOGIT)
    for one, other in zip(before, after, strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-10)
