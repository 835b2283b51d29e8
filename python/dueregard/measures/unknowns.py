"""`dueregard.unknowns`: whether a verdict depends on the cases whose group is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked, comparisons, rates, two_samples
from dueregard.inference.references import Reference
from dueregard.inference.unknown_bounds import formulas
from dueregard.measures.bases import NEEDS_A_PERIOD, Basis, basis_named
from dueregard.measures.comparison_rows import stacked
from dueregard.measures.counted_events import Events, read_events
from dueregard.measures.gaps import INFERENCES
from dueregard.measures.grouped import by_names, position, tally_of, words_for
from dueregard.measures.matched import match
from dueregard.measures.periods import Period, read_period
from dueregard.measures.pools import Pool, pool_of
from dueregard.measures.rate_notes import notes_of
from dueregard.measures.thresholds import Threshold, read_threshold
from dueregard.measures.unknown_cells import Cells, event_cells, outcome_cells
from dueregard.measures.unknown_rows import UnknownQuestion, unknown_columns
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally
from dueregard.units import RATE_RATIO

UNITS = {"difference": "percentage points", "ratio": "ratio", "odds-ratio": "odds ratio"}


def unknowns(
    data: Any,
    population: Any = None,
    *,
    group: str,
    reference: Any = None,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    within: str | None = None,
    by: str | Sequence[str] | None = None,
    measure: str = "ratio",
    method: str = "score",
    per: float = 1000,
    period: str | None = None,
    basis: str = "residents",
    mapping: Any = None,
    unknown: str = "raise",
    no_events: Any = (),
    threshold: float | str | None = None,
    higher_is_better: bool | None = None,
    name: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Whether a comparison of groups depends on the cases whose group is not known, and how far it could move.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Events, which are compared with a population, or people with an outcome.
    population : Population or Tally, optional
        What events are divided by, as in `dueregard.proportionality`. Of staff counted by group, with
        ``reference=dr.OVERALL``, the ratio of rates is the share of the staff over the share of the population.
    group : str
        The column of groups. Kinds of missing in it ("not stated", "refused", "not collected") are the unknown cases;
        "not applicable" is no case at all.
    reference : label, REST or OVERALL
        Required. What each group is compared with.
    outcome, positive, exclude
        As in `dueregard.gap`; they are given when there is no population.
    within : str, optional
        A column with a second recording of the group, such as the ethnicity an officer wrote down: one more assumption
        is then that groups are unknown at random among those recorded alike there.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    measure : {"ratio", "difference", "odds-ratio"}
        Of rates only the ratio.
    method : str
        As in `dueregard.compare_rates` or `dueregard.compare_proportions`, of their methods those that are formulas.
    per, period, basis, mapping, unknown, no_events, count
        As in `dueregard.proportionality`; the basis is one of those that are rates.
    threshold : float or {"four-fifths", "0.8-1.25"}, optional
        What matters, as in `dueregard.gap`.
    higher_is_better : bool, optional
        Whether a higher value is the better one, if it is either.
    name : str, optional
        What is measured, in words; of events what they are called, in the plural.
    inference : {"chance", "none"}
        "none" for a full count: no intervals and verdicts; what may change is then the side of no difference.
    confidence_level : float
        Between 0 and 1.
    missing, where, labels, threads
        As in `dueregard.tally`; not with a Tally.

    Returns
    -------
    Findings
        For each area and group a row for every assumption, in the column of that name: "stated only"; "in proportion",
        to the stated cases of the same outcome; "at random within" the second recording; "all in the reference" (or
        "none in this group" where that is all others); "all in this group"; of outcomes also "lowest possible" and
        "highest possible". Values, estimate, limits, p-value and verdict are those under the assumption; ``count`` and
        ``nobs`` are of the stated cases. The reference and each kind of missing have one row.

        The same in all rows of a comparison: ``unknown_cases`` and ``unknown_percent`` of ``all_cases``, whatever group
        they may be of. ``bound_low`` and ``bound_high``, the lowest and highest estimate over every allotment, which no
        chance is part of. ``region_low`` and ``region_high``, the limits that hold the intervals of all allotments:
        what is not known and what is due to chance, together. ``holds``: whether there is a clear difference, and its
        direction, under every allotment. ``tipping_odds``: how many times as high the odds of being unknown would have
        to be for one group than for all others before that changes; ``tipping_percent`` of the unknown events would
        then be in that group, and ``stated_percent`` of the stated ones are; ``tipping_point`` says so in words.
        ``threshold_odds`` and ``threshold_point``: the same for the estimate and the practical threshold.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.proportionality` with a population, as `dueregard.gap` without; also if both a population and an
        outcome are given or neither, and for weighted tallies.

    Notes
    -----
    For the bounds and their proof see `dueregard.bound_rates` and `dueregard.bound_proportions`. An interval under one
    assumption treats cases allotted as a whole ("all in this group") as counted. Where cases are allotted by shares
    that were themselves estimated, numbers are scaled down to what they are worth: the delta-method variance they would
    have if counted, over the one they have. Rates with events "in proportion" so have exactly the ratio, the limits and
    the verdict of the stated events alone.

    The tipping point has one parameter. At odds 1 cases are unknown at random within their outcome. With higher odds
    more of the unknown events are in one group: in the reference if the ratio is to fall, in the group if it is to
    rise, and all of them in the end. Of proportions those with the outcome are in the one and those without it in the
    other. The direction that needs less is told. Verdicts here are each for itself, not adjusted for several
    comparisons, and hold for the method and level asked for.

    In rows for all areas together the cases of all areas are allotted as one. Answers that are missing are outside
    these bounds: see `dueregard.bound_answers`.

    At zero: without unknown cases all assumptions agree. Where nobody is stated to go by, "in proportion" is NaN. A
    group without a single stated case cannot be reached by odds, and the words say so.

    Examples
    --------
    >>> import dueregard as dr
    >>> people = {"ethnicity": ["Black", "White"], "people": [5_000, 60_000]}
    >>> census = dr.population(people, group="ethnicity", count="people", date="2011")
    >>> searches = {"ethnicity": ["Black"] * 100 + ["White"] * 300 + [None] * 40}
    >>> found = dr.unknowns(searches, census, group="ethnicity", reference="White", period="2011-03")
    >>> for row in found.filter(group="Black").rows():
    ...     print(f"{row['assumption']}: {row['estimate']:.2f}, {row['verdict']}")
    stated only: 4.00, higher
    in proportion: 4.00, higher
    all in the reference: 3.53, higher
    all in this group: 5.60, higher
    >>> found["tipping_point"][0]
    'not even if every unknown case were White'
    """
    if reference is None:
        raise TypeError("unknowns needs reference=: one of the groups, dr.REST or dr.OVERALL")
    if (population is None) == (outcome is None):
        raise TypeError("unknowns needs either population=, for events, or outcome= and positive=, for people")
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    names = by_names(by, {"group": group} | ({} if outcome is None else {"outcome": outcome}))
    _check_within(within, [*names, group, *([] if outcome is None else [outcome])])
    methods = formulas(comparisons.METHODS if population is None else {"ratio": rates.METHODS["ratio"]})
    two_samples.check_method(measure, method, methods)
    practical = read_threshold(threshold, measure)
    if practical.one_sided and higher_is_better is None:
        raise ValueError("higher_is_better: the four-fifths rule has to know whether a higher rate is the better one")
    asked = _Asked(
        group, reference, names, within, measure, method, practical, higher_is_better, checked.words("name", name),
        inference == "chance", Rule(checked.level(confidence_level), practical.size, measure),
    )  # fmt: skip
    columns = [*names, group, *([] if within is None else [within])]
    reading: dict[str, Any] = {"missing": missing, "where": where, "labels": labels, "threads": threads}
    if population is None:
        _refuse_of_rates(mapping=mapping, count=count, no_events=no_events)
        tally = tally_of(data, columns, outcome=outcome, weight=None, **reading)
        found, notes = _of_outcomes(tally, asked, str(outcome), positive, exclude, period), list[str]()
    else:
        events = read_events(data, columns, group=group, mapping=mapping, unknown=unknown, count=count, **reading)
        tally = events.tally
        found, notes = _of_events(events, population, asked, per=per, period=period, basis=basis, no_events=no_events)
    return Findings(
        found,
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if asked.chance else None,
        notes=notes,
    )


@dataclass(frozen=True)
class _Asked:
    """What is asked, whatever of."""

    group: str
    reference: Any
    by: tuple[str, ...]
    within: str | None
    measure: str
    method: str
    practical: Threshold
    higher_is_better: bool | None
    name: str | None
    chance: bool
    rule: Rule

    def question(self, groups: Sequence[Any], *, name: str, unit: str, **about: Any) -> UnknownQuestion:
        place = None
        if not isinstance(self.reference, Reference):
            place = position("reference", self.reference, groups, self.group)
        return UnknownQuestion(
            name=name,
            measure=self.measure,
            method=self.method,
            unit=unit,
            characteristic=self.group,
            second=None if self.within is None else _in_words(self.within),
            by=self.by,
            reference=self.reference,
            position=place,
            rule=self.rule,
            chance=self.chance,
            practical=self.practical,
            higher_is_better=self.higher_is_better,
            **about,
        )


def _of_outcomes(
    tally: Tally, asked: _Asked, outcome: str, positive: Any, exclude: Any, period: str | None
) -> dict[str, list[Any]]:
    """The rows of people with an outcome."""
    if positive is None:
        raise TypeError("unknowns needs positive=: the answers that count")
    _refuse_weights(tally)
    blocks = outcome_cells(
        tally, group=asked.group, by=asked.by, within=asked.within, outcome=outcome, positive=positive, exclude=exclude
    )
    question = asked.question(
        blocks[0].groups, name=asked.name or words_for(outcome, positive), unit=UNITS[asked.measure], period=period,
        per=None, about={},
    )  # fmt: skip
    return _rows(blocks, question)


def _of_events(
    events: Events, population: Any, asked: _Asked, *, per: float, period: str | None, basis: str, no_events: Any
) -> tuple[dict[str, list[Any]], list[str]]:
    """The rows of events over a population, and what is to be noted about them."""
    on, per = basis_named(basis), checked.between("per", per, 0, float("inf"))
    if not on.is_rate:
        raise ValueError(f"basis: {basis!r} is a share of cases; give the cases as data, with outcome= and positive=")
    _refuse_weights(events.tally)
    when = _period(events, on, period)
    pool = pool_of(
        population, group=asked.group, by=asked.by, exposure=None, missing=None, word=f"the population ({on.word})"
    )
    if events.classification not in (None, pool.classification) and pool.classification is not None:
        ours, theirs = events.classification, pool.classification
        raise ValueError(f"mapping: events are in the groups of {ours!r}, the population in those of {theirs!r}")
    matched = match(
        events.tally, pool, group=asked.group, by=asked.by, not_recorded=events.not_recorded,
        no_events=[no_events] if isinstance(no_events, str) else list(no_events),
    )  # fmt: skip
    blocks = event_cells(events.tally, matched, group=asked.group, by=asked.by, within=asked.within)
    word = asked.name or events.word
    length = f" {when.length}" if when is not None and on.name in NEEDS_A_PERIOD else ""
    question = asked.question(
        blocks[0].groups, name=f"{word} per {per:,.10g} {on.word}{length}", unit=RATE_RATIO,
        period=None if when is None else when.words, per=per, about=_about(on, pool, events, word),
    )  # fmt: skip
    return _rows(blocks, question), notes_of(events, word, pool, matched, on, by_encounter=False)


def _about(on: Basis, pool: Pool, events: Events, word: str) -> dict[str, Any]:
    return {
        "basis": on.name,
        "population": pool.source,
        "population_date": pool.date,
        "mapping": events.mapping,
        "cases": word,
    }


def _rows(blocks: Sequence[Cells], question: UnknownQuestion) -> dict[str, list[Any]]:
    return stacked([unknown_columns(cells, question) for cells in blocks])


def _period(events: Events, on: Basis, period: str | None) -> Period | None:
    """When it was, which rates of a stretch of time have to say."""
    given = period if period is not None else events.period
    if given is None and on.name in NEEDS_A_PERIOD:
        raise TypeError("unknowns needs period=: when the events happened, such as '2016-06'")
    return None if given is None else read_period(given)


def _check_within(within: Any, taken: Sequence[str]) -> None:
    if within is not None and not isinstance(within, str):
        raise TypeError(f"within: {within!r} is not the name of a column")
    if within in taken:
        raise ValueError(f"within: {within!r} is already used; it has to be another recording of the group")


def _refuse_of_rates(**given: Any) -> None:
    """Refuse what belongs to events and a population."""
    for name, value in given.items():
        if value is not None and value != ():
            raise TypeError(f"{name}: is for events and a population; people with an outcome have none")


def _refuse_weights(tally: Tally) -> None:
    if tally.weighted:
        raise ValueError("data: a weighted tally has no whole cases that could be of one group or another")


def _in_words(column: str) -> str:
    """A column inside a sentence: a capital that only opens it goes."""
    words = column.replace("_", " ")
    return words[:1].lower() + words[1:] if words[1:].islower() else words
