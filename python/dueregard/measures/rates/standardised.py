"""`dueregard.standardise`: ratios of rates within areas or ages, beside the crude one over all of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import as_labels, by_names
from dueregard.measures.rates.bases import BASES, basis_named
from dueregard.measures.rates.counted_events import read_events
from dueregard.measures.rates.rate_notes import notes_of
from dueregard.measures.rates.rate_questions import (
    Asked,
    both_sides,
    clustering_of,
    encounter_columns,
    period_of,
    rate_question,
)
from dueregard.measures.rates.standardised_blocks import METHOD_NAMES
from dueregard.measures.rates.standardised_notes import standard_notes
from dueregard.measures.rates.standardised_rows import standardised_columns
from dueregard.measures.rates.standards import read_standard
from dueregard.measures.thresholds import read_threshold

ADJUSTMENTS = (*multiplicity.METHODS, "none")
RATES = tuple(name for name, basis in BASES.items() if basis.is_rate)


def standardise(
    events: Any,
    population: Any,
    *,
    group: str,
    by: str | Sequence[str],
    reference: Any = None,
    method: str | Sequence[str] = ("mantel-haenszel", "direct", "indirect"),
    standard: Any = None,
    per: float = 1000,
    period: str | None = None,
    basis: str = "residents",
    exposure: str | None = None,
    mapping: Any = None,
    unknown: str = "raise",
    no_events: Any = (),
    encounter: str | Sequence[str] | None = None,
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
    """Rates of each group against a reference as if areas, or ages, made no difference: beside the crude ratio.

    One ratio over all areas mixes two things: how the groups differ in each area, and how the areas differ in which
    the groups live. The rows of each method hold the second apart, and say whether the ratio is the same in all areas.

    Parameters
    ----------
    events, population, group, mapping, unknown, no_events, encounter, count
        As in `dueregard.proportionality`, of which the crude rows are the rows.
    by : str or sequence of str
        Columns of events and population that divide it: areas, age bands. Several are crossed.
    reference : label or REST
        Required. One group, or all other groups.
    method : str or sequence of str
        "mantel-haenszel": one ratio common to all areas, which weigh as much as they tell of it. "direct": both groups'
        rates in a standard population. "indirect": a group's events over those expected at the reference's rates; each
        group is its own standard, so that these ratios do not compare one with another. Each has its rows.
    standard : Population or dict, optional
        For "direct": people by the same columns, or a dict of label (or tuple of labels) to a number; only proportions
        matter. Without it all groups of ``population`` together.
    per, period, basis, exposure, threshold, higher_is_better, name, inference, confidence_level
        As in `dueregard.proportionality`. The basis is one of rates, not of shares.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        As in `dueregard.gap`: the groups are one family in the crude rows, and in those of each method.
    missing, where, labels, threads
        As in `dueregard.tally`, of the events.

    Returns
    -------
    Findings
        The crude rows, then those of each method, whose ``measure`` ends such as "standardised by borough (direct)". In
        all of them ``value`` over ``reference_value`` is ``estimate``; with "mantel-haenszel" they are rates of a
        population in which areas weigh as the method weighs them, with "indirect" ``reference_value`` is the rate
        expected of the group. ``difference`` has its own limits. ``count`` and ``exposure`` are those of the areas
        that are compared; ``strata`` says how many, and ``standard`` what they are weighted by. The row of the
        reference has its own crude rate, with "direct" that in the standard.

        ``homogeneity_pvalue`` is of the test that the ratio is the same in all areas (`compare_stratified_rates`), with
        ``homogeneity_statistic`` and ``homogeneity_df``; ``homogeneity_verdict`` and a note say where it differs by
        more than chance, so that one ratio for all can mislead.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.proportionality`; and if the standard has other areas than the population, is 0 everywhere, or
        the reference is OVERALL.

    Notes
    -----
    "mantel-haenszel": `dueregard.compare_stratified_rates` with "score". "direct" and "indirect":
    `dueregard.compare_standardised_rates` with "mover"; for "indirect" the standard is the group's own population, so
    that the uncertainty of the reference's rates is in the limits, unlike those of an SMR (`dueregard.indirect_ratio`).

    At zero: an area where one of the two sides has nobody says nothing of their ratio. It is left out for both, with
    the flag ``STRATA_LEFT_OUT``; for "direct" the standard is then that of the other areas. Events whose area is not
    known are in the crude rows only. Otherwise as `dueregard.proportionality`.

    By encounter, and where the population is an estimate, all numbers of a group are divided by the design effect of
    its crude ratio.

    Examples
    --------
    >>> import dueregard as dr
    >>> people = {"borough": ["North", "North", "South", "South"], "ethnicity": ["Black", "White"] * 2,
    ...           "people": [9_000, 1_000, 5_000, 15_000]}
    >>> census = dr.population(people, group="ethnicity", count="people", date="2011", by="borough")
    >>> searches = {"borough": ["North"] * 100 + ["South"] * 40,
    ...             "ethnicity": ["Black"] * 90 + ["White"] * 10 + ["Black"] * 10 + ["White"] * 30}
    >>> findings = dr.standardise(searches, census, group="ethnicity", by="borough", reference="White",
    ...                           method="direct", period="2016-06", name="searches")
    >>> for row in findings.filter(group="Black").rows():
    ...     print(f"{row['measure']}: {row['estimate']:.2f} ({row['low']:.2f} to {row['high']:.2f})")
    searches per 1,000 residents in 1 month: 2.86 (1.98 to 4.11)
    searches per 1,000 residents in 1 month, standardised by borough (direct): 1.00 (0.59 to 1.76)
    """
    methods = _methods(method)
    if reference is None:
        raise TypeError("standardise needs reference=: one of the groups, or dr.REST")
    if reference is Reference.OVERALL:
        raise ValueError("reference: a group is part of dr.OVERALL, in every area another part; use dr.REST")
    checked.one_of("basis", basis, RATES)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    practical = read_threshold(threshold, "ratio")
    if practical.one_sided and higher_is_better is None:
        raise ValueError("higher_is_better: the four-fifths rule has to know whether a higher rate is the better one")
    names = by_names(by, {"group": group})
    if not names:
        raise ValueError("by: name the columns to standardise by, such as 'borough'")
    source = read_events(
        events, [*names, group], group=group, mapping=mapping, unknown=unknown, count=count, missing=missing,
        where=where, labels=labels, threads=threads,
    )  # fmt: skip
    asked = Asked(
        source, group, reference, names, (), per=checked.between("per", per, 0, float("inf")), period=period,
        exposure=exposure, method="score", adjust=adjust, practical=practical, higher_is_better=higher_is_better,
        name=checked.words("name", name) or source.word, chance=inference == "chance",
        levels=checked.levels(confidence_level), no_events=as_labels(no_events), missing=missing,
        encounter=encounter_columns(encounter, source, count), function="standardise",
    )  # fmt: skip
    on = basis_named(basis)
    pool, matched = both_sides(population, on, asked)
    question = rate_question(asked, on, pool, matched, period_of(asked, on))
    assert matched.areas is not None
    weights = read_standard(standard, matched.areas, on.word)
    clustering = clustering_of(asked, matched)
    columns = standardised_columns(matched, pool, question, methods, weights, clustering)
    return Findings(
        columns,
        provenance=source.tally.provenance,
        native=source.tally.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if asked.chance else None,
        notes=[
            *notes_of(source, asked.name, pool, matched, on, bool(asked.encounter)),
            *standard_notes(columns, question, matched.areas, asked.name, weights if "direct" in methods else None),
        ],
        kind="standardised rates",
    )


def _methods(method: Any) -> tuple[str, ...]:
    """One method or several, each once."""
    several = isinstance(method, Iterable) and not isinstance(method, str)
    found = tuple(dict.fromkeys(method if several else [method]))
    if not found:
        raise ValueError("method: there is none")
    for each in found:
        checked.one_of("method", each, tuple(METHOD_NAMES))
    return found
