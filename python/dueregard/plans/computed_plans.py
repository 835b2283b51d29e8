"""Readings computed from records, for the measures of a plan that have a call and no readings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.plans.calls import tables_in
from dueregard.plans.computed_measures import Computed, computed_measures, rows_outside, whole_period
from dueregard.plans.given_rows import given_row
from dueregard.plans.record_tables import RecordTable, record_table
from dueregard.plans.sources import Source
from dueregard.plans.spans import Span, read_span
from dueregard.records.toml_files import TomlTable

COMPUTED = ("id", "unit", "computed_by")
"""What a measure needs to be computed."""


def with_computed(source: Source, records: Any, period: str | None, on: dt.date, strict: bool) -> Source:
    """The plan with a reading for each quarter of its records, of every measure that has a call and no readings.

    What could not be computed has its reason in ``not_computed``, or in the notes.

    Raises
    ------
    TypeError, ValueError
        As `objectives_2012`; if the period that was given ends after the day at which the plan is judged, or no measure
        is computed by a call.
    """
    measures = _computable(source)
    if not measures:
        raise ValueError("records: every measure of the plan has readings, or no call (computed_by) that computes it")
    wanted = list(dict.fromkeys(name for row in measures for name in tables_in(row.get("computed_by"))))
    tables = {name: record_table(name, data) for name, data in checked_records(records, wanted).items()}
    covered = _until(period_of(period, tables), on, given=period is not None)
    computed = computed_measures([row.values for row in measures], tables, covered, strict=strict)
    absent = {row.get("id"): computed.absent.get(row.get("id")) for row in measures}
    rows = {
        **source.rows,
        "measures": [_explained(row, absent.get(row.get("id"))) for row in source.rows["measures"]],
        "readings": [*source.rows["readings"], *(given_row("records", n, row) for n, row in _numbered(computed))],
    }
    head = _said(source.head, [computed_from(covered), *rows_outside(tables, covered), *_absent(computed)], tables)
    return Source(head, rows, source.notes)


def _numbered(computed: Computed) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(computed.readings))


def _computable(source: Source) -> list[TomlTable]:
    """The measures that have a call and no readings; a call that cannot be read is refused where it stands."""
    read = {row.get("measure") for row in source.rows["readings"]}
    found = []
    for row in source.rows["measures"]:
        if row.get("id") in read or not all(isinstance(row.get(key), str) for key in COMPUTED):
            continue
        try:
            tables_in(row.get("computed_by"))
        except ValueError as error:
            raise row.fail(f"'computed_by': {error}", "computed_by") from None
        found.append(row)
    return found


def checked_records(records: Any, wanted: Sequence[str]) -> Mapping[str, Any]:
    """The tables by name, each of which some measure uses."""
    if not isinstance(records, Mapping):
        raise TypeError(f"records: a dict of name to table, not {type(records).__name__}")
    for name in records:
        if name not in wanted:
            raise ValueError(f"records: no measure uses {name!r}{did_you_mean(name, wanted)}; they use {list(wanted)}")
    return records


def period_of(given: str | None, tables: Mapping[str, RecordTable]) -> Span:
    """The period that was given, or from the first quarter that any table has rows of to the last."""
    if given is not None and not isinstance(given, str):
        raise TypeError(f"period: {given!r} is not a text such as '2010/11'")
    found = whole_period(tables) if given is None else read_span(given)
    if found is None:
        raise ValueError("period: no table has a column date, Date, date_opened, due or month; say what they are of")
    return found


def _until(covered: Span, on: dt.date, *, given: bool) -> Span:
    """What is over at the day of judgement: a quarter that is not has no reading yet."""
    if covered.end <= on:
        return covered
    if given:
        raise ValueError(f"period: {covered.words} ends on {covered.end}, after {on}, at which the plan is judged")
    if on <= covered.start:
        raise ValueError(f"records: they begin on {covered.start}, and the plan is judged at {on}")
    return Span(f"{covered.start} to {on}", covered.start, on)


def computed_from(covered: Span) -> str:
    """What a reader has to know of where computed figures come from."""
    return f"Computed from records of {covered.words}"


def _absent(computed: Computed) -> list[str]:
    return [f"No reading of {name} in {period}: {why}" for (name, period), why in computed.absent_readings.items()]


def _explained(row: TomlTable, why: str | None) -> TomlTable:
    return row if why is None else replace(row, values={**row.values, "not_computed": why})


def _said(head: TomlTable, notes: Sequence[str], tables: Mapping[str, RecordTable]) -> TomlTable:
    """The head of the plan, which also says what is said of the records."""
    values = {**head.values, "notes": [*head.texts("notes", ()), *notes]}
    source = provenance_of(tables)
    if source and "provenance" not in values:
        values["provenance"] = source
    return replace(head, values=values)


def provenance_of(tables: Mapping[str, RecordTable]) -> str | None:
    """Where the tables came from; of several the synthetic ones, so that the mark is never lost."""
    said = [getattr(table.records, "provenance", None) for table in tables.values()]
    known = list(dict.fromkeys(text for text in said if text))
    return next((text for text in known if text.startswith("Synthetic")), known[0] if known else None)
