"""`dueregard.rolling`: shares, gaps and rates over windows of months or quarters."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Chosen, Target
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.gaps.chosen_groups import chosen_group, is_no_group
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_methods import method_of, refuse_effective
from dueregard.measures.grouped import by_names, position, words_for
from dueregard.measures.share_rows import ShareQuestion
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.trends.breaks import inside_a_period, notes_of, read_breaks
from dueregard.measures.trends.calendars import Calendar
from dueregard.measures.trends.rolling_rows import Answers, rolling_columns
from dueregard.measures.trends.series import EVERYBODY, Series, read_series
from dueregard.measures.trends.window_rows import ADDED
from dueregard.measures.verdicts import Rule

POOLS = ("cases", "mean")
INFERENCES = ("chance", "none")
MEASURES = ("difference", "ratio", "odds-ratio")


def rolling(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    time: str,
    window: int | str,
    group: str | None = None,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    exclude: Any = (),
    ends: Any = None,
    step: int = 1,
    breaks: Any = None,
    measure: str = "difference",
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | str | None = None,
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
    """Rolling shares and gaps: for each window of months or quarters what `dueregard.gap` says of its cases.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        With a Tally that has time as a dimension a change of window costs nothing, and each new month is added to it.
    outcome, positive, exclude
        As in `dueregard.gap`.
    time : str
        The column of months, such as "2010-04", or quarters, such as "2010-Q2" or "2010/11 Q1" (of a financial year);
        dates count in their month. In whatever order the data have them, windows follow the calendar.
    window : int or str
        How many periods a window has, or words such as "12 months", which are 4 quarters: 1 for the monthly series, 12
        for rolling years.
    group : str, optional
        The column of groups; without it everybody together.
    reference : label, OVERALL, REST, LARGEST, BEST or Target, optional
        What each group is compared with, as in `dueregard.gap`; a group that the data choose is chosen over all periods
        and areas. A `dueregard.target` needs no groups. Without a reference rows are shares alone.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first in each window.
    ends : label or list of labels, optional
        Only the windows that end with these periods.
    step : int
        Only every so many windows, counted back from the last: 3 for rolling years, published each quarter.
    breaks : Break or list of Break, optional
        Where the series stops being one (`dueregard.Break`): a window on both sides has no value.
    measure, method, adjust, threshold, higher_is_better, pool, name, inference, confidence_level
        As in `dueregard.gap`, for each window. The comparisons of one window are a family of their own, as if published
        when it ends. Without a reference intervals are Wilson's.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        In order of time, for each window the rows of `dueregard.gap` (of shares without a reference: ``value`` with its
        limits). ``period`` is the window in words, ``window_end`` the label of its last period, ``months`` how many it
        has. With breaks, ``break_date``, ``break_cause`` and ``break_words`` say since when the series is one.

    Raises
    ------
    TypeError
        As `dueregard.gap`; if ``breaks`` are not `dueregard.Break`.
    ValueError
        As `dueregard.gap`; if a label of ``time`` is no month and no quarter, naming it, or both occur; if a window is
        longer than the series, with both lengths; if ``ends`` names a period outside the series, or one before the
        first full window.

    Notes
    -----
    A window is pooled by cases: its share is that of all its cases. The mean of the percentages of its months is
    another number, in which a month with few cases counts as much as one with many.

    A month that the data do not have at all is missing, also where a label or the calendar between two labels says
    that there should be one: every window with it keeps its rows and counts, with no values and the flag
    ``MISSING_PERIOD``. A month without a row in one area only is not missing; the rows of the area have the flag
    ``EMPTY_PERIOD``. Windows on both sides of a break have no values and the flag ``BREAK_IN_SERIES``.

    With a design each window is a domain of the whole sample, with the methods, intervals and columns of
    `dueregard.gap`; of shares alone the interval is Wilson's with the number of cases that gives the linearised
    variance.

    Successive windows share most of their months, so that their intervals say little about the change from one to the
    other: that is what `dueregard.gap_change` and `dueregard.change` are for.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("satisfaction")
    >>> t = dr.tally(survey, ["month", "borough", "ethnic_group_broad"], outcome="satisfaction")
    >>> satisfied = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
    >>> found = dr.rolling(t, outcome="satisfaction", positive=satisfied, exclude="Don't know", time="month", window=6)
    >>> found["window_end"][0], found["period"][0], round(found["value"][0], 1), found["nobs"][0]
    ('2010-09', 'April 2010 to September 2010', 78.6, 8760)
    """
    checked.one_of("measure", measure, MEASURES)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("pool", pool, POOLS)
    checked.one_of("inference", inference, INFERENCES)
    checked.true_or_false("higher_is_better", higher_is_better)
    compared = None
    if reference is not None:
        _check_group(group, reference)
        compared = method_of(measure, method, reference=reference, pool=pool, design=design)
    elif method is not None or measure != "difference":
        argument = "measure" if method is None else "method"
        raise ValueError(f"{argument}: nothing is compared; name reference=, or leave it out")
    names = area_names(by, {"outcome": outcome, "time": time} | ({} if group is None else {"group": group}))
    levels = checked.levels(confidence_level)
    matters = read_threshold(threshold, measure)
    series = read_series(
        data, names, time=time, outcome=outcome, group=group, weight=weight, where=where, labels=labels,
        missing=missing, threads=threads, count=count, design=design,
    )  # fmt: skip
    split = read_breaks(breaks)
    inside_a_period(split, series.calendar)
    length = series.calendar.length(window)
    answers = Answers(outcome, positive, exclude, group, names)
    said, chance = checked.words("name", name) or words_for(outcome, positive), inference == "chance"
    asked = levels if chance else levels[:1]
    question: Question | ShareQuestion = ShareQuestion(said, group, names, pool, None, chance, asked)
    if compared is not None:
        refuse_effective(compared, weighted=series.tally.weighted)
        label, place = reference_in(series, answers, reference, higher_is_better)
        question = Question(
            name=said,
            measure=measure,
            method=compared,
            adjust=adjust,
            characteristic=group,
            by=names,
            reference=label,
            position=place,
            rules=tuple(Rule(level, matters.size, measure) for level in asked),
            pool=pool,
            period=None,
            chance=chance,
            practical=None if measure == "difference" else matters,
            higher_is_better=higher_is_better,
            is_chosen=reference is Chosen.BEST,
        )
    ends_at = read_ends(ends, step, length, series.calendar)
    return Findings(
        rolling_columns(series, answers, question, length=length, ends=ends_at, breaks=split),
        by=names,
        provenance=series.tally.provenance,
        native=series.tally.native,
        higher_is_better=higher_is_better,
        threshold=matters.size if chance and compared is not None else None,
        notes=[*series.notes(), *notes_of(split, series.calendar)],
        kind="rolling",
    )


def _check_group(group: str | None, reference: Any) -> None:
    """Only a figure that is no group can be held against everybody."""
    if group is None and not isinstance(reference, Target):
        raise TypeError("rolling needs group=, the column of groups, to compare them with a reference")


def area_names(by: str | Sequence[str] | None, taken: Mapping[str, str]) -> tuple[str, ...]:
    """The by columns, none of which is used for something else or has the name of a column of windows."""
    names = by_names(by, taken)
    for each in names:
        if each in (*ADDED, EVERYBODY):
            raise ValueError(f"by: {each!r} is the name of a column of the findings; rename it in the data")
    return names


def reference_in(series: Series, answers: Answers, reference: Any, higher_is_better: bool) -> tuple[Any, int | None]:
    """The reference, chosen over all periods and areas where the data choose it, and its place if it is a group."""
    if is_no_group(reference):
        return reference, None
    label = reference
    if isinstance(reference, Chosen):
        label = chosen_group(reference, answers.of(series.over(range(series.calendar.n_periods))), higher_is_better)
    dimension = answers.group or EVERYBODY
    return label, position("reference", label, series.tally.labels[dimension], dimension)


def read_ends(ends: Any, step: Any, length: int, calendar: Calendar) -> list[int]:
    """The places of the last periods of the windows asked for."""
    every = range(length - 1, calendar.n_periods)
    if ends is None:
        return sorted(every[::-1][:: checked.at_least_one("step", step)])
    if step != 1:
        raise ValueError("step: the windows are those of ends=; give one of the two")
    listed = list(ends) if isinstance(ends, Sequence) and not isinstance(ends, str) else [ends]
    if not listed:
        raise ValueError("ends: names no period; leave it out for every window")
    return sorted({calendar.full_window("ends", each, length) for each in listed})
