"""What indices of inequality are computed from: shares of a survey or a workforce, or events over people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.indices.counted import Counted
from dueregard.measures.grouped import Grouped, position
from dueregard.measures.rates.matched import Matched, Together
from dueregard.measures.rates.unknown_events import unknown_events

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Some areas: the known groups of each counted, and what each area's row says beside its indices."""

    areas: list[tuple[Any, ...]]
    groups: Counted
    """Of shape (areas, groups); without cases a group has size 0."""
    count: Counts
    nobs: Counts | None
    exposure: Floats | None
    outcome_missing: Counts | None
    group_missing: Counts
    """Cases or events whose group is not known: they are in no index."""
    flags: Counts


@dataclass(frozen=True)
class Source:
    """All areas together, then each area."""

    name: str
    characteristic: str
    by: tuple[str, ...]
    groups: list[Any]
    """The known groups, in their order."""
    parts: list[Part]
    scale: float
    """What rates are multiplied by where they are shown."""
    rate_unit: str | None
    binomial: bool
    weights: str
    """What groups weigh, in words."""
    period: str | None = None
    about: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    provenance: str | None = None
    native: str | None = None

    def place(self, argument: str, label: Any) -> int:
        """The position of a group."""
        return position(argument, label, self.groups, self.characteristic)

    def ordered(self, order: Sequence[Any] | None) -> list[int]:
        """The positions of all groups from the lowest to the highest."""
        if order is None:
            return list(range(len(self.groups)))
        if isinstance(order, str):
            raise TypeError(f"order: {order!r} is one text, not the labels from the lowest to the highest")
        places = [self.place("order", label) for label in order]
        for i, place in enumerate(places):
            if place in places[:i]:
                raise ValueError(f"order: {self.groups[place]!r} is given twice")
        left = [label for i, label in enumerate(self.groups) if i not in places]
        if left:
            raise ValueError(f"order: {left[0]!r} of {self.characteristic!r} is not in it")
        return places


def of_shares(grouped: Grouped, *, name: str, group: str, period: str | None, provenance: Any, native: Any) -> Source:
    """People with an outcome out of those who state one."""
    areas = [grouped.summed(), *([grouped] if grouped.by else [])]
    return Source(
        name=name,
        characteristic=group,
        by=grouped.by,
        groups=[label for label, known in zip(grouped.groups, grouped.known_group, strict=True) if known],
        parts=[_part_of_shares(each) for each in areas],
        scale=100.0,
        rate_unit=None,
        binomial=True,
        weights="weights" if grouped.weighted else "cases",
        period=period,
        provenance=provenance,
        native=native,
    )


def _part_of_shares(grouped: Grouped) -> Part:
    known = grouped.known_group
    size = np.rint(grouped.size[:, known])
    size = np.where((grouped.size[:, known] > 0) & (size == 0), 1.0, size)
    share = np.where(size > 0, np.nan_to_num(grouped.share[:, known]), 0.0)
    count = grouped.count[:, known].astype(np.float64) if not grouped.weighted else share * size
    missing = grouped.outcome_missing[:, known].sum(axis=1)
    unknown = (grouped.nobs + grouped.outcome_missing)[:, ~known].sum(axis=1)
    bits = {
        Flag.MISSING_ANSWERS: missing > 0,
        Flag.MISSING_GROUP: (unknown > 0) | ~grouped.known_area,
        Flag.EFFECTIVE_SIZE: np.full(len(missing), grouped.weighted),
    }
    return Part(
        areas=grouped.areas,
        groups=Counted(count, size, grouped.weight[:, known], True),
        count=grouped.count[:, known].sum(axis=1),
        nobs=grouped.nobs[:, known].sum(axis=1),
        exposure=None,
        outcome_missing=missing,
        group_missing=unknown,
        flags=_added(bits),
    )


def of_rates(matched: Together, *, whole: bool, estimated: bool, is_rate: bool, **about: Any) -> Source:
    """Events over people, cases or time."""
    sides = [matched.total, *([] if matched.areas is None else [matched.areas])]
    return Source(
        groups=[label for label, known in zip(matched.total.groups, matched.total.known_group, strict=True) if known],
        parts=[_part_of_rates(each, whole, estimated, is_rate) for each in sides],
        binomial=not is_rate,
        **about,
    )


def _part_of_rates(side: Matched, whole: bool, estimated: bool, is_rate: bool) -> Part:
    known = side.known_group
    usable = side.recorded[:, known] & (side.exposure[:, known] > 0)
    size = np.where(usable, side.exposure[:, known], 0.0)
    size = size if is_rate else np.rint(size)
    count = np.where(usable, side.count[:, known], 0)
    unknown = unknown_events(side).sum(axis=-1)
    bits = {
        Flag.MISSING_GROUP: (unknown > 0) | ~side.known_area,
        Flag.ESTIMATED_POPULATION: np.full(len(unknown), estimated),
        Flag.NOT_RECORDED: ~side.recorded[:, known].all(axis=1),
    }
    return Part(
        areas=side.areas,
        groups=Counted(count.astype(np.float64), size, size, not is_rate),
        count=count.sum(axis=1),
        nobs=np.rint(size.sum(axis=1)).astype(np.int64) if whole else None,
        exposure=size.sum(axis=1),
        outcome_missing=None,
        group_missing=np.asarray(unknown, np.int64),
        flags=_added(bits),
    )


def _added(bits: dict[Flag, NDArray[np.bool_]]) -> Counts:
    return np.asarray(sum(np.where(on, int(flag), 0) for flag, on in bits.items()), np.int64)
