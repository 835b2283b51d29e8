"""`dueregard.representation`: each group's share of a workforce over its share of a population."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.staff.share_contrasts import METHODS
from dueregard.inference.staff.share_ratio import MEASURES
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.grouped import as_labels, by_names, tally_of
from dueregard.measures.mapped import mapped
from dueregard.measures.populations.populations import Population
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.representation_rows import RepresentationQuestion, representation_columns
from dueregard.measures.workforce.serving import Served, serve
from dueregard.tallies import Tally

INFERENCES = ("chance", "none")


def representation(
    workforce: Any,
    population: Any,
    *,
    group: str,
    by: str | Sequence[str] | None = None,
    measure: str = "ratio",
    method: str = "score",
    mapping: Any = None,
    adjust: str = "holm",
    threshold: float | str | None = None,
    no_staff: Any = (),
    higher_is_better: bool | None = None,
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
    """Share of each group among staff over its share of the population they serve, and the points between the two.

    Parameters
    ----------
    workforce : Tally or anything `dueregard.tally` takes
        One row a member of staff. Of a Tally, dimensions not asked for are summed.
    population : Population, Tally or OVERALL
        As `dueregard.population` makes it, or a tally of people with the dimension ``group``. With ``OVERALL`` each
        level of ``by``, such as a grade, is held against the whole workforce that it is a part of.
    group : str
        The column of groups in the workforce.
    by : str or sequence of str, optional
        Columns of the workforce, such as borough, grade or role; several are crossed. A column that the population has
        too is matched: each borough against its own people. Others are held against the whole population. Rows for all
        together come first.
    measure : {"ratio", "difference"}
        What ``estimate`` is. Rows of ratios also have ``difference`` with its limits, in percentage points.
    method : {"score", "exact", "mid-p"}
        As in `dueregard.compare_share`; "score" with weights, with an estimated population and with ``OVERALL`` (there
        Miettinen and Nurminen's).
    mapping : str, Mapping or dict, optional
        The groups of staff put into those of the population, as `dueregard.mapping` has it.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        Adjustment of p-values for several comparisons: all groups in all levels of ``by`` are one family, the rows for
        all together another.
    threshold : float or {"four-fifths", "0.8-1.25"}, optional
        What matters, as in `dueregard.gap`. "four-fifths" looks for shares below it, or with
        ``higher_is_better=False`` for those above 1.25.
    no_staff : label or list of labels
        Groups of the population to which no member of staff belongs. A group that is in one table alone and not named
        here is refused, for the two then have different groups.
    higher_is_better : bool, optional
        Whether a higher share is the better one, if it is either.
    name : str, optional
        What is measured, in words: "share of staff" unless given.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "chance": intervals are for chance variation in the process that made the workforce. "none": a full count.
    confidence_level : float or sequence of float
        Several, such as ``(0.95, 0.998)``, give a row each.
    count, missing, where, weight, labels, threads
        Of the workforce, as in `dueregard.tally`; not with a Tally. A weight may be the full-time equivalent.
    design : SurveyDesign, optional
        How the sample was drawn (`dueregard.survey_design`), in place of ``weight``; not with a Tally.

    Returns
    -------
    Findings
        One row for each level of ``by``, group and confidence level, kinds of missing last. ``value`` is the share of
        staff who state a group (``nobs``), ``reference_value`` the share of the population, both in percent;
        ``declaration_rate`` the percentage of staff who state one. ``reference_count`` and ``reference_nobs`` are
        people. ``population_date``, ``population_ages`` and ``mapping`` say what the population is, and ``notes`` what
        keeps it from being the people who could be staff.

    Raises
    ------
    TypeError
        If ``population`` is neither a Population, a Tally nor ``OVERALL``; if an argument has the wrong type.
    ValueError
        If a group or a level of a matched column is on one side only: the message names both sides, and the mappings
        that would fit. If a label, column or option does not exist or does not go with another.

    Notes
    -----
    Limits and p come from one statistic, see `dueregard.compare_share`: Wilson's limits of the share of staff over the
    share of the population, which is known or, where it is an estimate with an error or a range of its own, put
    together by MOVER. The error of a group's share is that of its count over the count of all, which is taken as known.
    p is the same for the ratio and for the points.

    Staff who do not state their group are outside both shares and are rows of their own; nothing is said of how they
    divide. Staff are no sample of the population, and a ratio below 1 does not say why: recruitment, leaving, age and
    declaration all have a part in it.

    With ``OVERALL`` the share of a grade is compared with that of all others, and the answer said for the whole: the
    difference is 1 - w times that from the others, where w is the grade's part of all staff, and a ratio r to the
    others is r / (w r + 1 - w) to the whole.

    At zero: no staff of a group: ratio 0 with an upper limit. No staff at all: NaN, ``NO_CASES``. A group that nobody
    in the population belongs to: NaN, ``NO_POPULATION``.

    Examples
    --------
    >>> import numpy as np
    >>> import dueregard as dr
    >>> staff = {"ethnicity": ["Asian"] * 12 + ["White"] * 88 + [None] * 5}
    >>> people = dr.Tally(np.array([400, 600]), {"ethnicity": ["Asian", "White"]})
    >>> found = dr.representation(staff, people, group="ethnicity")
    >>> [round(x, 2) for x in (found["estimate"][0], found["low"][0], found["high"][0])]
    [0.3, 0.17, 0.5]
    >>> round(found["difference"][0], 1), round(found["declaration_rate"][0], 1)
    (-28.0, 95.2)
    """
    checked.one_of("measure", measure, MEASURES)
    checked.one_of("method", method, METHODS)
    checked.one_of("adjust", adjust, [each for each in ADJUSTMENTS if each != "maximum"])
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    measured = checked.words("name", name) or "share of staff"
    practical = read_threshold(threshold, measure)
    rules = tuple(Rule(level, practical.size, measure) for level in checked.levels(confidence_level))
    names = by_names(by, {"group": group})
    _check_population(population, names, method)
    if design is not None and population is Reference.OVERALL:
        raise ValueError("design: levels of a survey are held against the whole by dr.gap, with reference=dr.OVERALL")
    tally = tally_of(
        workforce, [*names, group], outcome=None, weight=weight, where=where, labels=labels, count=count,
        missing=missing, threads=threads, design=design,
    ).margin(*names, group)  # fmt: skip
    used = None
    if mapping is not None:
        from dueregard.records.classifications import mapping as mapping_named

        used = mapping_named(mapping)
        tally = mapped(tally, group, used)
    served = serve(tally, population, group=group, by=names, no_staff=as_labels(no_staff), mapping=used)
    _check_method(method, served)
    question = RepresentationQuestion(
        name=measured,
        measure=measure,
        method=method,
        adjust=adjust,
        characteristic=group,
        by=names,
        rules=rules if inference == "chance" else rules[:1],
        period=period,
        chance=inference == "chance",
        practical=practical,
        higher_is_better=higher_is_better,
    )
    return Findings(
        representation_columns(served, question),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if question.chance else None,
        notes=served[0].notes,
        kind="representation",
    )


def _check_population(population: Any, by: Sequence[str], method: str) -> None:
    """Refuse what is no population, and options that do not go with it."""
    if population is Reference.OVERALL:
        if not by:
            raise ValueError("population: with dr.OVERALL name by=, the levels to hold against the whole workforce")
        if method != "score":
            raise ValueError(f"method: {method!r} is for a population; a part of the workforce is compared by 'score'")
    elif not isinstance(population, Population | Tally):
        kind = type(population).__name__
        raise TypeError(f"population must be made with dr.population, or a Tally or dr.OVERALL, not {kind}")


def _check_method(method: str, served: Sequence[Served]) -> None:
    """Refuse an exact method where numbers are not whole, or the population not known."""
    if method == "score":
        return
    if served[0].staff.weighted:
        raise ValueError(f"method: {method!r} needs whole counts, and these staff have effective numbers")
    people = served[0].people
    if people is not None and ((people.below > 0) | (people.above > 0)).any():
        raise ValueError(f"method: {method!r} is for a population that is known; use 'score' for an estimated one")
