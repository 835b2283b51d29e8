"""`dueregard.outcome_test`: what came of the searches of each group, beside how often it is searched."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.gaps.gaps import gap
from dueregard.measures.grouped import as_labels, by_names, tally_of
from dueregard.measures.mapped import mapped
from dueregard.measures.rates.counted_events import known_records
from dueregard.measures.rates.finds import FOUND, finds_of, is_recorded, silent_areas, unlinked
from dueregard.measures.rates.proportionality import proportionality
from dueregard.records import classifications
from dueregard.tallies import Tally

ARRESTED = ("Suspect arrested", "Arrest")
MOST = 5
"""As many areas as a note names."""

NOTHING = ("Nothing found - no further action", "A no further action disposal")


def outcome_test(
    events: Any,
    *,
    group: str,
    reference: Any = None,
    population: Any = None,
    by: str | Sequence[str] | None = None,
    outcome: str = "Outcome",
    arrest: Any = ARRESTED,
    nothing: Any = NOTHING,
    linked: str | None = "Outcome linked to object of search",
    mapping: Any = None,
    unknown: str = "raise",
    period: str | None = None,
    per: float = 1000,
    method: str = "score",
    adjust: str = "holm",
    threshold: float | str | None = None,
    name: str = "searches",
    confidence_level: float | Sequence[float] = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    threads: int | None = None,
) -> Findings:
    """What came of searches: arrest rates and find rates of each group against a reference, beside the search rates.

    Parameters
    ----------
    events : Tally or anything `dueregard.tally` takes
        One row a search, such as the file that police publish.
    group, reference, mapping, unknown
        As in `dueregard.proportionality`.
    population : Population, optional
        With it the rates of searching stand first, in the same table.
    by : str or sequence of str, optional
        Columns of the searches, such as the object of search or the legislation.
    outcome : str
        The column that says what came of a search.
    arrest : label or list of labels
        The outcomes that are an arrest.
    nothing : label or list of labels
        The outcomes that say that nothing was found.
    linked : str or None
        The column that says whether the outcome has to do with what was searched for, True or False. None where the
        records have no such column.
    period, per, method, adjust, threshold, confidence_level
        As in `dueregard.proportionality`; ``method`` is that of the ratios of shares.
    name : str
        What the events are, in the plural.
    count, missing, where, threads
        As in `dueregard.tally`.

    Returns
    -------
    Findings
        Ratios, one block of rows for each ``measure``: the rate of searching where there is a population, the arrest
        rate, and the find rate. Where the records do not say what an outcome is linked to, the rows of the find rate
        stay, without numbers, flagged `Flag.NOT_RECORDED`: they are never 0, and the arrest rate is not one.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap` and `dueregard.proportionality`; and if a label of the linked column is neither True nor
        False.

    Notes
    -----
    The find rate is the share of searches of which the outcome is linked to the object of the search, among those of
    which that is known: a search in which nothing was found is known without it. A lower find rate of one group is
    consistent with weaker grounds for searching it, and is no proof: groups can differ in how many of those searched
    carry anything, whatever the threshold for searching them (infra-marginality: Ayres, I. (2002), Justice Research
    and Policy 4: 131-142).

    Examples
    --------
    >>> import dueregard as dr
    >>> searches = {"ethnicity": ["Black"] * 100 + ["White"] * 100,
    ...             "Outcome": (["Arrest"] * 12 + ["Nothing"] * 88) + (["Arrest"] * 15 + ["Nothing"] * 85)}
    >>> findings = dr.outcome_test(searches, group="ethnicity", reference="White", nothing="Nothing", linked=None)
    >>> [(row["measure"], round(row["estimate"], 2)) for row in findings.filter(group="Black").rows()]
    [('arrest rate of searches', 0.8), ('find rate of searches', nan)]
    """
    if reference is None:
        raise TypeError("outcome_test needs reference=: one of the groups, dr.REST or dr.OVERALL")
    if population is None and period is not None:
        raise ValueError("period: is for rates of searching, which need population=")
    named = checked.words("name", name) or "searches"
    names = by_names(by, {"group": group, "outcome": outcome, "linked": linked or ""})
    data = known_records(events)
    columns = [*names, group, *([] if linked is None else [linked])]
    tally = tally_of(
        data,
        columns,
        outcome=outcome,
        weight=None,
        where=where,
        labels=None,
        count=count,
        missing=missing,
        threads=threads,
    )
    counted = tally
    if mapping is not None:
        counted = mapped(tally, group, classifications.mapping(mapping), unknown=unknown)
    shared: dict[str, Any] = {
        "group": group, "reference": reference, "by": names or None, "measure": "ratio", "method": method,
        "adjust": adjust, "threshold": threshold, "confidence_level": confidence_level,
    }  # fmt: skip
    parts = []
    if population is not None:
        parts.append(
            proportionality(
                tally, population, group=group, reference=reference, events_by=names or None, mapping=mapping,
                unknown=unknown, period=period or getattr(data, "period", None), per=per, adjust=adjust,
                threshold=threshold, name=named, confidence_level=confidence_level,
            )
        )  # fmt: skip
    there = [label for label in as_labels(arrest) if label in counted.labels[outcome]]
    if not there:
        raise ValueError(
            f"arrest: no search has the outcome {' or '.join(map(repr, as_labels(arrest)))} in {outcome!r}"
        )
    parts.append(gap(counted, outcome=outcome, positive=there, name=f"arrest rate of {named}", **shared))
    parts.append(_find_rate(counted, outcome, linked, as_labels(nothing), f"find rate of {named}", shared))
    first = parts[0]
    return Findings(
        stacked([_columns(part) for part in parts]),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        threshold=parts[-1].threshold,
        notes=list(dict.fromkeys([*first.notes, *_notes(parts[-1], counted, outcome, linked, as_labels(nothing))])),
        kind="outcome test",
    )


def _columns(findings: Findings) -> Columns:
    return {name: findings[name] for name in findings.columns}


def _notes(found: Findings, tally: Tally, outcome: str, linked: str | None, nothing: Sequence[Any]) -> list[str]:
    if linked is not None and is_recorded(tally, outcome, linked, nothing):
        notes = ["A find is an outcome linked to the object of the search; a lower find rate does not say why."]
        silent = silent_areas(tally, outcome, linked, nothing, found.by)
        if silent:
            named = "; ".join(", ".join(map(str, area)) for area in silent[:MOST])
            more = f" and {len(silent) - MOST} more" if len(silent) > MOST else ""
            notes.append(f"{named}{more}: {linked!r} is never stated there, and no find rate counts those searches.")
        every, blank = (int(each.sum()) for each in unlinked(tally, outcome, linked, nothing))
        if blank:
            notes.append(
                f"{blank:,} of {every:,} searches in which something was found do not say whether it was linked. "
                "They are in no find rate, those in which nothing was found are: find rates are too low by that."
            )
        return notes
    column = (
        "no column says"
        if linked is None
        else f"{linked!r} is blank in every row where something was found: it does not say"
    )
    return [f"The find rate is not available: {column} whether an outcome is linked to the object of the search."]


def _find_rate(
    tally: Tally, outcome: str, linked: str | None, nothing: Sequence[Any], name: str, shared: Mapping[str, Any]
) -> Findings:
    """Shares of searches with a find among those of which it is known; without numbers where it is never recorded."""
    areas = shared["by"] or ()
    finds = finds_of(tally, outcome, linked, nothing, areas)
    found = gap(finds, outcome="find", positive=FOUND, name=name, **shared)
    if linked is None or not is_recorded(tally, outcome, linked, nothing):
        return _not_available([row for row in found.rows() if row["row_type"] != "variation"], found)
    return _without(found, silent_areas(tally, outcome, linked, nothing, areas))


def _without(found: Findings, silent: Sequence[tuple[Any, ...]]) -> Findings:
    """The findings without numbers for areas that never say what an outcome is linked to."""
    if not silent:
        return found
    rows = []
    for row in found.rows():
        area = tuple(row[name] for name in found.by)
        whole = all(label is None for label in area) and row["row_type"] != "variation"
        empty = _EMPTY if area in silent else {"flag": row["flag"] | Flag.AREAS_LEFT_OUT} if whole else {}
        rows.append(row | empty)
    return _of_rows(rows, found)


def _not_available(rows: Sequence[Mapping[str, Any]], found: Findings) -> Findings:
    """The same rows without numbers: that nothing is recorded is not that nothing was found."""
    return _of_rows([{**row, **_EMPTY} for row in rows], found)


_EMPTY: dict[str, Any] = dict.fromkeys(
    ("count", "nobs", "value", "reference_count", "reference_nobs", "reference_value", "estimate", "low", "high",
     "pvalue", "adjusted_pvalue", "verdict", "outcome_missing", "practical_verdict")
) | {"flag": Flag.NOT_RECORDED}  # fmt: skip
"""What a row says where the source does not record finds."""


def _of_rows(rows: Sequence[Mapping[str, Any]], found: Findings) -> Findings:
    return found.with_columns({name: [row[name] for row in rows] for name in found.columns})
