"""The rows of repeats: each figure for all areas together, then for each area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.contrasts import Contrast
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.repeat_counts import EventNumbers, by_chance, repeat_events_size
from dueregard.measures.comparison_rows import Columns, flat, percent, stacked
from dueregard.measures.distribution_rows import Findable, Question, distribution_columns
from dueregard.measures.distributions import Sides
from dueregard.measures.repeat_cells import RepeatCells, shares_within
from dueregard.measures.row_flags import row_flags

PEOPLE, EVENTS, RISK, PLAIN = "people", "events", "risk", "plain risk"
NUMBER, TOP, GINI = "number of events", "most affected", "gini"
STATISTICS = (PEOPLE, EVENTS, RISK, PLAIN, NUMBER, TOP, GINI)
"""What the column ``statistic`` says a row is."""

NUMBERS = (2, 3, 4)
"""Numbers of events that have a row of their own; more have one together."""

TOPS = (0.01, 0.05, 0.10)
"""Shares of the most affected people."""

SharesOf = Callable[[Any], tuple[Floats, Floats, Floats]]
"""Of the people of some areas and groups: how many had it, their share, and the number of cases that rests on."""


@dataclass(frozen=True)
class Figure:
    """One figure for each area and group; arrays of the shape (areas, groups), fractions."""

    statistic: str
    measure: str
    value: Floats
    count: Any
    nobs: NDArray[Any]
    method: str
    size: Floats | None = None
    """The number of cases that an interval rests on, for figures that have one."""
    chance: Floats | None = None
    """What chance alone would make of it."""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """How the figures are to be shown."""

    name: str
    window: str
    characteristic: str | None
    by: tuple[str, ...]
    period: str | None
    chance: bool
    level: float


def repeat_columns(cells: RepeatCells, asked: Asked, questions: dict[str, Question]) -> Columns:
    """All rows; ``questions`` has what is compared with a reference, by its statistic."""
    pooled = _figures(cells, asked, True)
    by_area = _figures(cells, asked, False) if asked.by else [None] * len(pooled)
    parts = []
    for first, second in zip(pooled, by_area, strict=True):
        if first.statistic in questions:
            parts.append(_compared(cells, first, second, questions[first.statistic]))
            continue
        parts.append(_rows(cells, first, asked, True))
        if second is not None:
            parts.append(_rows(cells, second, asked, False))
    return stacked(parts)


def _figures(cells: RepeatCells, asked: Asked, pooled: bool) -> list[Figure]:
    numbers = cells.numbers(pooled)
    people = cells.people.summed() if pooled else cells.people
    chance = [by_chance(each.mean) for each in numbers]
    return [
        *_repeats(cells, asked, pooled, people, chance),
        *_risks(cells, asked, pooled),
        *_concentration(numbers, chance, people.nobs, asked),
    ]


def _shaped(values: Sequence[Any], like: NDArray[Any]) -> Floats:
    return np.asarray(values, np.float64).reshape(like.shape)


def _repeats(cells: RepeatCells, asked: Asked, pooled: bool, people: Any, chance: list[EventNumbers]) -> list[Figure]:
    """Shares of people with several events, and of events that are not the first of their person."""
    several, share, size = _several(people)
    expected = _shaped([each.share_with(2) for each in chance], share)
    first, events = cells.history.first_cells, cells.history.events
    total = cells.gathered(events, first, pooled)
    squares = cells.gathered(np.square(events), first, pooled)
    repeated, effective = repeat_events_size(people.nobs.astype(float), total.astype(float), squares.astype(float))
    # fmt: off
    return [
        Figure(PEOPLE, f"share of people with 2 or more {asked.name}", share, several, people.nobs, "Wilson", size,
               expected),
        Figure(EVENTS, f"share of {asked.name} that are repeats", repeated, total - people.nobs, total,
               "Wilson, effective number of events; events of one person together", effective),
    ]
    # fmt: on


def _several(side: Any) -> tuple[Floats, Floats, Floats]:
    """People with several events."""
    several, total = side.sums[..., 1], side.total
    share = np.divide(several, total, out=np.full(total.shape, np.nan), where=total > 0)
    return several, share, total


def _risks(cells: RepeatCells, asked: Asked, pooled: bool) -> list[Figure]:
    side = cells.risk.summed() if pooled else cells.risk
    share, size = cells.within(pooled)
    seen = side.sums[..., 1, :].sum(axis=-1)
    plain = np.divide(seen, side.nobs, out=np.full(seen.shape, np.nan), where=side.nobs > 0)
    whole = cells.gathered(cells.whole.astype(np.int64), cells.history.cell[cells.index], pooled)
    first = len(cells.index) == len(cells.history.starts)
    start = "first event of each person" if first else "from every event, events of one person together"
    extra = {"followed": whole}
    named = f"repeat within {asked.window}"
    # fmt: off
    return [
        Figure(RISK, f"risk of a {named}", share, seen, side.nobs, f"Kaplan-Meier; {start}", size, extra=extra),
        Figure(PLAIN, f"share seen to have a {named}", plain, seen, side.nobs, f"plain share; {start}", extra=extra),
    ]
    # fmt: on


def _concentration(
    numbers: list[EventNumbers], chance: list[EventNumbers], people: NDArray[Any], asked: Asked
) -> list[Figure]:
    """How people divide by their number of events, and how much of the events few of them have."""

    def figure(statistic: str, measure: str, of: Callable[[EventNumbers], float], count: Any, size: Any) -> Figure:
        value, expected = (_shaped([of(each) for each in some], people) for some in (numbers, chance))
        return Figure(
            statistic, measure, value, count, people, "Wilson" if size is not None else "full count", size, expected
        )

    figures = []
    for least in (*NUMBERS, NUMBERS[-1] + 1):
        most = float(least) if least in NUMBERS else None
        share = partial(EventNumbers.share_with, fewest=least, most=most)
        count = np.rint(np.nan_to_num(_shaped([share(each) for each in numbers], people)) * people)
        words = f"share of people with {least}{'' if most else ' or more'} {asked.name}"
        figures.append(figure(NUMBER, words, share, count, people.astype(np.float64)))
    for top in TOPS:
        words = f"share of {asked.name} of the most affected {100 * top:g}%"
        count = np.ceil(top * people - 1e-9)
        figures.append(figure(TOP, words, partial(EventNumbers.top_share, people=top), count, None))
    return [*figures, figure(GINI, f"Gini coefficient of {asked.name} over people", EventNumbers.gini, None, None)]


def _rows(cells: RepeatCells, figure: Figure, asked: Asked, pooled: bool) -> Columns:
    """The rows of a figure that is compared with nothing."""
    side = cells.people.summed() if pooled else cells.people
    n_rows = figure.value.size
    nothing = np.full(figure.value.shape, np.nan)
    low = high = nothing
    if figure.size is not None and asked.chance:
        low, high = wilson(figure.value, figure.size, normal_quantile(asked.level))
    bounded = figure.size is not None and asked.chance
    return {
        "measure": [figure.measure] * n_rows,
        "characteristic": [asked.characteristic] * n_rows,
        "group": side.groups * len(side.areas),
        **{name: [area[i] for area in side.areas for _ in side.groups] for i, name in enumerate(asked.by)},
        "period": [asked.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": [None] * n_rows if figure.count is None else flat(figure.count),
        "nobs": flat(figure.nobs),
        "outcome_missing": flat(side.outcome_missing),
        "value": percent(figure.value),
        "unit_of_measure": ["percent"] * n_rows,
        "confidence_level": [asked.level if bounded else float("nan")] * n_rows,
        "low": percent(low),
        "high": percent(high),
        "flag": _flags(side, figure, asked),
        "method": [figure.method] * n_rows,
    } | _own_columns(figure, side)


def _own_columns(figure: Figure, side: Any) -> Columns:
    """The columns that only repeats have, and numbers of cases that are no counts."""
    n_rows = figure.value.size
    columns: Columns = {
        "statistic": [figure.statistic] * n_rows,
        "people": flat(side.nobs),
        "by_chance": [float("nan")] * n_rows if figure.chance is None else percent(figure.chance),
        **{name: flat(values) for name, values in figure.extra.items()},
    }
    if figure.statistic in (EVENTS, RISK) and figure.size is not None:
        size = np.where(figure.size > 0, figure.size, np.nan)
        columns |= {"effective_nobs": flat(size), "design_effect": flat(figure.nobs / size)}
    return columns


def _flags(side: Any, figure: Figure, asked: Asked) -> list[Flag]:
    """What there is to know; a share of the most affected rests on these alone."""
    unknown = np.isnan(figure.value) & (np.asarray(figure.nobs) > 0)
    also = np.where(unknown, Flag.UNDEFINED, 0)
    if figure.statistic == TOP:
        also = also | np.where((side.nobs > 0) & (figure.count < SMALL_BASE), Flag.SMALL_BASE, 0)
    nobody = np.zeros(figure.value.shape, bool)
    bounded = figure.size is not None or figure.statistic == PLAIN
    return row_flags(side, side, nobody, chance=asked.chance and bounded, also=also)


def _compared(cells: RepeatCells, pooled: Figure, by_area: Figure | None, question: Question) -> Columns:
    """The rows of a figure that is compared with a reference."""
    whole: SharesOf = _several if pooled.statistic == PEOPLE else partial(_within, cells)
    own = cells.people if pooled.statistic == PEOPLE else cells.risk

    def measured(sides: Sides) -> Findable:
        together = by_area is None or sides.own.areas != cells.records.areas
        return _findable(whole, pooled if together or by_area is None else by_area, question, sides)

    columns = distribution_columns(own, question, measured)
    n_rows = len(columns["measure"])
    columns["statistic"] = [pooled.statistic] * n_rows
    if pooled.statistic == RISK:
        columns["method"] = [_by_product_limit(text) for text in columns["method"]]
    return columns


def _by_product_limit(text: str) -> str:
    return f"{text}; Kaplan-Meier" if text.startswith("Newcombe") else text


def _within(cells: RepeatCells, side: Any) -> tuple[Floats, Floats, Floats]:
    share, size = shares_within(side, cells.times, cells.followed.window)
    return side.sums[..., 1, :].sum(axis=-1), share, size


def _findable(of: SharesOf, figure: Figure, question: Question, sides: Sides) -> Findable:
    (_, share1, size1), (_, share2, size2) = of(sides.own), of(sides.against)
    shown = np.where(sides.part > 0, sides.part * share1 + (1 - sides.part) * share2, share2)
    usable = sides.comparable & (size1 > 0) & (size2 > 0)
    arrays = (share1 * size1, size1, share2 * size2, size2)
    count1, nobs1, count2, nobs2 = (np.where(usable, a, 0.0).reshape(-1) for a in arrays)
    contrast = Contrast(count1, nobs1, count2, nobs2, sides.part.reshape(-1), "difference", "newcombe")
    nothing = np.full(share1.shape, np.nan)
    low, high = nothing, nothing
    if question.chance:
        low, high = wilson(share1, size1, normal_quantile(question.rules[0].confidence_level))
    unknown = (np.isnan(share1) & (sides.own.nobs > 0)) | (
        sides.comparable & np.isnan(share2) & (sides.against.nobs > 0)
    )
    reference_count = np.where(sides.comparable, of(sides.shown)[0], np.nan)
    extra = {"count": figure.count.astype(np.int64), "reference_count": reference_count} | {
        "value_low": 100 * low, "value_high": 100 * high,
        "people": sides.own.nobs,
        "by_chance": nothing if figure.chance is None else 100 * figure.chance,
        **figure.extra,
    }  # fmt: skip
    return Findable(100 * share1, 100 * shown, contrast, np.where(unknown, Flag.UNDEFINED, 0), extra)
