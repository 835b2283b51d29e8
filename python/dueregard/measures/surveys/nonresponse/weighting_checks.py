"""`dueregard.weighting_classes`: whether respondents differ from those asked, and what weighting them would cost."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import REST
from dueregard.inference.surveys.nonresponse.weighting_classes import collapsed
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_rows import gap_columns
from dueregard.measures.grouped import as_labels, by_names, tally_of
from dueregard.measures.surveys.nonresponse.classes import Classes, classes_of
from dueregard.measures.surveys.nonresponse.weighting_rows import class_columns, summary_row, with_flags
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule

SMALL = ("flag", "collapse", "refuse")
MINIMUM = 30


def weighting_classes(
    data: Any,
    *,
    classes: str | Sequence[str],
    responded: str | None = None,
    asked: Any = None,
    minimum: int = MINIMUM,
    small: str = "flag",
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Response by class (grade and sex ...), whether respondents differ from those asked, and the weights of classes.

    The weights are shown, not made: to weight a survey for good, svy adjusts for nonresponse and rakes, and
    `dueregard.survey_design` takes its weights.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Everybody who was asked, with ``responded``; or those who responded, with ``asked``.
    classes : str or list of str
        The columns whose labels, crossed, are the classes. A kind of missing is a label.
    responded : str
        The column that says who responded: True and False, or dispositions, as in `dueregard.survey_response`. Those
        not eligible are not among those asked.
    asked : Tally or anything `dueregard.tally` takes
        In place of ``responded``: everybody who was asked, such as the list of staff.
    minimum : int
        The fewest respondents of a class that is weighted by itself.
    small : {"flag", "collapse", "refuse"}
        What becomes of smaller classes: they are flagged; or joined to others of nearest response rate, first of those
        that differ in the last of the ``classes`` alone; or the first of them is an error.
    adjust, threshold, name, period, confidence_level, count, missing, where, labels, threads
        As in `dueregard.gap`, one level; they are about ``data``.

    Returns
    -------
    Findings
        First a row of type "overall": the response rate of all (``value`` in percent, ``count`` of ``nobs``) and the
        p-value of Pearson's test that all classes respond alike, ``statistic`` with ``degrees_of_freedom``;
        ``smallest_weight`` and ``largest_weight``, ``design_effect`` and ``effective_nobs`` of the respondents once
        weighted, and ``lost_nobs``, how many respondents fewer that is.

        Then a row for each class in which anybody was asked: its response rate against that of all others, as in
        `dueregard.gap`; ``asked_percent`` and ``respondents_percent``, its share of those asked and of respondents;
        ``weight``, how many of those asked each respondent stands for, ``relative_weight``, that over the mean of
        all respondents, and ``weighting_class``, the classes it is weighted together with. A class with fewer
        respondents than the minimum is flagged.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.survey_response`; if neither or both of ``responded`` and ``asked`` are given; if more responded
        than were asked; with ``small="refuse"`` if a class is small.

    Notes
    -----
    A class's weight is the number asked over the number of respondents (Little and Rubin 2019, Statistical Analysis
    with Missing Data, chapter 3). It takes out what of the bias goes with the classes, and nothing else. The effective
    number is Kish's, (sum w)^2 / sum w^2; what is strongly related to the classes loses less. That respondents are like
    those asked by class does not say that they answer alike.

    At zero: a class of which nobody responded has no weight (NaN, flagged), and ``largest_weight`` is of the others: it
    stands for nobody unless it is joined to another. Where all or none responded nothing is tested.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"grade": ["PC"] * 300 + ["Sergeant"] * 100, "answered": [True] * 120 + [False] * 180 + [True] * 80
    ...          + [False] * 20}
    >>> found = dr.weighting_classes(staff, classes="grade", responded="answered")
    >>> for row in found.rows():
    ...     print(row["group"], row["value"], row["weight"], row["verdict"])
    None 50.0 2.0 classes respond differently
    PC 40.0 2.5 lower
    Sergeant 80.0 1.25 higher
    >>> row = next(found.rows())
    >>> round(row["effective_nobs"], 1), round(row["lost_nobs"], 1)
    (182.9, 17.1)
    """
    checked.one_of("small", small, SMALL)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    least, level = checked.at_least_one("minimum", minimum), checked.level(confidence_level)
    measured, size = checked.words("name", name) or "response rate", practical_threshold(threshold)
    if (responded is None) == (asked is None):
        raise ValueError("responded, asked: give one of them: who responded, or everybody who was asked")
    columns = by_names(as_labels(classes), {} if responded is None else {"responded": responded})
    if not columns:
        raise ValueError("classes: there is none")
    tally = tally_of(
        data, columns, outcome=responded, weight=None, where=where, labels=labels, count=count, missing=missing,
        threads=threads,
    )  # fmt: skip
    found = classes_of(tally, columns, responded, asked)
    to = _joined(found, least, small)
    question = Question(
        name=measured,
        measure="difference",
        method="score",
        adjust=adjust,
        characteristic=" x ".join(columns),
        by=(),
        reference=REST,
        position=None,
        rules=(Rule(level, size),),
        pool="cases",
        period=period,
        chance=True,
    )
    rows: Columns = gap_columns(found.grouped(), question) | class_columns(found, to)
    return Findings(
        stacked([summary_row(found, to, question), with_flags(rows, found, least)]),
        provenance=tally.provenance,
        native=tally.native,
        threshold=size,
        notes=[
            "Weights are shown for judging them; to weight the survey, make them with a library for it, such as svy."
        ],
        kind="weighting classes",
    )


def _joined(found: Classes, least: int, small: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Which class each is weighted in."""
    few = np.flatnonzero(found.respondents < least)
    if small == "refuse" and len(few):
        i = int(few[0])
        raise ValueError(
            f"classes: {found.names[i]!r} has {found.respondents[i]:,} respondents of {found.asked[i]:,} asked, fewer "
            f"than minimum={least}; use wider classes, or small='collapse'"
        )
    if small == "collapse":
        return collapsed(found.respondents, found.asked, least, found.parent)
    return np.arange(len(found.names))
