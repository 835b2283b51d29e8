"""A gap between shares taken apart by logits."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.regression.fairlie import fairlie_parts
from dueregard.inference.decomposition.regression.logit_coefficients import LOGIT, NoFit, logit_coefficients
from dueregard.inference.decomposition.regression.normalised import deviation_basis
from dueregard.inference.decomposition.regression.yun import yun_parts
from dueregard.inference.decomposition.sides import Sides
from dueregard.measures.decomposition.regression.alike_means import alike_means
from dueregard.measures.decomposition.regression.model_obstacles import column_name, obstacle_in
from dueregard.measures.decomposition.regression.regression_questions import RegressionQuestion
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart
from dueregard.measures.decomposition.samples.sample_sides import sides_of

PERCENT = 100.0


def logit_gap(sample: GapSample, area: int, group: int, question: RegressionQuestion) -> Apart | str:
    """The parts of one gap, or why they cannot be told."""
    for side in (group, sample.reference):
        why = obstacle_in(sample, area, side)
        if why:
            return why
    # answers are 100 or 0, and 1 or 0 to a logit
    sides = Sides(*(side._replace(y=(side.y > 0).astype(np.float64)) for side in sides_of(sample, area, group)))
    try:
        beta = logit_coefficients(
            sides, deviation_basis(sample.x.shape[1], sample.categories), question.coefficients_used
        )
    except NoFit as error:
        return _words(sample, group, error)
    parts = yun_parts(sides, beta, LOGIT, question.parts)
    if question.detail == "fairlie":
        parts = _by_rank(sample, sides, beta.common, parts, question)
    found = apart_of(parts)
    means = [float(PERCENT * side.weight @ side.y / side.weight.sum()) for side in sides]
    weights = [float(side.weight.sum()) for side in sides]
    alike = alike_means(question.coefficients_used, (means[0], means[1]), (weights[0], weights[1]), found.parts[:, -1])
    return found._replace(alike=alike)


def _by_rank(
    sample: GapSample, sides: Sides, common: Changing, parts: list[Changing], question: RegressionQuestion
) -> list[Changing]:
    """The explained part by Fairlie's factors, each in the first of its columns; the unexplained one in total alone."""
    factors = [term.columns for term in sample.terms]
    found = fairlie_parts(sides, common, LOGIT, factors, question.key)
    first = [1 + columns[0] for columns in factors]
    explained, unexplained = parts
    return [_placed(explained, first, found), _placed(unexplained, [], None)]


def _placed(part: Changing, columns: list[int], by_factor: Changing | None) -> Changing:
    """A part with its total, and 0 in every column but those that are known."""
    arrays = []
    for name in ("value", "group", "reference"):
        total = getattr(part, name)
        found = np.zeros_like(total)
        found[..., -1] = total[..., -1]
        if by_factor is not None:
            found[..., columns] = getattr(by_factor, name)
        arrays.append(found)
    return Changing(*arrays)


def apart_of(parts: list[Changing]) -> Apart:
    """Parts in percentage points."""

    def side_by_side(name: str) -> Floats:
        return PERCENT * np.stack([getattr(part, name) for part in parts], axis=-2)

    return Apart(side_by_side("value"), side_by_side("group"), side_by_side("reference"))


def _words(sample: GapSample, group: int, error: NoFit) -> str:
    labels = [repr(sample.groups[each]) for each in (group, sample.reference)]
    who = f"group {labels[error.side]}" if error.side < 2 else f"groups {labels[0]} and {labels[1]} together"
    if error.status == "empty level":
        return f"everybody of {who} has the same outcome, which no logit can be fitted to; use model='linear'"
    if error.status == "separated":
        names = " and ".join(column_name(sample, j) for j in error.columns)
        return (
            f"outcomes of {who} are separated by {names}, so that a logit has no coefficient for that; join levels, "
            "leave out factors, or use model='linear'"
        )
    return f"the logit of {who} was not found ({error.status}); leave out factors, or use model='linear'"
