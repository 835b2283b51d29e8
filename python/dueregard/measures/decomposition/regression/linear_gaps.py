"""A gap taken apart by linear models."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.regression.normalised import deviation_basis
from dueregard.inference.decomposition.regression.oaxaca_blinder import decomposed, row_parts
from dueregard.measures.decomposition.regression.alike_means import alike_means
from dueregard.measures.decomposition.regression.model_obstacles import obstacle_in
from dueregard.measures.decomposition.regression.regression_questions import RegressionQuestion
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart


def linear_gap(sample: GapSample, area: int, group: int, question: RegressionQuestion) -> Apart | str:
    """The parts of one gap, or why they cannot be told."""
    sides = group, sample.reference
    for side in sides:
        why = obstacle_in(sample, area, side)
        if why:
            return why
    basis = deviation_basis(sample.x.shape[1], sample.categories)
    own, other = (sample.crossed(area, side) for side in sides)
    found = decomposed(
        own, other, basis, coefficients=question.coefficients_used, parts=question.parts, centre=sample.centre
    )
    rows = [(sample.x[members], sample.y[members]) for members in (sample.members(area, side) for side in sides)]
    changes = row_parts(found, rows[0], rows[1], question.coefficients_used)
    replicates = _by_replicate(sample, area, sides, basis, question)
    fits = found.group, found.reference
    alike = alike_means(
        question.coefficients_used,
        (float(fits[0].outcome), float(fits[1].outcome)),
        (float(fits[0].weight), float(fits[1].weight)),
        found.parts.sum(axis=-1),
    )
    parts, own, other = (_with_total(each) for each in (found.parts, *changes))
    return Apart(parts, own, other, alike=alike, replicates=replicates)


def _by_replicate(
    sample: GapSample, area: int, sides: tuple[int, int], basis: Floats, question: RegressionQuestion
) -> Floats | None:
    """The parts with the models fitted again in each replicate of the design; NaN in one where they cannot be."""
    own, other = (sample.crossed_by_replicate(area, side) for side in sides)
    if own is None or other is None:
        return None
    used = question.coefficients_used
    found = decomposed(own, other, basis, coefficients=used, parts=question.parts, centre=sample.centre)
    return _with_total(found.parts)


def _with_total(parts: Floats) -> Floats:
    return np.concatenate([parts, parts.sum(axis=-1, keepdims=True)], axis=-1)
