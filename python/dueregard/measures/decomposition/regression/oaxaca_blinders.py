"""`dueregard.oaxaca_blinder`: a gap between groups taken apart by regression."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.decomposition.regression import common_coefficients
from dueregard.inference.decomposition.unmeasured import IMBALANCE
from dueregard.inference.random_keys import SEED, key_of
from dueregard.measures.decomposition.rates.decomposition_options import ADJUSTMENTS, factor_names
from dueregard.measures.decomposition.regression.linear_gaps import linear_gap
from dueregard.measures.decomposition.regression.logit_gaps import logit_gap
from dueregard.measures.decomposition.regression.regression_questions import DETAILS, MODELS, RegressionQuestion
from dueregard.measures.decomposition.samples.sample_blocks import Apart
from dueregard.measures.decomposition.samples.sample_findings import Said, sample_findings, threshold_of
from dueregard.measures.decomposition.samples.sample_reading import gap_sample


def oaxaca_blinder(
    data: Any,
    *,
    outcome: str,
    group: str,
    reference: Any,
    factors: Sequence[str],
    positive: Any = None,
    exclude: Any = (),
    scores: Mapping[str, Any] | None = None,
    coefficients: str | float = "pooled",
    parts: int = 2,
    model: str = "linear",
    detail: str = "yun",
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
    rng: Any = SEED,
) -> Findings:
    """Take a gap between two groups apart by regression: what their members explain, and what remains.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records, one row for each person.
    outcome : str
        A column of numbers; or of answers, with ``positive`` or with ``scores``.
    group, reference : str and label
        The column of groups, and the one that each other is held against. The gap is group minus reference.
    factors : sequence of str
        What is held equal. Columns of numbers have a slope; others are categories, and so is one of whole numbers whose
        labels are in ``labels``. A column in ``scores`` has numbers.
    positive, exclude : label or list of labels, optional
        Which answers count, and which are left out, as in `dueregard.gap`: then parts are in percentage points.
    scores : dict of str to labels, optional
        For columns of answers, labels from worst to best: 0 to 100 in equal steps; or a dict of label to number.
    coefficients : str or float
        What the explained part of a two-fold decomposition is valued at:

        - ``"pooled"``: the coefficients of one model of both groups with an indicator of the group (Fortin 2008, Jann
          2008); without the indicator explained parts take some of the unexplained one over;
        - ``"reference"`` or ``"group"``: those of one of them (Oaxaca 1973, Blinder 1973);
        - ``"neumark"``: of one model of both without the indicator (Neumark 1988, Oaxaca and Ransom 1994);
        - ``"cotton"``: the mean of both by numbers of people (Cotton 1988); ``"reimers"``: half of each (Reimers 1983);
        - a number from 0 to 1: what the group's own count for, the reference's having the rest.
    parts : {2, 3}
        2: "explained" and "unexplained". 3: "endowments" at the coefficients of the reference, "coefficients" at the
        members of the reference, and their "interaction"; ``coefficients`` has no part in it.
    model : {"linear", "logit"}
        "logit" needs ``positive``.
    detail : {"yun", "fairlie"}
        How a logit gives its parts to factors. "yun": in proportion to their parts of the linear predictor (Yun 2004).
        "fairlie": by what changes when one factor after another is exchanged between people of the same rank (Fairlie
        2005), averaged over all orders of factors, of more than 10 over orders drawn by chance; of the explained part.
    by : str or sequence of str, optional
        Columns of areas, in each of which the gap is taken apart again; all areas together come first, then rows of
        ``row_type`` "variation": how much the gap, and what remains of it, varies between areas beyond chance.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        Adjustment of the p-values of totals: of each total, all groups in all areas are one family, and the rows for
        all areas together another.
    threshold : float, optional
        What matters, in points: 5 unless given, of numbers that are no scores nothing. Totals have verdicts by it.
    imbalance : float
        For ``needed_effect``: by how many points an unmeasured factor is more common in one of the groups.
    unit : {"people", "areas"}
        What a row is. A table in which each row is another area is refused, unless that is meant.
    name, period : str, optional
        What is measured, and what to write in the ``period`` column.
    higher_is_better : bool
    confidence_level : float
    weight : str, optional
        A column of weights; or, with more than weights, ``design``.
    design : SurveyDesign, optional
        How the sample was drawn, from `dueregard.survey_design`. Without it rows were drawn one by one.
    missing, where, labels, threads
        As in `dueregard.tally`. Rows without the outcome or a factor are left out and counted in ``outcome_missing``.
    rng : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        Where orders come from that are drawn by chance: those of Fairlie's detail with more than 10 factors;
        the same ones unless given.

    Returns
    -------
    Findings
        Of the kind "gap parts". For each group: a row ``part`` "gap", with the means (percentages) ``value`` and
        ``reference_value`` and their difference ``estimate``; then each part in total, followed by each ``factor`` and
        of a category each ``level``. ``estimate`` are points of the gap, with ``se``, ``low``, ``high``, ``pvalue``
        and ``share_of_gap`` in percent, which is NaN where the interval of the gap holds 0. Parts add up to the gap,
        factors to their part, and levels to their factor. Rows of levels have ``group_share`` and ``reference_share``,
        the percent of people there, and their mean outcomes; of numbers, ``group_mean`` and ``reference_mean``.

        On the total of "unexplained" (or "coefficients") ``value`` and ``reference_value`` are what the means of both
        would be if they were alike in all factors, and ``e_value``, ``e_value_low`` (see `dueregard.e_value`) and
        ``needed_effect`` say how strong something unmeasured would have to be. The reference has one row of its own.

    Raises
    ------
    TypeError
        If data is a Tally, or an argument is of the wrong type.
    ValueError
        If an argument is not one of those above or a column is not there. If, everybody taken together, a model cannot
        be fitted in some group: fewer people than coefficients, a factor that is the same for all of them or made of
        others, a level at which nobody is, or, of a logit, answers that a factor separates. Where that happens in an
        area its rows stay, with NaN and a flag.

    Notes
    -----
    Coefficients of a category are deviations from the mean over its levels (Yun 2005), so that no level is left out and
    none depends on which one would be. The unexplained parts of numbers depend on where their scale has its zero, and
    change places with the constant when that moves; totals do not.

    A logit of both groups with an indicator ("pooled") is used with the indicator at its mean, so that it favours
    neither; parts of a logit are differences of mean predictions, which for each group are its own share of answers.
    People are paired by rank over both whole groups, with their weights, where Fairlie draws samples of the larger one.

    At zero: a group or area without people has NaN and a flag. A part that nothing adds to is 0, and has no interval
    where nothing varies in the sample.

    Standard errors are linearised by the scores of means and coefficients, both of which vary with who was drawn (Jann
    2008, Stata Journal 8: 453-479), added up by cluster; limits are Student's t. With replicates in the design linear
    models are fitted again in each; the parts of a logit change there by their scores.

    Limits are of estimates that are nearly normal. That is so of totals; the part of a level in which the groups hardly
    differ, or that hardly matters, is a product of two small numbers, and its limits are too narrow in small samples.
    Yun's parts of factors run away where what these add to a step nearly cancels, so that it would have a slope that
    no logit has; they are NaN then, and flagged ``UNDEFINED``. Totals do not.

    The gap between two shares has the interval, p-value and verdict that `dueregard.gap` has for the same people.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.oaxaca_blinder(
    ...     dr.data.example("explained_gap"),
    ...     outcome="satisfaction",
    ...     positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    ...     exclude="Don't know",
    ...     group="ethnic_group_broad",
    ...     reference="White",
    ...     factors=["age_band", "deprivation", "prior_opinion"],
    ... ).to_dict()
    >>> totals = [i for i, factor in enumerate(found["factor"]) if factor is None and found["low"][i] < 0]
    >>> [(found["part"][i], *(round(found[name][i], 1) for name in ("estimate", "low", "high"))) for i in totals]
    [('gap', -7.9, -9.4, -6.5), ('explained', -4.9, -5.5, -4.4), ('unexplained', -3.0, -4.5, -1.5)]
    """
    _check(coefficients, parts, model, detail, positive)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    asked = RegressionQuestion(
        coefficients=coefficients,
        parts=parts,
        model=model,
        detail=detail,
        level=checked.level(confidence_level),
        adjust=adjust,
        threshold=threshold_of(threshold, positive, scores, outcome),
        n_factors=len(factor_names(factors)),
        key=key_of(rng),
        rng=rng,
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
    return sample_findings(sample, asked, partial(METHODS[model], question=asked), said)


METHODS: dict[str, Callable[..., Apart | str]] = {"linear": linear_gap, "logit": logit_gap}


def _check(coefficients: str | float, parts: int, model: str, detail: str, positive: Any) -> None:
    """Refuse options that do not exist, and those that do not go together."""
    common_coefficients.check(coefficients)
    if parts not in (2, 3) or isinstance(parts, bool):
        raise ValueError(f"parts: {parts!r} is neither 2 nor 3")
    checked.one_of("model", model, MODELS)
    checked.one_of("detail", detail, DETAILS)
    if model == "logit" and positive is None:
        raise ValueError("model: a logit is of an outcome that people have or not; say which answers with positive=")
    if model == "linear" and detail != "yun":
        raise ValueError(f"detail: {detail!r} is for model='logit'; of a linear model each factor has its own part")
    if detail == "fairlie" and parts == 3:
        raise ValueError("parts: Fairlie's detail is of the explained part of two; use detail='yun' for three")
