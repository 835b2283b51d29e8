"""`dueregard.share`: how a whole divides into groups, by area."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.grouped import Grouped, as_labels, by_names, divided, positions, tally_of
from dueregard.measures.share_rows import ShareQuestion, share_columns
from dueregard.measures.survey_tallies import is_full_count
from dueregard.missing import is_missing

INFERENCES = ("chance", "none")


def share(
    data: Any,
    *,
    of: str,
    by: str | Sequence[str] | None = None,
    exclude: Any = (),
    name: str | None = None,
    period: str | None = None,
    higher_is_better: bool | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Share of each group (or each answer) among those stated, with its Wilson interval.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
    of : str
        The column whose labels divide the whole, such as "ethnicity".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    exclude : label or list of labels
        Labels that are no part of the whole.
    name : str, optional
        What is measured, in words, such as "share of officers": the ``measure`` of the findings, "share of" the column
        unless given.
    period : str, optional
        What to write in the ``period`` column.
    higher_is_better : bool, optional
        Whether a higher share is the better one, if it is either.
    inference : {"chance", "none"}
        "none" for a full count: no intervals.
    confidence_level : float
        Between 0 and 1.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        One row for each area and label, in percent: ``value`` with its limits ``low`` and ``high``. ``nobs`` counts
        those stated, ``outcome_missing`` those not. Kinds of missing and excluded labels are rows with a count and no
        share. An area without anybody keeps its rows, with NaN and a flag.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`.

    Notes
    -----
    Wilson (1927), see `dueregard.proportion_interval`. With weights, Kish's effective number of cases of the area; with
    a design, the number of cases that gives the linearised variance, which ``se`` is the root of: see `dueregard.gap`.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"sex": ["Female"] * 30 + ["Male"] * 70 + [None] * 5}
    >>> findings = dr.share(staff, of="sex")
    >>> list(zip(findings["group"], findings["value"], findings["outcome_missing"]))
    [('Female', 30.0, 5), ('Male', 70.0, 5), ('not stated', nan, 5)]
    """
    checked.one_of("inference", inference, INFERENCES)
    level = checked.level(confidence_level)
    measure = checked.words("name", name) or f"share of {of}"
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    names = by_names(by, {"of": of})
    tally = tally_of(
        data,
        [*names, of],
        outcome=None,
        weight=weight,
        where=where,
        labels=labels,
        count=count,
        missing=missing,
        threads=threads,
        design=design,
    )
    left_out = positions("exclude", as_labels(exclude), tally.labels[of], of)
    whole = divided(tally, of=of, by=names, left_out=left_out)
    chance = inference == "chance" and not is_full_count(tally)
    question = ShareQuestion(measure, of, names, "cases", period, chance, (level,))
    return Findings(
        stacked([_columns(part, question) for part in (whole.summed(), *([whole] if names else []))]),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        kind="share",
    )


def _columns(whole: Grouped, question: ShareQuestion) -> Columns:
    """The rows of some areas. Groups outside the whole have a count but no share."""
    stated = replace(whole, known_group=np.array([not is_missing(label) for label in whole.groups], np.bool_))
    columns = share_columns(stated, question, shown=whole.known_group)
    nobody = (whole.count == 0).reshape(-1)
    flags = zip(columns["flag"], nobody, strict=True)
    return columns | {"flag": [flag | Flag.EMPTY_GROUP if none else flag & ~Flag.EMPTY_GROUP for flag, none in flags]}
