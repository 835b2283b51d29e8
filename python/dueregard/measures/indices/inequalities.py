"""`dueregard.inequality`: how far several groups are from each other, as one number for each area."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.indices.disparity_index import DENOMINATORS, check_reference, default_denominator
from dueregard.inference.indices.index_limits import Draws
from dueregard.inference.indices.slope_index import TRANSFORMS
from dueregard.inference.references import OVERALL, Reference
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import arrange, by_names, tally_of, words_for
from dueregard.measures.indices.index_catalogue import read_indices
from dueregard.measures.indices.index_events import read_rates
from dueregard.measures.indices.index_rows import OWN_COLUMNS, IndexQuestion, index_columns
from dueregard.measures.indices.index_sources import Source, of_shares


def inequality(
    data: Any,
    population: Any = None,
    *,
    group: str,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    indices: str | Sequence[str] | None = None,
    reference: Any = OVERALL,
    denominator: str | None = None,
    order: Sequence[Any] | None = None,
    parameter: float | None = None,
    transform: str = "none",
    per: float = 1000,
    period: str | None = None,
    basis: str = "residents",
    exposure: str | None = None,
    mapping: Any = None,
    unknown: str = "raise",
    no_events: Any = (),
    count: str | None = None,
    higher_is_better: bool | None = None,
    name: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    n_resamples: int = 999,
    rng: Any = 0,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Summary of many groups: indices of how unequal their shares or rates are, with what chance alone would make.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Records with an ``outcome``; or events, one row each, with a ``population``.
    population : Population, Tally or records, optional
        What events are divided by, as in `dueregard.proportionality`.
    group : str
        The column of groups.
    outcome, positive, exclude
        Without a population: the column of answers, those that count, and those that leave the denominator, as in
        `dueregard.gap`.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    indices : str or sequence of str, optional
        Of "dissimilarity" (what share of those with the outcome, or of events, would have to be in other groups),
        "disparity" (mean distance from a reference, as a part of it), "deviation" and "variance" (between groups),
        "theil", "mean-log-deviation", "entropy", "gini", "hoover", "atkinson", and of ordered groups "slope" (SII) and
        "relative-slope" (RII). The first, second, third and fifth unless given, and with ``order`` the two slopes.
    reference : label, OVERALL or "best"
        What the index of disparity measures distances from.
    denominator : {"k", "k-1"}, optional
        What it divides their sum by, k being the number of groups: k for OVERALL unless given, otherwise k - 1.
    order : sequence of labels, optional
        All groups from the lowest to the highest, such as the most deprived fifth first. The slopes need it, since
        labels do not tell; the slope is top minus bottom.
    parameter : float, optional
        Of "atkinson" and "entropy", as in `dueregard.group_inequality`.
    transform : {"none", "log", "logit"}
        The scale on which the slopes are straight lines.
    per, period, basis, exposure, mapping, unknown, no_events, count
        Of events, as in `dueregard.proportionality`.
    higher_is_better : bool, optional
        Whether a higher share or rate is the better one; ``reference="best"`` needs it.
    name : str, optional
        What is measured, in words: from outcome and answers, or from events and population, unless given.
    inference : {"chance", "none"}
        "none" for a full count: no intervals.
    confidence_level : float
        Between 0 and 1.
    n_resamples, rng
        Of the draws that limits come from, as in `dueregard.dissimilarity`; the same records always give the same
        limits unless ``rng`` is None.
    missing, where, weight, labels, threads
        As in `dueregard.tally`; ``weight`` not with a population.

    Returns
    -------
    Findings
        A row for each area and index. ``measure`` is the index in words, ``index`` its name, ``outcome`` what it is of.
        ``value`` is the index with its limits and ``pvalue``: in percent for those that are parts of a whole or of a
        reference, in thousandths for the entropies, in percentage points or per ``per`` for the deviation and the
        slope, a bare ratio for the relative slope. ``expected_by_chance`` is what the index would be on average if
        groups did not differ, ``corrected`` the estimate that chance has not raised. ``reference``, ``denominator``,
        ``weights`` and ``parameter`` say what was used; ``groups`` how many have cases, ``group_missing`` how many
        cases have no known group, and so no part; ``to_move`` how many of ``count`` would have to be in other groups
        (of dissimilarity).

    Raises
    ------
    TypeError
        If there is neither an outcome nor a population, or both; if a slope is asked for without an order, or an
        argument has the wrong type.
    ValueError
        If a label or column does not exist, an option does not exist or does not go with another, or the order leaves
        out a group.

    Notes
    -----
    Formulas, sources and intervals are those of `dueregard.disparity_index`, `dueregard.between_group_variance`,
    `dueregard.group_inequality` and `dueregard.slope_index`, with groups weighted by their cases or people (by their
    sums of weights, of weighted records, and then with Kish's effective numbers of cases). Dissimilarity is that
    between those who have the outcome and those who have not, or between events and population.

    Chance alone makes these indices larger than 0, the more so the more groups there are and the fewer cases: read
    ``value`` beside ``expected_by_chance``. Limits allow for it and can both lie below the value. One index for
    all groups does not say which group is worse off, and rates of events over residents do not measure
    discrimination.

    Examples
    --------
    >>> import dueregard as dr
    >>> answers = {"satisfied": [True] * 330 + [False] * 100 + [True] * 71 + [False] * 49 + [True] * 40 + [False] * 40,
    ...            "ethnicity": ["White"] * 430 + ["Asian"] * 120 + ["Black"] * 80}
    >>> findings = dr.inequality(answers, outcome="satisfied", positive=True, group="ethnicity")
    >>> for row in findings.rows():
    ...     print(f"{row['measure']}: {row['value']:.1f} ({row['expected_by_chance']:.1f} by chance)")
    index of dissimilarity (%): 21.9 (4.3 by chance)
    index of disparity (%): 17.9 (3.8 by chance)
    between-group standard deviation (points): 10.2 (2.3 by chance)
    Theil index (thousandths): 11.2 (0.7 by chance)
    """
    checked.one_of("inference", inference, INFERENCES)
    checked.one_of("transform", transform, TRANSFORMS)
    level = checked.level(confidence_level)
    names = read_indices(indices, order)
    areas = by_names(by, {"group": group} if outcome is None else {"outcome": outcome, "group": group})
    _check_columns(areas)
    draws = Draws(checked.at_least_one("n_resamples", n_resamples), rng)
    if (outcome is None) == (population is None):
        raise TypeError("inequality needs outcome= with positive=, or a population of the events, and not both")
    if population is None:
        tally = tally_of(
            data, [*areas, group], outcome=outcome, weight=weight, where=where, labels=labels, missing=missing,
            threads=threads,
        )  # fmt: skip
        assert outcome is not None
        grouped = arrange(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=areas)
        source = of_shares(
            grouped, name=checked.words("name", name) or words_for(outcome, positive), group=group, period=period,
            provenance=tally.provenance, native=tally.native,
        )  # fmt: skip
    else:
        if weight is not None:
            raise TypeError("weight: events are counted, not weighted; use count= for rows that stand for several")
        source = read_rates(
            data, population, group, areas, name, per=per, period=period, basis=basis, exposure=exposure,
            mapping=mapping, unknown=unknown, no_events=no_events, count=count, missing=missing, where=where,
            labels=labels, threads=threads,
        )  # fmt: skip
    if transform == "logit" and not source.binomial:
        raise ValueError("transform: 'logit' is for shares, and these are rates of events")
    used = default_denominator(reference) if denominator is None else denominator
    checked.one_of("denominator", used, DENOMINATORS)
    question = IndexQuestion(
        indices=names,
        reference=reference,
        position=_position(reference, source, higher_is_better),
        denominator=used,
        order=source.ordered(order),
        parameter=parameter,
        transform=transform,
        level=level,
        draws=draws if inference == "chance" else None,
    )
    return Findings(
        index_columns(source, question),
        by=areas,
        provenance=source.provenance,
        native=source.native,
        title=f"Inequality between groups by {group}: {source.name}",
        higher_is_better=higher_is_better,
        notes=source.notes,
        kind="indices",
    )


def _check_columns(areas: Sequence[str]) -> None:
    """Refuse by columns that would hide one that the rows of indices have."""
    for name in areas:
        if name in OWN_COLUMNS:
            raise ValueError(f"by: {name!r} is the name of a column of the findings; rename it in the data")


def _position(reference: Any, source: Source, higher_is_better: bool | None) -> Any:
    """Where the reference of the index of disparity is among the groups."""
    if isinstance(reference, Reference) and reference is not OVERALL:
        raise ValueError(f"reference: {reference!r} is not one of a group, dr.OVERALL and 'best'")
    named = isinstance(reference, str) and reference == "best" and reference not in source.groups
    if reference is OVERALL or named:
        return check_reference(reference, len(source.groups), higher_is_better)
    return source.place("reference", reference)
