"""`dueregard.multiple_responses`: questions of which several answers may be chosen, such as the five main concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dueregard import records
from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import as_labels, by_names, position
from dueregard.measures.surveys.choices import choice_columns, choice_people
from dueregard.measures.surveys.choices.choice_rows import RANKS, choice_rows
from dueregard.measures.surveys.choices.choices import OPTION, Choices, choices_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule
from dueregard.missing import check_mapping
from dueregard.records.whole_tables import frame_of, table_of
from dueregard.tallies import Tally

INFERENCES = ("chance", "none")
FAMILIES = tuple(name for name in ADJUSTMENTS if name != "maximum")
"""The maximum statistic is of groups that have nobody in common; options are chosen by the same people."""

TAKEN = (OPTION, "rank_words", *RANKS)


def multiple_responses(
    data: Any,
    *,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    column: str | None = None,
    selected: Any = True,
    separator: str = ";",
    options: Sequence[str] | None = None,
    none: str | Sequence[str] = (),
    top: int | None = None,
    group: str | None = None,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: str | None = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """The share of respondents who chose each answer of a question with several, ranked, and compared between groups.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        One row for each person.
    columns : list of str, or dict of column to words
        A column for each option, in which those who chose it have the label ``selected``.
    column : str
        In place of ``columns``: one column of texts that hold all options somebody chose, such as "Burglary; Drugs".
    selected : label or list of labels, or None
        With ``columns``: what stands for chosen. None: any answer, where those who did not choose it have none.
    separator, options
        With ``column``: what is between answers, and which answers there are; any other is then an error. Unless given
        the options are those that somebody chose.
    none : str or list of str
        Options such as "None of these", which count as an answer and are not shown.
    top : int, optional
        Only the first so many options, of all people together; ties for the last place are all shown.
    group, reference, by
        As in `dueregard.gap`. With a group and no reference each group has its own shares and ranks.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        All options and groups in all areas are one family, the rows for all areas together another.
    threshold
        The difference that matters, 5 percentage points unless given.
    name : str, optional
        What the share is of: the beginning of ``measure``, before the option; "share who chose" unless given.
    inference : {"chance", "none"}
        "none" for a full count: no intervals and no chance in ranks.
    weight : str, optional
        A column of weights.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``.
    period, confidence_level, missing, where, labels, threads
        As in `dueregard.gap`; one level.

    Returns
    -------
    Findings
        A row for each area, option and group, options in the order of their rank among all people: ``option``,
        ``value`` in percent of the ``nobs`` people who answered the question at all (chose any option, or one of
        ``none``, or, with ``columns``, have an answer in any), with Wilson's interval. ``outcome_missing`` did not.
        With a reference, ``estimate`` with its interval, p-value and verdict, as in `dueregard.gap`.

        ``rank`` is that of the option within its area and group, 1 the most chosen; equal shares have the same, written
        "3=" in ``rank_words``. ``rank_low`` and ``rank_high`` are the ranks it may have at this confidence,
        ``joint_rank_low`` and ``joint_rank_high`` those of all options together; see `dueregard.rank_intervals`. They
        allow for the same people having chosen several.

    Raises
    ------
    TypeError
        If data is a Tally (who chose two options is not in it), or an argument has the wrong type.
    ValueError
        If neither or both of ``columns`` and ``column`` are given, a column does not exist, nothing stands for chosen,
        or an answer is not among ``options``.

    Notes
    -----
    Shares of options add up to more than 100%, as people choose several. The covariance of two is (p_jk - p_j p_k) / n,
    with p_jk the share who chose both; with weights n is Kish's effective number. Differences of groups are those of
    independent people, by Miettinen and Nurminen's score.

    With a design the covariance is that of the linearised scores of all options together, or of replicates, larger by
    as much as few degrees of freedom leave unknown (Korn and Graubard 1998); differences are those of `dueregard.gap`
    with the design. Of people whose answers say nothing of chance, such as all in one cluster, ranks are judged as
    those of as many people as the answers are worth.

    At zero: where nobody answered, shares and ranks are missing, flagged. An option that nobody chose has 0%, with an
    interval of full width. The chance in ranks is judged as if four more people had tossed a coin for every option,
    so that options which none or all of a few people chose may change places too.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = {"concerns": ["Burglary; Drugs"] * 40 + ["Burglary"] * 30 + ["Drugs; Litter"] * 20 + ["Litter"] * 10
    ...           + [None] * 5}
    >>> found = dr.multiple_responses(survey, column="concerns")
    >>> [(row["option"], row["value"], row["rank_words"], row["nobs"]) for row in found.rows()]
    [('Burglary', 70.0, '1', 100), ('Drugs', 60.0, '2', 100), ('Litter', 30.0, '3', 100)]

    Of a survey with weights and sampling points:

    >>> survey = dr.data.example("confidence")
    >>> concerns = {name: name.removeprefix("concern_") for name in survey if name.startswith("concern_")}
    >>> design = dr.survey_design(weight="weight", stratum="borough", psu="sampling_point")
    >>> found = dr.multiple_responses(survey, columns=concerns, design=design)
    >>> [(row["option"], round(row["value"], 1), row["rank_low"], row["rank_high"]) for row in found.rows()][:3]
    [('speeding', 34.3, 1, 1), ('teenagers', 27.3, 2, 3), ('dangerous_driving', 27.2, 2, 3)]
    """
    checked.one_of("inference", inference, INFERENCES)
    checked.one_of("adjust", adjust, FAMILIES)
    size = practical_threshold(threshold)
    question = Question(
        name=checked.words("name", name) or "share who chose",
        measure="difference",
        method="score" if design is None else "mover",
        adjust=adjust,
        characteristic=group,
        by=by_names(by, {} if group is None else {"group": group}),
        reference=reference,
        position=None,
        rules=(Rule(checked.level(confidence_level), size),),
        pool="cases",
        period=period,
        chance=inference == "chance",
    )
    _check_data(data, group, reference, question.by)
    wanted, n_shown = _columns(columns, column), None if top is None else checked.at_least_one("top", top)
    of = [*question.by, *([] if group is None else [group])]
    names = [*of, *wanted, *([] if weight is None else [weight])]
    if design is not None:
        check_design(data, design, weight)
    whole = data if isinstance(data, Mapping) else frame_of(data)
    table, keep = table_of(whole, list(dict.fromkeys(names)), where)
    mapping = check_mapping(missing)
    if column is None:
        chosen = choice_columns.of_columns(table, wanted, selected, keep, mapping)
    else:
        chosen = choice_columns.of_one_column(table, column, separator, options, keep, mapping)
    reading: dict[str, Any] = {"labels": labels, "missing": mapping, "threads": threads}
    with chosen.known_labels():
        if design is None:
            people = choice_people.of_table(table, of, weight, keep, **reading)
        else:
            people = choice_people.of_sample(whole, of, design, where, **reading)
        choices = choices_of(people, chosen.without(as_labels(none)), question.by, group, threads)
    shown = _shown(choices, n_shown)
    if not (reference is None or isinstance(reference, Reference)):
        question = replace(question, position=position("reference", reference, choices.groups, str(group)))
    return Findings(
        stacked([choice_rows(each, shown, question) for each in _blocks(choices)]),
        by=question.by,
        provenance=records.provenance_of(data),
        native=records.native_of(data),
        threshold=size if question.chance and reference is not None else None,
        notes=_notes(len(choices.options), len(shown)),
        kind="multiple responses",
    )


def _check_data(data: Any, group: str | None, reference: Any, by: Sequence[str]) -> None:
    """Refuse what cannot be answered."""
    if isinstance(data, Tally):
        raise TypeError("data: a Tally does not say who chose two options; pass the records")
    if group is None and reference is not None:
        raise TypeError("reference: without group= there is nothing to compare")
    for name in by:
        if name in TAKEN:
            raise ValueError(f"by: {name!r} is the name of a column of the findings; rename it in the data")


def _columns(columns: Any, column: str | None) -> dict[str, str]:
    """The columns of answers, each with the words of its option."""
    if (columns is None) == (column is None):
        raise ValueError("columns, column: give one of them: a column for each option, or one with all of them")
    if column is not None:
        if not isinstance(column, str):
            raise TypeError(f"column: {column!r} is not the name of a column")
        return {column: column}
    if isinstance(columns, str):
        raise TypeError(f"columns: {columns!r} is a text, not a list of columns; one column of all is column=")
    named = dict(columns) if isinstance(columns, Mapping) else {name: name for name in columns}
    if len(named) < 2:
        raise ValueError("columns: there have to be at least two options")
    if len(set(named.values())) < len(named) or (not isinstance(columns, Mapping) and len(columns) > len(named)):
        raise ValueError(f"columns: an option is named twice in {list(columns)}")
    return named


def _blocks(choices: Choices) -> list[Choices]:
    """All areas together, then each."""
    return [choices.summed(), *([choices] if choices.by else [])]


def _shown(choices: Choices, top: int | None) -> list[int]:
    """The options to show, the most chosen by all people first."""
    total = choices.weight_count.sum(axis=(0, 1))
    order = sorted(range(len(total)), key=lambda i: -total[i])
    if top is None or top >= len(order):
        return order
    return [i for i in order if total[i] >= total[order[top - 1]]]


def _notes(n_options: int, n_shown: int) -> list[str]:
    more = n_options - n_shown
    left_out = [f"Of {n_options} options the first {n_shown} are shown; ranks are among all."] if more else []
    return ["People may choose several, so that shares add up to more than 100%.", *left_out]
