"""`dueregard.workforce_stages`: every stage of work in one table."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.rates.rate_rows import rate_columns
from dueregard.measures.workforce.stage_counts import Reading, of_column, pool_for
from dueregard.measures.workforce.stage_families import judge_together, pieces
from dueregard.measures.workforce.stage_questions import Answered, Asked, answered, findings_of, read_asked
from dueregard.tallies import Tally


def workforce_stages(
    stages: Mapping[Any, tuple[Any, Any]],
    *,
    group: str,
    reference: Any = None,
    data: Any = None,
    column: str | None = None,
    exposure: str | None = None,
    by: str | Sequence[str] | None = None,
    per: float = 100,
    mapping: Any = None,
    no_events: Any = (),
    method: str = "score",
    adjust: str = "holm",
    threshold: float | str | None = "0.8-1.25",
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """How likely each group is to reach each of many stages of work, over how likely the reference is, in one table.

    Parameters
    ----------
    stages : dict of stage to (events, pool)
        For each name of `dueregard.stages`, or `Stage` of one's own: those who reached it, and out of whom, as
        `dueregard.relative_likelihood` takes them. With ``data`` and ``column`` both are labels of that column, such as
        ``{"shortlisting": ("shortlisted", "applied"), "appointment": ("appointed", "shortlisted")}``.
    group, reference, by, per, mapping, no_events, method, threshold, period, inference, confidence_level
        As in `dueregard.relative_likelihood`.
    data : Tally or anything `dueregard.tally` takes, optional
        One table of all stages, one row a person and stage.
    column : str, optional
        The column of ``data`` that names the stage of each row.
    exposure : str, optional
        The column of time in post of the pools of stages per person-years.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        All groups at all stages are one family, in all areas another.
    missing, where, labels, threads
        As in `dueregard.tally`; ``where`` of ``data`` alone.

    Returns
    -------
    Findings
        The rows of `dueregard.relative_likelihood` for one stage after another, in the order given.

    Raises
    ------
    TypeError
        If ``stages`` is no dict of pairs, or ``data`` and ``column`` are not given together.
    ValueError
        As `dueregard.relative_likelihood`.

    Notes
    -----
    Stages follow each other, so that their ratios are not independent of one another: people who are not shortlisted
    are in no later pool. Holm's adjustment holds for any dependence.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"stage": ["applied"] * 300 + ["shortlisted"] * 120 + ["appointed"] * 30,
    ...          "ethnicity": (["White"] * 200 + ["BME"] * 100) + (["White"] * 90 + ["BME"] * 30)
    ...                       + (["White"] * 24 + ["BME"] * 6)}
    >>> found = dr.workforce_stages(
    ...     {"shortlisting": ("shortlisted", "applied"), "appointment": ("appointed", "shortlisted")},
    ...     data=table, column="stage", group="ethnicity", reference="White",
    ... ).filter(group="BME")
    >>> [(stage, round(ratio, 2)) for stage, ratio in zip(found["stage"], found["estimate"])]
    [('shortlisting', 0.67), ('appointment', 0.75)]
    """
    if not isinstance(stages, Mapping) or not stages:
        raise TypeError("stages must be a dict of stage to (events, pool)")
    if (data is None) != (column is None):
        given, other = ("data", "column") if column is None else ("column", "data")
        raise TypeError(f"{given}: goes with {other}=")
    if where is not None and data is None:
        raise TypeError("where: goes with data=; choose rows of each of the stages before")
    asked = read_asked(
        "workforce_stages", Reading(group, (), missing, labels, threads), reference=reference, by=by, per=per,
        mapping=mapping, no_events=no_events, method=method, adjust=adjust, threshold=threshold, period=period,
        inference=inference, confidence_level=confidence_level,
    )  # fmt: skip
    table = None if data is None else asked.reading.counted(data, where=where, more=[str(column)])
    answers = [_answer(stage, pair, table, column, exposure, asked) for stage, pair in stages.items()]
    return findings_of(
        _columns([answer for answer, _ in answers], asked), asked, [a for a, _ in answers], answers[0][1]
    )


def _answer(
    stage: Any, pair: Any, table: Tally | None, column: str | None, exposure: str | None, asked: Asked
) -> tuple[Answered, Tally]:
    """One stage, and those who reached it. A label of the column of the table stands for its rows."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f"stages: {stage!r} needs a pair, those who reached it and out of whom")
    chosen, reading = asked.stage(stage), asked.reading
    sides, named = list(pair), [table is not None and isinstance(each, (str, int, float)) for each in pair]
    for i, is_label in enumerate(named):
        if table is not None and column is not None and is_label:
            sides[i] = of_column(table, column, pair[i], f"stages[{stage!r}][{i}]")
    events = sides[0] if named[0] else reading.counted(sides[0])
    timed = exposure if chosen.denominator.is_rate else None
    return answered(events, pool_for(sides[1], reading, chosen, timed, counted=named[1]), chosen, asked), events


def _columns(answers: Sequence[Answered], asked: Asked) -> Columns:
    """The rows of all stages; all areas together are one family, areas another."""
    questions = [each.question for each in answers]
    n_levels = len(questions[0].rules)
    parts = [
        pieces(rate_columns(each.matched, each.pool, each.question), each.matched.total, each.matched.areas, n_levels)
        for each in answers
    ]
    if asked.chance:
        judge_together([total for total, _, _ in parts], [each.matched.total for each in answers], questions)
        areas = [each.matched.areas for each in answers if each.matched.areas is not None]
        if areas:
            judge_together([part for _, _, part in parts], areas, questions)
    return stacked([part for piece in parts for part in piece if len(part["measure"])])
