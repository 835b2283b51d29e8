"""`dueregard.decompose_gap`: how much of a gap is who is in the groups, and how much is how they fare."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.decomposition.gap_parts import METHODS
from dueregard.inference.decomposition.kitagawa import PARTS
from dueregard.inference.references import Chosen, Reference, Target
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.decomposition.cannot_say import notes
from dueregard.measures.decomposition.crossed_groups import EVERYWHERE, CrossedGroups, cross
from dueregard.measures.decomposition.decomposed import EMPTY, INTERVALS, check_size, decomposed
from dueregard.measures.decomposition.decomposition_rows import Judging, adjusted_words, gap_blocks
from dueregard.measures.decomposition.gap_samples import factor_names
from dueregard.measures.decomposition.part_replicates import Draws
from dueregard.measures.decomposition.part_rows import PartWords, part_columns
from dueregard.measures.gaps.chosen_groups import chosen_group
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import Grouped, by_names, position, tally_of, words_for
from dueregard.measures.row_flags import row_flags
from dueregard.measures.survey_tallies import is_full_count
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally

ADJUSTMENTS = (*multiplicity.METHODS, "none")
UNIT = "percentage points"
METHOD_WORDS = {
    "shapley": "Kitagawa; factors by the mean over all orders (Shapley)",
    "das-gupta": "Kitagawa; factors by Das Gupta's cross-classified split",
    "kitagawa": "Kitagawa",
}


def decompose_gap(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    factors: Sequence[str],
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    method: str = "shapley",
    parts: int = 2,
    empty: str = "borrow",
    interval: str = "linearised",
    n_resamples: int = 2000,
    rng: Any = None,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    unit: str = "people",
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Take the gap of every group apart: how much is composition (who is in it), and how much is rates (how they fare).

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally, dimensions not asked for are summed.
    outcome : str
        The column of answers.
    positive : label or list of labels
        The answers that count, such as ``["Very satisfied", "Fairly satisfied"]``.
    group : str
        The column of groups.
    reference : label, OVERALL, REST, LARGEST or BEST
        Required. What each group is compared with, as in `dueregard.gap`.
    factors : list of str
        Columns whose crossed levels are the cells in which people are held alike, such as age band and deprivation.
        Kinds of missing are levels of their own.
    exclude : label or list of labels
        Answers that leave the denominator, such as "Don't know".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    method : {"shapley", "das-gupta", "kitagawa"}
        How the composition is divided among several factors. "shapley": the mean, over all orders of the factors, of
        what crossing by one more explains. "das-gupta": Das Gupta's split for cross-classified data. "kitagawa": not at
        all. The totals are the same, and so is everything with one factor.
    parts : {2, 3}
        2: composition at the mean of both sides' rates, rates at the mean of both sides' shares. 3: both at those of
        the reference, and an interaction.
    empty : {"borrow", "apart", "refuse"}
        What happens with cells in which only one side has people. "borrow": the other side's rate is taken, so that all
        such a cell adds is composition. "apart": these people are a part of their own, "not comparable", and all
        other parts are of the rest. "refuse": an error names the first such cell.
    interval : {"linearised", "bootstrap"}
        "linearised": Student's t. "bootstrap": bias-corrected percentiles of ``n_resamples`` replicates of the counts;
        not with weights or a design.
    n_resamples : int
        Replicates of a bootstrap.
    rng : int, numpy SeedSequence or numpy Generator, optional
        The key of the bootstrap's random numbers, as in `dueregard.bootstrap`. The same key gives the same bits on any
        number of threads.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        Adjustment of the p-values of totals: of each total, all groups in all areas are one family, and the rows for
        all areas together another.
    threshold : float, optional
        What matters, in percentage points: 5 unless given. Totals have verdicts.
    higher_is_better : bool
        Whether a higher share is the better one; sentences and charts use it.
    name : str, optional
        What is measured, in words.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" for a full count: no intervals, p-values or verdicts.
    confidence_level : float
        Between 0 and 1.
    unit : {"people", "areas"}
        "areas" where each row of the data is an area: unless it is said so, such a table is refused.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        Of kind "gap parts". For each area and group a row for each ``part``: "gap" (``value`` and ``reference_value``
        are the two shares in percent), "composition" and "rates", with 3 parts "interaction", with ``empty="apart"``
        "not comparable". Those but "gap" sum to it. Below each total, rows with a ``factor`` and a ``level``: those of
        composition, factor by factor (``level`` None), sum to their factor, and factors to the total; levels of rates
        sum to that total for each factor anew.

        ``estimate`` is in percentage points, group minus reference, with ``se``, ``low``, ``high`` and ``pvalue``;
        ``share_of_gap`` is in percent of the gap, NaN where the interval of the gap holds 0. On levels
        ``group_share`` and ``reference_share`` are the percent of each side's people there, and ``value`` and
        ``reference_value`` their percent with the property. On the row "gap", ``empty_percent`` is the percent of
        people of both sides in cells with one side only. On the row "rates" ``e_value``, ``e_value_low`` and
        ``needed_effect`` say how strong something unmeasured would have to be to account for it.

        The reference, and people whose group is missing, have one row, of part "gap", with their share.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or arguments of counting are given with a Tally.
    ValueError
        If a label, column or option does not exist or does not go with another; if there is no factor, one twice, or
        one that is the outcome, the group or an area; if factors cross to too many cells (2**24 with margins); or if
        ``empty="refuse"`` and a cell has one side only.

    Notes
    -----
    With w and v the shares of the group's and the reference's people in each cell, and r and s their rates there, the
    composition is the sum of (r + s)/2 (w - v) and the rates part that of (w + v)/2 (r - s) (Kitagawa, E. M. (1955),
    JASA 50: 1168-1194). The composition explained by a subset of the factors is that of the cells they cross to; a
    factor's part is the mean over all orders of what it adds to those before it (Shorrocks, A. F. (2013), Journal of
    Economic Inequality 11: 99-126). A factor that divides both sides' cells alike adds nothing. A level adds its rate
    less that of its whole cell, times its difference of shares: with one factor (mean rate at the level - mean rate of
    both sides) x difference of shares. Das Gupta, P. (1993), Standardization and Decomposition of Rates, chapter 5.
    "apart" is the decomposition of Nopo, H. (2008), Review of Economics and Statistics 90: 290-299.

    Standard errors are linearised: the root of the sum over people of their squared scores, the derivatives of the part
    by the number of people of their kind, where deviations from the rate of a cell are divided by the root of 1 - 1/n
    for the n people in it (HC2). With small cells the bootstrap counts their chance twice for the composition, and too
    little for rates: see docs/coverage.md. With weights scores are of weighted people; with a design they are added up
    by cluster, with its strata, calibration or replicates. Degrees of freedom are Satterthwaite's of both sides.

    The interval of the row "gap" is of the same kind as those of its parts, and not that of `dueregard.gap`.

    At zero: a group without cases keeps its rows, with NaN and a flag. A part that does not vary in the sample has no
    interval, and the flag ``NO_VARIANCE``. A level at which nobody is adds 0. Where no cell has both sides,
    ``empty="apart"`` gives NaN for composition and rates.

    What is not measured is in the rates, or in the composition by way of what is. Rates are no measure of
    discrimination, and composition is no excuse: the notes of the findings say so.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"group": ["White"] * 4 + ["Minority ethnic"] * 4, "age": ["16-34", "16-34", "35+", "35+"] * 2,
    ...          "satisfied": [True, False] * 4, "people": [210, 90, 595, 105, 246, 114, 192, 48]}
    >>> found = dr.decompose_gap(table, outcome="satisfied", positive=True, group="group", reference="White",
    ...                          factors=["age"], count="people")
    >>> for row in found.filter(group="Minority ethnic", level=None).rows():
    ...     print(row["part"], row["factor"], f"{row['estimate']:.1f} ({row['low']:.1f} to {row['high']:.1f})")
    gap None -7.5 (-11.8 to -3.2)
    composition None -4.0 (-5.5 to -2.5)
    composition age -4.0 (-5.5 to -2.5)
    rates None -3.5 (-8.0 to 1.0)
    """
    refuse_reference("decompose_gap", reference)
    check_options(method=method, parts=parts, empty=empty, interval=interval, adjust=adjust, inference=inference)
    checked.true_or_false("higher_is_better", higher_is_better)
    level, matters = checked.level(confidence_level), read_threshold(threshold).size
    said = checked.words("name", name) or words_for(outcome, positive)
    chosen = factor_names(factors)
    names = by_names(by, {"outcome": outcome, "group": group} | {f"factors[{i}]": f for i, f in enumerate(chosen)})
    draws = read_draws(interval, n_resamples, rng, threads, weight=weight, design=design)
    if design is not None:
        check_design(data, design, weight)
    if not isinstance(data, Tally) and count is None:
        check_unit(data, unit, where=where, without=design.columns if design is not None else ())
    tally = tally_of(
        data, [*names, group, *chosen], outcome=outcome, weight=weight, where=where, labels=labels, count=count,
        missing=missing, threads=threads, design=design,
    )  # fmt: skip
    check_size(tuple(len(tally.labels[each]) for each in chosen), tuple(chosen), method)
    refuse_weighted(tally, interval)
    crossed = cross(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=names, factors=chosen)
    label = chosen_group(reference, crossed.grouped, higher_is_better)
    is_one = not isinstance(label, Reference)
    place = position("reference", label, crossed.grouped.groups, group) if is_one else None
    chance = inference == "chance" and not is_full_count(tally)
    found = decomposed(
        crossed, position=place, overall=label is Reference.OVERALL, method=method, parts=parts, empty=empty,
        draws=draws, chance=chance,
    )  # fmt: skip
    judging = Judging(
        rule=Rule(level, matters),
        adjust=adjust,
        method=f"{method_words(method, parts, empty, len(chosen))}{adjusted_words(adjust, len(found))}",
        chance=chance,
        also=int(Flag.CHOSEN_FROM_DATA) if reference is Chosen.BEST else 0,
    )
    blocks = gap_blocks(crossed, found, flags_of(crossed, label, place, chance=chance), place, judging)
    words = PartWords(
        name=said, characteristic=group, by=names, period=period, unit=UNIT, level=level if chance else float("nan"),
        reference=label if is_one else label.value,
    )  # fmt: skip
    return Findings(
        part_columns(blocks, words),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=matters if chance else None,
        notes=[*draw_notes(draws), *notes("gap parts", chosen, unit=unit)],
        kind="gap parts",
    )


def refuse_reference(function: str, reference: Any) -> None:
    """Refuse a comparison with nothing, or with a figure, which is made up of no people."""
    if reference is None:
        raise TypeError(f"{function} needs reference=: one of the groups, dr.REST or dr.OVERALL")
    if isinstance(reference, Target):
        raise TypeError(
            "reference: a target is a figure and is made up of no people; name a group, dr.REST or dr.OVERALL"
        )


def check_options(*, method: Any, parts: Any, empty: Any, interval: Any, adjust: Any, inference: Any) -> None:
    """Refuse options that do not exist."""
    checked.one_of("method", method, METHODS)
    checked.one_of("empty", empty, EMPTY)
    checked.one_of("interval", interval, INTERVALS)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if checked.integer("parts", parts) not in PARTS:
        raise ValueError(f"parts: {parts} is neither 2 nor 3")


def read_draws(interval: str, n_resamples: Any, rng: Any, threads: Any, *, weight: Any, design: Any) -> Draws | None:
    """The bootstrap, if there is one."""
    n = checked.at_least_one("n_resamples", n_resamples)
    if interval != "bootstrap":
        return None
    if design is not None or weight is not None:
        argument = "weight" if design is None else "design"
        raise ValueError(
            f"interval: 'bootstrap' draws people again and does not go with {argument}=; leave it out, or let the "
            "design have replicates (dr.survey_design(replicates='bootstrap'))"
        )
    return Draws.read(n, rng, threads)


def refuse_weighted(tally: Tally, interval: str) -> None:
    """Refuse to draw people again who stand for different numbers."""
    if interval == "bootstrap" and tally.weighted:
        raise ValueError("interval: the tally is weighted, and resampled counts would ignore its weights; leave it out")


def method_words(method: str, parts: int, empty: str, n_factors: int) -> str:
    """What was done, in words."""
    words = METHOD_WORDS[method if n_factors > 1 else "kitagawa"]
    three = ", three parts" if parts == 3 else ""
    apart = "; people without counterpart apart" if empty == "apart" else ""
    return f"{words}{three}{apart}"


def draw_notes(draws: Draws | None) -> list[str]:
    """What makes the same random numbers again."""
    return [] if draws is None else [f"Bootstrap: {draws.n:,} resamples, {draws.words}."]


def flags_of(crossed: CrossedGroups, reference: Any, place: int | None, *, chance: bool) -> dict[tuple[int, int], int]:
    """What there is to know of each group, by area and number."""
    found: dict[tuple[int, int], int] = {}
    whole = {EVERYWHERE: crossed.grouped.summed()}
    groups = range(len(crossed.grouped.groups))
    every = whole | ({0: crossed.grouped} if crossed.grouped.by else {})
    for first, grouped in every.items():
        flags = _row_flags(grouped, reference, place, chance=chance)
        for n, flag in enumerate(flags):
            area, i = divmod(n, len(groups))
            found[first + area, i] = int(flag)
    return found


def _row_flags(grouped: Grouped, reference: Any, place: int | None, *, chance: bool) -> list[Flag]:
    against = grouped.opposite(place, own=reference is Reference.OVERALL)
    others = np.arange(len(grouped.groups)) != place
    comparable = np.broadcast_to(grouped.known_group & others, grouped.nobs.shape)
    also: Any = 0
    if grouped.survey is not None and chance:
        also = grouped.survey.estimates.flags(0).reshape(grouped.nobs.shape)
        also = also | (int(Flag.CLUSTERED) if bool((grouped.survey.cells.nobs > 1).any()) else 0)
    return row_flags(grouped, against, comparable, chance=chance, also=also)
