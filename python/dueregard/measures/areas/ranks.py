"""`dueregard.rank`: areas in order, with the ranks that they may have, once they are shown to differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked, random_keys
from dueregard.inference.areas.uncertain_values import Draws
from dueregard.inference.random_keys import SEED
from dueregard.measures.areas import among as alike
from dueregard.measures.areas.rank_arguments import RankArguments
from dueregard.measures.areas.rank_rows import RankQuestion, rank_columns
from dueregard.measures.areas.ranked_figures import RankedFigures

NOTE = (
    "Rank 1 is the {} figure; equal figures share a rank. Intervals of ranks count the areas that are surely better "
    "and surely worse; joint ones hold for all areas together"
)


def rank(
    data: Any,
    *,
    higher_is_better: bool | None = None,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    count: str | None = None,
    nobs: str | int | None = None,
    percent: str | None = None,
    group: Any = None,
    among: str | Mapping[Any, Any] | None = None,
    insist: str | None = None,
    confidence_level: float = 0.95,
    n_draws: int = 100_000,
    rng: Any = SEED,
    name: str | None = None,
    period: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Rank areas, with intervals of their ranks and the chance of being in the best or the worst quarter.

    Ranks are shown only where areas are shown to differ beyond chance: some area is last in every table, and where all
    are alike it is chance that says which.

    Parameters
    ----------
    data : Findings, Tally, table or anything `dueregard.tally` takes
        Findings with areas, such as those of `dueregard.gap` or `dueregard.proportionality`: their figures are ranked,
        of each group by itself. Else records, with ``outcome`` and ``positive``; or a table with a row for each area,
        with ``count`` and ``nobs``, or with ``percent``.
    higher_is_better : bool
        Whether rank 1 is the highest figure, or the lowest. Needed, unless findings say it. A gap is ranked as it is,
        with its sign, and not by its size.
    by : str or sequence of str
        Columns of areas, several crossed; findings have theirs.
    outcome, positive, exclude
        As in `dueregard.gap`, for records.
    count, nobs : str
        The columns of cases with the property, and of all cases.
    percent : str
        The column of published percentages, from 0 to 100, in place of counts. ``nobs`` is then a column or one number
        of cases for all areas. Without it there is no saying how much is chance: see Notes.
    group : label, optional
        Of findings, the one group that is looked at.
    among : str or mapping, optional
        Areas are ranked within groups of areas that are like each other: a column that says which, or a dict from areas
        to groups.
    insist : str, optional
        Why ranks are to be shown although areas are not shown to differ; it stands in the notes.
    confidence_level : float
        Between 0 and 1, of intervals, and of the test that areas differ.
    n_draws, rng
        As in `dueregard.rank_intervals`.
    name, period, missing, where, weight, labels, threads
        As in `dueregard.funnel`; ``where`` may be an array with percentages too, to choose one question.
    design : SurveyDesign, optional
        How a sample was drawn (`dueregard.survey_design`), in place of ``weight``; for records with an outcome.

    Returns
    -------
    Findings
        Of each set of areas (and group) first two rows of type "variation": the standard deviation of the areas' true
        figures with its interval and Cochran's p-value (``adjusted_pvalue``: Holm's, over the sets), and how far from
        the mean the farthest would be expected if they did not differ (``value``: the farthest seen).

        Then a row for each area, in a fixed order and never that of ranks: its figure with its own interval; ``rank``,
        ``rank_low`` and ``rank_high`` (right for an area named beforehand), ``joint_rank_low`` and ``joint_rank_high``
        (right for all of its set together); ``top_quarter`` and ``bottom_quarter``, chances from 0 to 1, NaN with fewer
        than four areas; and ``compared_areas``, how many are looked at with it.

    Raises
    ------
    TypeError
        If an argument has the wrong type, is not used with what is ranked, or ``higher_is_better`` is not given.
    ValueError
        If a column, label or group does not exist, an area is in two groups of areas or in none, is there twice, or a
        number is outside its range.

    Notes
    -----
    Where the adjusted p-value of the variation between areas is not below 1 - confidence_level, all that is about ranks
    is NaN, with flags. With ``insist`` it is shown, and the flag that areas are not shown to differ remains.

    Published percentages without numbers of cases have no interval: their ranks are withheld, and with ``insist`` they
    are those of the figures as they are, without intervals or chances. The perceptions file of the Metropolitan Police
    (`dueregard.read_perceptions`) is such a table.

    See `dueregard.rank_intervals` for what intervals and chances are. The chance in a share is judged by a variance
    that is drawn towards all areas together, as if 30 more cases with their share had been seen, so that areas with 0
    or 100% have one; in the rows on variation it is that of the share of all together, as if areas did not differ. The
    chance in findings comes from their standard errors, or else from the width of their limits (ratios: of the
    logarithms).

    With a design, shares have the precision of the design, numbers of cases are smaller for few degrees of freedom, and
    areas whose people live in the same clusters move together; without, areas are taken as sampled apart. What a
    published figure, or a shared reference, has in chance makes gaps of areas seem more apart than they are.

    At zero: an area without cases, or without a limit, has no rank and a flag; it is left out of the others' ranks.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"borough": ["A", "B", "C", "D"], "satisfied": [300, 320, 250, 340], "asked": [400, 400, 400, 400]}
    >>> found = dr.rank(table, by="borough", count="satisfied", nobs="asked", higher_is_better=True)
    >>> for row in found.filter(row_type="group").rows():
    ...     print(f"{row['borough']}: {row['value']:.0f}%, rank {row['rank_low']:.0f} to {row['rank_high']:.0f}")
    A: 75%, rank 2 to 3
    B: 80%, rank 1 to 3
    C: 62%, rank 4 to 4
    D: 85%, rank 1 to 2
    >>> chance = {"borough": ["A", "B", "C", "D"], "satisfied": [30, 32, 29, 31], "asked": [40, 40, 40, 40]}
    >>> dr.rank(chance, by="borough", count="satisfied", nobs="asked", higher_is_better=True)["rank"][-1]
    nan
    """
    level = checked.level(confidence_level)
    checked.words("insist", insist)
    draws = Draws(checked.at_least_one("n_draws", n_draws), random_keys.key_of(rng), threads)
    source = RankArguments(
        data, by, outcome, positive, exclude, count, nobs, percent, group, name, period, missing, where, weight, labels,
        threads, design,
    )  # fmt: skip
    figures = source.read(level)
    best = _direction(higher_is_better, figures)
    groups = None if among is None else alike.among_of(figures, source.groups_of(figures, among))
    column = None if among is None else among if isinstance(among, str) else "among"
    drawn = f"{draws.n:,} draws, {random_keys.in_words(rng, draws.key)}"
    asked = RankQuestion(best, level, draws, drawn, column, insist is not None)
    notes = [NOTE.format("highest" if best else "lowest")]
    if insist is not None:
        notes.append(f"Ranks are shown whether or not areas are shown to differ: {insist}")
    return Findings(
        rank_columns(figures, groups, asked),
        by=figures.by,
        provenance=figures.provenance,
        native=figures.native,
        higher_is_better=best,
        notes=[*figures.notes, *notes],
        kind="ranks",
    )


def _direction(higher_is_better: bool | None, figures: RankedFigures) -> bool:
    """Which end is the best one: as it is said, or as the findings have it."""
    found = figures.higher_is_better if higher_is_better is None else higher_is_better
    if found is None:
        raise TypeError("rank needs higher_is_better=: whether rank 1 is the highest figure, or the lowest")
    checked.true_or_false("higher_is_better", found)
    return found
