"""`dueregard.gap`: every group's share against a reference, by area."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Chosen
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.gaps.chosen_groups import chosen_group, is_no_group
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_methods import method_of, refuse_effective
from dueregard.measures.gaps.gap_rows import gap_columns
from dueregard.measures.grouped import arrange, by_names, position, tally_of, words_for
from dueregard.measures.survey_tallies import is_full_count
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule

POOLS = ("cases", "mean")
INFERENCES = ("chance", "none")


def gap(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    measure: str = "difference",
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | str | None = None,
    higher_is_better: bool = True,
    pool: str = "cases",
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Gap of every group against a reference: group minus reference in percentage points, or their ratio.

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
    reference : label, OVERALL, REST, LARGEST, BEST, or a figure from `dueregard.target`
        Required. What each group is compared with: one group; all groups together (its own share in it), or all other
        groups; the group with the most cases, or the best share, over all areas; or a target, or what was published.
    exclude : label or list of labels
        Answers that leave the denominator, such as "Don't know".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first, with null in them.
    measure : {"difference", "ratio", "odds-ratio"}
        Group minus reference in percentage points; group over reference, of shares or of odds.
    method : str
        As in `dueregard.compare_proportions`, "score" unless given. With weights, or with ``pool="mean"``, only those
        that are formulas: effective numbers of cases are no whole counts. With a design "mover" unless given, "score",
        or "wald".
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "maximum", "none"}
        Adjustment of p-values for several comparisons, as in `dueregard.compare_groups`: all groups in all areas are
        one family, the rows for all areas together another.
    threshold : float or {"four-fifths", "0.8-1.25"}, optional
        What matters: a difference in percentage points, 5 unless given; of ratios either end of the range around 1
        within which they do not matter, from 0.5 to 2: 0.8 (to 1.25) unless given. "four-fifths" looks at one side
        alone. Rows of ratios name the threshold, and on which side of it the estimate lies, whatever chance says.
    higher_is_better : bool
        Whether a higher share is the better one; sentences and charts use it.
    pool : {"cases", "mean"}
        Rows for all areas together: from all cases, or the plain mean of the areas in which both sides have cases
        (differences only). Where as many are asked in each area, whatever its size, "cases" without weights is nearly
        the mean of areas; with ``weight`` or ``design`` it is the figure of the people they stand for.
    name : str, optional
        What is measured, in words: the ``measure`` of the findings and what sentences begin with, such as "share
        satisfied". Unless given, the outcome and the positive answers; of more than two, the first by its name.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" for a full count: no intervals, p-values, verdicts or variation beyond chance.
    confidence_level : float or sequence of float
        Several, such as ``(0.95, 0.998)``, give a row each.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`): its weights, strata and clusters, in place of ``weight``;
        not with a Tally, which has no clusters.

    Returns
    -------
    Findings
        One row for each area, group and confidence level, each kind of missing last. With "bonferroni" and "maximum"
        there are limits that hold for all comparisons together, ``simultaneous_low`` and ``simultaneous_high``.

        Before the areas two rows of type "variation" for each group: the standard deviation of its gap between areas,
        beyond chance, with its interval (of level 90% for ``confidence_level`` 95%, so that it excludes 0 exactly when
        Cochran's Q has p below 0.05), and the largest gap that would be expected if areas did not differ (``value``:
        the largest seen). Of ratios both are factors: the exponential of what they are for logarithms.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or ``weight``, ``where``, ``missing``, ``labels`` or ``threads`` are given
        with a Tally.
    ValueError
        If a label or column does not exist, an option does not exist or does not go with another, or a by column has
        the name of a column of the findings.

    Notes
    -----
    ``low``, ``high`` and ``pvalue`` come from one statistic, by default Miettinen and Nurminen's score: see
    `dueregard.compare_proportions`. Against OVERALL, a group is compared with a whole that it is part of: the
    difference is (1 - w) times that from the rest, where w is the group's share of cases, and a ratio r to the rest is
    r / (w r + 1 - w) to the whole; so are the limits. An odds ratio against OVERALL has no such rule and is refused.

    The verdict is "higher" or "lower" when the adjusted p is below 1 - confidence_level, with "by less than" added when
    the whole interval lies within the threshold; "no difference that matters" when p is not and the interval does; and
    "too few to tell" otherwise, with the smallest multiple of the present numbers, shares unchanged, at which that
    would change (for methods that need whole counts, by the score method).

    Against `dueregard.LARGEST` or `dueregard.BEST` one group is chosen over all areas, and is the reference in each.
    The best is looked for among groups with at least 30 cases, if there are any, and is flagged: it was chosen by the
    answers, so that differences from it look larger, and p-values smaller, than they are.

    Against a constant from `dueregard.target` the interval is Wilson's of the group's own share, moved or divided, with
    the p-value of the same score test; against a published figure, that of two samples, the second of as many cases as
    the figure is worth. Both are in every area the same figure, whose chance is none of the variation between areas.

    At zero: a group without cases keeps its row, with NaN and a flag; shares of exactly 0 or 100% have intervals of
    full width. People whose group is missing are rows with a value, but are compared with nobody and are in no
    reference. "Not applicable" answers leave ``nobs``; other missing answers and those in ``exclude`` are counted in
    ``outcome_missing``.

    With ``pool="mean"`` each side's mean of areas counts as a single sample of as many cases as give it the same
    variance, p (1 - p) / variance, and the limits are those of these numbers.

    With weights, shares come from sums of weights and intervals use Kish's effective number of cases, (sum w)^2 / sum
    w^2; ``count`` and ``nobs`` stay unweighted.

    With a design every share has the number of cases that gives its linearised variance, p (1 - p) / variance:
    ``effective_nobs``; each is worth ``design_effect`` cases. ``se`` is the linearised standard error of the estimate,
    ``degrees_of_freedom`` are the clusters less the strata in which the group is. "mover" is the interval of Newcombe,
    or of Donner and Zou for ratios, and "score" the score test, of such numbers of cases, with the correlation of the
    two groups, who may live in the same clusters, and Student's t for what is not known of the variances: see
    `dueregard.inference.surveys.intervals.design_contrasts`. "wald" is the t interval of R's svyttest, which misses
    near 0 and 100%: see docs/coverage.md. Where the sample says nothing of its own precision (nobody or everybody in a
    group has the property, one case, all in one cluster) that of other groups is borrowed and the row flagged: Kish's
    number of cases, the fewer the more alike answers of one cluster are in the other groups, and one case of one
    cluster. No interval is ever a point. Where the design says that everybody was asked (``fpc`` of the numbers there
    are, weights of 1), there is no sampling error: ``FULL_COUNT`` and no interval, as with inference="none".

    Examples
    --------
    >>> import dueregard as dr
    >>> records = {"satisfied": [True] * 81 + [False] * 19 + [True] * 37 + [False] * 13,
    ...            "ethnicity": ["White"] * 100 + ["Asian"] * 50}
    >>> findings = dr.gap(records, outcome="satisfied", positive=True, group="ethnicity", reference="White")
    >>> [round(x, 1) for x in (findings["estimate"][0], findings["low"][0], findings["high"][0])]
    [-7.0, -22.3, 6.6]
    """
    if reference is None:
        raise TypeError("gap needs reference=: one of the groups, dr.REST or dr.OVERALL, or dr.target(80)")
    if design is not None:
        check_design(data, design, weight)
    method = method_of(measure, method, reference=reference, pool=pool, design=design)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("pool", pool, POOLS)
    checked.one_of("inference", inference, INFERENCES)
    checked.true_or_false("higher_is_better", higher_is_better)
    measured = checked.words("name", name)
    names = by_names(by, {"outcome": outcome, "group": group})
    matters = read_threshold(threshold, measure)
    rules = tuple(Rule(level, matters.size, measure) for level in checked.levels(confidence_level))
    tally = tally_of(
        data, [*names, group], outcome=outcome, weight=weight, where=where, labels=labels, count=count, missing=missing,
        threads=threads, design=design,
    )  # fmt: skip
    grouped = arrange(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=names)
    chance = inference == "chance" and not is_full_count(tally)
    chosen = chosen_group(reference, grouped, higher_is_better)
    refuse_effective(method, weighted=grouped.weighted)
    question = Question(
        name=measured or words_for(outcome, positive),
        measure=measure,
        method=method,
        adjust=adjust,
        characteristic=group,
        by=names,
        reference=chosen,
        position=None if is_no_group(chosen) else position("reference", chosen, grouped.groups, group),
        rules=rules if chance else rules[:1],
        pool=pool,
        period=period,
        chance=chance,
        practical=None if measure == "difference" else matters,
        higher_is_better=higher_is_better,
        is_chosen=reference is Chosen.BEST,
    )
    return Findings(
        gap_columns(grouped, question),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=matters.size if question.chance else None,
        kind="gap",
    )
