"""`dueregard.relative_likelihood`: how likely each group is to reach a stage of work, over a reference."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.measures.rates.rate_rows import rate_columns
from dueregard.measures.workforce.stage_counts import Reading, of_outcome, people_once, pool_for
from dueregard.measures.workforce.stage_questions import answered, findings_of, read_asked


def relative_likelihood(
    data: Any,
    *,
    stage: Any,
    group: str,
    reference: Any = None,
    pool: Any = None,
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    person: str | None = None,
    exposure: str | None = None,
    by: str | Sequence[str] | None = None,
    basis: str | None = None,
    per: float = 100,
    mapping: Any = None,
    no_events: Any = (),
    method: str = "score",
    adjust: str = "holm",
    threshold: float | str | None = "0.8-1.25",
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """How likely each group is to reach a stage of work, over how likely the reference is.

    Parameters
    ----------
    data : Tally, anything `dueregard.tally` takes, or a dict of numbers by group
        With ``pool``: those who reached the stage and no others (see ``where``), one row each, such as people promoted;
        or published numbers such as ``{"White": 17, "BME": 9}``. With ``outcome``: everybody in the pool, one row each.
    stage : str or Stage
        A name of `dueregard.stages`, such as "promotion", "discipline" or "resignation".
    group : str
        The column of groups.
    reference : label, OVERALL or REST
        Required. One group, all groups together, or all other groups.
    pool : Tally, anything `dueregard.tally` takes, or a dict of numbers by group
        Out of whom: those at the stage before, those eligible, all staff. For a stage per person-years the records
        whose column ``exposure`` is time in post, or a dict of person-years by group.
    outcome, positive, exclude : str, label or list of labels
        Instead of ``pool``: the column that says what became of each, the labels that count, and those that leave the
        pool. Outcomes that are missing are outside the pool.
    person : str, optional
        The column of ``data`` that tells people apart. Each is then counted once in each area and group, however many
        rows they have.
    exposure : str, optional
        The column of time in post, in years, of the records of the pool; for a stage per person-years.
    by : str or sequence of str, optional
        Columns of areas, grades or roles, of both sides; several are crossed. Rows for all together come first.
    basis : {"previous-stage", "eligible-pool", "headcount", "person-time"}, optional
        Another denominator than the stage's own, such as "headcount" for leavers where time in post is not known.
    per : float
        Rates per person-years are given per so many.
    mapping : str, Mapping or dict, optional
        Puts the groups of both sides into others, as `dueregard.mapping` has it.
    no_events : label or list of labels
        Groups and areas of the pool in which truly nobody reached the stage; without this, they are refused.
    method : str
        As in `dueregard.compare_proportions` for a ratio, or per person-years as in `dueregard.compare_rates`.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        As in `dueregard.gap`.
    threshold : float or {"0.8-1.25", "four-fifths"}
        What matters, as in `dueregard.gap`.
    name : str, optional
        What is counted, in the plural, instead of the stage's own words.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" leaves out intervals, p-values and verdicts, which allow for chance variation in the process.
    confidence_level : float or sequence of float
        Several give a row each.
    missing, labels, threads
        As in `dueregard.tally`, of records on both sides.
    where
        As in `dueregard.tally`, of ``data``.

    Returns
    -------
    Findings
        As of `dueregard.proportionality`: ``value`` the likelihood of the group in percent (or its rate),
        ``reference_value`` the reference's, ``estimate`` the one over the other, ``difference`` the points between
        them. ``stage``, ``basis`` and ``convention`` say what was compared, which way round, and whether above or below
        1 is worse for the group; ``better`` is "higher" or "lower".

    Raises
    ------
    TypeError
        If neither or both of ``pool`` and ``outcome`` are given, or the reference is missing.
    ValueError
        If the stage does not exist; if the groups of the two sides differ, naming both; if more reached the stage than
        there were, which may mean that one person was counted several times; if exposure is missing for a stage per
        person-years, or given for another; if a column or label does not exist.

    Notes
    -----
    The ratio always has the group over the reference. The NHS Workforce Race Equality Standard (WRES) turns some round,
    so that above 1 is worse for minority ethnic staff whatever the stage; ``convention`` says where.

    Shares are compared by Miettinen and Nurminen's score, see `dueregard.compare_proportions`; leavers per person-years
    as Poisson rates, see `dueregard.compare_rates`. A published ratio of two small counts may be anything: 9 of 750
    against 17 of 2,429 is 1.7, and could be 0.8 or 3.7.

    At zero: nobody of the group: ratio 0 with an upper limit; nobody of the reference: infinite; of neither: not
    defined. A pool of nobody has no likelihood. Events whose group is not known are rows, and in no ratio.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.relative_likelihood(
    ...     {"White": 17, "BME": 9}, pool={"White": 2_429, "BME": 750}, stage="discipline",
    ...     group="ethnicity", reference="White",
    ... )
    >>> row = found.filter(group="BME")
    >>> [round(row[name][0], 1) for name in ("estimate", "low", "high")], row["verdict"][0].partition(":")[0]
    ([1.7, 0.8, 3.7], 'too few to tell')
    >>> row["convention"][0]
    'group over reference: above 1 is worse for the group; WRES indicator 3 has minority ethnic over White, as here'
    """
    if (pool is None) == (outcome is None):
        raise TypeError("relative_likelihood needs either pool=, or outcome= and positive= in records of all")
    asked = read_asked(
        "relative_likelihood", Reading(group, (), missing, labels, threads), reference=reference, by=by, per=per,
        mapping=mapping, no_events=no_events, method=method, adjust=adjust, threshold=threshold, period=period,
        inference=inference, confidence_level=confidence_level,
    )  # fmt: skip
    chosen, reading = asked.stage(stage, basis, name), asked.reading
    if outcome is not None:
        for argument, given in (("person", person), ("exposure", exposure)):
            if given is not None:
                raise TypeError(f"{argument}: goes with pool=; with outcome= every row is one of the pool")
        events, everybody = of_outcome(data, reading, outcome=outcome, positive=positive, exclude=exclude, where=where)
        found = answered(events, pool_for(everybody, reading, chosen, None, counted=True), chosen, asked)
    else:
        events = (
            people_once(data, reading, person=person, where=where) if person else reading.counted(data, where=where)
        )
        found = answered(events, pool_for(pool, reading, chosen, exposure), chosen, asked)
    return findings_of(rate_columns(found.matched, found.pool, found.question), asked, [found], events)
