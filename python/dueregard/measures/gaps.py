"""`dueregard.gap`: every group's share against a reference, by area."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.multiplicity import ADJUSTMENTS
from dueregard.measures.compared import Question
from dueregard.measures.gap_rows import gap_columns
from dueregard.measures.grouped import arrange, by_names, position, tally_of, words_for
from dueregard.measures.references import Reference
from dueregard.measures.verdicts import Rule

MEASURES = ("difference",)
METHODS = ("newcombe",)
POOLS = ("cases", "mean")
INFERENCES = ("chance", "none")


def gap(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    measure: str = "difference",
    method: str = "newcombe",
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    pool: str = "cases",
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Signed gap of every group against a reference: group minus reference, in percentage points.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally, dimensions not asked for are summed.
    outcome : str
        The column of answers.
    positive : label or list of labels
        The answers that count, such as ``["Very satisfied", "Fairly satisfied"]``.
    group : str
        The column of groups.
    reference : label, OVERALL or REST
        Required. What each group is compared with: one group, all groups together (its own share in it), or all other
        groups.
    exclude : label or list of labels
        Answers that leave the denominator, such as "Don't know".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first, with null in them.
    measure : {"difference"}
    method : {"newcombe"}
    adjust : {"holm", "none"}
        Adjustment of p-values for several comparisons: all groups in all areas are one family, the rows for all areas
        together another.
    threshold : float, optional
        The difference that matters, in percentage points; 5 unless given.
    higher_is_better : bool
        Whether a higher share is the better one; sentences and charts use it.
    pool : {"cases", "mean"}
        Rows for all areas together: from all cases, or the plain mean of the areas in which both sides have cases.
    name : str, optional
        What is measured, in words: the ``measure`` of the findings and what sentences begin with, such as "share
        satisfied". Unless given, the outcome and the positive answers; of more than two, the first by its name.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" for a full count: no intervals, p-values, verdicts or variation beyond chance.
    confidence_level : float
    missing, where, weight, labels, threads
        As in `dueregard.tally`; not with a Tally.

    Returns
    -------
    Findings
        One row for each area and group, each kind of missing last. Before the areas two rows of type "variation" for
        each group: the standard deviation of its gap between areas, beyond chance, with its interval (of level 90% for
        ``confidence_level`` 95%, so that it excludes 0 exactly when Cochran's Q has p below 0.05), and the largest gap
        that would be expected if areas did not differ (``value``: the largest seen).

    Raises
    ------
    TypeError
        If an argument has the wrong type, or ``weight``, ``where``, ``missing``, ``labels`` or ``threads`` are given
        with a Tally.
    ValueError
        If a label or column does not exist, an option does not exist, or a by column has the name of a column of the
        findings.

    Notes
    -----
    ``low`` and ``high`` are Newcombe's limits (1998, method 10) and ``pvalue`` the smallest 1 - level at which they
    exclude 0. Against OVERALL, a group is compared with a whole that it is part of: the difference is (1 - the group's
    share of cases) times that from the rest, and so are its limits.

    At zero: a group without cases keeps its row, with NaN and a flag; shares of exactly 0 or 100% have intervals of
    full width. People whose group is missing are rows with a value, but are compared with nobody and are in no
    reference. "Not applicable" answers leave ``nobs``; other missing answers and those in ``exclude`` are counted in
    ``outcome_missing``.

    With ``pool="mean"`` each side's mean of areas counts as a single sample of as many cases as give it the same
    variance, p (1 - p) / variance, and the limits are Newcombe's for those numbers.

    With weights, shares come from sums of weights and intervals use Kish's effective number of cases, (sum w)^2 / sum
    w^2; ``count`` and ``nobs`` stay unweighted.

    Examples
    --------
    >>> import dueregard as dr
    >>> records = {"satisfied": [True] * 81 + [False] * 19 + [True] * 37 + [False] * 13,
    ...            "ethnicity": ["White"] * 100 + ["Asian"] * 50}
    >>> findings = dr.gap(records, outcome="satisfied", positive=True, group="ethnicity", reference="White")
    >>> [round(x, 1) for x in (findings["estimate"][0], findings["low"][0], findings["high"][0])]
    [-7.0, -22.0, 6.4]
    """
    if reference is None:
        raise TypeError("gap needs reference=: one of the groups, dr.REST or dr.OVERALL")
    for option, value, known in (
        ("measure", measure, MEASURES), ("method", method, METHODS), ("adjust", adjust, ADJUSTMENTS),
        ("pool", pool, POOLS), ("inference", inference, INFERENCES),
    ):  # fmt: skip
        checked.one_of(option, value, known)
    checked.true_or_false("higher_is_better", higher_is_better)
    measured = checked.words("name", name)
    names = by_names(by, {"outcome": outcome, "group": group})
    rule = Rule(checked.level(confidence_level), checked.practical_threshold(threshold), adjust)
    tally = tally_of(
        data, [*names, group], outcome=outcome, weight=weight, where=where, labels=labels, missing=missing,
        threads=threads,
    )  # fmt: skip
    grouped = arrange(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=names)
    question = Question(
        measure=measured or words_for(outcome, positive),
        characteristic=group,
        by=names,
        reference=reference,
        position=None if isinstance(reference, Reference) else position("reference", reference, grouped.groups, group),
        rule=rule,
        pool=pool,
        period=period,
        chance=inference == "chance",
    )
    return Findings(
        gap_columns(grouped, question),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=rule.threshold if question.chance else None,
    )
