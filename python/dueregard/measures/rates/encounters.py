"""Events that happened together: searches of one stop are not independent, so variance is by encounter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import records
from dueregard.inference.checked import Floats
from dueregard.measures.rates.matched import Matched
from dueregard.missing import check_mapping, is_missing, resolve
from dueregard.records.classifications import Mapping as Classes
from dueregard.records.coded import CodedColumn
from dueregard.records.integers import present_rows

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Clustering:
    """Sums over encounters of the products of two groups' events, of the shape (areas, groups, groups)."""

    moments: Floats

    def extra(self, own: Matched, position: int | None) -> Floats:
        """The variance of the logarithm of each ratio beyond that of independent events; below 0 where it is less.

        The logarithm of a ratio moves by n1 / X1 - n2 / X2 when an encounter with n1 and n2 events is added to totals
        of X1 and X2; the variance is the sum of the squares of that over encounters (Taylor's linearisation, as for
        any clustered sample: Wolter, K. (2007), Introduction to Variance Estimation, chapter 6).
        """
        extra = np.zeros(own.count.shape)
        for i in range(len(own.groups)):
            weights = self._weights(own, i, position)
            together = np.einsum("ag,agh,ah->a", weights, self.moments, weights)
            extra[:, i] = together - (np.square(weights) * own.count).sum(axis=1)
        return extra

    @staticmethod
    def _weights(own: Matched, i: int, position: int | None) -> Floats:
        """By how much one event of each group moves the logarithm of the ratio of the group at ``i``."""
        others = own.known_group & (np.arange(len(own.groups)) != i)
        others = others & (np.arange(len(own.groups)) == position) if position is not None else others
        inside = others & own.recorded
        total = np.where(inside, own.count, 0).sum(axis=1, keepdims=True)
        weights = np.where(inside, -np.divide(1.0, total, out=np.zeros(total.shape), where=total > 0), 0.0)
        own_count = own.count[:, i]
        weights[:, i] = np.divide(1.0, own_count, out=np.zeros(own_count.shape), where=own_count > 0)
        return np.asarray(weights)


def clusterings(
    events: Any,
    encounter: Sequence[str],
    matched: tuple[Matched, Matched | None],
    *,
    by: Sequence[str],
    group: str,
    mapping: Classes | None,
    unknown: str,
    missing: Mapping[Any, str] | None,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
) -> tuple[Clustering, Clustering | None]:
    """The clustering of all areas together and of each area. Rows without an encounter are encounters of their own."""
    total, areas = matched
    wanted = _wanted(areas, by)
    kinds, ids, parts = check_mapping(missing), _Numbers(), []
    for rows in records.read(events, [*by, group, *encounter], where=where, labels=labels):
        batch = rows.code(0, rows.n_rows)
        coded = [_levels(column, batch.n_rows) for column in batch.columns]
        named = [[resolve(label, kinds) for label in names] for names in batch.labels]
        groups = named[len(by)] if mapping is None else [mapping.of(label, unknown=unknown) for label in named[len(by)]]
        places = [_places(*each) for each in zip(coded, named, wanted, strict=False)]
        area = _crossed(places, wanted, batch.n_rows)
        numbers = ids.of(coded[len(by) + 1 :], named[len(by) + 1 :])
        parts.append((area, _places(coded[len(by)], groups, total.groups), numbers))
    area, inside, encounters = (np.concatenate(each) for each in zip(*parts, strict=True))
    n_groups = len(total.groups)
    whole = Clustering(moments(encounters, np.zeros_like(area), inside, 1, n_groups))
    if areas is None:
        return whole, None
    return whole, Clustering(moments(encounters, area, inside, len(areas.areas), n_groups))


def moments(encounter: Codes, area: Codes, group: Codes, n_areas: int, n_groups: int) -> Floats:
    """Sums over the encounters of each area of the products of the numbers of events of every two groups."""
    from scipy.sparse import coo_array, csr_array

    _, first, row = np.unique(area + n_areas * encounter.astype(np.int64), return_index=True, return_inverse=True)
    shape = (len(first), n_groups)
    events = csr_array(coo_array((np.ones(len(row)), (row, group)), shape=shape))
    of_area = csr_array((np.ones(len(first)), (area[first], np.arange(len(first)))), shape=(n_areas, len(first)))
    found = np.zeros((n_areas, n_groups, n_groups))
    for i in range(n_groups):
        column = events[:, [i]].toarray()
        found[:, i, :] = (of_area @ csr_array(events.multiply(column))).toarray()
    return found


class _Numbers:
    """Encounters as numbers, the same in every batch of rows."""

    def __init__(self) -> None:
        self.known: dict[tuple[Any, ...], int] = {}
        self.alone = 0

    def of(self, coded: Sequence[Codes], labels: Sequence[Sequence[Any]]) -> Codes:
        """The number of each row's encounter; a row that lacks part of it is one of its own, with a negative number."""
        rows, back = np.unique(np.stack(coded, axis=1), axis=0, return_inverse=True)
        keys = [tuple(names[i] for names, i in zip(labels, row, strict=True)) for row in rows.tolist()]
        whole = [not any(map(is_missing, key)) for key in keys]
        known = self.known
        each = [known.setdefault(key, len(known)) if kept else -1 for key, kept in zip(keys, whole, strict=True)]
        numbers = np.array(each, np.int64)
        found = numbers[back.reshape(-1)]
        lone = np.flatnonzero(found < 0)
        found[lone] = -1 - self.alone - np.arange(len(lone))
        self.alone += len(lone)
        return found


def _levels(column: CodedColumn, n_rows: int) -> Codes:
    """The level of each row of a coded column."""
    codes = column.codes if column.bit_offset < 0 else present_rows(column.codes, column.bit_offset, n_rows)
    levels = codes.astype(np.int64) - column.base
    if column.valid is None:
        return levels
    return np.where(present_rows(column.valid, column.valid_offset, n_rows), levels, 0)


def _wanted(areas: Matched | None, by: Sequence[str]) -> list[list[Any]]:
    """The labels along each column of areas."""
    if areas is None:
        return []
    return [list(dict.fromkeys(area[i] for area in areas.areas)) for i in range(len(by))]


def _places(levels: Codes, names: Sequence[Any], wanted: Sequence[Any]) -> Codes:
    place = {label: i for i, label in enumerate(wanted)}
    return np.array([place.get(label, 0) for label in names], np.int64)[levels]


def _crossed(places: Sequence[Codes], wanted: Sequence[Sequence[Any]], n_rows: int) -> Codes:
    """The number of each row's area among all crossed."""
    if not wanted:
        return np.zeros(n_rows, np.int64)
    return np.asarray(np.ravel_multi_index(tuple(places), tuple(map(len, wanted))), np.int64)
