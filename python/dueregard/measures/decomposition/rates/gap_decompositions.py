"""`dueregard.decompose_gap`: how much of a gap is who is in the groups, and how much is how they fare."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.decomposition.unmeasured import IMBALANCE
from dueregard.inference.random_keys import SEED
from dueregard.inference.references import Chosen, Reference
from dueregard.measures.cannot_say import notes
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.decomposition.level_notes import level_notes
from dueregard.measures.decomposition.part_rows import PartWords
from dueregard.measures.decomposition.part_variation import part_table
from dueregard.measures.decomposition.part_verdicts import Judging, adjusted_words
from dueregard.measures.decomposition.rates.crossed_groups import cross
from dueregard.measures.decomposition.rates.decomposed import check_size, decomposed
from dueregard.measures.decomposition.rates.decomposition_flags import flags_of
from dueregard.measures.decomposition.rates.decomposition_options import (
    check_options,
    draw_notes,
    factor_names,
    method_words,
    read_draws,
    refuse_reference,
    refuse_weighted,
)
from dueregard.measures.decomposition.rates.decomposition_rows import gap_blocks
from dueregard.measures.decomposition.rates.factor_checks import check_factors, factor_notes, readable
from dueregard.measures.decomposition.whole_gaps import whole_gaps, whole_question, whole_variation
from dueregard.measures.gaps.chosen_groups import chosen_group
from dueregard.measures.grouped import by_names, position, refuse_nobody, tally_of, words_for
from dueregard.measures.survey_tallies import is_full_count
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally

UNIT = "percentage points"


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
    rng: Any = SEED,
    imbalance: float = IMBALANCE,
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
        Columns of areas; several are crossed. Rows for all areas together come first, then those of ``row_type``
        "variation": how much the gap varies between areas beyond chance, as `dueregard.gap` has it, and what remains.
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
        The key of the bootstrap's random numbers, the same one unless given; ``None`` draws anew. The same key gives
        the same bits on any number of threads.
    imbalance : float
        By how many points, between 0 and 100, something unmeasured is taken to be more common in one of the groups:
        ``needed_effect`` is how far it would have to move the outcome to account for the rates part.
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
        people of both sides in cells with one side only. On the row "rates" ``value`` and ``reference_value`` are what
        the shares of both sides would be if their people were alike in all factors; ``e_value``, ``e_value_low`` and
        ``needed_effect`` say how strong something unmeasured would have to be to account for it.

        The reference, and people whose group is missing, have one row, of part "gap", with their share.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or arguments of counting are given with a Tally.
    ValueError
        If a label, column or option does not exist or does not go with another; if there is no factor, one twice, one
        that is the outcome, the group or an area, or that says the same as the outcome, the group or another factor
        under another name; if a factor has another level for nearly everybody, or numbers with few people each; if
        factors cross to too many cells (2**24 with margins); or if ``empty="refuse"`` and a cell has one side only.

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

    The row "gap" has the interval, p-value and verdict of `dueregard.gap` by its usual method, whatever the parts have:
    one gap has one interval, wherever it is published. Without a design its standard error is linearised.

    At zero: a group without cases keeps its rows, with NaN and a flag. A part that does not vary in the sample has no
    interval, and the flag ``NO_VARIANCE``. A level at which nobody is adds 0. Where no cell has both sides
    there is the gap alone, and NaN in its parts, whatever ``empty`` is. "not comparable" has no limits.

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
    gap None -7.5 (-11.9 to -3.2)
    composition None -4.0 (-5.5 to -2.5)
    composition age -4.0 (-5.5 to -2.5)
    rates None -3.5 (-8.0 to 1.0)
    """
    refuse_reference("decompose_gap", reference)
    check_options(method=method, parts=parts, empty=empty, interval=interval, adjust=adjust, inference=inference)
    checked.true_or_false("higher_is_better", higher_is_better)
    level, matters = checked.level(confidence_level), read_threshold(threshold).size
    more_common = checked.between("imbalance", imbalance, 0, 100)
    said = checked.words("name", name) or words_for(outcome, positive)
    chosen = factor_names(factors)
    names = by_names(by, {"outcome": outcome, "group": group} | {f"factors[{i}]": f for i, f in enumerate(chosen)})
    draws = read_draws(interval, n_resamples, rng, threads, weight=weight, design=design)
    if design is not None:
        check_design(data, design, weight)
    if not isinstance(data, Tally) and count is None:
        check_unit(data, unit, where=where, without=design.columns if design is not None else ())
    with readable(data, chosen):
        tally = tally_of(
            data, [*names, group, *chosen], outcome=outcome, weight=weight, where=where, labels=labels, count=count,
            missing=missing, threads=threads, design=design,
        )  # fmt: skip
    check_factors(tally, chosen, group=group, outcome=outcome, positive=positive, exclude=exclude)
    check_size(tuple(len(tally.labels[each]) for each in chosen), tuple(chosen), method)
    refuse_weighted(tally, interval)
    crossed = cross(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=names, factors=chosen)
    label = chosen_group(reference, crossed.grouped, higher_is_better)
    is_one = not isinstance(label, Reference)
    place = position("reference", label, crossed.grouped.groups, group) if is_one else None
    refuse_nobody(group, crossed.grouped.groups, place)
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
    question = whole_question(
        names, label, place, rule=judging.rule, adjust=adjust, design=design, chance=chance
    )  # fmt: skip
    flags = flags_of(crossed.grouped, label, place, chance=chance)
    blocks = gap_blocks(crossed, found, flags, place, judging, whole_gaps(crossed.grouped, question))
    words = PartWords(
        name=said, characteristic=group, by=names, period=period, unit=UNIT, level=level if chance else float("nan"),
        reference=label if is_one else label.value, imbalance=more_common,
    )  # fmt: skip
    varies = whole_variation(crossed.grouped, question)
    return Findings(
        without_design_columns(part_table(blocks, words, varies), sampled=design is not None or tally.weighted),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=matters if chance else None,
        notes=[
            *draw_notes(draws),
            *notes("gap parts", chosen, unit=unit),
            *factor_notes(tally, chosen),
            *level_notes(blocks),
        ],
        kind="gap parts",
    )


def without_design_columns(columns: Columns, *, sampled: bool) -> Columns:
    """The columns without degrees of freedom where no design, nor weights, say how a sample was drawn."""
    return {name: values for name, values in columns.items() if sampled or name != "degrees_of_freedom"}
