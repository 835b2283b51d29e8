"""`dueregard.pay_gap` and `dueregard.pay_quarters`: pay gaps as the UK regulations define them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.means import means, relative_means
from dueregard.inference.distributions.medians import median_contrast, order_limits, quantiles
from dueregard.inference.reaches import Reach
from dueregard.inference.references import Reference
from dueregard.measures.gaps.distribution_rows import Findable, Question, distribution_columns
from dueregard.measures.gaps.distributions import Sides, distributions
from dueregard.measures.gaps.ordinal_gaps import ADJUSTMENTS, INFERENCES
from dueregard.measures.grouped import as_labels, by_names, position
from dueregard.measures.measured import measured_tally, values_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule
from dueregard.units import LOWER_THAN_REFERENCE

MEASURES = ("mean", "median")


def pay_gap(
    data: Any,
    *,
    pay: str,
    group: str,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    measure: str | Sequence[str] = MEASURES,
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "none",
    confidence_level: float | Sequence[float] = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Gap in mean and median pay of every group, as percent of the reference's pay: reference minus group.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally the pay is a dimension, whose labels are the amounts, and dimensions not asked for are summed.
    pay : str
        The column of pay, such as hourly pay: numbers from 0 on. Who has none stated is counted in
        ``outcome_missing``.
    group : str
        The column of groups.
    reference : label, OVERALL or REST
        Required, as in `dueregard.gap`; "Male" for the gender pay gap, "White" for the ethnicity pay gap.
    by : str or sequence of str, optional
        Columns of areas (or grades, or departments); several are crossed. Rows for all together come first.
    measure : {"mean", "median"} or both
    adjust : str
        As in `dueregard.ordinal_gap`; each measure is a family of its own.
    threshold : float, optional
        The gap that matters, in percent of the reference's pay; 5 unless given.
    name : str, optional
        What is paid, in words, such as "hourly pay": the ``measure`` of the findings says "mean" or "median" before it.
        The column's name unless given.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"none", "chance"}
        All staff are a full count, so there are no intervals and verdicts unless "chance" is asked for: chance
        variation in the process that sets who is paid what, or a sample of staff.
    confidence_level : float or sequence of float
    missing, where, labels, threads
        As in `dueregard.tally`; not with a Tally. The regulations count every employee once, so there are no weights.

    Returns
    -------
    Findings
        Rows and columns as those of `dueregard.gap`, for each measure. ``value`` and ``reference_value`` are pay in the
        currency of the data. ``estimate`` is a percentage of the reference's pay with the sign of the regulations:
        above 0 the group is paid less, below 0 more. ``verdict`` is about the group's pay: "lower" goes with an
        estimate above 0. For medians with "chance" two more columns, ``value_low`` and ``value_high``, are the exact
        interval of the group's own median at the (first) confidence level.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`; and if a pay is negative or not a number, or the tally is weighted.

    Notes
    -----
    The Equality Act 2010 (Gender Pay Gap Information) Regulations 2017, regulations 8 and 9: (reference - group) /
    reference x 100 of mean and of median hourly pay. A gap in bonus pay (regulations 10 and 11) is the same of a column
    of bonuses in which those without one have none stated; the proportions receiving one (12) are `dueregard.gap` of
    whether they do; for quarters (13) see `pay_quarters`. Where the reference's pay is 0 there is no gap: NaN with a
    flag.

    With "chance" the limits of mean gaps are Fieller's, and those of median gaps recover variances from the exact
    intervals on logarithms (see `dueregard.compare_medians`). A group of one has infinite limits. Against OVERALL and
    REST the pooled pay is the reference, and the interval of OVERALL treats it as if the group were no part of it,
    which leans to caution.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"pay": [12.5, 13.1, 14.0, 15.5, 18.25, 22.0, 30.1, 41.5, 55.0,
    ...                  11.9, 12.0, 12.5, 13.0, 14.2, 15.0, 17.5, 21.0, 28.0, 35.0],
    ...          "sex": ["Male"] * 9 + ["Female"] * 10}
    >>> findings = dr.pay_gap(staff, pay="pay", group="sex", reference="Male")
    >>> [(row["measure"], round(row["estimate"], 1)) for row in findings.filter(group="Female").rows()]
    [('mean pay', 27.0), ('median pay', 20.0)]
    """
    if reference is None:
        raise TypeError("pay_gap needs reference=: one of the groups, dr.REST or dr.OVERALL")
    wanted = as_labels(measure)
    if not wanted:
        raise ValueError("measure: there is none")
    for each in wanted:
        checked.one_of("measure", each, MEASURES)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    paid = checked.words("name", name) or pay
    names = by_names(by, {"pay": pay, "group": group})
    matters = practical_threshold(threshold)
    rules = tuple(Rule(level, matters) for level in checked.levels(confidence_level))
    tally = measured_tally(
        data, [*names, group], argument="pay", value=pay, where=where, labels=labels, missing=missing, threads=threads
    )
    tally, positions, values = values_of(tally, "pay", pay)
    own = distributions(tally, names, group, [(pay, positions)])
    question = Question(
        name=paid,
        characteristic=group,
        by=names,
        reference=reference,
        position=None if isinstance(reference, Reference) else position("reference", reference, own.groups, group),
        rules=rules if inference == "chance" else rules[:1],
        adjust=adjust,
        period=period,
        chance=inference == "chance",
        unit=LOWER_THAN_REFERENCE,
        scale=-100.0,
    )
    parts = [
        distribution_columns(own, replace(question, name=f"{each} {paid}"), partial(_measured, each, values, question))
        for each in wanted
    ]
    every = dict.fromkeys(name for part in parts for name in part)
    together = {name: [v for part in parts for v in part.get(name, [np.nan] * len(part["group"]))] for name in every}
    return Findings(
        together,
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=True,
        threshold=matters if question.chance else None,
        kind="pay gap",
    )


def _measured(measure: str, values: Floats, question: Question, sides: Sides) -> Findable:
    """Mean or median pay of every group, and how far it is from the reference's as a share of that."""
    own, shown = (_middle(measure, values, side.sums) for side in (sides.own, sides.shown))
    first, second = (side.sums.reshape(-1, len(values)) for side in (sides.own, sides.shown))
    found = relative_means(values, first, second) if measure == "mean" else _relative_medians(values, first, second)
    found = found.only(sides.comparable.reshape(-1))
    flag = np.where(sides.comparable & (shown == 0) & (sides.own.nobs > 0), Flag.UNDEFINED, 0)
    extra = {}
    if measure == "median" and question.chance:
        level = question.rules[0].confidence_level
        extra = dict(zip(("value_low", "value_high"), order_limits(values, sides.own.sums, level), strict=True))
    return Findable(own, shown, found, flag, extra)


def _middle(measure: str, values: Floats, sums: Floats) -> Floats:
    return means(values, sums)[0] if measure == "mean" else quantiles(values, sums, 0.5)


def _relative_medians(values: Floats, first: Floats, second: Floats) -> Reach:
    """The ratio of two medians less 1."""
    return median_contrast(values, first, second, "ratio").less(1.0)
