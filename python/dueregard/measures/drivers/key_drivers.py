"""`dueregard.key_drivers`: how much each driver explains of an outcome, and what more of it would bring."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.survey_design import SurveyDesign, survey_design
from dueregard.findings import Findings
from dueregard.inference.areas.rank_intervals import SEED
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.unions import unions
from dueregard.measures.comparison_rows import cut, stacked
from dueregard.measures.decomposition import cannot_say
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.drivers.driver_columns import DriverColumns, driver_columns, refuse_outcome, told_apart
from dueregard.measures.drivers.driver_domains import DriverDomains, domains_of
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_questions import DriverQuestion, question_of
from dueregard.measures.drivers.driver_rows import driver_rows
from dueregard.measures.drivers.driver_variation import NOT_OF_SHARES, gain_variation
from dueregard.measures.drivers.linear_models import linear_models
from dueregard.measures.drivers.logit_models import logit_models
from dueregard.measures.model_rows import ModelRows, cluster_products, model_rows
from dueregard.tallies import Tally


def key_drivers(
    data: Any,
    *,
    outcome: str,
    drivers: Sequence[str] | Mapping[str, str | Sequence[str]],
    positive: Any = None,
    exclude: Any = (),
    scores: Mapping[str, Any] | None = None,
    controls: Sequence[str] = (),
    group: str | None = None,
    by: str | Sequence[str] | None = None,
    model: str = "linear",
    collinear: str = "refuse",
    points: float = 10,
    unit: str = "people",
    n_replicates: int = 1000,
    n_orders: int = 200,
    rng: Any = SEED,
    name: str | None = None,
    period: str | None = None,
    higher_is_better: bool = True,
    confidence_level: float = 0.95,
    weight: str | None = None,
    design: SurveyDesign | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Share what is explained of an outcome out among its drivers, and say what more of each would go with.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records, one row for each person.
    outcome : str
        A column of numbers; or of answers, with ``positive`` or with ``scores``.
    drivers : sequence of str, or dict of name to column or columns
        At most 25. Columns of one driver come and go together: ``{"Fair treatment": ["fair_q1", "fair_q2"], ...}``.
        Numbers and scored answers are taken as they are; other answers are categories, and stand for a driver without a
        level. True and False are 100 and 0.
    positive, exclude : label or list of labels, optional
        Which answers to the outcome count, and which answers to any question are none, such as "Don't know".
    scores : dict of column to labels, or to dict of label to number, optional
        Makes answers numbers: labels from worst to best are 0 to 100 in equal steps, so that ``points`` mean the same
        for each question.
    controls : sequence of str
        Columns held equal throughout: drivers share what is explained beyond them.
    group : str, optional
        A column of groups, each of which has a model of its own; see `dueregard.compare_drivers` for whether they
        differ.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. All areas together come first.
    model : {"linear", "logit"}
        "logit" takes McFadden's R squared of the logit, for scored outcomes the cumulative one, in place of R squared.
    collinear : {"refuse", "pool"}
        What becomes of drivers that are made of one another: an error that names them, or one driver "a + b".
    points : float
        How much more of a driver ``gain`` is for, in the driver's own unit; of a driver of several columns each has
        that much more.
    unit : {"people", "areas"}
        What a row is. A table of areas is refused unless it is meant: what holds between areas need not hold between
        people.
    n_replicates : int
        Of the bootstrap of first-stage clusters by which shares have limits, at least 100. A design with replicates of
        its own has limits by those.
    n_orders : int
        Of drivers, drawn where a logit has too many drivers to take every order.
    rng : int, numpy.random.SeedSequence or numpy.random.Generator
        The seed of whatever is drawn; the same figures come out unless it is changed.
    name, period, higher_is_better, confidence_level
        As in `dueregard.gap`.
    weight, design
        A column of weights, or how the sample was drawn (`dueregard.survey_design`); with neither, rows count alike.
    missing, where, labels, threads
        As in `dueregard.tally`; a column of whole numbers that ``labels`` names is a category.

    Returns
    -------
    Findings
        In each area and group a row of ``row_type`` "overall" (``driver`` None), then a row for each driver:

        ``value`` : its share of what all drivers explain, in percent, with ``low`` and ``high``; they sum to 100.
        ``explained`` : the same as a part of the outcome's variance (of McFadden's R squared), in percent, with
        ``explained_low`` and ``explained_high``; on the overall row what all explain, and ``by_controls`` what the
        controls explain without them.
        ``rank``, ``rank_low``, ``rank_high`` : of the share, 1 the largest, and what it may be, for any one driver.
        ``relative_weight`` : Johnson's weight, in percent of all. ``standardised`` : the coefficient in standard
        deviations (of drivers of one column). ``alone``, ``added_last`` : what the driver explains before, and after,
        all others, in percent of the variance.
        ``performance`` : its mean level, and ``best`` the best there is, where that is known.
        ``gain`` : what ``points`` more of it go with, the others held equal, in the unit of the outcome
        (``gain_unit``), with ``gain_low`` and ``gain_high``.

        ``nobs`` are rows with the outcome and every column, ``outcome_missing`` the others; a note says which columns
        they lack. Where a model cannot be told, in a small or uniform group, rows have NaN and a flag.

    Raises
    ------
    TypeError
        If data is a Tally, or an argument has the wrong type.
    ValueError
        If there are not more rows than coefficients; a driver does not vary, is made of others, or is the outcome;
        there are fewer than 2 drivers or more than 25; each row is an area; or a column is not there, or does not fit.

    Notes
    -----
    Shares are Shapley's: what a driver adds to R squared, averaged over all orders in which drivers can come (LMG:
    Lindeman, Merenda and Gold 1980; Groemping 2007, The American Statistician 61: 139-147). No order is left out, so
    that the order asked changes nothing; a logit has every order for up to 10 drivers.

    Shares are skew, and estimated too high where there is little to explain. Their limits are the outer ones of two: of
    percentiles of a bootstrap of clusters (Rao, Wu and Yue 1992), as far out as Student's t with the degrees of freedom
    of the design, and of Student's t of the angle whose squared sine is the share. With other replicates than a
    bootstrap, and of a logit of so many clusters that replicates would take long, they are those of the angle alone.
    Chance adds to what drivers explain, to that of weak ones above all; by how much shows in replicates, to which it
    adds once more. Limits are the outer ones of those with and without what it adds, so that where drivers may explain
    nothing, the lower limit of R squared is 0 and shares may be anything. Replicates of
    a logit are fitted to second order, and those of more than 15 drivers are held against the sample over 200 of the
    orders; a bootstrap does not calibrate weights again, so that its limits are rather too wide. Limits of R squared
    are Fisher's, of gains Student's t of linearised standard errors, as R's svyglm has them. Ranks have the intervals
    of `dueregard.rank_intervals`, from the covariance of shares.

    Shares are of association. Raising a driver need not move the outcome by its gain.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("confidence_drivers")
    >>> agree = ["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree",
    ...          "Strongly agree"]
    >>> scores = {"good_job": ["Very poor", "Poor", "Fair", "Good", "Excellent"],
    ...           **dict.fromkeys(["listens", "treats_fairly", "deals_with_crime"], agree)}
    >>> design = dr.survey_design(weight="weight", stratum="borough", psu="sampling_point")
    >>> found = dr.key_drivers(survey, outcome="good_job", drivers=["listens", "treats_fairly", "deals_with_crime"],
    ...                        scores=scores, exclude="Don't know", design=design)
    >>> [(row["driver"], round(row["value"]), row["rank"]) for row in found.rows()][1:]
    [('listens', 33, 2.0), ('treats_fairly', 46, 1.0), ('deals_with_crime', 21, 3.0)]
    """
    asked = question_of(
        outcome, drivers, controls, by, group, positive=positive, scores=scores, model=model, collinear=collinear,
        points=points, unit=unit, n_replicates=n_replicates, n_orders=n_orders, rng=rng,
        confidence_level=confidence_level, name=name, period=period, higher_is_better=higher_is_better,
    )  # fmt: skip
    rows = rows_of(
        data, asked, exclude=exclude, weight=weight, design=design, missing=missing, where=where, labels=labels,
        threads=threads,
    )  # fmt: skip
    columns, cells = columns_of(rows, asked, threads)
    domains = domains_of(rows, cells, asked)
    models = models_of(rows, domains, columns, asked)
    every = driver_rows(models, domains, columns, levels_of(domains, columns), asked)
    varies = gain_variation(models, domains, columns, asked, [*every, "estimate", "pvalue"]) if asked.by else {}
    together = domains.n_groups * (len(columns.drivers) + 1)
    return Findings(
        stacked([cut(every, 0, together), varies, cut(every, together, None)]),
        by=asked.by,
        provenance=rows.provenance,
        native=rows.native,
        higher_is_better=higher_is_better,
        notes=[*notes_of(rows, columns, asked, "key drivers"), *models.notes, *([NOT_OF_SHARES] if asked.by else [])],
        kind="key drivers",
    )


def models_of(
    rows: ModelRows, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion
) -> DriverModels:  # fmt: skip
    """The models of all domains."""
    if asked.model == "logit":
        return logit_models(rows, domains, columns, asked)
    return linear_models(domains, columns, asked)


def rows_of(
    data: Any, asked: DriverQuestion, *, exclude: Any, weight: str | None, design: SurveyDesign | None, where: Any,
    **options: Any,
) -> ModelRows:  # fmt: skip
    """The rows with their design; a weight alone is one too, and without either rows were drawn one by one."""
    if isinstance(data, Tally):
        raise TypeError("data: a Tally has no rows, which drivers need; pass the records")
    if design is not None and weight is not None:
        raise ValueError("weight: the design has the weights; leave out weight=")
    drawn = survey_design(weight=weight) if design is None else design
    check_unit(data, asked.unit, where=where, without=drawn.columns)
    return model_rows(
        data, divided_by=asked.divided_by, outcome=asked.outcome, columns=asked.columns, argument="drivers",
        controls=asked.controls, design=drawn, positive=asked.positive, exclude=exclude, scores=asked.scores,
        where=where, **options,
    )  # fmt: skip


def columns_of(rows: ModelRows, asked: DriverQuestion, threads: int | None) -> tuple[DriverColumns, ClusterTotals]:
    """The columns of all rows' model, which must be able to tell its drivers apart, and their sums in every cell."""
    _refuse_too_few(rows, 2)
    columns = driver_columns(rows, asked)
    _refuse_too_few(rows, len(columns.names) + 1)
    cells = cluster_products(rows, columns.values, threads)
    every = np.arange(cells.n_domains)
    (cross,) = cross_products(unions(cells, (np.zeros_like(every), every, 1)))
    refuse_outcome(columns, cross, asked.outcome)
    apart = told_apart(columns, cross, asked.collinear)
    return apart, cells if apart is columns else cluster_products(rows, apart.values, threads)


def _refuse_too_few(rows: ModelRows, needed: int) -> None:
    """Refuse fewer complete rows than coefficients and one more, and say which column most lack."""
    n = int(rows.weighs.sum())
    if n > needed:
        return
    most = max((rows.outcome, *rows.columns), key=rows.missing_in)
    widest = max(rows.columns, key=lambda column: len(column.levels or ()))
    n_levels = len(widest.levels or ())
    of = f", {n_levels - 1:,} of them of {widest.name!r}" if 2 * (n_levels - 1) > needed > 2 else ""
    lack = f"; {rows.missing_in(most):,} rows lack {most.name!r}" if rows.missing_in(most) else ""
    zero = " with a weight above 0" if n < rows.is_complete.sum() else ""
    raise ValueError(
        f"drivers: {n} complete rows{zero} for a model with {needed} coefficients{of}, which needs more than that{lack}"
    )


def levels_of(domains: DriverDomains, columns: DriverColumns) -> Floats:
    """The mean of each driver's columns, (domains, drivers); NaN of categories and empty domains."""
    cross = cross_products(domains.totals)
    weight, nothing = cross[:, :1, 0], np.full(cross.shape[:2], np.nan)
    mean = np.divide(cross[:, 0], weight, out=nothing, where=weight > 0)[:, 1:-1] + columns.middle[:-1]
    of = columns.members
    number = of.sum(axis=1)
    return np.where(number > 0, mean @ of.T / np.maximum(number, 1), np.nan)


def notes_of(rows: ModelRows, columns: DriverColumns, asked: DriverQuestion, kind: str) -> list[str]:
    """What a reader has to know: what drivers do not say, and which rows were left out."""
    said = cannot_say.notes(kind, asked.controls, unit=asked.unit)
    lost = {column.name: rows.missing_in(column) for column in (rows.outcome, *rows.columns)}
    lacking = [f"{n:,} {name!r}" for name, n in lost.items() if n]
    asked_rows, complete = int(rows.is_asked.sum()), int(rows.is_complete.sum())
    if lacking:
        said.append(f"Complete rows only, {complete:,} of {asked_rows:,}: without an answer to {', '.join(lacking)}.")
    said += rows.notes
    said += _too_far(columns, rows.weighs, asked.points)
    pooled = [name for name in columns.drivers if name not in asked.drivers]
    said += [f"{name!r} are made of one another and taken together." for name in pooled]
    return said


def _too_far(columns: DriverColumns, weighs: NDArray[np.bool_], points: float) -> list[str]:
    """A note where ``points`` are more than a driver differs by between any two people."""
    reach = np.append(np.ptp(columns.values[weighs, :-1], axis=0), np.inf)
    far = [repr(name) for name, of in zip(columns.drivers, columns.members, strict=True)
           if reach[np.append(of > 0, not of.any())].min() < points]  # fmt: skip
    if not far:
        return []
    return [f"{points:g} more of {', '.join(far)} is more than anybody's answer differs by: take fewer points."]
