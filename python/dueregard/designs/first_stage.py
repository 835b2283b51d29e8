"""The clusters that were drawn first: which one each row is of, and how many there are to draw from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import labels as orders
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.surveys.clusters import Clusters
from dueregard.records.levels import identities
from dueregard.records.lookalikes import warn_about_lookalikes
from dueregard.records.number_columns import numbers_of

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FirstStage:
    """The stratum and the cluster of each row; strata and clusters are numbered in the order of their labels.

    ``cluster`` is None where every row was drawn by itself. ``fraction`` is the share of each stratum's clusters that
    was drawn, 0 where that is not known, and ``names`` are the labels of strata.
    """

    stratum: Codes
    names: list[Any]
    cluster: Codes | None
    stratum_of_cluster: Codes
    fraction: Floats

    def numbered(self, *keys: NDArray[Any]) -> NDArray[np.int32]:
        """The cluster of each row. Rows that are their own clusters are put into the order of their keys.

        Rows with the same keys change places without a trace, so that nothing depends on how the rows came.
        """
        if self.cluster is not None:
            return self.cluster.astype(np.int32)
        number = np.empty(len(self.stratum), np.int32)
        number[np.lexsort((*reversed(keys), self.stratum))] = np.arange(len(number), dtype=np.int32)
        return number

    def clusters(self, lonely: str) -> Clusters:
        """The clusters as estimates need them."""
        return Clusters(self.stratum_of_cluster.astype(np.int32), self.fraction, lonely)


def read(table: dict[str, Any], design: SurveyDesign, n_rows: int) -> FirstStage:
    """Strata and clusters of a table's rows, each looked over for what a design cannot have."""
    stratum, names = np.zeros(n_rows, np.int64), [None]
    if design.stratum is not None:
        stratum, names = _labelled("stratum", table, design.stratum)
    cluster, of_cluster = None, np.sort(stratum)
    if design.psu:
        psu, units = _labelled("psu", table, design.psu[0])
        if not design.nest:
            _check_nesting(stratum, names, psu, units)
        pairs, cluster = np.unique(stratum * max(len(units), 1) + psu, return_inverse=True)
        of_cluster = pairs // max(len(units), 1)
    drawn = np.bincount(of_cluster, minlength=len(names))
    fraction = np.zeros(len(names))
    if design.fpc:
        fraction = _fractions(table, design, stratum, names, drawn)
    _check_lonely(design, names, drawn, fraction)
    return FirstStage(stratum, names, cluster, of_cluster, fraction)


def _labelled(argument: str, table: dict[str, Any], name: str) -> tuple[Codes, list[Any]]:
    """The number of each row's label, in the order of those that rows have: whole numbers and categories skip some."""
    codes, met = identities(table, name, None, kinds={})
    if (codes < 0).any():
        row = int((codes < 0).argmax())
        raise ValueError(f"{argument} {name!r}: missing at row {row}; every row of a sample was drawn somewhere")
    sampled = np.bincount(codes, minlength=len(met)) > 0
    final = [label for label in orders.arrange(met, ordered=False) if sampled[met[label]]]
    warn_about_lookalikes(name, final)  # two spellings of a cluster are two clusters
    place = np.empty(len(met), np.int64)
    place[[met[label] for label in final]] = np.arange(len(final))
    return place[codes], final


def _check_nesting(stratum: Codes, names: list[Any], psu: Codes, units: list[Any]) -> None:
    """Refuse a cluster that has rows in two strata."""
    first = np.full(len(units), -1)
    first[psu[::-1]] = stratum[::-1]
    split = first[psu] != stratum
    if split.any():
        row = int(split.argmax())
        strata = f"{names[first[psu[row]]]!r} and {names[stratum[row]]!r}"
        raise ValueError(
            f"psu: cluster {units[psu[row]]!r} is in strata {strata} (row {row}); if clusters are numbered anew in "
            "each stratum: nest=True"
        )


def _fractions(table: dict[str, Any], design: SurveyDesign, stratum: Codes, names: list[Any], drawn: Codes) -> Floats:
    """Which share of each stratum's clusters was drawn."""
    name = design.fpc[0]
    numbers = numbers_of("fpc", name, table[name])
    for problem, bad in (("missing", np.isnan(numbers)), ("not above 0", numbers <= 0)):
        if bad.any():
            row = int(bad.argmax())
            given = "" if problem == "missing" else f"{numbers[row]:g} is "
            raise ValueError(f"fpc {name!r}: {given}{problem} at row {row}")
    _check_one_kind(name, numbers)
    of_stratum = np.empty(len(names))
    of_stratum[stratum[::-1]] = numbers[::-1]
    differs = of_stratum[stratum] != numbers
    if differs.any():
        row = int(differs.argmax())
        both = f"{of_stratum[stratum[row]]:g} and {numbers[row]:g} (row {row})"
        raise ValueError(f"fpc {name!r}: {both}{_within(design, names[stratum[row]])}; a stratum has one number")
    if (numbers <= 1).all():
        return of_stratum
    short = of_stratum < drawn
    if short.any():
        at = int(short.argmax())
        units = "clusters" if design.psu else "rows"
        where = _within(design, names[at])
        raise ValueError(
            f"fpc {name!r}: {of_stratum[at]:g} {units} in the population{where}, but {drawn[at]} in the sample"
        )
    return drawn / of_stratum


def _check_one_kind(name: str, numbers: Floats) -> None:
    if (numbers > 1).any() and (numbers < 1).any():
        row = int((numbers < 1).argmax())
        raise ValueError(f"fpc {name!r}: {numbers[row]:g} at row {row} is a fraction, and others are numbers above 1")


def _check_lonely(design: SurveyDesign, names: list[Any], drawn: Codes, fraction: Floats) -> None:
    lonely = (drawn == 1) & (fraction < 1)
    if design.lonely == "refuse" and lonely.any():
        where = "the sample" if design.stratum is None else f"stratum {names[int(lonely.argmax())]!r}"
        raise ValueError(f"lonely: {where} has one cluster, whose variance cannot be known; see lonely=")


def _within(design: SurveyDesign, stratum: Any) -> str:
    return "" if design.stratum is None else f" in stratum {stratum!r}"
