"""`dueregard.population`: how many people there are in each group, as a base for rates and shares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dueregard.frames import build_frame
from dueregard.inference import checked
from dueregard.measures.grouped import by_names
from dueregard.measures.populations import population_cells
from dueregard.measures.populations.population_arguments import (
    by_columns,
    date_text,
    estimates,
    renamed,
    source_text,
    with_error,
)
from dueregard.measures.populations.population_cells import Cells
from dueregard.measures.populations.population_groups import as_tally, in_groups
from dueregard.measures.populations.population_totals import refuse_suspects, refuse_whole_areas
from dueregard.notices import notices
from dueregard.records import native_of, provenance_of
from dueregard.records.classifications import Mapping
from dueregard.records.classifications import mapping as find_mapping
from dueregard.tallies import Tally

if TYPE_CHECKING:
    from dueregard.findings import Findings

FloatArray = NDArray[np.float64]
WIDTH = 79
MOST_GROUPS = 24
TOGETHER = "\N{WORD JOINER}"


@dataclass(frozen=True, eq=False)
class Population:
    """How many people there are in each group, and what is known about that number.

    Made by `dueregard.population`. ``low``, ``high`` and ``se`` are there where the number is itself an estimate, in
    the shape of ``tally.counts``.

    Parameters
    ----------
    tally : Tally
        People in each cell: one axis for each column of ``by``, the groups last.
    group : str
        The dimension of the groups.
    by : tuple of str
        The dimensions of areas, ages and so on.
    date : str
        What the numbers are of, as it was given.
    ages : str, optional
        Which ages are counted, in words.
    mapping : str, optional
        The mapping that made the groups.
    classification : str, optional
        The exact name of the groups, such as "5+1 (2011)".
    low, high : array of float, optional
        Limits of an estimate.
    se : array of float, optional
        Standard error of an estimate.
    source : str, optional
        The file.
    notes : tuple of str
        What was set aside, and why.
    """

    tally: Tally
    group: str
    by: tuple[str, ...]
    date: str
    ages: str | None = None
    mapping: str | None = None
    classification: str | None = None
    low: FloatArray | None = None
    high: FloatArray | None = None
    se: FloatArray | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        estimated = "" if self.se is None else ", itself an estimate"
        people = f"{int(self.tally.counts.sum()):,} people, {self.date} ({self.ages or 'ages not named'})"
        lines = [f"Population of {people}{estimated}"]
        lines += [f"{name} ({len(self.tally.labels[name]):,})" for name in self.by]
        lines += [f"{self.group}: {self._groups()}"]
        lines += [f"mapping: {self.mapping}"] if self.mapping else []
        lines += [f"source: {self.source}"] if self.source else []
        lines += [*self.notes, *notices(self.tally.provenance)]
        return "\n".join(_line(line) for line in lines)

    def _groups(self) -> str:
        """The groups with their numbers; a group and its number are not torn apart."""
        margin = self.tally.margin(self.group)
        pairs = list(zip(margin.labels[self.group], margin.counts.tolist(), strict=True))
        shown = ", ".join(f"{label} {n:,}".replace(" ", TOGETHER) for label, n in pairs[:MOST_GROUPS])
        return shown + (f" and {len(pairs) - MOST_GROUPS} more" if len(pairs) > MOST_GROUPS else "")

    def to_dict(self) -> dict[str, list[Any]]:
        """One row for each area and group: the labels, ``count``, the limits of an estimate, and the date."""
        columns = self.tally.to_dict()
        estimates = {"low": self.low, "high": self.high, "se": self.se}
        columns |= {name: values.reshape(-1).tolist() for name, values in estimates.items() if values is not None}
        about = {"population_date": self.date, "ages": self.ages, "mapping": self.mapping}
        size = self.tally.counts.size
        return columns | {name: [value] * size for name, value in about.items() if value is not None}

    def to_frame(self) -> Any:
        """`to_dict` as a frame of the library that came in, else Polars or pandas."""
        return build_frame(self.to_dict(), self.tally.native)

    def shares(self) -> "Findings":
        """The share of each group, for all areas together and in each: see `dueregard.share`.

        The numbers are taken as a full count: there are no intervals, not even where they are estimates.
        """
        from dueregard.measures.shares import share

        name = f"share of people by {self.group}"
        return share(self.tally, of=self.group, by=self.by, name=name, period=self.date, inference="none")

    def mapped(self, name: "str | Mapping | dict[Any, str | None]", *, unknown: str = "raise") -> "Population":
        """The same people in the groups of a mapping: see `dueregard.mapping`."""
        chosen = find_mapping(name)
        estimates = {key: value for key in population_cells.ESTIMATES if (value := getattr(self, key)) is not None}
        cells = Cells(self.by, self.group, self.tally.labels, self.tally.counts, estimates)
        cells, notes = in_groups(cells, chosen, unknown)
        via = chosen.name if self.mapping is None else f"{self.mapping}, then {chosen.name}"
        about: dict[str, Any] = {"mapping": via, "classification": chosen.target, "notes": (*self.notes, *notes)}
        tally = replace(as_tally(cells), native=self.tally.native, provenance=self.tally.provenance)
        return replace(self, tally=tally, **about, **_as_fields(cells))


def _line(text: str) -> str:
    """A line of the representation, wrapped."""
    return "\n".join(wrap(text, WIDTH, subsequent_indent="  ")).replace(TOGETHER, " ")


def population(
    table_or_path: Any,
    *,
    group: str,
    count: str | Sequence[str],
    date: str,
    by: str | Sequence[str] | dict[str, str] | None = None,
    mapping: Any = None,
    ages: str | None = None,
    low: str | None = None,
    high: str | None = None,
    se: str | None = None,
    confidence_level: float = 0.95,
    unknown: str = "raise",
    source: str | None = None,
) -> Population:
    """How many people there are in each group, from a published table.

    Parameters
    ----------
    table_or_path : dict of arrays, data frame, or path
        A table with a row for each group (and area); or with a column for each group, then ``count`` names them all.
        Files may be CSV, with or without a byte-order mark, or Parquet.
    group : str
        The column of groups; with several counts, what to call them.
    count : str or list of str
        The column of numbers of people, or the columns of a table that has one for each group. ``1,234`` is read as
        1234.
    date : str or int
        What the numbers are of, such as "2011", "2011-03-27" or "mid-2020"; it stands beside every figure made of them.
    by : str, sequence of str or dict, optional
        The columns of areas, ages or sexes that divide the people further. A dict gives them the names that they have
        in other records: ``{"force": "Police force"}``.
    mapping : str, Mapping or dict, optional
        Puts the groups into those of another classification, see `dueregard.mapping`. Rows that it knows to be totals
        are compared with the sum of their parts in every area and set aside.
    ages : str, optional
        Which ages are counted, in words, such as "16 and over".
    low, high : str, optional
        Columns of limits, where the number of people is itself an estimate. Both or neither.
    se : str, optional
        The column of its standard error. Without it, it is taken from the limits as those of a normal distribution.
    confidence_level : float
        The level of ``low`` and ``high``.
    unknown : {"raise", "not stated"}
        What becomes of a group that the mapping does not know.
    source : str, optional
        Where the numbers are from; the name of the file unless given.

    Returns
    -------
    Population
        With its ``tally``, ``date``, ``mapping``, ``classification`` and ``notes``; ``.shares()``, ``.to_frame()``.

    Raises
    ------
    TypeError
        If the table is none of these kinds, or an argument is not of its kind.
    ValueError
        If a column is not there or there twice; a cell is blank, "N/A", no number, or negative; an area and group has
        two rows, or none; a total is not the sum of its parts; or a group, without a mapping, equals the sum of all
        others. Each message names the row or the groups.
    FileNotFoundError
        If there is no such file.

    Notes
    -----
    A count must be a whole number. A fraction is taken only with ``low`` and ``high``, or ``se``, which say that it is
    an estimate; the people are then rounded to whole ones, the limits are not. Where a mapping puts several groups into
    one, limits are added up, which is the widest the sum can be, and standard errors are added as squares, which holds
    if the errors are independent; a note says so.

    0 people are a real 0. No row is not 0: an area that has no row for a group is refused.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"ethnic_group": ["White", "Black", "Asian", "Chinese", "Mixed", "Other"],
    ...          "people": ["1,491,970", "30,923", "33,005", "8,976", "28,277", "6,404"]}
    >>> groups = {"White": "White", "Black": "Black", "Asian": "Asian", "Chinese": "Asian", "Mixed": "Mixed",
    ...           "Other": "Other"}
    >>> dr.population(table, group="ethnic_group", count="people", date="2011", mapping=groups)
    Population of 1,599,555 people, 2011 (ages not named)
    ethnic_group: White 1,491,970, Black 30,923, Asian 41,981, Mixed 28,277,
      Other 6,404
    mapping: own mapping
    Internal: not checked for disclosure
    """
    new, old = by_columns(by)
    names = by_names(old, {"group": group} | ({"count": count} if isinstance(count, str) else {}))
    level = checked.level(confidence_level)
    columns = estimates(low, high, se, {"group": group, "count": count})
    given: dict[str, Any] = {"date": date_text(date), "ages": checked.words("ages", ages)}
    given["source"] = source_text(table_or_path, source)
    chosen = None if mapping is None else find_mapping(mapping)
    cells = population_cells.read(table_or_path, group=group, count=count, by=names, estimates=columns)
    cells = renamed(cells, by_names(new, {"group": group}))
    notes = ["Estimates were rounded to whole people"] if cells.rounded else []
    cells = with_error(cells, level)
    refuse_whole_areas(cells)
    if chosen is None:
        refuse_suspects(cells)
    else:
        cells, more = in_groups(cells, chosen, unknown)
        notes += more
    tally = replace(as_tally(cells), native=native_of(table_or_path), provenance=provenance_of(table_or_path))
    named = (None, None) if chosen is None else (chosen.name, chosen.target)
    given |= {"mapping": named[0], "classification": named[1], "notes": tuple(notes)}
    return Population(tally, group, cells.by, **given, **_as_fields(cells))


def _as_fields(cells: Cells) -> dict[str, Any]:
    """The limits and standard errors of estimates, as `Population` has them."""
    return dict(cells.estimates)
