"""A gap with the same profile by propensities: how likely each profile is to be one of the group."""

from dueregard.flags import Flag
from dueregard.inference.decomposition.regression.logit_coefficients import NoFit
from dueregard.inference.decomposition.regression.normalised import deviation_basis
from dueregard.inference.decomposition.reweighting.profile_odds import ProfileOdds, logit_odds
from dueregard.inference.decomposition.reweighting.reweighting import reweighted
from dueregard.inference.decomposition.sides import Sides
from dueregard.measures.decomposition.regression.model_obstacles import column_name
from dueregard.measures.decomposition.reweighting.reweighted_parts import apart_of_totals, nobody
from dueregard.measures.decomposition.reweighting.reweighting_questions import ReweightingQuestion
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart
from dueregard.measures.decomposition.samples.sample_sides import sides_of


def propensity_gap(sample: GapSample, area: int, group: int, question: ReweightingQuestion) -> Apart | str:
    """The parts of one gap; ``beyond_percent`` is how many people are beyond the other side's propensities."""
    why = nobody(sample, area, group)
    if why:
        return why
    sides = sides_of(sample, area, group)
    try:
        odds = logit_odds(sides, deviation_basis(sample.x.shape[1], sample.categories))
    except NoFit as error:
        return _words(sample, group, error)
    found = reweighted(sides, odds, question.share, question.trim)
    beyond = _beyond(sides, odds)
    return apart_of_totals(
        [found.gap - found.remains, found.remains],
        found,
        {"beyond_percent": beyond},
        int(Flag.NO_COUNTERPART) if beyond else 0,
    )


def _beyond(sides: Sides, odds: ProfileOdds) -> float:
    """The percent of people whose propensity is outside the range of the other side's."""
    own, other = odds.log_ratio
    low, high = max(own.min(), other.min()), min(own.max(), other.max())
    outside = [side.weight @ ((each < low) | (each > high)) for side, each in zip(sides, odds.log_ratio, strict=True)]
    return float(100 * sum(outside) / sum(side.weight.sum() for side in sides))


def _words(sample: GapSample, group: int, error: NoFit) -> str:
    own, other = (repr(sample.groups[each]) for each in (group, sample.reference))
    names = " and ".join(column_name(sample, j) for j in error.columns)
    if error.status == "separated":
        return (
            f"{names} tells some people of group {own} and group {other} apart without error, so that they have no "
            "counterpart; join levels, or use model='cells'"
        )
    if error.status == "collinear":
        return f"{names} is the same for everybody, or made of other factors, in groups {own} and {other}; leave it out"
    return f"the propensities of groups {own} and {other} were not found ({error.status}); leave out factors"
