"""The figures of repeats, each for all areas and groups at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.repeats.repeat_counts import EventNumbers, by_chance, repeat_events_size
from dueregard.measures.repeats.repeat_cells import RepeatCells

PEOPLE, EVENTS, RISK, PLAIN = "people", "events", "risk", "plain risk"
NUMBER, TOP, GINI = "number of events", "most affected", "gini"
STATISTICS = (PEOPLE, EVENTS, RISK, PLAIN, NUMBER, TOP, GINI)
"""What the column ``statistic`` says a row is."""

NUMBERS = (2, 3, 4)
"""Numbers of events that have a row of their own; more have one together."""

TOPS = (0.01, 0.05, 0.10)
"""Shares of the most affected people."""


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
    people: NDArray[Any] | None = None
    """How many people an interval is of, where events of one person are taken together."""
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


def figures(cells: RepeatCells, asked: Asked, pooled: bool) -> list[Figure]:
    numbers = cells.numbers(pooled)
    people = cells.people.summed() if pooled else cells.people
    chance = by_chance([each.mean for each in numbers])
    return [
        *_repeats(cells, asked, pooled, people, chance),
        *_risks(cells, asked, pooled),
        *_concentration(numbers, chance, people.nobs, asked),
    ]


def _shaped(values: Sequence[Any], like: NDArray[Any]) -> Floats:
    return np.asarray(values, np.float64).reshape(like.shape)


def _repeats(cells: RepeatCells, asked: Asked, pooled: bool, people: Any, chance: list[EventNumbers]) -> list[Figure]:
    """Shares of people with several events, and of events that are not the first of their person."""
    several, share, size = several_of(people)
    expected = _shaped([each.share_with(2) for each in chance], share)
    first, events = cells.history.first_cells, cells.history.events
    total = cells.gathered(events, first, pooled)
    squares = cells.gathered(np.square(events), first, pooled)
    repeated, effective = repeat_events_size(people.nobs.astype(float), total.astype(float), squares.astype(float))
    # fmt: off
    return [
        Figure(PEOPLE, f"share of people with 2 or more {asked.name}", share, several, people.nobs, "Wilson", size,
               chance=expected),
        Figure(EVENTS, f"share of {asked.name} that are repeats", repeated, total - people.nobs, total,
               "Wilson, effective number of events; events of one person together", effective, people.nobs),
    ]
    # fmt: on


def several_of(side: Any) -> tuple[Floats, Floats, Floats]:
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
    people = None if first else cells.persons(pooled)
    named = f"repeat within {asked.window}"
    # fmt: off
    return [
        Figure(RISK, f"risk of a {named}", share, seen, side.nobs, f"Kaplan-Meier; {start}", size, people,
               extra=extra),
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
            statistic, measure, value, count, people, "full count" if size is None else "Wilson", size, chance=expected
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
