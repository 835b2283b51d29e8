"""`dueregard.pay_quarters`: who is in each quarter of the pay order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.measures.grouped import Counts, by_names
from dueregard.measures.measured import measured_tally, values_of
from dueregard.measures.shares import share
from dueregard.tallies import Tally

QUARTERS = ("lower quarter", "lower middle quarter", "upper middle quarter", "upper quarter")
COLUMN = "pay_quarter"
ONE_MORE = {0: (0, 0, 0, 0), 1: (1, 0, 0, 0), 2: (1, 0, 1, 0), 3: (1, 1, 1, 0)}
"""Which quarters take one of those left over when the staff do not divide by four."""


def pay_quarters(
    data: Any,
    *,
    pay: str,
    group: str,
    by: str | Sequence[str] | None = None,
    name: str | None = None,
    period: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Share of each group in each quarter of staff by pay, as the UK regulations define it.

    Parameters
    ----------
    data, pay, group, by, missing, where, labels, threads
        As in `dueregard.pay_gap`. Staff are put in order within each area.
    name : str, optional
        What is measured, in words: "share of" the column of groups unless given.
    period : str, optional
        What to write in the ``period`` column.

    Returns
    -------
    Findings
        Those of `dueregard.share` of ``group`` by area and ``pay_quarter``, without intervals, for it is a full count:
        the rows for everybody first, then "lower quarter", "lower middle quarter", "upper middle quarter" and "upper
        quarter". Who has no pay stated is in no quarter.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.pay_gap`.

    Notes
    -----
    Regulation 13 of the Equality Act 2010 (Gender Pay Gap Information) Regulations 2017 and the guidance on it. Staff
    in order of pay are divided by four; of those left over one goes to the lower quarter, two to the lower and upper
    middle, three to all but the upper. Where people on the same pay fall into several quarters, each group of them is
    divided in the same proportion, as evenly as whole people can be.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"pay": [10.0] * 36 + [20.0] * 27 + [30.0] * 45, "sex": (["Female"] * 2 + ["Male"]) * 36}
    >>> findings = dr.pay_quarters(staff, pay="pay", group="sex")
    >>> findings.filter(group="Female")["count"]
    [72, 18, 18, 18, 18]
    """
    names = by_names(by, {"pay": pay, "group": group, COLUMN: COLUMN})
    tally = measured_tally(
        data, [*names, group], argument="pay", value=pay, where=where, labels=labels, missing=missing, threads=threads
    )
    return share(_in_quarters(tally, pay, group, names), of=group, by=[*names, COLUMN], name=name, period=period,
                 inference="none")  # fmt: skip


def _in_quarters(tally: Tally, pay: str, group: str, by: Sequence[str]) -> Tally:
    """The tally of area x quarter x group."""
    tally, positions, _ = values_of(tally, "pay", pay)
    margin = tally.margin(*by, group, pay)
    areas = list(product(*(margin.labels[name] for name in by)))
    counts = margin.counts.reshape(len(areas), len(margin.labels[group]), -1)[..., positions]
    names = {name: margin.labels[name] for name in by}
    placed = np.stack([quartered(each) for each in counts]).reshape(*map(len, names.values()), 4, -1)
    labels = {**names, COLUMN: list(QUARTERS), group: margin.labels[group]}
    return replace(margin, counts=placed, labels=labels, outcome=None, ordered={**margin.ordered, COLUMN: True})


def quartered(counts: Counts) -> Counts:
    """How many of each group are in each quarter (quarters x groups), from counts of groups x ascending values."""
    left = counts.copy()
    total = int(counts.sum())
    placed = np.zeros((4, len(counts)), np.int64)
    for quarter, more in enumerate(ONE_MORE[total % 4]):
        room = total // 4 + more
        reached = np.cumsum(left.sum(axis=0))
        whole = reached <= room
        placed[quarter] = left[:, whole].sum(axis=1)
        left[:, whole] = 0
        if not whole.all():
            at = int(np.argmin(whole))
            part = divided_evenly(left[:, at], room - int(placed[quarter].sum()))
            placed[quarter] += part
            left[:, at] -= part
    return placed


def divided_evenly(counts: Counts, room: int) -> Counts:
    """So many of them in the proportions of the groups: whole numbers, the largest remainders rounded up."""
    total = int(counts.sum())
    exact = counts * room
    part = exact // total
    rest = exact - part * total
    order = np.argsort(-rest, kind="stable")[: room - int(part.sum())]
    part[order] += 1
    return np.asarray(part, np.int64)
