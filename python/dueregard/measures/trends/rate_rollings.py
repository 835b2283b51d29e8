"""`dueregard.rolling_rates`: events over people, in windows of months or quarters."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.grouped import as_labels
from dueregard.measures.rates.bases import BASES
from dueregard.measures.rates.counted_events import known_records, read_events
from dueregard.measures.rates.matched import match
from dueregard.measures.rates.pools import pool_of
from dueregard.measures.rates.proportionality import proportionality
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.trends.breaks import inside_a_period, notes_of, read_breaks
from dueregard.measures.trends.rate_windows import RateQuestion, pool_of_everybody, rate_rows
from dueregard.measures.trends.rollings import INFERENCES, area_names, read_ends
from dueregard.measures.trends.series import EVERYBODY, read_series
from dueregard.measures.trends.window_rows import window_columns
from dueregard.measures.trends.windows import Window
from dueregard.tallies import Tally

ON = ("residents", "available-population")
"""Bases whose people are the same in every window, so that a longer window has more events."""

Said = tuple[Columns, Sequence[str]]
"""Rows with what is to be noted about them."""


def rolling_rates(
    events: Any,
    population: Any,
    *,
    time: str,
    window: int | str,
    group: str | None = None,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    per: float = 1000,
    basis: str = "residents",
    ends: Any = None,
    step: int = 1,
    breaks: Any = None,
    mapping: Any = None,
    unknown: str = "raise",
    no_events: Any = (),
    method: str = "score",
    adjust: str = "holm",
    threshold: float | str | None = None,
    higher_is_better: bool | None = None,
    name: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Rolling rates: events over people who stay the same, for each window of months or quarters.

    Parameters
    ----------
    events : Tally or anything `dueregard.tally` takes
        One row an event, or with ``count`` so many.
    population : Population, Tally or int
        The people, as in `dueregard.proportionality`. Without ``group`` and ``by`` a number of people will do.
    time, window, ends, step, breaks
        As in `dueregard.rolling`. A rate is one of the whole window: twelve months have twelve times the events of one,
        and each row says in ``measure`` and ``months`` which it is.
    group : str, optional
        The column of groups, of the events; without it everybody together.
    reference : label, OVERALL or REST, optional
        What each group's rate is compared with. Without it rows are rates alone.
    by : str or sequence of str, optional
        Columns of areas, of the events and the population.
    per : float
        Rates are per so many people.
    basis : {"residents", "available-population"}
        Who the people are.
    mapping, unknown, no_events, method, adjust, threshold, higher_is_better
        As in `dueregard.proportionality`.
    name : str, optional
        What the events are, in the plural, such as "complaints"; "events" unless given or known from the file.
    inference, confidence_level
        As in `dueregard.gap`.
    count, missing, where, labels, threads
        As in `dueregard.tally`, of the events; not with a Tally.

    Returns
    -------
    Findings
        In order of time, for each window the rows of `dueregard.proportionality`, without a reference those of the
        rates alone: ``count`` events, ``exposure`` people, ``value`` the rate per ``per`` with its limits. ``period``,
        ``window_end``, ``months`` and the columns of breaks are those of `dueregard.rolling`.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.proportionality` and `dueregard.rolling`.

    Notes
    -----
    The people are those of one date, whatever the window: where they change much over the series, rates drift with
    them. Limits of a rate are mid-p (`dueregard.rate_interval`), of an estimated population Jeffreys', with counts
    divided by the variance of the logarithm of the rate over what events alone would give. A window without events has
    the rate 0 with an upper limit; one with a missing month, or across a break, has none.

    Examples
    --------
    >>> import dueregard as dr
    >>> complaints = {"month": ["2010-04"] * 30 + ["2010-05"] * 20 + ["2010-06"] * 40}
    >>> found = dr.rolling_rates(complaints, 50_000, time="month", window=2, name="complaints")
    >>> found["measure"][0], found["value"], [round(low, 2) for low in found["low"]]
    ('complaints per 1,000 residents in 2 months', [1.0, 1.2], [0.75, 0.92])
    """
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    checked.one_of("basis", basis, ON)
    if reference is not None and group is None:
        raise TypeError("rolling_rates needs group=, the column of groups, to compare them with a reference")
    names = area_names(by, {"time": time} | ({} if group is None else {"group": group}))
    levels, per = checked.levels(confidence_level), checked.between("per", per, 0, float("inf"))
    data = known_records(events)
    series = read_series(
        data, names, time=time, outcome=None, group=group, weight=None, where=where, labels=labels, missing=missing,
        threads=threads, count=count,
    )  # fmt: skip
    if series.tally.weighted:
        raise ValueError("events: a weighted tally has no number of events; count them without weight=")
    split = read_breaks(breaks)
    inside_a_period(split, series.calendar)
    length = series.calendar.length(window)
    word = checked.words("name", name) or str(getattr(data, "event_word", "events"))
    mapped = {"mapping": mapping, "unknown": unknown}

    def compared(tally: Tally, about: Window) -> Said:
        found = proportionality(
            tally, population, group=str(group), reference=reference, by=names, per=per, basis=basis,
            period=_months(about), no_events=no_events, method=method, adjust=adjust, threshold=threshold,
            higher_is_better=higher_is_better, name=word, inference=inference, confidence_level=levels, **mapped,
        )  # fmt: skip
        return {column: found[column] for column in found.columns}, found.notes

    def alone(tally: Tally, about: Window) -> Said:
        on, chance = BASES[basis], inference == "chance"
        return _rates(
            tally, population, about, group=group, no_events=as_labels(no_events), mapped=mapped,
            question=RateQuestion(word, on, per, group, names, chance, levels if chance else levels[:1], {}),
        )  # fmt: skip

    parts = []
    for end in read_ends(ends, step, length, series.calendar):
        about = Window(end - length + 1, end, series, split)
        columns, notes = (alone if reference is None else compared)(series.over(range(about.start, end + 1)), about)
        parts.append((window_columns(columns, about), notes))
    return Findings(
        stacked([columns for columns, _ in parts]),
        by=names,
        provenance=series.tally.provenance,
        native=series.tally.native,
        higher_is_better=higher_is_better,
        threshold=read_threshold(threshold, "ratio").size if reference is not None and inference == "chance" else None,
        notes=[*_notes([notes for _, notes in parts]), *series.notes(), *notes_of(split, series.calendar)],
        kind="rolling rates",
    )


def _rates(
    tally: Tally,
    population: Any,
    about: Window,
    *,
    group: str | None,
    no_events: list[Any],
    mapped: Mapping[str, Any],
    question: RateQuestion,
) -> Said:
    """Rates without a reference."""
    pool_word = f"the population ({question.basis.word})"
    if group is None:
        pool = pool_of_everybody(population, question.by, pool_word)
    else:
        pool = pool_of(population, group=group, by=question.by, exposure=None, missing=None, word=pool_word)
        options: dict[str, Any] = dict.fromkeys(("count", "missing", "where", "labels", "threads"))
        tally = read_events(tally, [*question.by, group], group=group, **mapped, **options).tally
    matched = match(tally, pool, group=group or EVERYBODY, by=question.by, no_events=no_events)
    columns = rate_rows(matched, pool, question, months=about.n_months, period=about.words)
    n_rows = len(columns["row_type"])
    of_people = {"population": pool.source, "population_date": pool.date, "mapping": pool.mapping}
    return columns | {name: [value] * n_rows for name, value in of_people.items()}, []


def _months(window: Window) -> str:
    """A window as `dueregard.proportionality` reads periods."""
    from dueregard.measures.trends.calendars import MONTH, label_of

    first, last = (label_of(month, MONTH) for month in window.months)
    return first if first == last else f"{first} to {last}"


def _notes(windows: Sequence[Sequence[str]]) -> list[str]:
    """What is to be noted of every window, and what of the last."""
    common = [note for note in windows[-1] if all(note in notes for notes in windows)]
    return [*common, *(f"In the last window: {note}" for note in windows[-1] if note not in common)]
