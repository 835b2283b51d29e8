"""`dueregard.share`: how a whole divides into groups, by area."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.measures.grouped import Grouped, as_labels, by_names, divided, positions, tally_of
from dueregard.measures.survey_columns import survey_columns, survey_flags
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
    about = {"measure": measure, "characteristic": of, "period": period}
    parts = [_columns(whole.summed(), about, names, inference == "chance", level)]
    if names:
        parts.append(_columns(whole, about, names, inference == "chance", level))
    return Findings(
        {column: [value for part in parts for value in part[column]] for column in parts[0]},
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        kind="share",
    )


def _columns(
    whole: Grouped, about: Mapping[str, str | None], by: Sequence[str], chance: bool, level: float
) -> dict[str, list[Any]]:
    """The rows of some areas. Groups outside the whole have a count but no share."""
    value = np.where(whole.known_group, whole.share, np.nan)
    low = high = np.full(value.shape, np.nan)
    if chance:
        z = normal_quantile(level)
        low, high = wilson(value, whole.size, z) if whole.precision is None else whole.precision.limits(z)
        low, high = (np.where(whole.known_group, limit, np.nan) for limit in (low, high))
    n_rows = value.size
    columns: dict[str, list[Any]] = {
        "measure": [about["measure"]] * n_rows,
        "characteristic": [about["characteristic"]] * n_rows,
        "group": whole.groups * len(whole.areas),
        **{name: [area[i] for area in whole.areas for _ in whole.groups] for i, name in enumerate(by)},
        "period": [about["period"]] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": whole.count.reshape(-1).tolist(),
        "nobs": whole.nobs.reshape(-1).tolist(),
        "outcome_missing": whole.outcome_missing.reshape(-1).tolist(),
        "value": (100 * value).reshape(-1).tolist(),
        "unit_of_measure": ["percent"] * n_rows,
        "confidence_level": [level if chance else float("nan")] * n_rows,
        "low": (100 * low).reshape(-1).tolist(),
        "high": (100 * high).reshape(-1).tolist(),
        "flag": _flags(whole, chance),
        "method": ["Wilson" if chance else "full count"] * n_rows,
    }
    if whole.weighted:
        size = np.where(whole.size > 0, whole.size, np.nan)
        columns["effective_nobs"] = size.reshape(-1).tolist()
        columns["design_effect"] = (whole.nobs / size).reshape(-1).tolist()
    return columns | survey_columns(whole, chance=chance, shown=whole.known_group)


def _flags(whole: Grouped, chance: bool) -> list[Flag]:
    bits = {
        Flag.EMPTY_GROUP: whole.count == 0,
        Flag.NO_CASES: whole.nobs == 0,
        Flag.SMALL_BASE: (whole.nobs > 0) & (whole.size < SMALL_BASE),
        Flag.MISSING_ANSWERS: whole.outcome_missing > 0,
        Flag.MISSING_GROUP: np.broadcast_to([is_missing(label) for label in whole.groups], whole.nobs.shape),
        Flag.EFFECTIVE_SIZE: np.full(whole.nobs.shape, whole.has_weights),
        Flag.ZERO_WEIGHT: (whole.nobs > 0) & (whole.size == 0),
        Flag.FULL_COUNT: np.full(whole.nobs.shape, not chance),
    }
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    return [Flag(int(bit)) for bit in np.asarray(total | survey_flags(whole)).reshape(-1)]
