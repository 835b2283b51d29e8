"""What unknown groups are asked of: people with an outcome, events over a population, or staff beside a population."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.grouped import as_labels, position, words_for
from dueregard.measures.rates.bases import NEEDS_A_PERIOD, Basis, basis_named
from dueregard.measures.rates.counted_events import Events
from dueregard.measures.rates.event_periods import period_of_events
from dueregard.measures.rates.matched import Together, match
from dueregard.measures.rates.pools import Pool, pool_of
from dueregard.measures.rates.rate_notes import notes_of
from dueregard.measures.thresholds import Threshold
from dueregard.measures.unknowns.unknown_cells import Cells, event_cells, outcome_cells
from dueregard.measures.unknowns.unknown_rows import UnknownQuestion, unknown_columns
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally
from dueregard.units import RATE_RATIO

UNITS = {"difference": "percentage points", "ratio": "ratio", "odds-ratio": "odds ratio"}
SHARES = "share-ratio"
"""The measure of staff beside a population: share over share."""


@dataclass(frozen=True)
class Asked:
    """What is asked, whatever of. ``events_by`` are columns of events alone, each of whose levels has all people."""

    group: str
    reference: Any
    by: tuple[str, ...]
    events_by: tuple[str, ...]
    within: str | None
    measure: str
    method: str
    practical: Threshold
    higher_is_better: bool | None
    name: str | None
    period: str | None
    chance: bool
    rule: Rule

    def question(self, groups: Sequence[Any], *, name: str, unit: str, **about: Any) -> UnknownQuestion:
        place = None
        if not isinstance(self.reference, Reference):
            place = position("reference", self.reference, groups, self.group)
        return UnknownQuestion(
            name=name,
            measure="ratio" if self.measure == SHARES else self.measure,
            method=self.method,
            unit=unit,
            characteristic=self.group,
            second=None if self.within is None else _in_words(self.within),
            by=(*self.by, *self.events_by),
            reference=self.reference,
            position=place,
            rule=self.rule,
            chance=self.chance,
            practical=self.practical,
            higher_is_better=self.higher_is_better,
            **about,
        )


def of_outcomes(tally: Tally, asked: Asked, *, outcome: str, positive: Any, exclude: Any) -> Columns:
    """The rows of people with an outcome."""
    if positive is None:
        raise TypeError("unknowns needs positive=: the answers that count")
    _refuse_weights(tally)
    blocks = outcome_cells(
        tally, group=asked.group, by=asked.by, within=asked.within, outcome=outcome, positive=positive, exclude=exclude
    )
    name = asked.name or words_for(outcome, positive)
    question = asked.question(
        blocks[0].groups, name=name, unit=UNITS[asked.measure], period=asked.period, per=None, about={}
    )
    return _rows(blocks, question)


def of_events(
    events: Events, population: Any, asked: Asked, *, per: float, basis: str, no_events: Any
) -> tuple[Columns, list[str]]:
    """The rows of events over a population, and what is to be noted about them."""
    on, per = basis_named(basis), checked.between("per", per, 0, float("inf"))
    if not on.is_rate:
        raise ValueError(f"basis: {basis!r} is a share of cases; give the cases as data, with outcome= and positive=")
    when = period_of_events(events, asked.period, "unknowns", needed=on.name in NEEDS_A_PERIOD)
    pool, matched, blocks = _blocks(events, population, asked, on, no_events)
    length = f" {when.length}" if when is not None and on.name in NEEDS_A_PERIOD else ""
    word = asked.name or events.word
    question = asked.question(
        blocks[0].groups, name=f"{word} per {per:,.10g} {on.word}{length}", unit=RATE_RATIO,
        period=None if when is None else when.words, per=per, about=_about(pool, events, word) | {"basis": on.name},
    )  # fmt: skip
    return _rows(blocks, question), notes_of(events, word, pool, matched, on, by_encounter=False, period=when)


def of_staff(events: Events, population: Any, asked: Asked, *, no_events: Any) -> Columns:
    """The rows of staff: each group's share of them over its share of the population."""
    pool, _, blocks = _blocks(events, population, asked, basis_named("residents"), no_events)
    word = asked.name or "staff"
    question = asked.question(
        blocks[0].groups, name=f"share of {word}", unit=UNITS["ratio"], period=asked.period, per=None, shares=True,
        about=_about(pool, events, word),
    )  # fmt: skip
    return _rows(blocks, question)


def _blocks(
    events: Events, population: Any, asked: Asked, on: Basis, no_events: Any
) -> tuple[Pool, Together, list[Cells]]:
    """Events beside what they are divided by, by stratum."""
    _refuse_weights(events.tally)
    word = f"the population ({on.word})"
    pool = pool_of(population, group=asked.group, by=asked.by, exposure=None, missing=None, word=word)
    ours, theirs = events.classification, pool.classification
    if ours is not None and theirs is not None and ours != theirs:
        raise ValueError(f"mapping: events are in the groups of {ours!r}, the population in those of {theirs!r}")
    matched = match(
        events.tally, pool, group=asked.group, by=asked.by, events_by=asked.events_by,
        not_recorded=events.not_recorded, no_events=as_labels(no_events),
    )  # fmt: skip
    columns = (*asked.by, *asked.events_by)
    return pool, matched, event_cells(events.tally, matched, group=asked.group, by=columns, within=asked.within)


def _about(pool: Pool, events: Events, word: str) -> dict[str, Any]:
    return {
        "population": pool.source,
        "population_date": pool.date,
        "mapping": events.mapping,
        "cases": word,
    }


def _rows(blocks: Sequence[Cells], question: UnknownQuestion) -> dict[str, list[Any]]:
    return stacked([unknown_columns(cells, question) for cells in blocks])


def _refuse_weights(tally: Tally) -> None:
    if tally.weighted:
        raise ValueError("data: a weighted tally has no whole cases that could be of one group or another")


def _in_words(column: str) -> str:
    """A column inside a sentence: a capital that only opens it goes."""
    words = column.replace("_", " ")
    return words[:1].lower() + words[1:] if words[1:].islower() else words
