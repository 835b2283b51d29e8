"""Records read for a decomposition: rows of groups, with their factors as columns of a model."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign, survey_design
from dueregard.inference.references import Chosen, Reference, Target
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.decomposition.rates.decomposition_options import factor_names
from dueregard.measures.decomposition.samples.gap_samples import GapSample, Term
from dueregard.measures.decomposition.samples.sample_checks import check_factors
from dueregard.measures.grouped import by_names, position, refuse_nobody
from dueregard.measures.model_rows import ModelRows, complete_values, model_rows
from dueregard.tallies import Tally


def gap_sample(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    exclude: Any,
    group: str,
    reference: Any,
    factors: Sequence[str],
    scores: Mapping[str, Any] | None,
    by: str | Sequence[str] | None,
    unit: str,
    weight: str | None,
    design: SurveyDesign | None,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
) -> GapSample:
    """Read a table for `oaxaca_blinder` or `reweighted_gap`; arguments are theirs."""
    wanted = factor_names(factors)
    taken = {"outcome": outcome, "group": group, **{f"factors[{i}]": name for i, name in enumerate(wanted)}}
    areas_by = by_names(by, taken)
    if design is not None and weight is not None:
        raise ValueError("weight: the design has the weights; leave out weight=")
    drawn = survey_design(weight=weight) if design is None else design
    if not isinstance(data, Tally):  # which is refused below
        check_unit(data, unit, where=where, without=getattr(drawn, "columns", ()))
    rows = model_rows(
        data,
        divided_by=[*areas_by, group],
        outcome=outcome,
        columns=wanted,
        argument="factors",
        design=drawn,
        positive=positive,
        exclude=exclude,
        scores=scores,
        where=where,
        labels=labels,
        missing=missing,
        threads=threads,
    )
    check_factors(rows)
    names = rows.read.tally.labels
    _refuse_no_group(reference)
    place = position("reference", reference, names[group], group)
    refuse_nobody(group, names[group], place)
    return GapSample(
        rows=rows,
        by=areas_by,
        areas=list(product(*(names[name] for name in areas_by))),
        groups=list(names[group]),
        reference=place,
        terms=_terms(rows),
        x=complete_values(rows),
        y=np.where(rows.is_complete, rows.outcome.values, 0.0),
        cell=np.where(rows.is_complete, rows.read.rows.cell, -1).astype(np.int32),
    )


def _refuse_no_group(reference: Any) -> None:
    """Refuse what is none of the groups, which alone have people to fit a model to or to weigh again."""
    if isinstance(reference, Reference | Chosen | Target):
        raise ValueError(f"reference: {reference!r} is not one of the groups; name the one to hold others against")


def _terms(rows: ModelRows) -> list[Term]:
    found, start = [], 0
    for column in rows.columns:
        width = 1 if column.levels is None else len(column.levels)
        found.append(Term(column.name, column.levels, tuple(range(start, start + width))))
        start += width
    return found
