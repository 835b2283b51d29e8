"""The rows of two groups of a sample, side by side."""

from dueregard.inference.decomposition.sides import Side, Sides
from dueregard.measures.decomposition.samples.gap_samples import GapSample


def sides_of(sample: GapSample, area: int, group: int) -> Sides:
    """The rows of a group and of the reference."""
    found = []
    for side in (group, sample.reference):
        members = sample.members(area, side)
        found.append(Side(sample.x[members], sample.y[members], sample.weight[members]))
    return Sides(*found)
