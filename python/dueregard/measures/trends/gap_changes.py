"""`dueregard.gap_change` and `dueregard.change`: has a gap, or a share, changed between two windows."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.linear_contrasts import METHODS
from dueregard.inference.references import Chosen, Target
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import words_for
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.trends.breaks import inside_a_period, notes_of, read_breaks
from dueregard.measures.trends.change_rows import change_columns
from dueregard.measures.trends.changed_counts import counted
from dueregard.measures.trends.rolling_rows import Answers
from dueregard.measures.trends.rollings import INFERENCES, POOLS, area_names, reference_in
from dueregard.measures.trends.series import read_series
from dueregard.measures.trends.window_pairs import YEAR_EARLIER, read_pair
from dueregard.measures.verdicts import Rule

ADJUSTMENTS = (*multiplicity.METHODS, "none")


def gap_change(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    time: str,
    window: int | str,
    before: Any = YEAR_EARLIER,
    after: Any = None,
    by: str | Sequence[str] | None = None,
    exclude: Any = (),
    breaks: Any = None,
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    pool: str = "cases",
    name: str | None = None,
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
    """Has the gap changed? The gap of every group in a later window less that in an earlier one, in percentage points.

    Parameters
    ----------
    data, outcome, positive, exclude, time, window, by
        As in `dueregard.rolling`. With a Tally that has time as a dimension nothing is counted again.
    group : str
        The column of groups.
    reference : label, OVERALL, REST, LARGEST or BEST
        Required. What each group is compared with in both windows, as in `dueregard.gap`.
    before, after : label
        The last periods of the two windows, such as "2010-03" and "2010-12". Without ``after`` the last of the series;
        ``before="year earlier"`` (the default) is the same window a year before it.
    breaks : Break or list of Break, optional
        Where the series stops being one (`dueregard.Break`): with one between the windows, or in one of them, there is
        no change.
    method : {"mover", "wald"}, optional
        "mover" unless given: see Notes. "wald" reaches so many standard errors, and knows nothing where every share is
        0 or 100%.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        All groups in all areas are one family, the rows for all areas together another.
    threshold : float, optional
        The change in percentage points that matters: 5 unless given.
    higher_is_better : bool
        Whether a higher share is the better one; sentences and charts use it.
    pool : {"cases", "mean"}
        Rows for all areas together: from all cases, or the plain mean of the changes of areas in which there is one.
    name : str, optional
        What is measured, as in `dueregard.gap`.
    inference : {"chance", "none"}
        "none" for a full count: no intervals, p-values, verdicts or variation beyond chance.
    confidence_level : float or sequence of float
        Several give a row each.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        One row for each area, group and confidence level, all areas first, then how much the changes of areas vary
        beyond chance, then each area. ``value`` is the gap in the later window, ``reference_value`` that in the
        earlier one, ``estimate`` the change with its standard error ``se``. ``share_after``, ``reference_share_after``,
        ``share_before`` and ``reference_share_before`` are the four shares, with ``count`` and ``nobs`` of the later
        window, ``count_before`` and ``nobs_before`` of the earlier one, and those of the reference named
        ``reference_...``. ``period`` and ``period_before`` say what the windows are, ``window_end`` and
        ``before_end`` their last periods, ``shared_months`` how many months are in both.

    Raises
    ------
    TypeError
        As `dueregard.gap`.
    ValueError
        As `dueregard.gap` and `dueregard.rolling`; if a window begins before the series; if ``before`` is the same
        window as ``after`` or a later one.

    Notes
    -----
    A window's share is the mean of the shares of its months by their cases, and months are independent of each other.
    What the windows share is in both, so that most of it cancels. For each side, with a months that left the window, s
    that stayed and j that joined, and N1 and N2 the cases of the two windows,

        p2 - p1 = (n_j / N2) p_j + (n_s / N2 - n_s / N1) p_s - (n_a / N1) p_a,

    a sum of three independent shares; a change of a gap is that of the group less that of the reference, a sum of six.
    Its variance is that of the sum, with p (1 - p) / n for each; two windows taken as independent would have twice the
    standard error where they share three quarters of their cases. The interval recovers variances from the Wilson
    limits of the six (Zou, G. Y. and Donner, A. (2008), Statistics in Medicine 27: 1693-1702); p is the smallest
    1 - level at which it excludes 0. Where the windows share no month it is that of two independent gaps.

    At zero: shares of 0 and 100% have Wilson limits, so that an interval always has a width. Where a side of a window
    has no case there is no change: NaN and a flag. Where everybody asked is in both windows there is nothing that could
    have changed: NaN and the flag ``UNDEFINED``. A missing month, and a break, leave the counts and the gap of a window
    that is whole, and no change, with the flags ``MISSING_PERIOD`` and ``BREAK_IN_SERIES``.

    With weights, shares come from sums of weights, and each of the six has Kish's effective number of cases.

    With a design, ``se`` is linearised: the scores of the four shares add up, with their signs, to those of the change,
    so that clusters, people and months that are in both windows are allowed for. "mover" gives each of the six the
    number of cases of its own variance, and all of them so many times as many as bring their sum to the variance of the
    change; limits reach further for the degrees of freedom, in which wards that are in both windows count once, and
    less so where the months that left and joined are no strata of their own, as what they are out by is then in the
    variance too. "wald" is Student's t with clusters
    less strata less 3 degrees of freedom (of a change of shares, less 1), those of a regression with four (two) means.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("satisfaction")
    >>> t = dr.tally(survey, ["month", "ethnic_group_broad"], outcome="satisfaction")
    >>> satisfied = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
    >>> found = dr.gap_change(t, outcome="satisfaction", positive=satisfied, exclude="Don't know",
    ...     group="ethnic_group_broad", reference="White", time="month", window=6, before="2010-12", after="2011-03")
    >>> row = next(found.rows())
    >>> [round(row[each], 1) for each in ("reference_value", "value", "estimate", "low", "high")]
    [-6.9, -7.7, -0.8, -2.8, 1.3]
    >>> row["shared_months"], row["verdict"]
    (3, 'no difference that matters')
    """
    if reference is None:
        raise TypeError("gap_change needs reference=: one of the groups, dr.REST or dr.OVERALL")
    if isinstance(reference, Target):
        raise TypeError(
            "reference: a target is the same in both windows, so that the gap changes as the share does: use dr.change"
        )
    if group is None:
        raise TypeError("gap_change needs group=, the column of groups; dr.change is for shares without a reference")
    return _changed(
        data, outcome=outcome, positive=positive, time=time, window=window, before=before, after=after, group=group,
        reference=reference, by=by, exclude=exclude, breaks=breaks, method=method, adjust=adjust, threshold=threshold,
        higher_is_better=higher_is_better, pool=pool, name=name, inference=inference,
        confidence_level=confidence_level, count=count, missing=missing, where=where, weight=weight, design=design,
        labels=labels, threads=threads,
    )  # fmt: skip


def change(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    time: str,
    window: int | str,
    before: Any = YEAR_EARLIER,
    after: Any = None,
    group: str | None = None,
    by: str | Sequence[str] | None = None,
    exclude: Any = (),
    breaks: Any = None,
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    pool: str = "cases",
    name: str | None = None,
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
    """Has it moved? The share of a later window less that of an earlier one, of everybody or of each group.

    Parameters
    ----------
    data, outcome, positive, exclude, time, window, by
        As in `dueregard.rolling`.
    group : str, optional
        The column of groups, each of which is held against itself; without it everybody together. Whether the gap
        between groups has changed is another question: `dueregard.gap_change`.
    before, after, breaks, method, adjust, threshold, pool, name, inference, confidence_level
        As in `dueregard.gap_change`.
    higher_is_better : bool
        Whether a higher share is the better one; sentences and charts use it.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        Rows as in `dueregard.gap_change`: ``value`` is the share in the later window, with ``count`` and ``nobs``,
        ``reference_value`` that in the earlier one, which ``reference`` names, with ``reference_count`` and
        ``reference_nobs``; ``estimate`` is the change in percentage points, with ``se`` and limits.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap_change`.

    Notes
    -----
    As in `dueregard.gap_change`, with three independent shares instead of six: the months that left the window, that
    stayed in it and that joined it. Where the windows share no month the interval is Newcombe's.

    Examples
    --------
    >>> import dueregard as dr
    >>> quarters = ["2010-Q2", "2010-Q3", "2010-Q4", "2011-Q1", "2011-Q2"]
    >>> table = {"quarter": quarters * 2, "satisfied": [True] * 5 + [False] * 5,
    ...          "people": [410, 388, 455, 402, 470, 110, 112, 105, 113, 110]}
    >>> found = dr.change(table, outcome="satisfied", positive=True, time="quarter", window=4, before="2011-Q1",
    ...                   count="people")
    >>> row = next(found.rows())
    >>> [round(row[each], 3) for each in ("reference_value", "value", "estimate", "se")]
    [78.998, 79.582, 0.585, 0.625]
    """
    return _changed(
        data, outcome=outcome, positive=positive, time=time, window=window, before=before, after=after, group=group,
        reference=None, by=by, exclude=exclude, breaks=breaks, method=method, adjust=adjust, threshold=threshold,
        higher_is_better=higher_is_better, pool=pool, name=name, inference=inference,
        confidence_level=confidence_level, count=count, missing=missing, where=where, weight=weight, design=design,
        labels=labels, threads=threads,
    )  # fmt: skip


def _changed(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    time: str,
    window: int | str,
    before: Any,
    after: Any,
    group: str | None,
    reference: Any,
    by: str | Sequence[str] | None,
    exclude: Any,
    breaks: Any,
    method: str | None,
    adjust: str,
    threshold: float | None,
    higher_is_better: bool,
    pool: str,
    name: str | None,
    inference: str,
    confidence_level: float | Sequence[float],
    **options: Any,
) -> Findings:
    checked.one_of("method", "mover" if method is None else method, METHODS)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("pool", pool, POOLS)
    checked.one_of("inference", inference, INFERENCES)
    checked.true_or_false("higher_is_better", higher_is_better)
    names = area_names(by, {"outcome": outcome, "time": time} | ({} if group is None else {"group": group}))
    levels, chance = checked.levels(confidence_level), inference == "chance"
    matters = read_threshold(threshold).size
    said = checked.words("name", name) or words_for(outcome, positive)
    split = read_breaks(breaks)
    series = read_series(data, names, time=time, outcome=outcome, group=group, **options)
    inside_a_period(split, series.calendar)
    pair = read_pair(before, after, series.calendar.length(window), series, split)
    answers, gap = Answers(outcome, positive, exclude, group, names), reference is not None
    label, place = pair.before.words, None
    if gap:
        label, place = reference_in(series, answers, reference, higher_is_better)
    question = Question(
        name=said,
        measure="difference",
        method=method or "mover",
        adjust=adjust,
        characteristic=group,
        by=names,
        reference=label,
        position=place,
        rules=tuple(Rule(level, matters) for level in (levels if chance else levels[:1])),
        pool=pool,
        period=None,
        chance=chance,
        higher_is_better=higher_is_better,
        is_chosen=reference is Chosen.BEST,
    )
    return Findings(
        change_columns(counted(pair, answers), pair, question, gap=gap),
        by=names,
        provenance=series.tally.provenance,
        native=series.tally.native,
        higher_is_better=higher_is_better,
        threshold=matters if chance else None,
        notes=[*series.notes(), *pair.notes(), *notes_of(split, series.calendar)],
        kind="gap change" if gap else "change",
    )
