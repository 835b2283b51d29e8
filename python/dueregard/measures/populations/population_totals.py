"""Rows of a population table that are the total of others: checked against their parts and set aside."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.measures.populations.population_cells import Cells
from dueregard.records.classifications import Mapping

_TOTAL_NAME = re.compile(r"\b(total|all|england|wales|britain|united kingdom|uk)\b", re.IGNORECASE)
FEWEST = 3
"""Among fewer groups, one that equals all others together says nothing."""


def set_aside(cells: Cells, mapping: Mapping, moves: Sequence[int]) -> tuple[Cells, list[str]]:
    """The cells without rows that are totals, and what was set aside, in words.

    ``moves`` has -1 where a group is a total. Every total must be the sum of its parts in every area.
    """
    totals = [i for i, to in enumerate(moves) if to < 0]
    if not totals:
        return cells, []
    kept = [i for i, to in enumerate(moves) if to >= 0]
    for i in totals:
        _check(cells, mapping, i, kept)
    listed = ", ".join(repr(cells.groups[i]) for i in totals)
    checked = "not compared with their parts, for they are estimates" if cells.estimates else "they equal their parts"
    what = "a total" if len(totals) == 1 else "totals"
    return cells.keeping(kept), [f"Set aside as {what} of other rows ({checked}): {listed}"]


def _check(cells: Cells, mapping: Mapping, total: int, kept: Sequence[int]) -> None:
    label = cells.groups[total]
    names = mapping.parts_of(label)
    parts = [i for i in kept if names is None or mapping.known(cells.groups[i]) in names]
    if not parts:
        raise ValueError(
            f"mapping {mapping.name!r}: {label!r} is the total of groups that the table does not have; choose a "
            "mapping that takes it for a group"
        )
    if cells.estimates:
        return
    whole, summed = cells.count[..., total], cells.count[..., parts].sum(axis=-1)
    if (whole == summed).all():
        return
    area = tuple(int(i) for i in np.argwhere(whole != summed)[0])
    where = _area(cells, area)
    raise ValueError(
        f"{label!r} is {int(whole[area]):,}{where}, but its parts add up to {int(summed[area]):,}: a row is missing, "
        "doubled or changed; if the publisher alters small counts, leave the row of the total out"
    )


def _area(cells: Cells, area: Sequence[int]) -> str:
    there = [f"{name} {cells.labels[name][i]!r}" for name, i in zip(cells.by, area, strict=True)]
    return f" for {', '.join(there)}" if there else ""


def refuse_suspects(cells: Cells) -> None:
    """Refuse a group that looks like the total of the others: it would count everybody twice."""
    found = _whole(cells.count.reshape(-1, len(cells.groups)).T)
    if found is not None:
        _refuse(cells, cells.groups[found], "all others")
    for i, label in enumerate(cells.groups):
        parts = [j for j, other in enumerate(cells.groups) if j != i and str(other).startswith(f"{label}:")]
        if len(parts) > 1 and (cells.count[..., i] == cells.count[..., parts].sum(axis=-1)).all():
            _refuse(cells, label, f"the groups whose names begin {str(label) + ':'!r}")


def _refuse(cells: Cells, label: Any, others: str) -> None:
    raise ValueError(
        f"{cells.group!r}: {label!r} equals the sum of {others}, so that people would count twice; name a mapping, "
        "such as 'census 2011 to 5+1 (2011)', or leave the row out; if it is a group of its own, say so with "
        "mapping={label: group, ...}"
    )


def refuse_whole_areas(cells: Cells) -> None:
    """Refuse an area that is named like a total and equals the sum of all other areas in every group."""
    for axis, name in enumerate(cells.by):
        labels = cells.labels[name]
        found = _whole(np.moveaxis(cells.count, axis, 0).reshape(len(labels), -1))
        if found is not None and _TOTAL_NAME.search(str(labels[found])):
            raise ValueError(
                f"{name!r}: {labels[found]!r} equals the sum of all others, so that people would count twice; leave "
                "its rows out"
            )


def _whole(counts: NDArray[np.int64]) -> int | None:
    """The row that equals the sum of all others in every column, if there is one."""
    if len(counts) < FEWEST:
        return None
    equal = (counts == counts.sum(axis=0) - counts).all(axis=1) & counts.any(axis=1)
    return int(equal.argmax()) if equal.any() else None
