"""A population table in the groups of another classification."""

from dataclasses import replace

import numpy as np

from dueregard.exact_sums import regrouped
from dueregard.measures.populations.population_cells import Cells
from dueregard.measures.populations.population_totals import set_aside
from dueregard.records.classifications import Mapping
from dueregard.tallies import Tally

INDEPENDENT = "Limits of groups put together were added up, standard errors as if independent"


def in_groups(cells: Cells, mapping: Mapping, unknown: str) -> tuple[Cells, list[str]]:
    """The cells in the groups of the mapping, and in words what was set aside and what is not there.

    A group of the target that no row belongs to is left out: nobody was counted in it, which is not 0 people.
    """
    moves, names = mapping.moves(cells.groups, unknown=unknown)
    detailed, notes = set_aside(cells, mapping, moves)
    notes += _absent(detailed, mapping)
    kept = [to for to in moves if to >= 0]
    there = sorted(set(kept))
    index = np.array([there.index(to) for to in kept], np.intp)
    put_together = len(there) < len(kept)
    notes += [INDEPENDENT] if put_together and cells.estimates else []
    labels = cells.labels | {cells.group: [names[i] for i in there]}
    axis = detailed.count.ndim - 1
    estimates = {}
    for name, values in detailed.estimates.items():
        added = regrouped(np.square(values) if name == "se" else values, axis, index, len(there))
        estimates[name] = np.sqrt(added) if name == "se" else added
    count = regrouped(detailed.count, axis, index, len(there))
    return replace(detailed, labels=labels, count=count, estimates=estimates, ordered=True), notes


def _absent(cells: Cells, mapping: Mapping) -> list[str]:
    missing = mapping.absent(cells.groups)
    return [f"Groups of {mapping.source} without a row: {', '.join(missing)}"] if missing else []


def as_tally(cells: Cells) -> Tally:
    """The people as a tally, the groups last."""
    return Tally(cells.count, {name: list(names) for name, names in cells.labels.items()}, ordered=_ordered(cells))


def _ordered(cells: Cells) -> dict[str, bool]:
    return {name: name == cells.group and cells.ordered for name in cells.labels}
