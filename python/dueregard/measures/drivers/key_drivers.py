"""`dueregard.key_drivers`: how much each driver explains of an outcome, and what more of it would bring."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference.importance.shapley_subsets import N_ORDERS
from dueregard.inference.random_keys import SEED
from dueregard.measures.comparison_rows import cut, stacked
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_domains import DriverDomains, domains_of, levels_of
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_notes import notes_of
from dueregard.measures.drivers.driver_questions import DriverQuestion, question_of
from dueregard.measures.drivers.driver_records import columns_of, rows_of
from dueregard.measures.drivers.driver_rows import driver_rows
from dueregard.measures.drivers.driver_variation import NOT_OF_SHARES, gain_variation
from dueregard.measures.drivers.linear_models import linear_models
from dueregard.measures.drivers.logit_models import logit_models
from dueregard.measures.model_rows import ModelRows


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
    n_orders: int = N_ORDERS,
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
        for each question. Columns that are not asked for are passed over, so that one dict does for all questions.
    controls : sequence of str
        Columns held equal throughout: drivers share what is explained beyond them.
    group : str, optional
        A column of groups, each of which has a model of its own; see `dueregard.compare_drivers` for whether they
        differ.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. All areas together come first, then how much areas vary.
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

        With ``by``, between the rows of all areas together and those of each, for each driver that has gains two of
        ``row_type`` "variation": how much the gain varies between areas beyond chance (``estimate`` a standard
        deviation, with ``low``, ``high`` and the p-value of Cochran's Q), and, of its largest distance from their
        average, ``value``, what would be expected (``estimate``) if areas did not differ.

        ``nobs`` are rows with the outcome and every column, ``outcome_missing`` the others; a note says which columns
        they lack. Where a model cannot be told, in a small or uniform group, rows have NaN and a flag.

    Raises
    ------
    TypeError
        If data is a Tally, or an argument has the wrong type.
    ValueError
        If there are not more rows than coefficients; a driver does not vary, is made of others, or is the outcome;
        there are fewer than 2 drivers or more than 25; each row is an area; a column is not there, or does not fit; or
        a category has another answer in nearly every row, or is more than 10 numbers written as text.

    Notes
    -----
    Shares are Shapley's: what a driver adds to R squared, averaged over all orders in which drivers can come (LMG:
    Lindeman, Merenda and Gold 1980; Groemping 2007, The American Statistician 61: 139-147). No order is left out, so
    that the order asked changes nothing; a logit has every order for up to 10 drivers.

    Shares are skew, and estimated too high where there is little to explain. Their limits are the outer ones of two: of
    percentiles of a bootstrap of clusters (Rao, Wu and Yue 1992), as far out as Student's t with the degrees of freedom
    of the design, and of Student's t of the angle whose squared sine is the share. With other replicates than a
    bootstrap, and of a logit of more than 10 drivers, or of so many clusters that replicates would take long, they are
    those of the angle alone.
    Chance adds to what drivers explain, to that of weak ones above all; by how much shows in replicates, to which it
    adds once more, and where a logit has none, in the variance by the design of its scores. Limits are the outer ones
    of those with and without what it adds, so that where drivers may explain nothing, the lower limit of R squared is 0
    and shares may be anything. Replicates of a logit are fitted to second order, and those of more than 15 drivers are
    held against the sample over 200 of the orders; a bootstrap does not calibrate weights again, so that its limits are
    rather too wide. Limits of R squared are Fisher's, of gains Student's t of linearised standard errors, as R's svyglm
    has them. Ranks have the intervals of `dueregard.rank_intervals`, from the covariance of shares.

    A category takes up chance with each of its levels: with more than 20 of them, or fewer than 10 complete rows a
    level, it has the flag ``MANY_LEVELS``, and a note says so.

    Whether areas differ is said of gains, not of shares: chance adds to shares, and more where fewer people were asked.
    The variances of gains are estimated in each area, so that Q is held against Welch's F instead of chi-squared, with
    variances widened by d over d less the number of columns, d the clusters less strata, and with no more degrees of
    freedom than their scores say; areas with fewer than 8 are left out. Where areas share clusters, or weights are
    calibrated, their covariance is in it.

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
