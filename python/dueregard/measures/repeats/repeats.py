"""`dueregard.repeats`: who has several events, how soon the next one comes, and how few people have how many."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.multiplicity import METHODS
from dueregard.measures.gaps.distribution_rows import Question
from dueregard.measures.grouped import by_names, position
from dueregard.measures.repeats.linked_events import LinkedEvents, linked_events
from dueregard.measures.repeats.repeat_cells import EVERY, FIRST, repeat_cells
from dueregard.measures.repeats.repeat_figures import PEOPLE, RISK, Asked
from dueregard.measures.repeats.repeat_rows import repeat_columns
from dueregard.measures.repeats.time_windows import read_window
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule
from dueregard.records.dates import day_of

INFERENCES = ("chance", "none")
ADJUSTMENTS = (*METHODS, "none")
SAME_DAY = ("one", "repeats")


def repeats(
    events: Any,
    *,
    person: str,
    date: str,
    window: Any,
    group: str | None = None,
    by: str | Sequence[str] | None = None,
    reference: Any = None,
    until: Any = None,
    index: str = FIRST,
    same_day: str = "one",
    adjust: str = "holm",
    threshold: float | None = None,
    name: str = "events",
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
) -> Findings:
    """Repeats: people with several events, the risk of another one within a window, and events in few people.

    Parameters
    ----------
    events : dict of arrays, data frame, Arrow data, path, glob, or list of paths
        One row an event, such as a crime with its victim.
    person : str
        The column that says whose event it is: text or whole numbers. Null, blank and kinds of missing cannot be
        linked: such events are counted in ``outcome_missing`` and are nobody's, least of all one person's.
    date : str
        The column of dates or times: of NumPy, pandas, Polars, Arrow or Python, or ISO text (2016-06-30, with a time or
        without). Times with a time zone are taken to the day in London.
    window : str, int or timedelta
        Within how long of an event another one counts for the risk: "12 months", "1 year", "6 weeks", "90 days", a
        number of days. The last day counts: within 7 days of the 1st is up to the 8th. Months are those of the
        calendar; after the 31st they end with the month.
    group, by : str, sequence of str, optional
        Columns of groups, and of areas (several are crossed), as in `dueregard.gap`.
    reference : label, OVERALL or REST, optional
        With it the share of people with several events, and the risk, are compared with one group, all groups together
        or all others. It goes with ``group``, and with ``index="first"``.
    until : date or ISO text, optional
        The last day that the records cover. Unless given, the last date in them, which is a little early.
    index : {"first", "every"}
        From which events on people are followed: from the first event of each person in the records, so that people
        are counted once and are independent cases; or from every event to the next one of the same person. Then those
        with many events count many times, and the risk is that after an event, not that of a person.
    same_day : {"one", "repeats"}
        Events of one person on one day are one event ("one": one incident is often recorded as several), or each is an
        event, and the second one a repeat after no time.
    adjust, threshold
        As in `dueregard.gap`, for differences in percentage points; not "maximum". The share of people and the risk are
        families of their own.
    name : str
        What events are called in words, in the plural, such as "burglaries".
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" leaves out all that allows for chance.
    confidence_level : float
        Between 0 and 1.
    missing, where, labels
        As in `dueregard.tally`.

    Returns
    -------
    Findings
        In percent. ``statistic`` says what a row is:

        - "people": people with 2 or more events, among people.
        - "events": events that are not the first of their person, among events.
        - "risk": people with another event within the window of the (first) event, as if all had been followed for the
          whole of it. ``count`` were seen to have one among ``nobs``, ``followed`` of whom have a window that lies
          within the records.
        - "plain risk": ``count`` over ``nobs``. It is too low where windows are cut off.
        - "number of events": people with 2, 3, 4, and 5 or more events.
        - "most affected": share of events of the 1%, 5% and 10% of people with most; ``count`` is how many people these
          are, rounded up.
        - "gini": Gini coefficient of events over people, from 0 (all have as many) to 100%.

        ``by_chance`` is what a figure would be if events fell on all people alike, and ``people`` how many there are.
        ``window``, ``observed_from`` and ``observed_until`` say what was looked at. Of rows with a reference ``low``
        and ``high`` are limits of the difference, ``value_low`` and ``value_high`` of the value.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or a column holds no dates.
    ValueError
        If a column or label does not exist, an option does not exist or does not go with another, a row has no date, a
        text is not one, or a date is after ``until``; the message names the row.

    Warns
    -----
    UserWarning
        If several events share a "person" such as "unknown" or "n/a".

    Notes
    -----
    The risk is 1 less the product-limit estimate with Wilson's limits for an effective number of cases, as in
    `dueregard.share_within`: someone whose window ends after ``until`` counts for as long as he or she was followed. If
    no window is cut off it is the plain share. Differences have Newcombe's limits for these numbers. With
    ``index="every"``, and for the share of events that are repeats, the variance is that between people (Williams 1995,
    Lifetime Data Analysis 1: 171-186), with Student's t. Records that begin at some day do not know earlier events: a
    first event is the first one in them.

    A person counts in the group and the area of the (first) event, also if a later one is elsewhere or recorded
    otherwise: what a later event records would be known only of people who have one. So areas add up to the whole, and
    a repeat in another area is a repeat.

    Even if everybody ran the same risk some would have several events, as chance would have it. ``by_chance`` is a
    Poisson distribution without its 0 of the same mean number of events for each person with any (the rest of the
    population is not in the records): what is beyond it is due to risks that differ between people, or to events that
    lead to others; the figure does not tell which. It is that of many people: with few, the most affected 1% have
    somewhat more by chance.

    The interval of the share of events that are repeats takes each person's events together. At zero: a group without
    people keeps its rows, with NaN and a flag; where nobody was followed for a whole window, and no repeat settles it,
    the risk is NaN and flagged as undefined.

    Examples
    --------
    >>> import dueregard as dr
    >>> burglaries = {"home": ["A", "A", "B", "C", "C", "C", "D", "E"],
    ...               "date": ["2015-01-10", "2015-02-01", "2015-03-01", "2015-03-05", "2015-03-20", "2015-11-30",
    ...                        "2015-10-01", "2016-06-30"]}
    >>> findings = dr.repeats(burglaries, person="home", date="date", window="6 months", until="2016-12-31")
    >>> for row in findings.filter(statistic=["people", "events", "risk"]).rows():
    ...     print(f"{row['measure']}: {row['count']} of {row['nobs']}, {row['value']:.1f}%")
    share of people with 2 or more events: 2 of 5, 40.0%
    share of events that are repeats: 3 of 8, 37.5%
    risk of a repeat within 6 months: 2 of 5, 40.0%
    """
    _check_options(index, same_day, adjust, inference, group, reference)
    level = checked.level(confidence_level)
    if not isinstance(name, str) or not name.strip():
        raise TypeError(f"name: {name!r} is not a text")
    matters = practical_threshold(threshold)
    length = read_window(window)
    names = by_names(by, {"person": person, "date": date} | ({} if group is None else {"group": group}))
    records = linked_events(
        events, person=person, date=date, group=group, by=names, where=where, labels=labels, missing=missing
    )
    if not len(records.day):
        raise ValueError("there are no rows to count" if where is None else "where: no row is left to count")
    last = _last_day(records, date, until)
    asked = Asked(name, length.words, group, names, period, inference == "chance", level)
    questions = {} if reference is None else _questions(asked, records, reference, adjust, Rule(level, matters))
    cells = repeat_cells(records, last, length, index=index, same_day=same_day == "repeats")
    columns = repeat_columns(cells, asked, questions)
    n_rows = len(columns["measure"])
    columns |= {
        "window": [length.words] * n_rows,
        "observed_from": [str(records.day.min())] * n_rows,
        "observed_until": [str(last)] * n_rows,
        "same_day_events_joined": [cells.together] * n_rows,
    }
    return Findings(
        columns,
        by=names,
        provenance=records.provenance,
        native=records.native,
        higher_is_better=False,
        threshold=matters if questions and asked.chance else None,
        kind="repeats",
    )


def _check_options(index: str, same_day: str, adjust: str, inference: str, group: Any, reference: Any) -> None:
    """Refuse options that do not exist or do not go together."""
    checked.one_of("index", index, (FIRST, EVERY))
    checked.one_of("same_day", same_day, SAME_DAY)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if reference is not None and group is None:
        raise ValueError("reference: there are no groups to compare; give group=")
    if reference is not None and index == EVERY:
        raise ValueError("reference: people are compared, who are independent; events are not, so use index='first'")


def _last_day(records: LinkedEvents, date: str, until: Any) -> np.datetime64:
    """The last day that the records cover; events after it are refused."""
    if until is None:
        return np.datetime64(records.day.max(), "D")
    last = day_of("until", until)
    late = records.day > last
    if late.any():
        first = int(late.argmax())
        row = int(records.rows[first])
        raise ValueError(f"date: {records.day[first]} at row {row} of {date!r} is after until, {last}")
    return last


def _questions(asked: Asked, records: LinkedEvents, reference: Any, adjust: str, rule: Rule) -> dict[str, Question]:
    """What is compared: the share of people with several events, and the risk."""
    group = str(asked.characteristic)
    at = None if isinstance(reference, Reference) else position("reference", reference, records.groups, group)
    measures = {
        PEOPLE: f"share of people with 2 or more {asked.name}",
        RISK: f"risk of a repeat within {asked.window}",
    }
    return {
        statistic: Question(
            name=measure,
            characteristic=group,
            by=asked.by,
            reference=reference,
            position=at,
            rules=(rule,),
            adjust=adjust,
            period=asked.period,
            chance=asked.chance,
        )
        for statistic, measure in measures.items()
    }
