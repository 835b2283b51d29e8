"""A tally whose labels of one dimension are put into the groups of another classification."""

from dataclasses import replace
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.records.classifications import Mapping
from dueregard.tallies import Tally


def mapped(tally: Tally, column: str, mapping: Mapping, *, unknown: str = "raise") -> Tally:
    """The tally with the labels of ``column`` in the groups of the mapping's target.

    All groups of the target are there, in its order, also those that nobody is in; kinds of missing come last. Rows
    that are the total of others are left out.

    Raises
    ------
    ValueError
        If there is no such dimension, or a label the mapping does not know (unless ``unknown`` is "not stated").

    Examples
    --------
    >>> import dueregard as dr
    >>> searches = dr.tally({"ethnicity": ["W1", "O1", "NS", "B2", "B1"]}, "ethnicity")
    >>> groups = mapped(searches, "ethnicity", dr.mapping("16+1 to 5+1 (2011)"))
    >>> dict(zip(groups.labels["ethnicity"], groups.counts.tolist()))
    {'Asian': 1, 'Black': 2, 'Mixed': 0, 'White': 1, 'Other': 0, 'not stated': 1}
    """
    if column not in tally.dims:
        known = tally.dims
        raise ValueError(f"no dimension {column!r}{did_you_mean(column, known)} in the tally; .dims is {known}")
    index, names = mapping.moves(tally.labels[column], unknown=unknown)
    moves: dict[str, tuple[list[int], list[Any]]] = {column: (index, list(names))}
    return replace(tally.relabelled(moves), ordered={**tally.ordered, column: True})
