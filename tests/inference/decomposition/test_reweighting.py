"""A gap with one profile: standardisation, Kitagawa's rates, and propensities that are the same in full crossings."""

import numpy as np
import pytest

from dueregard.inference.decomposition.rates.kitagawa import kitagawa
from dueregard.inference.decomposition.regression.logit_coefficients import NoFit
from dueregard.inference.decomposition.reweighting.profile_odds import cell_odds, logit_odds
from dueregard.inference.decomposition.reweighting.reweighting import TOWARDS, reweighted
from dueregard.inference.decomposition.sides import Side, Sides

KINDS = ("cells", "crossed", "logit")


def run(groups, kind, towards, trim=None, weight=None):
    """The category alone, as cells or as columns of a logit; or a logit with the two numbers."""
    columns = {"crossed": slice(3, 5), "logit": slice(0, 2), "cells": slice(0, 0)}[kind]
    weights = groups.weight if weight is None else weight
    sides = Sides(*(Side(x[:, columns], y, w) for x, y, w in zip(groups.x, groups.y, weights, strict=True)))
    cells = tuple(x[:, 2:].argmax(axis=1) for x in groups.x)
    odds = cell_odds(sides, cells, 3) if kind == "cells" else logit_odds(sides, np.eye(2))
    return reweighted(sides, odds, towards, trim)


def shares_and_means(groups):
    found = []
    for x, y, w in zip(groups.x, groups.y, groups.weight, strict=True):
        people = w @ x[:, 2:]
        found.append((people / w.sum(), (w * y) @ x[:, 2:] / people))
    return found


def test_cells_are_direct_standardisation_and_kitagawas_rates(groups):
    (share, mean), (other_share, other_mean) = shares_and_means(groups)
    remains = {name: run(groups, "cells", towards).remains.value[0] for name, towards in TOWARDS.items()}
    assert remains["reference"] == pytest.approx(other_share @ (mean - other_mean), abs=1e-12)
    assert remains["group"] == pytest.approx(share @ (mean - other_mean), abs=1e-12)
    assert remains["both"] == pytest.approx(((share + other_share) / 2) @ (mean - other_mean), abs=1e-12)
    low = min(mean.min(), other_mean.min()) - 1
    wide = max(mean.max(), other_mean.max()) + 1 - low
    parts = kitagawa(share, other_share, (mean - low) / wide, (other_mean - low) / wide)
    assert remains["both"] == pytest.approx(wide * parts.rates.sum(), abs=1e-12)


@pytest.mark.parametrize("trim", [None, 1.02])
@pytest.mark.parametrize("towards", TOWARDS.values())
def test_a_logit_with_every_cell_is_the_cells(groups, towards, trim):
    cells, logit = (run(groups, kind, towards, trim) for kind in ("cells", "crossed"))
    assert logit.remains.value == pytest.approx(cells.remains.value, abs=1e-8)
    assert logit.remains.group == pytest.approx(cells.remains.group, abs=1e-8)
    assert logit.remains.reference == pytest.approx(cells.remains.reference, abs=1e-8)
    assert logit.effective == pytest.approx(cells.effective)
    assert (logit.largest, logit.cut) == pytest.approx((cells.largest, cells.cut))


@pytest.mark.parametrize("trim", [None, 1.5])
@pytest.mark.parametrize("towards", TOWARDS.values())
@pytest.mark.parametrize("kind", KINDS)
def test_changes_by_rows_are_derivatives_by_their_weights(groups, kind, towards, trim):
    found = run(groups, kind, towards, trim)
    for side, name in enumerate(("group", "reference")):
        for row in (0, 9, 40):
            slope = groups.slope(
                lambda weights: run(groups, kind, towards, trim, weights).remains.value, side, row, 1e-5
            )
            assert getattr(found.remains, name)[row] == pytest.approx(slope, rel=1e-4, abs=1e-7)


def test_nobody_counts_for_more_than_the_trim_and_who_is_cut_is_counted(groups):
    free, cut = run(groups, "logit", 0.0), run(groups, "logit", 0.0, 1.5)
    assert free.largest > 1.5 and free.cut == 0
    assert cut.largest == 1.5 and 0 < cut.cut < 1
    assert cut.effective[0] > free.effective[0], "the group is reweighted"
    assert cut.effective[1] == free.effective[1], "and the reference is as it was"


def test_a_factor_that_tells_the_groups_apart_has_no_counterparts(groups):
    sides = Sides(*(Side(np.column_stack([x[:, :1], np.full(len(x), i) + 0.1 * x[:, 1] / 9]), y, w)
                    for i, (x, y, w) in enumerate(zip(groups.x, groups.y, groups.weight, strict=True))))  # fmt: skip
    with pytest.raises(NoFit) as error:
        logit_odds(sides, np.eye(2))
    assert error.value.status == "separated" and error.value.columns == (1,)
