"""`dueregard.proportionality`: events over people, each group against a reference."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import as_labels, by_names
from dueregard.measures.rates.bases import BASES, Basis, basis_named
from dueregard.measures.rates.counted_events import read_events
from dueregard.measures.rates.matched import Together
from dueregard.measures.rates.rate_notes import notes_of
from dueregard.measures.rates.rate_questions import (
    Asked,
    both_sides,
    clustering_of,
    encounter_columns,
    period_of,
    rate_question,
)
from dueregard.measures.rates.rate_rows import rate_columns
from dueregard.measures.thresholds import read_threshold


def proportionality(
    events: Any,
    population: Any,
    *,
    group: str,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    events_by: str | Sequence[str] | None = None,
    per: float = 1000,
    period: str | None = None,
    basis: str = "residents",
    exposure: str | None = None,
    mapping: Any = None,
    unknown: str = "raise",
    no_events: Any = (),
    encounter: str | Sequence[str] | None = None,
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
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """How often events happen to each group for its size, against a reference: rates, their ratio and difference.

    Parameters
    ----------
    events : Tally or anything `dueregard.tally` takes
        One row an event, or with ``count`` so many. A path to a file that police publish, such as
        ``2016-06-metropolitan-stop-and-search.csv``, is known and read by `dueregard.read_stop_search`.
    population : Population, Tally, records, or a dict of basis to any of these
        What events are divided by. People who live in a place are a `dueregard.population`; a pool of people or cases
        may be records, one row each, or a Tally. A dict such as ``{"residents": census, "available-population": day}``
        puts several bases side by side; ``basis`` is then not given.
    group : str
        The column of groups, of the events; of records and tallies of the pool too.
    reference : label, OVERALL or REST
        Required. One group, all groups together, or all other groups.
    by : str or sequence of str, optional
        Columns of areas, of events and of the population. Rows for all areas together come first.
    events_by : str or sequence of str, optional
        Columns that describe events alone, such as the legislation: each level is set against the whole population.
    per : float
        Rates are given per so many, such as 1,000 residents.
    period : str
        When the events happened: "2016-06", "2015-07 to 2016-06", "2016", "2010/11" or other words. Required of rates
        per resident, unless the file says it; it stands in every row with its length, so that a month is not taken
        for a year.
    basis : {"residents", "available-population", "previous-stage", "same-cases", "period-ratio", "person-time", \
"eligible-pool"}
        What the denominator is. "previous-stage" (such as people interviewed), "same-cases" (outcomes of the same
        cases) and "eligible-pool" (such as promotion) are shares of a base that the events are part of, and refuse more
        events than cases. The others are rates of events that may happen to one person several times.
        "period-ratio": detections of a period over crimes of the period, though they may belong to earlier ones.
    exposure : str, optional
        For "person-time": the column of time at risk in the records of the population, such as years served.
    mapping : str, Mapping or dict, optional
        Puts the events' groups into those of the population, such as "16+1 to 5+1 (2011)"; see `dueregard.mappings`.
    unknown : {"raise", "not stated"}
        What becomes of a label that the mapping does not know.
    no_events : label or list of labels
        Groups and areas of the population that no event has because there truly were none.
    encounter : str or sequence of str, optional
        Columns of the events that together tell one encounter from another. Searches of one stop come together: the
        variance is then by encounter, and intervals are wider.
    method : str
        As in `dueregard.compare_rates`, or for shares as in `dueregard.compare_proportions`, of a ratio.
    adjust : str
        As in `dueregard.gap`.
    threshold : float or {"four-fifths", "0.8-1.25"}, optional
        What matters of a ratio, 0.8 to 1.25 unless given; see `dueregard.gap`.
    higher_is_better : bool, optional
        Whether a higher rate is the better one, if it is either.
    name : str, optional
        What the events are, in the plural, such as "searches"; "events" unless given or known from the file.
    inference : {"chance", "none"}
        "none" leaves out intervals, p-values and verdicts, which allow for chance variation in the process.
    confidence_level : float or sequence of float
        Several give a row each.
    count : str, optional
        A column of the events that says how many of them a row stands for.
    missing, where, labels, threads
        As in `dueregard.tally`, of the events; ``missing`` also of the pool's records.
    design : SurveyDesign, optional
        For events told in a survey, such as victims in a crime survey, over a population: how the people asked were
        drawn (`dueregard.survey_design`). Pass the records of all who were asked, and in ``where`` to whom it happened,
        so that clusters without events count too.

    Returns
    -------
    Findings
        A row for each area, group and confidence level, kinds of missing last. ``count`` events, ``exposure`` people or
        time (``nobs`` too where they are people), ``value`` the rate per ``per`` (in percent for shares), ``estimate``
        the ratio to the reference with its limits, ``difference`` with its own, in the units of the rates. ``basis``,
        ``mapping`` and ``population_date`` say what was compared. ``unknown_events`` are those whose group is not
        known, ``unknown_percent`` of all; ``bound_low`` and ``bound_high`` are the smallest and largest ratio over
        every way to spread them over the groups. ``practical_verdict`` says on which side of ``practical_threshold``
        the ratio lies, whatever chance says. Before areas two rows a group say how much they vary, as in
        `dueregard.gap`.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or the reference or the period is missing.
    ValueError
        If the groups of the two sides differ, naming both and the mappings that would fit; if the targets of their
        mappings are not the same; if an area or a group of the events is not in the population; if the population of
        a group that has events is 0; if there are more events than cases they are part of; if a column or label
        does not exist.

    Notes
    -----
    The ratio is one of Poisson rates (or of shares), its interval and p the score of `dueregard.compare_rates` (or of
    `dueregard.compare_proportions`). The difference has the same null hypothesis and so the same p.

    By encounter, and where the population is an estimate, counts are divided by the design effect: the variance of
    the logarithm of the ratio over what independent events would have, at least 1.

    With a design the events are those that the sample stands for, the sum of weights, and ``count`` those it has. They
    are worth as many independent events as give their linearised variance, total^2 / variance, and the ratio has the
    covariance of the two totals. Where the sample does not tell a variance, that of all groups together is borrowed,
    relative to the total, and the row flagged; all events in one cluster are worth one. Unknown groups have no bounds.

    At zero: without events a rate is 0 and its ratio too, with an upper limit; if the reference has none, the ratio is
    infinite, of 0 to 0 not defined. A population of 0 without events has no rate. A group that the source cannot
    record (officers' codes have no Mixed) keeps its row, without a rate. An area of the population from which no event
    came has no rate either, and is no part of the rows for all areas: no records are not no events.

    A ratio to residents says how events compare with people who live in a place. It does not measure
    discrimination. An association between areas says nothing about people.

    Examples
    --------
    >>> import dueregard as dr
    >>> people = {"ethnicity": ["Black", "White"], "people": [5_000, 60_000]}
    >>> census = dr.population(people, group="ethnicity", count="people", date="2011")
    >>> searches = {"ethnicity": ["Black"] * 100 + ["White"] * 300 + [None] * 20}
    >>> findings = dr.proportionality(searches, census, group="ethnicity", reference="White", period="2011-03")
    >>> row = next(findings.rows())
    >>> [round(row[name], 1) for name in ("value", "reference_value", "estimate", "low", "high")]
    [20.0, 5.0, 4.0, 3.2, 5.0]
    >>> round(row["bound_low"], 2), round(row["bound_high"], 2)
    (3.75, 4.8)
    """
    if reference is None:
        raise TypeError("proportionality needs reference=: one of the groups, dr.REST or dr.OVERALL")
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    practical = read_threshold(threshold, "ratio")
    if practical.one_sided and higher_is_better is None:
        raise ValueError("higher_is_better: the four-fifths rule has to know whether a higher rate is the better one")
    areas = by_names(by, {"group": group})
    described = by_names(events_by, {"group": group})
    names = by_names([*areas, *described], {"group": group})
    source = read_events(
        events, [*names, group], group=group, mapping=mapping, unknown=unknown, count=count, missing=missing,
        where=where, labels=labels, threads=threads, design=design,
    )  # fmt: skip
    asked = Asked(
        source, group, reference, areas, described, per=checked.between("per", per, 0, float("inf")), period=period,
        exposure=exposure, method=method, adjust=adjust, practical=practical, higher_is_better=higher_is_better,
        name=checked.words("name", name) or source.word, chance=inference == "chance",
        levels=checked.levels(confidence_level), no_events=as_labels(no_events), missing=missing,
        encounter=encounter_columns(encounter, source, count),
    )  # fmt: skip
    answers = [_answer(each, on, asked) for on, each in _bases(population, basis)]
    columns = stacked([part for part, _ in answers])
    return Findings(
        columns,
        by=names,
        provenance=source.tally.provenance,
        native=source.tally.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if asked.chance else None,
        notes=list(dict.fromkeys(note for _, notes in answers for note in notes)),
        kind="rates",
    )


def _bases(population: Any, basis: str) -> list[tuple[Basis, Any]]:
    """Each basis with what events are divided by."""
    if isinstance(population, Mapping) and any(key in BASES for key in population):
        if basis != "residents":
            raise ValueError(f"basis: {basis!r} is given, and the population is a dict of bases")
        return [(basis_named(key), value) for key, value in population.items()]
    return [(basis_named(basis), population)]


def _answer(population: Any, basis: Basis, asked: Asked) -> tuple[Columns, list[str]]:
    """The rows on one basis, with what is to be noted about them."""
    checked.one_of("method", asked.method, basis.methods)
    pool, matched = both_sides(population, basis, asked)
    if not basis.is_rate:
        _check_parts(matched, basis)
    period = period_of(asked, basis)
    question = rate_question(asked, basis, pool, matched, period)
    columns = rate_columns(matched, pool, question, clustering_of(asked, matched))
    return columns, notes_of(asked.events, asked.name, pool, matched, basis, bool(asked.encounter), period)


def _check_parts(matched: Together, basis: Basis) -> None:
    """Refuse more events than there are cases for them to be part of."""
    for side in (matched.total, matched.areas):
        if side is None:
            continue
        too_many = side.known_group & (side.count > side.exposure)
        if too_many.any():
            area, i = (int(index[0]) for index in too_many.nonzero())
            place = ", ".join(str(label) for label in side.areas[area] if label is not None)
            where = f" in {place}" if place else ""
            raise ValueError(
                f"events: the group {side.groups[i]!r}{where} has {side.count[area, i]:,}, of "
                f"{side.exposure[area, i]:,.0f} {basis.word}; on the basis {basis.name!r} each may have one"
            )
