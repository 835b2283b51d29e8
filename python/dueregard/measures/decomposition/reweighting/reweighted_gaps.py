"""`dueregard.reweighted_gap`: the gap that would remain if the groups had the same profile."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.decomposition.reweighting.reweighting import TOWARDS
from dueregard.inference.decomposition.unmeasured import IMBALANCE
from dueregard.measures.decomposition.rates.decomposition_options import ADJUSTMENTS
from dueregard.measures.decomposition.reweighting.cell_gaps import cell_gap
from dueregard.measures.decomposition.reweighting.propensity_gaps import propensity_gap
from dueregard.measures.decomposition.reweighting.reweighting_questions import MODELS, ReweightingQuestion
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart
from dueregard.measures.decomposition.samples.sample_findings import Said, sample_findings, threshold_of
from dueregard.measures.decomposition.samples.sample_reading import gap_sample

MOST_CELLS = 1_000_000


def reweighted_gap(
    data: Any,
    *,
    outcome: str,
    group: str,
    reference: Any,
    factors: Sequence[str],
    positive: Any = None,
    exclude: Any = (),
    scores: Mapping[str, Any] | None = None,
    towards: str = "both",
    model: str = "cells",
    trim: float | None = None,
    by: str | Sequence[str] | None = None,
    imbalance: float = IMBALANCE,
    adjust: str = "holm",
    threshold: float | None = None,
    unit: str = "people",
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
    """Estimate the gap that would remain if two groups had the same profile, by letting people count for more or less.

    No model of the outcome is needed: whoever has a profile that is rarer in the group than in the profile aimed at
    counts for more.

    Parameters
    ----------
    data, outcome, group, reference, positive, exclude, scores
        As in `dueregard.oaxaca_blinder`.
    factors : sequence of str
        What the profile is made of.
    towards : {"both", "reference", "group"}
        The profile that both sides are given: halfway between the two, for which what remains is the part of rates in
        `dueregard.kitagawa`; the reference's, as in direct standardisation to it; or the group's.
    model : {"cells", "logit"}
        "cells": every combination of the levels of all factors is a profile. People in combinations that are on one
        side only have no counterpart; their part of the gap is a row "not comparable" (Nopo 2008).
        "logit": by how likely each profile is to be of the group, from a logit with the factors as they are; for
        factors with numbers, or with too many combinations. People whose likelihood is beyond that of the whole other
        side are flagged and counted, and stay in.
    trim : float, optional
        The most that anybody may count for, as a multiple of before; at least 1. Nobody is cut unless it is given. What
        it changes: profiles are then no longer quite the same.
    by, imbalance, adjust, threshold, unit, name, period, higher_is_better, confidence_level, weight, design
        As in `dueregard.oaxaca_blinder`.
    missing, where, labels, threads
        As in `dueregard.oaxaca_blinder`.

    Returns
    -------
    Findings
        Of the kind "gap parts". For each group the rows ``part`` "gap", "explained" (what the profiles account for),
        "unexplained" (the gap that remains, with the two reweighted means as ``value`` and ``reference_value``, and
        ``e_value`` and ``needed_effect``) and, of cells, "not comparable", which has no limits; they add up. On the gap
        ``empty_percent`` (of a logit ``beyond_percent``) is the percent of the people of both groups without
        counterpart, flagged where it is above 0. On "unexplained", ``effective_nobs`` is the smaller of the numbers of
        people that the reweighted means rest on, ``largest_weight`` the most that anybody counts for, as a multiple of
        before, and ``cut_percent`` how many were cut by ``trim``.

    Raises
    ------
    TypeError
        If data is a Tally, or an argument is of the wrong type.
    ValueError
        If an argument is not one of those above; if a factor has numbers and the model is "cells"; if, everybody taken
        together, a group has nobody, nobody has a counterpart, or a factor tells the groups apart without error. Where
        that happens in an area its rows stay, with NaN and a flag.

    Notes
    -----
    DiNardo, J., Fortin, N. M. and Lemieux, T. (1996), Econometrica 64: 1001-1044; with a logit that has a column for
    every combination both models are the same. Nopo, H. (2008), Review of Economics and Statistics 90: 290-299.
    Standard errors are linearised by the scores of means, shares and coefficients of the logit, added up by cluster;
    deviations from the mean of a cell are divided by the root of 1 - 1/n for the n people in it (HC2). The gap between
    two shares has the interval, p-value and verdict that `dueregard.gap` has for the same people.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.reweighted_gap(
    ...     dr.data.example("explained_gap"),
    ...     outcome="satisfaction",
    ...     positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    ...     exclude="Don't know",
    ...     group="ethnic_group_broad",
    ...     reference="White",
    ...     factors=["age_band", "deprivation", "prior_opinion"],
    ...     towards="reference",
    ... ).to_dict()
    >>> [(found["part"][i], *(round(found[name][i], 1) for name in ("estimate", "low", "high"))) for i in range(3)]
    [('gap', -7.9, -9.4, -6.5), ('explained', -4.8, -5.9, -3.7), ('unexplained', -3.1, -4.8, -1.5)]
    """
    _check(towards, model, trim)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    asked = ReweightingQuestion(
        towards=towards,
        model=model,
        trim=trim,
        level=checked.level(confidence_level),
        adjust=adjust,
        threshold=threshold_of(threshold, positive, scores, outcome),
    )
    said = Said(
        outcome=outcome,
        positive=positive,
        group=group,
        name=name,
        period=period,
        imbalance=imbalance,
        unit=unit,
        higher_is_better=higher_is_better,
        sampled=design is not None or weight is not None,
        surveyed=design is not None,
    )
    sample = gap_sample(
        data,
        outcome=outcome,
        positive=positive,
        exclude=exclude,
        group=group,
        reference=reference,
        factors=factors,
        scores=scores,
        by=by,
        unit=unit,
        weight=weight,
        design=design,
        where=where,
        labels=labels,
        missing=missing,
        threads=threads,
    )
    if model == "cells":
        _refuse_uncrossed(sample)
    return sample_findings(sample, asked, partial(METHODS[model], question=asked), said)


METHODS: dict[str, Callable[..., Apart | str]] = {"cells": cell_gap, "logit": propensity_gap}


def _check(towards: str, model: str, trim: float | None) -> None:
    """Refuse options that do not exist."""
    checked.one_of("towards", towards, tuple(TOWARDS))
    checked.one_of("model", model, MODELS)
    if trim is not None and not checked.number("trim", trim) >= 1:
        raise ValueError(f"trim: {trim!r} is below 1, and would cut people who count for no more than before")


def _refuse_uncrossed(sample: GapSample) -> None:
    """Factors with numbers cannot be crossed, nor too many levels."""
    for term in sample.terms:
        if term.levels is None:
            raise ValueError(
                f"factors: {term.name!r} has numbers, which cannot be crossed; use model='logit', or band them"
            )
    if sample.n_cells > MOST_CELLS:
        raise ValueError(
            f"factors: {sample.n_cells:,} combinations are more than {MOST_CELLS:,}; use model='logit', or fewer"
        )
