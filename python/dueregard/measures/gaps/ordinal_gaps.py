"""`dueregard.ordinal_gap`: every group's answers on an ordered scale against a reference, by area."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.ordinal import MEASURES, mid_shares, shares, superiority
from dueregard.inference.intervals import wilson
from dueregard.inference.reaches import Reach
from dueregard.inference.references import Reference
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.gaps.distribution_rows import Findable, Question, distribution_columns
from dueregard.measures.gaps.distributions import Sides, distributions
from dueregard.measures.gaps.survey_superiority import survey_superiority
from dueregard.measures.grouped import as_labels, by_names, position, positions, tally_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule
from dueregard.missing import is_missing
from dueregard.tallies import Tally
from dueregard.units import FROM_EVEN_CHANCE

INFERENCES = ("chance", "none")
ADJUSTMENTS = (*multiplicity.METHODS, "none")
THRESHOLDS = {"superiority": 5.0, "cliffs-delta": 10.0}
WORDS = {"superiority": "chance of a higher answer to", "cliffs-delta": "share of pairs with the higher answer to"}


def ordinal_gap(
    data: Any,
    *,
    outcome: str,
    group: str,
    reference: Any = None,
    scale: Sequence[Any] | None = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    measure: str = "superiority",
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Gap of every group's answers on a whole scale against a reference, not of the share of some answers only.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally, dimensions not asked for are summed.
    outcome : str
        The column of answers.
    group : str
        The column of groups.
    reference : label, OVERALL or REST
        Required, as in `dueregard.gap`.
    scale : sequence of labels, optional
        The answers in order, worst first; required unless the labels of the column have an order of their own. Every
        answer that occurs is in it or in ``exclude``.
    exclude : label or list of labels
        Answers outside the scale, such as "Don't know".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together, from all cases, come first.
    measure : {"superiority", "cliffs-delta"}
        "superiority": the chance that one of the group gave a higher answer than one of the reference, equal answers
        counting half; ``value`` is that chance, ``reference_value`` the 50% of no difference. "cliffs-delta": the
        chance of a higher answer (``value``) less that of a lower one (``reference_value``).
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        As in `dueregard.gap`.
    threshold : float, optional
        The gap that matters, in percentage points: unless given 5 for superiority and 10 for Cliff's delta, which is
        the same.
    name, period, inference, confidence_level
        As in `dueregard.gap`.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        Rows and columns as those of `dueregard.gap`; ``count`` is empty, ``nobs`` counts answers on the scale, and
        ``estimate`` is ``value`` less ``reference_value``.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`; and if an answer is in neither ``scale`` nor ``exclude``, or in both.

    Notes
    -----
    Interval and test are those of `dueregard.compare_ordinal`, which are defined at every table. Against OVERALL, the
    gap from the whole is 1 - the group's share of cases times that from the rest, for against itself a group has no
    gap. With weights the shares of the answers come from sums of weights and the interval from Kish's effective numbers
    of cases. With a design the effective number is the one that gives the linearised variance of the probability;
    ``se`` is the root of that, and ``effective_nobs`` stays Kish's. For the verdict's multiples the effective number of
    cases grows with the numbers. The variance of a gap in
    an area, by which variation between areas is judged, is the one that its interval stands for.

    Examples
    --------
    >>> import dueregard as dr
    >>> answers = ["poor", "fair", "good", "excellent"]
    >>> records = {"answer": ["poor"] * 3 + ["fair"] * 7 + ["good"] * 7 + ["excellent"] * 3
    ...                      + ["poor"] + ["fair"] * 3 + ["good"] * 10 + ["excellent"] * 8,
    ...            "grade": ["staff"] * 20 + ["officer"] * 22}
    >>> findings = dr.ordinal_gap(records, outcome="answer", group="grade", reference="staff", scale=answers)
    >>> [round(findings[name][0], 1) for name in ("value", "reference_value", "estimate", "low", "high")]
    [69.1, 50.0, 19.1, 2.2, 32.1]
    """
    if reference is None:
        raise TypeError("ordinal_gap needs reference=: one of the groups, dr.REST or dr.OVERALL")
    checked.one_of("measure", measure, MEASURES)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    measured = checked.words("name", name)
    names = by_names(by, {"outcome": outcome, "group": group})
    matters = THRESHOLDS[measure] if threshold is None else practical_threshold(threshold)
    rules = tuple(Rule(level, matters) for level in checked.levels(confidence_level))
    tally = tally_of(
        data, [*names, group], outcome=outcome, weight=weight, where=where, labels=labels, count=count, missing=missing,
        threads=threads, design=design,
    )  # fmt: skip
    tally, order = _on_scale(tally, outcome, scale, as_labels(exclude))
    own = distributions(tally, names, group, [(outcome, order)])
    question = Question(
        name=measured or f"{WORDS[measure]} {outcome}",
        characteristic=group,
        by=names,
        reference=reference,
        position=None if isinstance(reference, Reference) else position("reference", reference, own.groups, group),
        rules=rules if inference == "chance" else rules[:1],
        adjust=adjust,
        period=period,
        chance=inference == "chance",
        unit=FROM_EVEN_CHANCE if measure == "superiority" else "percentage points",
    )
    return Findings(
        distribution_columns(own, question, partial(_measured, measure)),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=True,
        threshold=matters if question.chance else None,
        kind="ordinal gap",
    )


def _on_scale(tally: Tally, outcome: str, scale: Any, exclude: Sequence[Any]) -> tuple[Tally, list[int]]:
    """The tally with every answer of the scale among its labels, and their positions in order."""
    answers = tally.labels[outcome]
    left_out = positions("exclude", exclude, answers, outcome)
    stated = [label for i, label in enumerate(answers) if i not in left_out and not is_missing(label)]
    if scale is None:
        if not tally.ordered.get(outcome, False):
            raise ValueError(
                f"scale: the labels of {outcome!r} have no order of their own; name them, worst first: {stated}"
            )
        wanted = stated
    else:
        wanted = as_labels(scale)
    for i, label in enumerate(wanted):
        if is_missing(label):
            raise ValueError(f"scale: {label!r} is a kind of missing, not an answer")
        if label in wanted[:i]:
            raise ValueError(f"scale: {label!r} is there twice")
        if label in [answers[at] for at in left_out]:
            raise ValueError(f"scale and exclude: {label!r} is in both")
    for label in stated:
        if label not in wanted:
            hint = did_you_mean(label, [other for other in wanted if other not in answers])
            raise ValueError(f"scale: {label!r} is an answer to {outcome!r} but neither in scale nor in exclude{hint}")
    if len(wanted) < 2:
        raise ValueError(f"scale: {wanted} has fewer than two answers")
    every = [*answers, *(label for label in wanted if label not in answers)]
    spread = tally.relabelled({outcome: (list(range(len(answers))), every)})
    return spread, [every.index(label) for label in wanted]


def _measured(measure: str, sides: Sides) -> Findable:
    """Superiority or Cliff's delta of every group."""
    shape = sides.own.nobs.shape
    own, shown = shares(sides.own.sums), shares(sides.shown.sums)
    chance = (own * mid_shares(shown)).sum(axis=-1)
    value, reference_value = chance, np.where(np.isnan(chance), np.nan, 0.5)
    if measure == "cliffs-delta":
        equal = (own * shown).sum(axis=-1)
        value, reference_value = chance - equal / 2, 1 - chance - equal / 2
    theta, size = superiority(sides.own.sums, sides.against.sums, sides.own.size, sides.against.size)
    factor = np.where(sides.comparable, 1 - sides.part, np.nan) * (2 if measure == "cliffs-delta" else 1)
    if sides.own.survey is None:
        gaps = _gaps(theta.reshape(-1), size.reshape(-1), factor.reshape(-1))
        return Findable(100 * value, 100 * reference_value, gaps, np.zeros(shape, np.int64))
    found = survey_superiority(sides)
    gaps = _gaps(theta.reshape(-1), found.size.reshape(-1), factor.reshape(-1), found.stretch)
    extra = {"se": 100 * factor * found.se, "degrees_of_freedom": found.own_degrees}
    return Findable(100 * value, 100 * reference_value, gaps, found.flag, extra)


def _gaps(theta: Floats, size: Floats, factor: Floats, stretch: Callable[[Floats], Floats] | None = None) -> Reach:
    """What is above one half, as a comparison; ``stretch`` says how much further limits reach in a survey."""

    def limits(z: Floats) -> tuple[Floats, Floats]:
        low, high = wilson(theta, size, z if stretch is None else z * stretch(z))
        return factor * (low - 0.5), factor * (high - 0.5)

    return Reach(factor * (theta - 0.5), limits, 0.0, "Wilson for effective numbers of cases")
