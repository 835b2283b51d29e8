"""`dueregard.crossings`: every combination of several characteristics, from one tally."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings, check_by
from dueregard.inference import checked
from dueregard.inference.references import OVERALL, Reference
from dueregard.inference.surveys.intervals.design_contrasts import METHODS as DESIGN_METHODS
from dueregard.inference.two_groups.comparisons import METHODS
from dueregard.inference.two_groups.multiplicity import METHODS as ADJUSTED
from dueregard.inference.two_groups.two_samples import check_method
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.crossings.crossing_cells import Answers, crossings_of
from dueregard.measures.crossings.crossing_rows import Asked, compared_columns, share_columns
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import position, tally_of, words_for
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import WHOLE_COUNTS_ONLY, Rule
from dueregard.tallies import Tally

MOST_CHARACTERISTICS = 8
ADJUSTMENTS = (*ADJUSTED, "none")
INFERENCES = ("chance", "none")
TAKEN = ("crossed", "empty_combinations", "not_compared", "unit", "section", "indicator", "kind", "statistic", "basis")
"""Columns of crossings, and of other findings that are shown in another way; so are those with "interaction"."""


def crossings(
    data: Any,
    characteristics: Sequence[str],
    *,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    depth: int = 2,
    reference: Any = OVERALL,
    measure: str = "difference",
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | str | None = None,
    higher_is_better: bool = True,
    min_count: int = 10,
    empty: bool = False,
    most_rows: int = 20_000,
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
    """Every combination of up to eight characteristics: how many, their share, and how it differs.

    From each characteristic by itself to ``depth`` of them crossed, all from one tally.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally, dimensions not asked for are summed.
    characteristics : sequence of str
        Up to eight columns, such as ``["ethnicity", "gender", "disability"]``.
    outcome, positive, exclude
        As in `dueregard.gap`. Without an outcome combinations are only counted, and their value is their share of all
        cases whose labels are known.
    depth : int
        The most characteristics that are crossed; 2 gives each by itself and all pairs.
    reference : OVERALL, REST, or dict of str to label
        What each combination is compared with: all known combinations of the same characteristics together, all others
        of them, or one combination, named by a label for every characteristic: ``{"ethnicity": "White", "gender":
        "Male"}``; rows of ethnicity alone are then compared with "White". Not used without an outcome.
    measure, method, threshold, higher_is_better
        As in `dueregard.gap`.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        Adjustment of p-values: all rows that are compared are one family. The more is crossed the larger it is:
        "benjamini-hochberg" bounds the share of false findings instead of the chance of any.
    min_count : int
        Combinations of fewer cases keep their row, but are compared with nothing and are in no family.
    empty : bool
        Whether combinations that nobody has are rows too. Otherwise ``empty_combinations`` says how many there are.
    most_rows : int
        More rows than this are refused before they are made.
    name, period, inference, confidence_level
        As in `dueregard.gap`; several confidence levels only with an outcome.
    count, missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally. Interactions
        have the variance of the design too.

    Returns
    -------
    Findings
        A row for each combination that occurs, and for every label of a characteristic by itself: one characteristic at
        a time first, then pairs. Each characteristic has a column, null where all its labels are together;
        ``characteristic`` and ``group`` say it in words, and ``crossed`` how many are crossed. Combinations with a kind
        of missing come last in their crossing and are compared with nobody. ``not_compared`` says which others are not.

        With differences ``interaction`` says by how many percentage points pairs of labels differ from what their two
        differences add up to, with limits at the (first) confidence level and p-values of a family of their own.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`; if there are more than eight characteristics, or more than ``most_rows`` rows.
    MemoryError
        If the tally of all characteristics has more cells than memory, before it is counted: cross fewer at a time.

    Notes
    -----
    The interaction of labels a and b of two characteristics is p(a, b) - p(a, not b) - p(not a, b) + p(not a, not b),
    where "not" is everybody else whose label is known: it is 0 if the share with both is what the share with neither
    and the differences of each alone add up to. Its limits recover variances from the Wilson limits of the four shares,
    and its p-value is the smallest 1 - level at which they exclude 0. It says nothing of why, and on the scale of
    ratios the same shares can show another interaction.

    Cells are small soon: an interval that is wide is all that can be said of a small one. Combinations overlap (all
    women are in several rows), so the adjustments that hold whatever the dependence are "holm", "bonferroni" and
    "benjamini-yekutieli".

    At zero: as `dueregard.gap`. With weights the share of the rest is that of the whole less the combination.

    Examples
    --------
    >>> import dueregard as dr
    >>> records = {"ethnicity": ["Black"] * 100 + ["White"] * 200, "gender": (["F"] * 50 + ["M"] * 50) * 3,
    ...            "satisfied": [True] * 30 + [False] * 20 + ([True] * 42 + [False] * 8) * 5}
    >>> found = dr.crossings(records, ["ethnicity", "gender"], outcome="satisfied", positive=True)
    >>> for row in found.filter(crossed=2).rows():
    ...     print(row["group"], row["count"], row["nobs"], round(row["estimate"], 1), round(row["interaction"], 1))
    Black, F 30 50 -20.0 -24.0
    Black, M 42 50 4.0 24.0
    White, F 84 100 4.0 24.0
    White, M 84 100 4.0 -24.0
    """
    names = _names(characteristics, outcome)
    crossed = _depth(depth, len(names))
    if design is not None:
        check_design(data, design, weight)
    methods = METHODS if design is None else DESIGN_METHODS
    method = methods.get(measure, ("",))[0] if method is None else method
    _check_options(outcome, positive, measure, method, adjust, reference, inference, methods)
    checked.true_or_false("higher_is_better", higher_is_better)
    checked.true_or_false("empty", empty)
    fewest, most = checked.at_least_one("min_count", min_count), checked.at_least_one("most_rows", most_rows)
    measured = checked.words("name", name)
    matters = read_threshold(threshold, measure)
    rules = tuple(Rule(level, matters.size, measure) for level in checked.levels(confidence_level))
    if outcome is None and len(rules) > 1:
        raise ValueError("confidence_level: without an outcome there is one level")
    tally = tally_of(
        data,
        names,
        outcome=outcome,
        weight=weight,
        where=where,
        labels=labels,
        count=count,
        missing=missing,
        threads=threads,
        design=design,
    )
    if tally.weighted and method in WHOLE_COUNTS_ONLY:
        raise ValueError(f"method: {method!r} needs whole counts, and weighted cases have effective numbers")
    question = Question(
        name=measured or ("share of cases" if outcome is None else words_for(outcome, positive)),
        measure=measure,
        method=method,
        adjust=adjust,
        characteristic="",
        by=(),
        reference=reference if isinstance(reference, Reference) else None,
        position=None,
        rules=rules if inference == "chance" else rules[:1],
        pool="cases",
        period=period,
        chance=inference == "chance",
        practical=None if measure == "difference" else matters,
        higher_is_better=higher_is_better,
    )
    place = _places(reference, names, tally) if outcome is not None else None
    answers = None if outcome is None else Answers(outcome, positive, exclude)
    found = crossings_of(tally, names, crossed, answers, empty=empty, most=most)
    asked = Asked(names, question, fewest, place)
    columns: Columns = share_columns(found, asked) if outcome is None else compared_columns(found, asked)
    return Findings(
        columns,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=None if outcome is None else higher_is_better,
        threshold=matters.size if question.chance and outcome is not None else None,
        kind="crossed groups",
    )


def _names(characteristics: Any, outcome: Any) -> tuple[str, ...]:
    """The characteristics, one to eight columns of different names."""
    if isinstance(characteristics, str) or not isinstance(characteristics, Sequence):
        raise TypeError(f"characteristics: {characteristics!r} is not a list of columns")
    names = tuple(characteristics)
    if not names:
        raise ValueError("characteristics: there is none")
    if len(names) > MOST_CHARACTERISTICS:
        raise ValueError(f"characteristics: {len(names)} are named; {MOST_CHARACTERISTICS} is the most")
    for i, name in enumerate(names):
        if not isinstance(name, str):
            raise TypeError(f"characteristics: {name!r} is not the name of a column")
        if name in names[:i]:
            raise ValueError(f"characteristics: {name!r} is named twice")
        if name == outcome:
            raise ValueError(f"outcome: {name!r} is one of the characteristics")
        if name in TAKEN or name.startswith("interaction"):
            raise ValueError(f"characteristics: {name!r} is the name of a column of the findings; rename it")
    check_by(names)
    return names


def _depth(depth: Any, n: int) -> int:
    found = checked.at_least_one("depth", depth)
    if found > MOST_CHARACTERISTICS:
        raise ValueError(f"depth: {depth} is above {MOST_CHARACTERISTICS}")
    return min(found, n)


def _check_options(
    outcome: Any,
    positive: Any,
    measure: str,
    method: str,
    adjust: str,
    reference: Any,
    inference: str,
    methods: Mapping[str, Sequence[str]],
) -> None:
    """Refuse options that do not exist or do not go together."""
    check_method(measure, method, methods)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if (outcome is None) != (positive is None):
        absent, given = ("outcome", "positive") if outcome is None else ("positive", "outcome")
        raise ValueError(f"{absent}: {given} is given without it")
    if not isinstance(reference, (Reference, Mapping)):
        raise TypeError(f"reference: {reference!r} is not dr.OVERALL, dr.REST, or a dict of a label for each column")
    if measure == "odds-ratio" and reference is Reference.OVERALL:
        raise ValueError("reference: an odds ratio against the whole has no interval; use dr.REST")


def _places(reference: Any, names: Sequence[str], tally: Tally) -> dict[str, int] | None:
    """Where the labels of a reference stand, one for each characteristic."""
    if isinstance(reference, Reference):
        return None
    for name in reference:
        if name not in names:
            raise ValueError(f"reference: {name!r} is not one of the characteristics {list(names)}")
    for name in names:
        if name not in reference:
            raise ValueError(f"reference: there is no label for {name!r}")
    return {name: position("reference", reference[name], tally.labels[name], name) for name in names}
