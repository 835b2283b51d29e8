"""The Tally: counts of rows per cell of crossed columns, with their labels."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, labels, missing
from dueregard.exact_sums import ExactSums, regrouped
from dueregard.frames import build_frame
from dueregard.notices import notices
from dueregard.whole_files import write_whole

Labels = dict[str, list[Any]]

# What `to_dict` puts beside the labels of each cell.
CELL_COLUMNS = ("count", "weight_sum", "weight_squares", "provenance")


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of rows per cell, one axis per dimension, the outcome last.

    A tally is small, carries its labels, and adds to another tally. ``labels`` gives the dimensions, in the order of
    the axes, and the labels along each; kinds of missing come last (see `dueregard.missing`).

    Parameters
    ----------
    counts : array of int64
        Number of rows in each cell.
    labels : dict of str to list
        Labels along each axis of ``counts``.
    outcome : str, optional
        Name of the last dimension, where the tally has an outcome.
    ordered : dict of str to bool, optional
        True for dimensions whose labels have an order of their own.
    provenance : str, optional
        A warning that travels to every output, such as "Synthetic: ...".
    native : {"pandas", "polars", "pyarrow"}, optional
        The frame library of the input, used again by `to_frame`.

    Examples
    --------
    >>> import dueregard as dr
    >>> t = dr.tally({"area": ["N", "S", "N"], "met": [True, True, False]}, ["area"], outcome="met")
    >>> t.dims, t.labels["area"], t.counts.tolist()
    (('area', 'met'), ['N', 'S'], [[1, 1], [0, 1]])
    >>> (t + t).margin("area").counts.tolist()
    [4, 2]
    """

    counts: NDArray[np.int64]
    labels: Labels
    outcome: str | None = None
    ordered: dict[str, bool] = field(default_factory=dict)
    provenance: str | None = None
    native: str | None = None
    exact_sums: ExactSums | None = field(default=None, repr=False)
    exact_squares: ExactSums | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        counts = np.asarray(self.counts)
        _check_labels(self.labels)
        shape = tuple(len(names) for names in self.labels.values())
        if counts.shape != shape:
            raise ValueError(f"counts has shape {counts.shape}, the labels have {shape}")
        if not np.issubdtype(counts.dtype, np.integer):
            raise TypeError(f"counts must be integers, not {counts.dtype}")
        if taken := [name for name in self.dims if name in CELL_COLUMNS]:
            raise ValueError(f"a column to count by may not be called {taken[0]!r}: that is the counts' own name")
        if self.outcome is not None and self.outcome != self.dims[-1]:
            raise ValueError(f"outcome {self.outcome!r} is not the last dimension; the dimensions are {self.dims}")
        whole = counts.astype(np.int64, copy=False)  # what is too large for it becomes negative
        if whole.size and whole.min() < 0:
            cell = np.unravel_index(int(np.argmax(whole < 0)), shape)
            position = zip(self.dims, cell, strict=True)
            where = ", ".join(f"{name} {self.labels[name][i]!r}" for name, i in position)
            raise ValueError(f"counts: {counts[cell]} at {where} is outside 0 to 2**63 - 1")
        object.__setattr__(self, "counts", whole)

    def __repr__(self) -> str:
        sizes = [f"{name} ({len(names):,})" for name, names in self.labels.items()]
        outcome = f", outcome {self.outcome}" if self.outcome is not None else ""
        rows = f"{self.counts.sum():,} rows{', weighted' if self.weighted else ''}"
        return "\n".join([f"Tally of {rows}: {' x '.join(sizes)}{outcome}", *notices(self.provenance)])

    @property
    def dims(self) -> tuple[str, ...]:
        """Names of the dimensions, in the order of the axes."""
        return tuple(self.labels)

    @property
    def weighted(self) -> bool:
        """Whether the tally also holds sums of weights."""
        return self.exact_sums is not None

    @property
    def sums(self) -> NDArray[np.float64]:
        """Sum of the weights in each cell, correctly rounded."""
        return self._exact(self.exact_sums)

    @property
    def squares(self) -> NDArray[np.float64]:
        """Sum of the squared weights in each cell, correctly rounded."""
        return self._exact(self.exact_squares)

    @staticmethod
    def _exact(sums: ExactSums | None) -> NDArray[np.float64]:
        if sums is None:
            raise ValueError("this tally has no weights: pass weight= to dr.tally")
        return sums.to_float()

    def margin(self, *names: str) -> "Tally":
        """The tally of some dimensions only, in the order named; the others are summed."""
        axes = [self._axis(name) for name in names]
        if len(set(axes)) < len(axes):
            raise ValueError(f"a dimension is named twice in {names}")
        rest = [axis for axis in range(len(self.dims)) if axis not in axes]
        order = [sorted(axes).index(axis) for axis in axes]  # where each kept axis stands once the others are gone

        def keep(sums: ExactSums | None) -> ExactSums | None:
            return None if sums is None else sums.summed(rest).transposed(order)

        counts = self.counts.sum(axis=tuple(rest), dtype=np.int64).transpose(order)
        return replace(
            self,
            counts=counts,
            labels={name: self.labels[name] for name in names},
            outcome=self.outcome if names and names[-1] == self.outcome else None,
            exact_sums=keep(self.exact_sums),
            exact_squares=keep(self.exact_squares),
        )

    def _axis(self, name: str) -> int:
        if name not in self.dims:
            raise ValueError(f"no dimension {name!r} in the tally; it has {', '.join(map(repr, self.dims))}")
        return self.dims.index(name)

    def cube(self) -> "Cube":
        """Every margin at once: one more position on each axis holds the total over it."""
        counts = _core.cube(np.ascontiguousarray(self.counts).reshape(-1), self.counts.shape)
        return Cube(counts, self.labels, self.native, self.provenance)

    def __add__(self, other: "Tally") -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        if self.dims != other.dims or self.outcome != other.outcome:
            raise ValueError(f"tallies of {self.dims} and {other.dims} cannot be added: the dimensions differ")
        if self.weighted != other.weighted:
            raise ValueError("a weighted and an unweighted tally cannot be added")
        joined = {
            name: labels.join(
                self.labels[name],
                other.labels[name],
                ordered=(self._is_ordered(name), other._is_ordered(name)),
                name=name,
            )
            for name in self.dims
        }
        first, second = self._spread(joined), other._spread(joined)
        return replace(
            first,
            counts=first.counts + second.counts,
            ordered={name: self._is_ordered(name) or other._is_ordered(name) for name in self.dims},
            provenance=self.provenance or other.provenance,
            native=self.native or other.native,
            exact_sums=_added(first.exact_sums, second.exact_sums),
            exact_squares=_added(first.exact_squares, second.exact_squares),
        )

    def _is_ordered(self, name: str) -> bool:
        return self.ordered.get(name, False)

    def _spread(self, joined: Labels) -> "Tally":
        """The same counts on the axes of longer lists of labels."""
        moves = {}
        for name, names in joined.items():
            position = {label: i for i, label in enumerate(names)}
            moves[name] = [position[label] for label in self.labels[name]], names
        return self.relabelled(moves)

    def relabelled(self, moves: Mapping[str, tuple[Sequence[int], list[Any]]]) -> "Tally":
        """Dimensions with other labels: ``moves[name]`` is ``index, names``.

        Level ``i`` is added into level ``index[i]`` of ``names``, or goes where the index is -1.
        """
        counts, sums, squares = self.counts, self.exact_sums, self.exact_squares
        for name, (index, names) in moves.items():
            axis, to = self._axis(name), np.asarray(index, np.intp)
            if len(to) == len(names) and (to == np.arange(len(to))).all():
                continue  # only the names change
            counts = regrouped(counts, axis, to, len(names))
            sums = sums and sums.regrouped(axis, to, len(names))
            squares = squares and squares.regrouped(axis, to, len(names))
        labels = self.labels | {name: names for name, (_, names) in moves.items()}
        return replace(self, counts=counts, labels=labels, exact_sums=sums, exact_squares=squares)

    def to_dict(self) -> dict[str, list[Any]]:
        """One row per cell: the labels, ``count``, and with weights ``weight_sum`` and ``weight_squares``."""
        columns = _label_columns(self.labels) | {"count": self.counts.reshape(-1).tolist()}
        if self.weighted:
            columns |= {
                "weight_sum": self.sums.reshape(-1).tolist(),
                "weight_squares": self.squares.reshape(-1).tolist(),
            }
        if self.provenance:
            columns["provenance"] = [self.provenance] * len(columns["count"])
        return columns

    def to_frame(self) -> Any:
        """`to_dict` as a frame of the library that came in, else Polars or pandas."""
        return build_frame(self.to_dict(), self.native)

    def save(self, path: str | PathLike[str]) -> None:
        """Keep the tally as a small file, read again by `dueregard.load_tally`.

        Raises
        ------
        TypeError
            If a label is not text, a number or a boolean, such as a date; nothing is written then.
        """
        _require_plain(self.labels)
        arrays: dict[str, Any] = {"counts": self.counts}
        for name, sums in (("sums", self.exact_sums), ("squares", self.exact_squares)):
            if sums is not None:
                arrays |= {name: sums.digits, f"{name}_first_digit": np.int64(sums.first_digit)}
        about = {
            "arrays": sorted([*arrays, "about"]),
            "labels": list(self.labels.items()),
            "outcome": self.outcome,
            "ordered": self.ordered,
            "provenance": self.provenance,
            "native": self.native,
        }
        arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
        held = io.BytesIO()
        np.savez_compressed(held, **arrays)
        write_whole(Path(path), held.getvalue())


@dataclass(frozen=True, eq=False)
class Cube:
    """Every margin of a tally: along each axis, one position after the labels holds the total over all of them."""

    counts: NDArray[np.int64]
    labels: Labels
    native: str | None = None
    provenance: str | None = None

    def __repr__(self) -> str:
        sizes = [f"{name} ({len(names):,})" for name, names in self.labels.items()]
        return "\n".join([f"Cube of every margin of {' x '.join(sizes)}", *notices(self.provenance)])

    def to_dict(self) -> dict[str, list[Any]]:
        """One row per cell and margin; the label is None where all levels are added together."""
        names = {name: [*names, None] for name, names in self.labels.items()}
        columns = _label_columns(names) | {"count": self.counts.reshape(-1).tolist()}
        if self.provenance:
            columns["provenance"] = [self.provenance] * self.counts.size
        return columns

    def to_frame(self) -> Any:
        """`to_dict` as a frame of the library that came in, else Polars or pandas."""
        return build_frame(self.to_dict(), self.native)


def load_tally(path: str | PathLike[str]) -> Tally:
    """Read a tally that `Tally.save` wrote.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    Tally
        The same counts, sums of weights and labels.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not a saved tally.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import dueregard as dr
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "boroughs.tally"
    ...     dr.tally({"borough": ["Sutton", "Bexley", "Sutton"]}, "borough").save(path)
    ...     dr.load_tally(path).to_dict()["count"]
    [1, 2]
    """
    with open(path, "rb") as opened:
        try:
            with np.load(opened, allow_pickle=False) as file:
                arrays = dict(file)
            about = json.loads(arrays["about"].tobytes())
            about["labels"] = dict(about["labels"])
            if sorted(arrays) != about.pop("arrays"):
                raise ValueError("arrays are missing")  # a damaged directory would hide the weights
            sums, squares = _loaded_sums(arrays, "sums"), _loaded_sums(arrays, "squares")
            return Tally(arrays["counts"], exact_sums=sums, exact_squares=squares, **about)
        except Exception as error:  # a damaged zip file raises nearly anything
            raise ValueError(f"{path}: not a saved tally, or a damaged one") from error


def _loaded_sums(arrays: Mapping[str, NDArray[Any]], name: str) -> ExactSums | None:
    return ExactSums(int(arrays[f"{name}_first_digit"]), arrays[name]) if name in arrays else None


def _check_labels(labels: Labels) -> None:
    """Lists of distinct labels: a label that is there twice would be found once."""
    for name, names in labels.items():
        if isinstance(names, str):
            raise TypeError(f"labels: {name!r} needs a list of labels, not {names!r}")
        if len(set(names)) < len(names):
            again = next(label for i, label in enumerate(names) if label in names[:i])
            raise ValueError(f"labels: {name!r} has {again!r} twice")


def _require_plain(labels: Labels) -> None:
    """Labels that a file keeps as they are."""
    for name, names in labels.items():
        for label in names:
            if type(label) not in (str, int, float, bool):
                what = type(label).__name__
                raise TypeError(
                    f"dimension {name!r}: the label {label!r} is a {what}, which a file cannot keep; use text"
                )


def stated(names: Sequence[Any]) -> list[int]:
    """Positions of the labels that are answers, not kinds of missing."""
    return [i for i, label in enumerate(names) if not missing.is_missing(label)]


def _label_columns(names: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    rows = list(product(*names.values()))
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _added(first: ExactSums | None, second: ExactSums | None) -> ExactSums | None:
    return None if first is None or second is None else first + second
