"""`dueregard.compare_drivers`: whether drivers matter more to one group than to another."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.importance.shapley_subsets import N_ORDERS
from dueregard.inference.random_keys import SEED
from dueregard.inference.references import Chosen, Reference, Target
from dueregard.measures.drivers.compared_rows import Judgement, compared_columns
from dueregard.measures.drivers.driver_domains import domains_of
from dueregard.measures.drivers.driver_notes import notes_of
from dueregard.measures.drivers.driver_questions import DriverQuestion, question_of
from dueregard.measures.drivers.driver_records import columns_of, rows_of
from dueregard.measures.drivers.driver_variation import NOT_OF_SHARES
from dueregard.measures.drivers.key_drivers import models_of
from dueregard.measures.grouped import position, refuse_nobody
from dueregard.measures.surveys.hypotheses.adjusted_tests import ADJUSTMENTS
from dueregard.measures.verdicts import Rule

MEASURES = ("gain", "share")
SHARE_THRESHOLD = 5.0
"""Percentage points of a share that matter, unless another number is given; of gains a tenth of ``points``."""


def compare_drivers(
    data: Any,
    *,
    outcome: str,
    drivers: Sequence[str] | Mapping[str, str | Sequence[str]],
    group: str,
    reference: Any,
    measure: str = "gain",
    positive: Any = None,
    exclude: Any = (),
    scores: Mapping[str, Any] | None = None,
    controls: Sequence[str] = (),
    by: str | Sequence[str] | None = None,
    model: str = "linear",
    collinear: str = "refuse",
    points: float = 10,
    adjust: str = "holm",
    threshold: float | None = None,
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
    """Say whether drivers matter more, or less, to a group than to the reference.

    That a driver is clear in one group and not in another does not show that they differ; this does.

    Parameters
    ----------
    data, outcome, drivers, positive, exclude, scores, controls, by, model, collinear, points, unit
        As in `dueregard.key_drivers`.
    group, reference : str and label
        The column of groups, each of which has a model of its own, and the one that each other is held against; or
        `dueregard.REST` or `dueregard.OVERALL`, the model of all other groups, or of all, with each group among them.
    measure : {"gain", "share"}
        What is compared: what ``points`` more of the driver go with, or its share of what all drivers explain.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        How p-values are adjusted: those of all drivers and groups in all areas together are one family, those of all
        areas another.
    threshold : float, optional
        The difference that matters, in the unit of the outcome or in percentage points of a share: unless given a tenth
        of ``points``, and 5.
    n_replicates, n_orders, rng, name, period, higher_is_better, confidence_level, weight, design
        As in `dueregard.key_drivers`.
    missing, where, labels, threads
        As in `dueregard.tally`.

    Returns
    -------
    Findings
        For each area, each other group and each driver a row: ``value`` of the group, ``reference_value``, and
        ``estimate``, group less reference, with ``se``, ``low`` and ``high``, ``pvalue``, ``adjusted_pvalue`` and
        ``verdict``. Where a driver has no value on one side there is a flag and no comparison.

        With ``by``, before the areas, rows of ``row_type`` "variation" say how much each difference of gains varies
        between areas beyond chance, and with all others for reference, before the groups, how much gains vary between
        groups (their ``group`` is None); see `dueregard.key_drivers`.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.key_drivers`; if the reference is no label of the group; or if a gain is asked for and every
        driver is a category.

    Notes
    -----
    Groups may live in the same clusters: the standard error is that of the difference, from the scores of both in each
    cluster (gains) or from the replicates (shares). Limits are Student's t with the degrees of
    freedom of the clusters of both, or Satterthwaite's of each side's, if fewer.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = dr.data.example("confidence_drivers")
    >>> agree = ["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree",
    ...          "Strongly agree"]
    >>> scores = {"good_job": ["Very poor", "Poor", "Fair", "Good", "Excellent"],
    ...           **dict.fromkeys(["listens", "treats_fairly", "deals_with_crime"], agree)}
    >>> design = dr.survey_design(weight="weight", stratum="borough", psu="sampling_point")
    >>> found = dr.compare_drivers(survey, outcome="good_job", drivers=["listens", "treats_fairly", "deals_with_crime"],
    ...                            group="ethnic_group_broad", reference="White", scores=scores, exclude="Don't know",
    ...                            design=design)
    >>> [(row["driver"], round(row["estimate"], 1), row["verdict"]) for row in found.rows()][:2]
    [('listens', -0.7, 'lower by less than 1 point'), ('treats_fairly', 1.3, 'higher')]
    """
    if isinstance(reference, (Chosen, Target)):
        raise TypeError(f"reference: {reference!r} has no drivers; name a group, or dr.REST or dr.OVERALL")
    checked.one_of("measure", measure, MEASURES)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    asked = question_of(
        outcome, drivers, controls, by, group, positive=positive, scores=scores, model=model, collinear=collinear,
        points=points, unit=unit, n_replicates=n_replicates, n_orders=n_orders, rng=rng,
        confidence_level=confidence_level, name=name, period=period, higher_is_better=higher_is_better,
    )  # fmt: skip
    matters = _threshold(threshold, measure, asked)
    rows = rows_of(
        data, asked, exclude=exclude, weight=weight, design=design, missing=missing, where=where, labels=labels,
        threads=threads,
    )  # fmt: skip
    groups = rows.read.tally.labels[group]
    is_one = not isinstance(reference, Reference)
    against = position("reference", reference, groups, group) if is_one else reference
    refuse_nobody(group, groups, against if is_one else None)
    columns, cells = columns_of(rows, asked, threads)
    if measure == "gain" and not columns.is_number.any():
        raise ValueError("measure: every driver is a category, which has no gain; compare shares: measure='share'")
    domains = domains_of(rows, cells, asked, None if is_one else reference)
    models = models_of(rows, domains, columns, asked)
    rule = Rule(asked.level, matters)
    label = str(reference if is_one else reference.value)
    untold = [NOT_OF_SHARES] if measure == "share" and (asked.by or not is_one) else []
    judged = Judgement((rule,), adjust, not domains.is_full_count, asked.higher_is_better)
    return Findings(
        compared_columns(models, domains, columns, asked, judged, measure, against, label),
        by=asked.by,
        provenance=rows.provenance,
        native=rows.native,
        higher_is_better=higher_is_better,
        threshold=matters if judged.chance else None,
        notes=[*notes_of(rows, columns, asked, "compared drivers"), *models.notes, *untold],
        kind="compared drivers",
    )


def _threshold(threshold: float | None, measure: str, asked: DriverQuestion) -> float:
    if threshold is None:
        return asked.points / 10 if measure == "gain" else SHARE_THRESHOLD
    return checked.between("threshold", threshold, 0.0, float("inf"))
