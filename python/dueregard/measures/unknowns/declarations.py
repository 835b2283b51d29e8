"""`dueregard.declaration`: how many people state each characteristic, how others do not, and whether that changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import by_names, tally_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.unknowns.declaration_trends import Row, trend_rows
from dueregard.measures.unknowns.declared import IN_BASE, Declared, declared
from dueregard.measures.verdicts import Rule
from dueregard.missing import NOT_COLLECTED

OVERLAP = (
    "Somebody counted in several periods counts as another person each time, which makes intervals of a change wider "
    "than they need be."
)


def declaration(
    data: Any,
    *,
    characteristics: str | Sequence[str],
    by: str | Sequence[str] | None = None,
    time: str | None = None,
    refused: str | Sequence[str] = ("Prefer not to say",),
    threshold: float | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Declaration rate of each characteristic: how many of those asked state it, and how the others do not.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        One row a person.
    characteristics : str or sequence of str
        The columns of characteristics, such as "ethnicity", "disability" and "sexual orientation".
    by : str or sequence of str, optional
        Columns such as borough or grade; several are crossed. Rows for all together come first.
    time : str, optional
        The column of periods, in the order of its labels: a rate for each, then the change from first to last and the
        slope over all.
    refused : str or sequence of str
        Answers by which somebody declines to say, whatever their capitals: an answer, and not one that states the
        characteristic. They join those that ``missing`` maps to "refused".
    threshold : float, optional
        The change that matters, 5 percentage points unless given.
    period : str, optional
        What to write in the ``period`` column when there is no ``time``.
    inference : {"chance", "none"}
        "none" for a full count: no intervals, p-values and verdicts.
    confidence_level : float
        Between 0 and 1.
    count, missing, where, labels, threads
        As in `dueregard.tally`; not with a Tally.

    Returns
    -------
    Findings
        For each characteristic, area and period a row of ``group`` "stated", whose ``value`` is the declaration rate in
        percent with its Wilson interval, and one for each kind of missing that occurs, kept apart: "not stated" and
        "refused" as percentages of the same base; "not applicable" and "not collected", where there are any, as counts,
        for they are outside it.

        With ``time`` two more rows for each area in which two periods have a rate. Of type "change": the last rate
        minus the first, in percentage points, with interval and verdict. Of type "trend": the slope of the straight
        line through all rates, in percentage points for each unit of time if periods are numbers such as years,
        otherwise for each period. ``direction`` is "rising", "falling" or "no clear change".

    Raises
    ------
    TypeError, ValueError
        As `dueregard.share`; also if a characteristic is named twice, or if the tally is weighted.

    Notes
    -----
    The rate is stated / (stated + not stated + refused). Where a characteristic is "not collected" from everybody, or
    nobody is asked, the rate is not available (NaN, flag ``NOT_RECORDED`` or ``NO_CASES``) and never 0: nobody had the
    chance to state it. Periods without a rate are no part of a trend.

    The interval of a change is Miettinen and Nurminen's score, that of a slope see below; both take periods as
    independent. The slope is that of the Cochran-Armitage test for trend (Armitage 1955), weighted by the numbers
    asked, with a variance for each period of its own.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"religion": ["None"] * 50 + ["Muslim"] * 10 + ["Prefer not to say"] * 15 + [None] * 25}
    >>> found = dr.declaration(staff, characteristics="religion")
    >>> list(zip(found["group"], found["count"], found["value"]))
    [('stated', 60, 60.0), ('not stated', 25, 25.0), ('refused', 15, 15.0)]
    """
    checked.one_of("inference", inference, INFERENCES)
    level = checked.level(confidence_level)
    rule = Rule(level, practical_threshold(threshold))
    columns = _characteristics(characteristics)
    taken = {"characteristics": columns[0]} | ({} if time is None else {"time": time})
    names = by_names(by, taken)
    _check_apart(columns, names, time)
    declines = _declining(refused)
    chance = inference == "chance"
    rows: list[Row] = []
    for column in columns:
        tally = tally_of(
            data, [*names, *([] if time is None else [time]), column], outcome=None, weight=None, where=where,
            labels=labels, count=count, missing=missing, threads=threads,
        )  # fmt: skip
        if tally.weighted:
            raise ValueError("data: a weighted tally has no numbers of people; declaration counts people")
        found = declared(tally, column, by=names, time=time, refused=declines)
        rows += _rows(found, names, rule, time=time, period=period, chance=chance)
    columns_of = {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}
    return Findings(
        columns_of,
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        title=f"Declaration of {columns[0] if len(columns) == 1 else f'{len(columns)} characteristics'}",
        higher_is_better=True,
        threshold=rule.threshold if chance and time is not None else None,
        notes=[OVERLAP] if chance and time is not None else [],
        kind="declaration",
    )


def _rows(
    found: Declared, by: Sequence[str], rule: Rule, *, time: str | None, period: str | None, chance: bool
) -> Iterator[Row]:
    """The rows of one characteristic: all areas together, then each."""
    for part in [found.summed(len(by))] + ([found] if by else []):
        for area, labels in enumerate(part.areas):
            own = {"measure": f"declaration of {part.characteristic}", "characteristic": part.characteristic}
            own |= dict(zip(by, labels, strict=True))
            for row in _area_rows(part, area, found.shown, rule, time=time, period=period, chance=chance):
                yield own | row


def _area_rows(
    found: Declared, area: int, shown: Sequence[str], rule: Rule, *, time: str | None, period: str | None, chance: bool
) -> Iterator[Row]:
    for i, label in enumerate(found.periods):
        said = period if time is None else str(label)
        for state in shown:
            if state not in IN_BASE and not found.of(state)[area, i]:
                continue  # nobody outside the base
            yield {"group": state, "period": said} | _state_row(found, area, i, state, rule.confidence_level, chance)
    if time is not None:
        yield from trend_rows(found, area, rule, time=time, chance=chance)


def _state_row(found: Declared, area: int, period: int, state: str, level: float, chance: bool) -> Row:
    """How many did one thing, as a percentage of those asked."""
    count, base = int(found.of(state)[area, period]), int(found.base[area, period])
    inside = state in IN_BASE
    share = count / base if inside and base else float("nan")
    low = high = float("nan")
    if chance:
        low, high = (float(end) for end in wilson(np.array(share), np.array(float(base)), normal_quantile(level)))
    return {
        "row_type": "group",
        "count": count if not inside or base or not found.of(NOT_COLLECTED)[area, period] else None,
        "nobs": base if inside else None,
        "value": 100 * share,
        "unit_of_measure": "percent",
        "confidence_level": level if chance and inside else float("nan"),
        "low": 100 * low,
        "high": 100 * high,
        "flag": _flag(found, area, period, state, chance),
        "method": "Wilson" if chance else "full count",
    }


def _flag(found: Declared, area: int, period: int, state: str, chance: bool) -> Flag:
    base, lost = int(found.base[area, period]), int(found.of(NOT_COLLECTED)[area, period])
    flag = Flag(0) if chance else Flag.FULL_COUNT
    if state == NOT_COLLECTED and lost:
        return flag | Flag.NOT_RECORDED
    if state not in IN_BASE or base >= SMALL_BASE:
        return flag
    if base:
        return flag | Flag.SMALL_BASE
    return flag | (Flag.NOT_RECORDED if lost else Flag.NO_CASES)


def _characteristics(characteristics: Any) -> list[str]:
    """The columns, each named once."""
    columns = [characteristics] if isinstance(characteristics, str) else list(characteristics)
    if not columns:
        raise ValueError("characteristics: none is named")
    for i, column in enumerate(columns):
        if not isinstance(column, str):
            raise TypeError(f"characteristics: {column!r} is not the name of a column")
        if column in columns[:i]:
            raise ValueError(f"characteristics: {column!r} is named twice")
    return columns


def _check_apart(columns: Sequence[str], by: Sequence[str], time: str | None) -> None:
    for column in columns:
        if column in by or column == time:
            raise ValueError(f"characteristics: {column!r} is already given as {'time' if column == time else 'by'}")


def _declining(refused: Any) -> list[str]:
    answers = [refused] if isinstance(refused, str) else list(refused)
    for answer in answers:
        if not isinstance(answer, str):
            raise TypeError(f"refused: {answer!r} is not a text")
    return [answer.strip().casefold() for answer in answers]
