"""What is asked of events and what they are divided by: the same for every measure of rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.inference.references import Reference
from dueregard.measures.grouped import position
from dueregard.measures.populations.populations import Population
from dueregard.measures.rates.bases import NEEDS_A_PERIOD, Basis
from dueregard.measures.rates.counted_events import Events
from dueregard.measures.rates.encounters import Clustering, clusterings
from dueregard.measures.rates.event_periods import period_of_events
from dueregard.measures.rates.matched import Together, match
from dueregard.measures.rates.periods import Period
from dueregard.measures.rates.pools import Pool, pool_of
from dueregard.measures.rates.rate_rows import RateQuestion
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Asked:
    """What is the same on every basis."""

    events: Events
    group: str
    reference: Any
    by: tuple[str, ...]
    events_by: tuple[str, ...]
    per: float
    period: str | None
    exposure: str | None
    method: str
    adjust: str
    practical: Threshold
    higher_is_better: bool | None
    name: str
    chance: bool
    levels: tuple[float, ...]
    no_events: list[Any]
    missing: Mapping[Any, str] | None
    encounter: tuple[str, ...]
    function: str = "proportionality"


def both_sides(population: Any, basis: Basis, asked: Asked) -> tuple[Pool, Together]:
    """What events are divided by, and the events beside it."""
    survey = isinstance(asked.events.tally, SurveyTally)
    if survey and not basis.is_rate:
        raise ValueError(
            f"design: on the basis {basis.name!r} those of the pool are people of the same survey; ask dr.gap with "
            "measure='ratio' of whether it happened to them"
        )
    if survey and asked.encounter:
        raise ValueError("encounter: a survey has clusters, which hold what happened together; name psu= in its design")
    if asked.events.tally.weighted and not survey:
        raise ValueError("events: a weighted tally has no number of events; count them without weight=")
    if basis.name in NEEDS_A_PERIOD and not isinstance(population, (Population, Tally)):
        raise TypeError(
            f"population: for the basis {basis.name!r} it is made by dr.population(table, group=, count=, date=), "
            f"not {type(population).__name__}: rows of a table of counts are not people"
        )
    if (basis.name == "person-time") != (asked.exposure is not None):
        raise ValueError("exposure: the column of time at risk is needed for the basis 'person-time', and for no other")
    pool = pool_of(
        population, group=asked.group, by=asked.by, exposure=asked.exposure, missing=asked.missing,
        word=f"the population ({basis.word})",
    )  # fmt: skip
    _check_targets(asked.events, pool)
    return pool, match(
        asked.events.tally, pool, group=asked.group, by=asked.by, events_by=asked.events_by,
        not_recorded=asked.events.not_recorded, no_events=asked.no_events,
    )  # fmt: skip


def _check_targets(events: Events, pool: Pool) -> None:
    """Refuse groups of one name that hold other people: Chinese is in Asian or in Other."""
    ours, theirs = events.classification, pool.classification
    if ours is not None and theirs is not None and ours != theirs:
        raise ValueError(f"mapping: events are in the groups of {ours!r}, the population in those of {theirs!r}")


def period_of(asked: Asked, basis: Basis) -> Period | None:
    """When it was; rates of a stretch of time have to say it."""
    needed = basis.name in NEEDS_A_PERIOD
    return period_of_events(asked.events, asked.period, asked.function, needed=needed)


def rate_question(asked: Asked, basis: Basis, pool: Pool, matched: Together, period: Period | None) -> RateQuestion:
    """The question that every row answers."""
    reference, groups = asked.reference, matched.total.groups
    place = None if isinstance(reference, Reference) else position("reference", reference, groups, asked.group)
    if place is not None and groups[place] in asked.events.not_recorded:
        raise ValueError(f"reference: {reference!r} is a group that the events cannot record")
    levels = asked.levels if asked.chance else asked.levels[:1]
    return RateQuestion(
        name=name_of(asked, basis, period),
        basis=basis,
        per=asked.per,
        method=asked.method,
        adjust=asked.adjust,
        characteristic=asked.group,
        by=(*asked.by, *asked.events_by),
        reference=reference,
        position=place,
        rules=tuple(Rule(level, asked.practical.size, "ratio") for level in levels),
        period=None if period is None else period.words,
        chance=asked.chance,
        practical=asked.practical,
        higher_is_better=asked.higher_is_better,
        about={
            "population": pool.source,
            "population_date": pool.date,
            "mapping": mappings_of(asked.events, pool),
            "months": None if period is None else period.months,
        },
        monthly_name=name_of(asked, basis, Period("", 1)) if period is not None and period.months != 1 else None,
    )


def name_of(asked: Asked, basis: Basis, period: Period | None) -> str:
    """What is measured: "searches per 1,000 residents in 1 month", or of shares "promotions of people eligible"."""
    if not basis.is_rate:
        return f"{asked.name} as a share of {basis.word}"
    length = f" {period.length}" if period is not None and basis.name in NEEDS_A_PERIOD else ""
    return f"{asked.name} per {asked.per:,.10g} {basis.word}{length}"


def mappings_of(events: Events, pool: Pool) -> str | None:
    used = [("events", events.mapping), ("population", pool.mapping)]
    return "; ".join(f"{side}: {name}" for side, name in used if name is not None) or None


def encounter_columns(encounter: str | Sequence[str] | None, source: Events, count: str | None) -> tuple[str, ...]:
    """The columns that tell encounters apart; refused where the events are counted already."""
    several = isinstance(encounter, Sequence) and not isinstance(encounter, str)
    columns: tuple[Any, ...] = () if encounter is None else tuple(encounter) if several else (encounter,)
    for column in columns:
        if not isinstance(column, str):
            raise TypeError(f"encounter: {column!r} is not the name of a column")
    if columns and (isinstance(source.data, Tally) or count is not None):
        raise TypeError("encounter: needs one row an event; a tally no longer knows which events came together")
    return columns


def clustering_of(asked: Asked, matched: Together) -> tuple[Clustering, Clustering | None] | None:
    """How events of one encounter come together, if encounters are told apart."""
    if not asked.encounter:
        return None
    events = asked.events
    return clusterings(
        events.data, asked.encounter, (matched.total, matched.areas), by=(*asked.by, *asked.events_by),
        group=asked.group, mapping=events.classes, unknown=events.unknown, missing=asked.missing, where=events.where,
        labels=events.labels,
    )  # fmt: skip
