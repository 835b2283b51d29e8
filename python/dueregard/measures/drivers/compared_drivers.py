"""`dueregard.compare_drivers`: whether drivers matter more to one group than to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.areas.rank_intervals import SEED
from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, flat, stacked
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_differences import Differences, differences
from dueregard.measures.drivers.driver_domains import DriverDomains, domains_of
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_questions import DriverQuestion, question_of
from dueregard.measures.drivers.driver_rows import base_flags, survey_degrees
from dueregard.measures.drivers.key_drivers import columns_of, models_of, notes_of, rows_of
from dueregard.measures.grouped import position
from dueregard.measures.surveys.hypotheses.adjusted_tests import ADJUSTMENTS
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule

MEASURES = ("gain", "share")
SHARE_THRESHOLD = 5.0
"""Percentage points of a share that matter, unless another number is given; of gains a tenth of ``points``."""


@dataclass(frozen=True)
class Judgement:
    """How differences are judged; see `comparison_rows.Judged`. They are kept over 100, as shares are."""

    rules: tuple[Rule, ...]
    adjust: str
    chance: bool
    higher_is_better: bool | None
    scale: float = 100.0
    verdict_unit: str = "points"
    practical: Threshold | None = None


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
    """Say whether drivers matter more, or less, to a group than to the reference.

    That a driver is clear in one group and not in another does not show that they differ; this does.

    Parameters
    ----------
    data, outcome, drivers, positive, exclude, scores, controls, by, model, collinear, points, unit
        As in `dueregard.key_drivers`.
    group, reference : str and label
        The column of groups, each of which has a model of its own, and the one that each other is held against.
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
    against = position("reference", reference, rows.read.tally.labels[group], group)
    columns = columns_of(rows, asked, threads)
    if measure == "gain" and not columns.is_number.any():
        raise ValueError("measure: every driver is a category, which has no gain; compare shares: measure='share'")
    domains = domains_of(rows, columns.values, asked, threads)
    models = models_of(rows, domains, columns, asked)
    rule = Rule(asked.level, matters)
    judged = Judgement((rule,), adjust, not domains.is_full_count, asked.higher_is_better)
    return Findings(
        _columns(models, domains, columns, asked, judged, measure, against, reference),
        by=asked.by,
        provenance=rows.provenance,
        native=rows.native,
        higher_is_better=higher_is_better,
        threshold=matters if judged.chance else None,
        notes=[*notes_of(rows, columns, asked, "compared drivers"), *models.notes],
        kind="compared drivers",
    )


def _threshold(threshold: float | None, measure: str, asked: DriverQuestion) -> float:
    if threshold is None:
        return asked.points / 10 if measure == "gain" else SHARE_THRESHOLD
    return checked.between("threshold", threshold, 0.0, float("inf"))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Domains that are compared, ``own`` with the one at its place in ``against``."""

    own: NDArray[np.int64]
    against: NDArray[np.int64]
    reference: Any


def _columns(
    models: DriverModels,
    domains: DriverDomains,
    columns: DriverColumns,
    asked: DriverQuestion,
    judged: Judgement,
    measure: str,
    position_of_reference: int,
    reference: Any,
) -> Columns:
    """The rows of all areas together, which are one family, then those of each area."""
    n_groups = domains.n_groups
    group = np.array([i for i in range(n_groups) if i != position_of_reference], np.int64)
    of_areas = np.arange(0, len(domains.groups), n_groups)[:, np.newaxis]
    parts = []
    for some in (of_areas[:1], of_areas[1:]):
        if some.size and group.size:
            own = (some + group).reshape(-1)
            pairs = Pairs(own, own // n_groups * n_groups + position_of_reference, reference)
            found = differences(models, own, pairs.against, measure)
            known = domains.known[own][:, np.newaxis]
            told = replace(found, estimate=np.where(known, found.estimate, np.nan))
            contrast = PartContrast(
                told.estimate.reshape(-1) / 100, told.se.reshape(-1) / 100, told.degrees_of_freedom.reshape(-1)
            )
            fixed = _fixed(told, pairs, models, domains, columns, asked, measure)
            parts.append(block_columns(fixed, contrast, Family(judged.adjust), judged))
    return stacked(parts)


def _fixed(
    found: Differences,
    pairs: Pairs,
    models: DriverModels,
    domains: DriverDomains,
    columns: DriverColumns,
    asked: DriverQuestion,
    measure: str,
) -> Columns:
    """What is the same at every confidence level."""
    n, p = found.estimate.shape

    def each(values: Any) -> list[Any]:
        return [value for value in values for _ in range(p)]

    return {
        "measure": [asked.measure] * n * p,
        "characteristic": [asked.group] * n * p,
        "group": each(domains.groups[i] for i in pairs.own),
        **{name: each(domains.areas[j][i] for j in pairs.own) for i, name in enumerate(asked.by)},
        "period": [asked.period] * n * p,
        "row_type": ["group"] * n * p,
        "nobs": each(domains.nobs[pairs.own].tolist()),
        "outcome_missing": each(domains.incomplete[pairs.own].tolist()),
        "value": flat(found.value),
        "reference": [str(pairs.reference)] * n * p,
        "reference_nobs": each(domains.nobs[pairs.against].tolist()),
        "reference_value": flat(found.reference_value),
        "se": flat(found.se),
        "unit_of_measure": ["percentage points" if measure == "share" else asked.unit_of_gain] * n * p,
        "flag": [Flag(int(bits)) for bits in _flags(found, pairs, models, domains).reshape(-1)],
        **survey_degrees(flat(found.degrees_of_freedom), domains),
        "driver": columns.drivers * n,
        "compares": [measure] * n * p,
        "points": [asked.points] * n * p,
        "gain_unit": [asked.gain_unit] * n * p,
        "best": columns.best.tolist() * n,
    }


def _flags(found: Differences, pairs: Pairs, models: DriverModels, domains: DriverDomains) -> NDArray[np.int64]:
    """What there is to know of each comparison: of the group, and why there is none."""
    own = (base_flags(domains)[:, 0] | models.flag)[pairs.own][:, np.newaxis] | models.driver_flag[pairs.own]
    against = models.flag[pairs.against][:, np.newaxis] | models.driver_flag[pairs.against]
    nobs = domains.nobs[pairs.against][:, np.newaxis]
    reasons = {
        Flag.NO_REFERENCE: nobs == 0,
        Flag.SMALL_REFERENCE: (nobs > 0) & (nobs < SMALL_BASE),
    }
    total = own | against & ~int(Flag.NO_CASES)
    for flag, on in reasons.items():
        total = total | np.where(on, int(flag), 0)
    return np.broadcast_to(total, found.estimate.shape)
