"""`dueregard.survey_estimate`: means, totals, ratios, quantiles and proportions of a sample survey."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import Designed, check_design, designed
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.measures.grouped import answer_positions, by_names
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.survey_questions import (
    Question,
    check_parts,
    method_of,
    quantile_shares,
    statistic_of,
)
from dueregard.measures.surveys.survey_rows import estimate_columns
from dueregard.measures.surveys.survey_values import survey_values
from dueregard.missing import NOT_APPLICABLE


def survey_estimate(
    data: Any,
    *,
    design: SurveyDesign,
    value: str | None = None,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    statistic: str | None = None,
    denominator: str | None = None,
    quantiles: float | Sequence[float] | None = None,
    by: str | Sequence[str] | None = None,
    method: str | None = None,
    name: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    higher_is_better: bool | None = None,
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Estimate a figure of the population from a sample survey, with the precision that its design gives.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records, one row for each respondent.
    design : SurveyDesign
        How the sample was drawn, from `dueregard.survey_design`. Weights alone are a design too.
    value : str, optional
        A column of numbers.
    outcome : str, optional
        In place of ``value``, a column of answers.
    positive, exclude : label or list of labels
        Which answers count, and which are left out of the base, as in `dueregard.gap`.
    statistic : {"proportion", "mean", "total", "ratio", "quantile"}, optional
        Unless given "proportion" with ``outcome`` (in percent) and "mean" with ``value``. "total" with ``outcome`` is
        the number of people with such an answer; with neither, the number of people. Totals are of those who stated a
        number or an answer, not made up to everybody.
    denominator : str, optional
        For "ratio": the column whose total the total of ``value`` is divided by.
    quantiles : float or sequence of float, optional
        For "quantile": shares between 0 and 1; 0.5, the median, unless given.
    by : str or sequence of str, optional
        Columns of areas or groups; several are crossed. A row for everybody together comes first.
    method : {"wilson", "korn-graubard", "logit", "t"}, optional
        The interval of a proportion: Wilson's of the effective number of cases unless given. The others have "t".
    name, period : str, optional
        What is measured, and what to write in the ``period`` column, as in `dueregard.gap`.
    unit : str, optional
        The unit of the numbers, such as "hours".
    higher_is_better : bool, optional
    confidence_level : float
    missing, where, labels, threads
        As in `dueregard.tally`. Rows that ``where`` leaves out still count for the design: their clusters were sampled.

    Returns
    -------
    Findings
        A row for each domain (and quantile): ``value``, its ``se`` and ``low`` and ``high``; ``nobs`` respondents and
        ``outcome_missing`` without a number or answer; ``effective_nobs``, the size of a simple random sample that
        would be as precise, ``design_effect``, how many times fewer that is, and ``degrees_of_freedom``, clusters less
        strata that contain the domain.

        An empty domain keeps its row, with NaN and a flag. So do ``se``, ``low`` and ``high`` where the sample says
        nothing of its own precision (all cases in one cluster, or no variance at all): there is never an interval
        without width. Only proportions have an interval there too, of borrowed precision and flagged.

    Raises
    ------
    TypeError
        If data is a Tally, or an argument that the statistic needs is not given.
    ValueError
        If an argument is not one of those above, a column is not there or does not fit the design.

    Notes
    -----
    Standard errors are linearised (Woodruff 1971, Journal of the American Statistical Association 66: 411-414) between
    first-stage clusters, or by the replicates of the design; they equal those of R's survey (svymean, svytotal,
    svyratio, svyquantile with its defaults) for designs of one stage, and of several without corrections. The design
    effect is against a simple random sample with replacement (R: ``deff="replace"``), so that it does not depend on
    what weights are scaled to. Quantiles have Woodruff's interval (1952, same journal 47: 635-646).

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = {"hours": [12, 8, 15, 9, 11, 14, 7, 10], "ward": ["a", "a", "b", "b", "c", "c", "d", "d"],
    ...           "weight": [1.0, 2.0, 1.5, 1.0, 2.5, 1.0, 1.0, 2.0]}
    >>> design = dr.survey_design(weight="weight", psu="ward")
    >>> found = dr.survey_estimate(survey, design=design, value="hours")
    >>> [round(found[name][0], 3) for name in ("value", "se", "low", "high", "degrees_of_freedom")]
    [10.667, 0.87, 7.898, 13.435, 3.0]
    """
    check_design(data, design)
    asked = statistic_of(statistic, value, outcome)
    check_parts(asked, outcome, positive, denominator, quantiles)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    taken = {"value": value, "denominator": denominator, "outcome": outcome}
    question = Question(
        statistic=asked,
        value=value,
        denominator=denominator,
        outcome=outcome,
        positive=positive,
        exclude=exclude,
        quantiles=quantile_shares(quantiles) if asked == "quantile" else (),
        by=by_names(by, {argument: column for argument, column in taken.items() if column is not None}),
        method=method_of(method, asked),
        level=checked.level(confidence_level),
        name=checked.words("name", name),
        unit=checked.words("unit", unit),
        period=period,
    )
    read = designed(
        data,
        question.by,
        design,
        outcome=outcome,
        values=question.values,
        products=bool(question.values),
        where=where,
        labels=labels,
        missing=missing,
        threads=threads,
    )
    domains = Domains.of(read, question.by)
    found = survey_values(read, domains, question)
    return Findings(
        estimate_columns(found, domains, question, _not_stated(read, domains, question)),
        kind="survey estimates",
        by=question.by,
        provenance=read.tally.provenance,
        native=read.tally.native,
        higher_is_better=higher_is_better,
    )


def _not_stated(read: Designed, domains: Domains, question: Question) -> NDArray[np.int64]:
    """Respondents of each domain who are asked and have no number, or no answer in the base."""
    if question.outcome is None:
        return np.asarray(domains.valueless.sum(axis=1))
    answers = read.tally.labels[question.outcome]
    kept = answer_positions(question.outcome, answers, positive=question.positive, exclude=question.exclude)[1]
    asked = [i for i, label in enumerate(answers) if label != NOT_APPLICABLE and i not in kept]
    return np.asarray(domains.counts[:, asked].sum(axis=1))
