"""`dueregard.share_change`: a change in a group's share of staff as joiners, leavers and newly declared made it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.share_change_rows import ChangeQuestion, change_columns
from dueregard.measures.workforce.staff_flows import of_counts, of_people
from dueregard.measures.workforce.stage_counts import Reading

MATTERS = 1.0
"""Percentage points that matter unless others are given: shares of staff move slowly."""


def share_change(
    before: Any,
    after: Any,
    *,
    group: str,
    person: str | None = None,
    joiners: Any = None,
    leavers: Any = None,
    declared: Any = None,
    mapping: Any = None,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    missing: Mapping[Any, str] | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """The change in each group's share of staff, divided into what joiners, leavers and the newly declared did to it.

    Parameters
    ----------
    before, after : Tally, anything `dueregard.tally` takes, or a dict of numbers by group
        The staff at two times. With ``person``, tables with one row a member of staff.
    group : str
        The column of groups.
    person : str, optional
        The column that tells people apart in both tables: who joined, left, became known or states another group is
        then found by it.
    joiners, leavers : Tally, anything `dueregard.tally` takes, or a dict of numbers by group
        Without ``person``: who came and who went between the two times.
    declared : Tally, anything `dueregard.tally` takes, or a dict of numbers by group, optional
        Without ``person``: staff whose group became known, by that group. Unless given, what joiners and leavers leave
        unexplained in a group counts as newly declared, those who state another group included.
    mapping : str, Mapping or dict, optional
        Puts the groups of all tables into others, as `dueregard.mapping` has it.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        All parts of all groups are one family.
    threshold : float, optional
        Percentage points that matter: 1 unless given.
    higher_is_better : bool, optional
        Whether a higher share is the better one, if it is either.
    name : str, optional
        What is measured: "share of staff" unless given.
    period : str, optional
        What to write in the ``period`` column.
    inference : {"chance", "none"}
        "none" leaves out intervals and p-values, which are for chance in who joins and who leaves.
    confidence_level : float or sequence of float
        Several give a row each.
    missing, labels, threads
        As in `dueregard.tally`, of all records.

    Returns
    -------
    Findings
        For each group a row for the whole change and one for each ``part``: "joiners", "leavers", "newly declared",
        "changed or no longer declared". ``estimate`` is in percentage points of the share; the parts add up to the
        whole. In a part ``value`` is the group's share of those people, ``reference_value`` the mean of its shares of
        staff before and after, ``count`` and ``nobs`` people. In the row of the whole these are the staff after, the
        ``reference`` ones before.

    Raises
    ------
    TypeError
        If people are to be followed in counts, or joiners and leavers are missing without ``person``, or given with it.
    ValueError
        If before and joiners, less leavers, are not those after: the message has both numbers. If a person is not known
        or has two rows in a table.

    Notes
    -----
    Shares are of staff who state a group. With x of n staff at each time, s = x / n, and a flow of f_g people of the
    group among f, the flow's part of the change is (f_g - m f) / k, where m is the mean of the two shares and k the
    mean of the two numbers of staff; leavers count as negative. These add up to the change exactly, since
    x1 - x0 = m (n1 - n0) + k (s1 - s0); they do not depend on an order of flows, change sign when the two times are
    exchanged, and are the sum of their parts if a flow is divided further. It is the two-factor decomposition of
    Kitagawa, E. M. (1955), Components of a difference between two rates, Journal of the American Statistical
    Association 50: 1168-1194, with flows in the place of factors.

    Limits and p of a part are those of the group's share of its people against m, by Wilson's interval and the score
    test (`dueregard.compare_share`), with m and k as they are. The whole change has none: both times are full counts.

    Without joiners (or leavers) their part is 0, without limits. Without staff who state a group at either time there
    is no share: NaN.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.share_change(
    ...     {"BME": 80, "White": 900, "not stated": 20}, {"BME": 100, "White": 890, "not stated": 10},
    ...     joiners={"BME": 25, "White": 75}, leavers={"BME": 10, "White": 90}, group="ethnicity",
    ... ).filter(group="BME")
    >>> [(part, round(points, 2)) for part, points in zip(found["part"], found["estimate"])]
    [('whole change', 1.94), ('joiners', 1.61), ('leavers', -0.09), ('newly declared', 0.41)]
    """
    checked.one_of("adjust", adjust, [each for each in ADJUSTMENTS if each != "maximum"])
    checked.one_of("inference", inference, INFERENCES)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    practical = read_threshold(MATTERS if threshold is None else threshold)
    levels = checked.levels(confidence_level)
    reading = Reading(group, (), missing, labels, threads, _mapping(mapping))
    _check_sources(person, joiners, leavers, declared)
    if person is not None:
        flows = of_people(before, after, reading, person)
    else:
        flows = of_counts(before, after, joiners, leavers, declared, reading)
    question = ChangeQuestion(
        name=checked.words("name", name) or "share of staff",
        adjust=adjust,
        characteristic=group,
        rules=tuple(Rule(level, practical.size) for level in (levels if inference == "chance" else levels[:1])),
        period=checked.words("period", period),
        chance=inference == "chance",
        higher_is_better=higher_is_better,
        mapping=None if reading.mapping is None else reading.mapping.name,
    )
    return Findings(
        change_columns(flows, question),
        provenance=flows.provenance,
        native=flows.native,
        higher_is_better=higher_is_better,
        threshold=practical.size if question.chance else None,
        kind="share changes",
    )


def _check_sources(person: str | None, joiners: Any, leavers: Any, declared: Any) -> None:
    given = {"joiners": joiners, "leavers": leavers, "declared": declared}
    if person is not None:
        for argument, data in given.items():
            if data is not None:
                raise TypeError(f"{argument}: with person= they are found in the two tables")
        return
    for argument in ("joiners", "leavers"):
        if given[argument] is None:
            raise TypeError(f"share_change needs {argument}=, or person=, the column that tells people apart")


def _mapping(mapping: Any) -> Any:
    if mapping is None:
        return None
    from dueregard.records.classifications import mapping as mapping_named

    return mapping_named(mapping)
