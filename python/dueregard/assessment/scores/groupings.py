"""What scores are given by: units and what they belong to, indicators and what they belong to."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Responses
from dueregard.missing import NOT_STATED

UNIT_SIDE = ("unit", "area", "kind", "organisation")
INDICATOR_SIDE = ("section", "indicator", "principle")
ALONE = {"section": "unit", "principle": "unit", "indicator": "organisation"}
"""Whose sections, principles or indicators, where ``by`` does not say."""


class By(NamedTuple):
    """One of `UNIT_SIDE`, and one of `INDICATOR_SIDE` or None for all indicators together."""

    units: str
    indicators: str | None


class Groups(NamedTuple):
    """Labels, and the positions that belong to each."""

    labels: list[str | None]
    members: list[NDArray[np.int64]]

    def shared(self, of_each: Sequence[str]) -> list[str | None]:
        """What all members of each group have in common, None where they differ or there are none."""
        found = [{of_each[i] for i in group.tolist()} for group in self.members]
        return [values.pop() if len(values) == 1 else None for values in found]


def parse(by: str | Sequence[str] | None) -> By:
    """What ``by`` asks for.

    Raises
    ------
    ValueError
        When it names what there is no grouping of, or two of one side.
    """
    names = [by] if isinstance(by, str) else list(by or ["unit"])
    for name in names:
        if name not in UNIT_SIDE + INDICATOR_SIDE:
            known = ", ".join(UNIT_SIDE + INDICATOR_SIDE)
            raise ValueError(f"by: {name!r} is not one of {known}")
    units = [name for name in names if name in UNIT_SIDE]
    indicators = [name for name in names if name in INDICATOR_SIDE]
    for side in (units, indicators):
        if len(side) > 1:
            raise ValueError(f"by: {side[0]!r} and {side[1]!r} cannot be crossed")
    which = indicators[0] if indicators else None
    return By(units[0] if units else ALONE.get(which or "", "unit"), which)


def unit_groups(responses: Responses, name: str) -> Groups:
    """The units of each group, in the order in which they came; those without an area last."""
    if name == "organisation":
        return Groups([None], [np.arange(len(responses.units))])
    if name == "unit":
        return Groups(list(responses.units), [np.array([i]) for i in range(len(responses.units))])
    if name == "area" and not any(responses.areas):
        raise ValueError("by: 'area' needs a column of areas; name it with area=")
    of_unit = responses.kinds if name == "kind" else [area or NOT_STATED for area in responses.areas]
    labels = sorted(dict.fromkeys(of_unit), key=lambda label: label == NOT_STATED)
    return Groups(list(labels), [np.flatnonzero([one == label for one in of_unit]) for label in labels])


def indicator_groups(framework: Framework, name: str | None, level: str) -> Groups:
    """The indicators of each group that count towards a level."""
    asked = [i for i, indicator in enumerate(framework.indicators) if framework.is_asked(indicator, level)]
    of = [framework.indicators[i] for i in asked]
    if name is None:
        return Groups([None], [np.array(asked, dtype=np.int64)])
    if name == "indicator":
        return Groups([indicator.id for indicator in of], [np.array([i]) for i in asked])
    if name == "principle":
        if not framework.principles:
            raise ValueError(f"by: {framework.name} links no indicator to a principle")
        names = {one.id: one.label for one in framework.principles}
        held = {one: [i for i in asked if one in framework.indicators[i].principles] for one in names}
    else:
        names = dict(framework.sections)
        held = {one: [i for i in asked if framework.indicators[i].section == one] for one in names}
    return Groups([names[one] for one in held], [np.array(members, dtype=np.int64) for members in held.values()])
