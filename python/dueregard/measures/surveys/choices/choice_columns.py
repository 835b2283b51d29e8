"""Answers to a question of which several may be chosen, as rows by options: a column for each, or one with all."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import cell_codes
from dueregard.hints import did_you_mean
from dueregard.measures.grouped import as_labels
from dueregard.missing import NOT_APPLICABLE, is_missing, resolve
from dueregard.records.rows import Keep

Booleans = NDArray[np.bool_]
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Chosen:
    """Which options each row chose, of shape (rows, options); who answered at all, and to whom it does not apply."""

    options: list[str]
    chosen: Booleans
    answered: Booleans
    not_asked: Booleans
    met: frozenset[Any]
    """The labels of ``missing=`` that the columns have."""

    @contextmanager
    def known_labels(self) -> Iterator[None]:
        """Within this, other columns that do not have these labels are no reason to warn."""
        with warnings.catch_warnings():
            for label in self.met:
                warnings.filterwarnings("ignore", re.escape(f"missing: no row has the label {label!r}"))
            yield

    def without(self, names: Sequence[str]) -> "Chosen":
        """Options left out, such as "none of these": who chose them answered all the same."""
        for name in names:
            if name not in self.options:
                raise ValueError(f"none: {name!r} is not among the options{did_you_mean(name, self.options)}")
        kept = [i for i, name in enumerate(self.options) if name not in names]
        return replace(self, options=[self.options[i] for i in kept], chosen=self.chosen[:, kept])


def of_columns(
    table: Mapping[str, Any],
    columns: Mapping[str, str],
    selected: Any,
    keep: Keep,
    missing: dict[Any, str],
) -> Chosen:
    """A column for each option: chosen where it has one of the labels that say so (None: any answer).

    Somebody answered who has an answer in any of the columns, and is not asked where the question applies in none.
    """
    marks = None if selected is None else as_labels(selected)
    met: set[Any] = set()
    read = [_labels_and_codes(table, column, keep, missing, met) for column in columns]
    if marks is not None and not any(_is_mark(label, marks) for labels, _ in read for label in labels):
        found = ", ".join(repr(label) for label in read[0][0][:6])
        hint = did_you_mean(marks[0], read[0][0])  # a CSV file has text: 'True' is not True
        raise ValueError(f"selected: no column has {selected!r}{hint}; {next(iter(columns))!r} has {found}")
    chosen = [_where(labels, codes, lambda label: _is_mark(label, marks)) for labels, codes in read]
    answered = [_where(labels, codes, lambda label: not is_missing(label)) for labels, codes in read]
    outside = [_where(labels, codes, lambda label: label == NOT_APPLICABLE) for labels, codes in read]
    return Chosen(
        list(columns.values()), np.stack(chosen, axis=1), np.any(answered, axis=0), np.all(outside, axis=0),
        frozenset(met),
    )  # fmt: skip


def of_one_column(
    table: Mapping[str, Any],
    column: str,
    separator: str,
    options: Sequence[str] | None,
    keep: Keep,
    missing: dict[Any, str],
) -> Chosen:
    """One column of texts such as "Burglary; Drugs": each part is an option that was chosen."""
    met_kinds: set[Any] = set()
    labels, codes = _labels_and_codes(table, column, keep, missing, met_kinds)
    parts = [[] if is_missing(label) else _split(column, label, separator) for label in labels]
    met = sorted({part for each in parts for part in each})
    named = list(met if options is None else options)
    for part in met:
        if part not in named:
            raise ValueError(f"options: {part!r} in {column!r} is not one of them{did_you_mean(part, named)}")
    place = {name: i for i, name in enumerate(named)}
    matrix = np.zeros((len(labels) + 1, len(named)), bool)  # the last row is that of rows left out, whose code is -1
    for i, each in enumerate(parts):
        matrix[i, [place[part] for part in each]] = True
    answered = _where(labels, codes, lambda label: not is_missing(label))
    outside = _where(labels, codes, lambda label: label == NOT_APPLICABLE)
    return Chosen(named, matrix[codes], answered, outside, frozenset(met_kinds))


def _labels_and_codes(
    table: Mapping[str, Any], column: str, keep: Keep, missing: dict[Any, str], met: set[Any]
) -> tuple[list[Any], Codes]:
    """The labels of a column, or the kinds of missing they stand for, and which each row has; -1 for rows left out."""
    tally, codes = cell_codes.coded({column: table[column]}, None, None, keep, labels=None, missing=None, threads=None)
    labels = tally.labels[column]
    met.update(label for label in missing if label in labels)
    return [resolve(label, missing) for label in labels], codes


def _where(labels: Sequence[Any], codes: Codes, holds: Any) -> Booleans:
    """The rows whose label is such; no row that is left out."""
    found = np.array([*map(holds, labels), False], bool)
    return np.asarray(found[codes])


def _is_mark(label: Any, marks: Sequence[Any] | None) -> bool:
    if marks is None:
        return not is_missing(label)
    return any(label == mark and isinstance(label, bool) == isinstance(mark, bool) for mark in marks)


def _split(column: str, label: Any, separator: str) -> list[str]:
    if not isinstance(label, str):
        raise TypeError(f"column: {label!r} in {column!r} is not a text of answers; of one column each use columns=")
    return [part for each in label.split(separator) if (part := each.strip())]
