"""What keeps a model from being fitted in a group, in words."""

from dueregard.inference.decomposition.regression.estimable import Obstacle, obstacle
from dueregard.inference.regression.linear_fits import moments
from dueregard.measures.decomposition.samples.gap_samples import GapSample

JOIN = "join it with another, or leave the group out with where="


def obstacle_in(sample: GapSample, area: int, group: int) -> str | None:
    """Why a group's model cannot be told, or None."""
    n_rows = sample.weighing(area, group)
    who = f"group {sample.groups[group]!r}"
    if not n_rows:
        return sample.nobody_words(area, group)
    weight, mean, centred = moments(sample.crossed(area, group))
    found = obstacle(centred[:-1, :-1] / weight, mean[:-1], n_rows, sample.categories, sample.sizes)
    return None if found is None else _words(sample, found, who, n_rows)


def _words(sample: GapSample, found: Obstacle, who: str, n_rows: int) -> str:
    if found.why == "few":
        n = 1 + sum(1 if term.levels is None else len(term.levels) - 1 for term in sample.terms)
        return f"{who} has {n_rows} people for a model with {n} coefficients, which needs more people than that"
    name = column_name(sample, found.column)
    if found.why == "empty":
        return f"nobody of {who} is at {name}; {JOIN}"
    if found.why == "constant":
        return f"{name} is the same for everybody of {who}, so that its effect there cannot be told"
    others = " and ".join(column_name(sample, j) for j in found.others)
    return f"{name} is made of {others} in {who}; leave one out"


def column_name(sample: GapSample, column: int) -> str:
    """A column of the model as the reader knows it."""
    term = next(each for each in sample.terms if column in each.columns)
    if term.levels is None:
        return repr(term.name)
    return f"the level {term.levels[term.columns.index(column)]!r} of {term.name!r}"
