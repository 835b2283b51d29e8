"""`dueregard.unknowns`: whether a verdict depends on the cases whose group is not known."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.two_groups import comparisons, rates, two_samples
from dueregard.inference.unknowns.unknown_bounds import formulas
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import by_names, tally_of
from dueregard.measures.rates.counted_events import read_events
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.unknowns.unknown_sources import SHARES, Asked, of_events, of_outcomes, of_staff
from dueregard.measures.verdicts import Rule


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
    events_by: str | Sequence[str] | None = None,
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
    design: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Whether a comparison of groups depends on the cases whose group is not known, and how far it could move.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Events or staff, which are compared with a population, or people with an outcome.
    population : Population or Tally, optional
        What events are divided by, as in `dueregard.proportionality`, or what staff are held against, as in
        `dueregard.representation`.
    group : str
        The column of groups. Kinds of missing in it ("not stated", "refused", "not collected") are the unknown cases;
        "not applicable" is no case at all.
    reference : label, REST or OVERALL
        Required, but for "share-ratio". What each group is compared with.
    outcome, positive, exclude
        As in `dueregard.gap`; they are given when there is no population.
    within : str, optional
        A column with a second recording of the group, such as the ethnicity an officer wrote down: one more assumption
        is then that groups are unknown at random among those recorded alike there.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    events_by : str or sequence of str, optional
        Columns of events or staff alone, such as the legislation or the grade: each level is set against everybody.
    measure : {"ratio", "difference", "odds-ratio", "share-ratio"}
        Of rates the ratio; of people with an outcome the first three; of staff "share-ratio", each group's share of the
        staff over its share of the population.
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
    if design is not None:
        raise ValueError(
            "design: unknown cases are put into one group or another as whole cases, and people of a sample stand for "
            "several each; leave out design="
        )
    if (population is None) == (outcome is None):
        raise TypeError("unknowns needs either population=, for events or staff, or outcome= and positive=, for people")
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    areas = by_names(by, {"group": group} | ({} if outcome is None else {"outcome": outcome}))
    names = by_names([*areas, *by_names(events_by, {"group": group})], {"group": group})
    _check_within(within, [*names, group, *([] if outcome is None else [outcome])])
    kind = "ratio" if measure == SHARES else measure
    two_samples.check_method(measure, method, _methods(population is None))
    practical = read_threshold(threshold, kind)
    if practical.one_sided and higher_is_better is None:
        raise ValueError("higher_is_better: the four-fifths rule has to know whether a higher rate is the better one")
    asked = Asked(
        group, _reference(reference, measure), areas, names[len(areas) :], within, measure, method, practical,
        higher_is_better, checked.words("name", name), checked.words("period", period), inference == "chance",
        Rule(checked.level(confidence_level), practical.size, kind),
    )  # fmt: skip
    columns = [*names, group, *([] if within is None else [within])]
    reading: dict[str, Any] = {"missing": missing, "where": where, "labels": labels, "threads": threads}
    notes: list[str] = []
    if outcome is not None:
        _refuse_of_rates(mapping=mapping, no_events=no_events, events_by=events_by)
        tally = tally_of(data, columns, outcome=outcome, weight=None, count=count, **reading)
        found = of_outcomes(tally, asked, outcome=outcome, positive=positive, exclude=exclude)
    else:
        events = read_events(data, columns, group=group, mapping=mapping, unknown=unknown, count=count, **reading)
        tally = events.tally
        if measure == SHARES:
            found = of_staff(events, population, asked, no_events=no_events)
        else:
            found, notes = of_events(events, population, asked, per=per, basis=basis, no_events=no_events)
    return Findings(
        found,
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if asked.chance else None,
        notes=notes,
        kind="unknowns",
    )


def _methods(of_people: bool) -> dict[str, tuple[str, ...]]:
    """The measures there are, and the methods of each that need no whole counts."""
    if of_people:
        return formulas(comparisons.METHODS)
    return formulas({"ratio": rates.METHODS["ratio"]}) | {SHARES: ("score",)}


def _reference(reference: Any, measure: str) -> Any:
    """What groups are compared with: of shares of staff, the share of everybody."""
    if measure != SHARES:
        if reference is None:
            raise TypeError("unknowns needs reference=: one of the groups, dr.REST or dr.OVERALL")
        return reference
    if reference not in (None, Reference.OVERALL):
        raise ValueError(f"reference: {reference!r} is given, and {SHARES!r} holds shares against the population")
    return Reference.OVERALL


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
