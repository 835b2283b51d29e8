"""Findings: the one result type, a long tidy table that says, draws and saves itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag, words
from dueregard.hints import did_you_mean
from dueregard.kinds import TABLE, check_kind
from dueregard.version import __version__

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BEFORE_BY = ("measure", "characteristic", "group")
AFTER_BY = (
    "period", "row_type", "count", "nobs", "outcome_missing", "value", "reference", "reference_count",
    "reference_nobs", "reference_value", "estimate", "se", "unit_of_measure", "confidence_level", "low",
    "high", "pvalue", "adjusted_pvalue", "verdict", "flag", "method", "version",
)  # fmt: skip
WHERE_THEY_APPLY = (
    "basis", "per", "exposure", "reference_exposure", "population", "population_date", "mapping", "effective_nobs",
    "design_effect", "degrees_of_freedom", "simultaneous_low", "simultaneous_high", "practical_threshold",
    "practical_verdict",
)  # fmt: skip
ADDED_ON_EXPORT = ("provenance", "notes", "disclosure")
RESERVED = frozenset(BEFORE_BY + AFTER_BY + WHERE_THEY_APPLY + ADDED_ON_EXPORT)

COUNTS = frozenset({"count", "nobs", "outcome_missing", "reference_count", "reference_nobs"})
NUMBERS = frozenset(
    {
        "value",
        "reference_value",
        "estimate",
        "se",
        "confidence_level",
        "low",
        "high",
        "pvalue",
        "adjusted_pvalue",
    }
    | {"per", "exposure", "reference_exposure", "effective_nobs", "design_effect", "simultaneous_low"}
    | {"simultaneous_high", "degrees_of_freedom"}
)


class Findings:
    """A tidy table of results: one row for each group and area, in a fixed order.

    Parameters
    ----------
    columns : mapping of str to sequence
        Columns of equal length. The standard columns that are not given are filled with missing values
        (``version`` with the version of the library); columns of other names are kept after them.
    by : str or sequence of str
        Names of the columns that say which area a row is about; they stand after ``group``.
    provenance : str, optional
        Where the records came from, such as "Synthetic: ..."; travels to every output.
    native : {"pandas", "polars", "pyarrow"}, optional
        The frame library that ``to_frame`` gives.
    title : str, optional
        A title for tables and charts.
    higher_is_better : bool, optional
        Whether a higher value is the better one.
    threshold : float, optional
        The difference taken as mattering, in percentage points; sentences and charts name it.
    notes : sequence of str, optional
        What a reader has to know of where the numbers come from; they stand below every table.
    kind : str, optional
        What the table is of, such as ``"gap"`` or ``"funnel"`` (all in ``dueregard.kinds``): the sentences, the table
        and the chart are chosen by it. Those of ``"table"`` suit any columns. It is in no file.

    Raises
    ------
    ValueError
        If columns differ in length, a by column is missing or has the name of a standard column, or there is no such
        kind.

    Notes
    -----
    Proportions and differences are in percent or percentage points. Missing numbers are NaN, missing counts
    and texts None; no number is ever made up for them.

    Examples
    --------
    >>> findings = Findings({"group": ["Asian", "White"], "value": [74.0, 81.0]})
    >>> len(findings), findings["value"]
    (2, [74.0, 81.0])
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        *,
        by: str | Sequence[str] = (),
        provenance: str | None = None,
        native: str | None = None,
        title: str | None = None,
        higher_is_better: bool | None = None,
        threshold: float | None = None,
        notes: Sequence[str] = (),
        kind: str = TABLE,
    ) -> None:
        self.by = (by,) if isinstance(by, str) else tuple(by)
        self.provenance = provenance
        self.native = native
        self.title = title
        self.higher_is_better = higher_is_better
        self.threshold = threshold
        self.notes = tuple(notes)
        self.kind = kind
        check_kind(kind)
        check_by(self.by)
        self._n_rows = _common_length(columns)
        self._columns = {name: self._column(name, columns) for name in _column_order(columns, self.by)}

    def _column(self, name: str, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        if name in columns:
            return [_clean(name, value) for value in columns[name]]
        filler = __version__ if name == "version" else _clean(name, None)
        return [filler] * self._n_rows

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._columns)

    def __len__(self) -> int:
        return self._n_rows

    def __getitem__(self, column: str) -> list[Any]:
        if column not in self._columns:
            hint = did_you_mean(column, self.columns)
            raise KeyError(f"no column {column!r}{hint}; columns: {self.columns}")
        return list(self._columns[column])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict."""
        for values in zip(*self._columns.values(), strict=True):
            yield dict(zip(self._columns, values, strict=True))

    def filter(self, **equal: Any) -> Findings:
        """The rows in which every column named equals the value given (a list means: any of these)."""
        unknown = [name for name in equal if name not in self._columns]
        if unknown:
            hint = did_you_mean(unknown[0], self.columns)
            raise ValueError(f"filter: no column {unknown[0]!r}{hint}; columns: {self.columns}")
        wanted = {name: value if isinstance(value, list) else [value] for name, value in equal.items()}
        kept = [row for row in self.rows() if all(row[name] in values for name, values in wanted.items())]
        return self.with_columns({name: [row[name] for row in kept] for name in self._columns})

    def with_columns(self, columns: Mapping[str, Sequence[Any]], notes: Sequence[str] | None = None) -> Findings:
        """Findings of the same kind, with the same title and all else, of other columns (and other notes, if given)."""
        return Findings(
            columns,
            by=self.by,
            provenance=self.provenance,
            native=self.native,
            title=self.title,
            higher_is_better=self.higher_is_better,
            threshold=self.threshold,
            notes=self.notes if notes is None else notes,
            kind=self.kind,
        )

    def with_notes(self, *notes: str) -> Findings:
        """The same findings with further notes below; a note that is already there is not said twice.

        >>> found = Findings({"group": ["Asian"], "value": [74.0]}, kind="share", notes=["Staff in post."])
        >>> found.with_notes("Sworn officers are counted apart.").notes
        ('Staff in post.', 'Sworn officers are counted apart.')
        """
        for note in notes:
            if not isinstance(note, str):
                raise TypeError(f"notes: {note!r} is not text")
        return self.with_columns(self._columns, tuple(dict.fromkeys((*self.notes, *notes))))

    def to_dict(self) -> dict[str, list[Any]]:
        """Columns as lists, with a ``provenance`` column if there is one to tell. Needs no frame library."""
        columns = {name: list(values) for name, values in self._columns.items()}
        if self.provenance is not None:
            columns["provenance"] = [self.provenance] * self._n_rows
        return columns

    def to_frame(self) -> Any:
        """A frame of the library that the data came in with; otherwise Polars if installed, else pandas.

        Flags become text. Missing numbers are NaN in pandas and null in Polars and pyarrow.
        """
        from dueregard.frames import build_frame

        columns = self.to_dict()
        columns["flag"] = ["; ".join(words(flag)) for flag in columns["flag"]]
        return build_frame(columns, self.native)

    def sentences(self) -> list[str]:
        """What the rows say, in plain English; every number in them is a number of the findings.

        The sentences do not carry the marks of every other output: that they are internal and not checked for
        disclosure, and ``provenance``, such as "Synthetic: ...". Whoever passes a sentence on adds them.
        """
        from dueregard.publish.sentences.sentences import sentences

        return sentences(self)

    def plot(self, form: str | None = None) -> Figure:
        """A matplotlib figure of the findings; its last lines say that it is internal, and its provenance.

        Parameters
        ----------
        form : str, optional
            Another chart than the usual one: of gaps ``"dumbbell"``, the shares of both groups side by side; of key
            drivers ``"grid"``, their present levels against what more of each goes with.

        Raises
        ------
        ValueError
            If there is nothing to draw, or there is no such chart of these findings.
        """
        from dueregard.publish.charts.chart import chart

        return chart(self, form=form)

    def save(self, path: str | Path) -> Path:
        """Write a file marked as internal: .csv, .json, .parquet or .html, by its suffix.

        In CSV a text that a spreadsheet would run as a formula is given a leading apostrophe. In JSON missing
        numbers are null and flags are lists of words.

        Raises
        ------
        ValueError
            If the suffix is none of these.
        """
        from dueregard.publish.files import save

        return save(self, Path(path))

    def _repr_html_(self) -> str | None:
        from dueregard.publish.tables.tables import html_table

        try:
            return html_table(self)
        except ModuleNotFoundError:  # without great_tables a notebook shows the text table
            return None

    def __repr__(self) -> str:
        # as wide as the terminal, 80 columns elsewhere; it never prints by itself
        from dueregard.publish.tables.tables import text_table

        return text_table(self)


def check_by(by: Sequence[str]) -> None:
    """Refuse by columns that would hide, or be hidden by, a column of the findings."""
    for name in by:
        if name in RESERVED:
            raise ValueError(f"by: {name!r} is the name of a column of the findings; rename it in the data")
    if len(set(by)) < len(by):
        raise ValueError(f"by: a column is named twice in {list(by)}")


def _common_length(columns: Mapping[str, Sequence[Any]]) -> int:
    lengths = {name: len(values) for name, values in columns.items()}
    for name, length in lengths.items():
        first = next(iter(lengths))
        if length != lengths[first]:
            raise ValueError(f"column {name!r} has {length} rows, column {first!r} has {lengths[first]}")
    return next(iter(lengths.values()), 0)


def _column_order(columns: Mapping[str, Sequence[Any]], by: Sequence[str]) -> list[str]:
    absent = [name for name in by if name not in columns]
    if absent:
        raise ValueError(f"by: no column {absent[0]!r} among {list(columns)}")
    standard = [*BEFORE_BY, *by, *AFTER_BY, *(name for name in WHERE_THEY_APPLY if name in columns)]
    return standard + [name for name in columns if name not in standard and name not in ADDED_ON_EXPORT]


def _clean(name: str, value: Any) -> Any:
    """Plain Python values, and one kind of missing for each kind of column."""
    if name == "flag":
        return Flag(0) if value is None else value
    if name in NUMBERS:
        return _number(name, value)
    if hasattr(value, "item"):
        value = value.item()
    missing = value is None or (isinstance(value, float) and value != value)
    if name in COUNTS:
        return None if missing else _count(name, value)
    return None if missing and (name in RESERVED or value is None) else value


def _number(name: str, value: Any) -> float:
    try:
        return float("nan") if value is None else float(value)
    except (TypeError, ValueError):
        raise TypeError(f"column {name!r}: {value!r} is not a number") from None


def _count(name: str, value: Any) -> int:
    if isinstance(value, str) or int(value) != value:
        raise ValueError(f"column {name!r}: {value!r} is not a whole number")
    return int(value)
