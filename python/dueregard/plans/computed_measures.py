"""Measures of a plan computed from records: findings of the whole time, and a reading for each quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dueregard.findings import Findings
from dueregard.plans.calls import run_call, tables_in
from dueregard.plans.computed_figures import figure_of
from dueregard.plans.parts import together
from dueregard.plans.record_tables import RecordTable
from dueregard.plans.spans import Span, part_of_year, year_of, year_words


@dataclass
class Computed:
    """What came of the measures of a plan: by measure findings, and why there are none; readings as rows of a plan."""

    findings: dict[str, Findings] = field(default_factory=dict)
    readings: list[dict[str, Any]] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    absent_readings: dict[tuple[str, str], str] = field(default_factory=dict)


def computed_measures(
    measures: Sequence[Mapping[str, Any]], tables: Mapping[str, RecordTable], period: Span, *, strict: bool = True
) -> Computed:
    """Every measure that has a call and the tables that it is of.

    Parameters
    ----------
    measures
        Rows of measures, as a plan has them.
    tables
        Tables by name.
    period
        What is computed; and what tables are of that do not say when their rows are of. Quarters that do not lie in it
        have no reading.
    strict
        Whether a measure that the records do not allow is an error; if not, it is absent.

    Raises
    ------
    ValueError, TypeError
        As the call, of all records of a table together; the message begins with the id of the measure. What a quarter
        alone does not allow is no error: the quarter has no reading, and ``absent_readings`` says why.
    """
    computed = Computed()
    for measure in measures:
        text = measure.get("computed_by")
        lacking = [name for name in tables_in(text) if name not in tables] if text else []
        if text is None or lacking:
            named = f"there are no records named {' or '.join(lacking)}" if lacking else "no call computes it"
            computed.absent[measure["id"]] = measure.get("not_computed") or named
        else:
            _compute(computed, measure, {name: tables[name] for name in tables_in(text)}, period, strict)
    return computed


def _compute(
    computed: Computed, measure: Mapping[str, Any], tables: Mapping[str, RecordTable], period: Span, strict: bool
) -> None:
    """The findings and the readings of one measure."""
    try:
        computed.findings[measure["id"]] = _found(measure, tables, period)
    except (ValueError, TypeError) as error:
        if strict:
            raise type(error)(f"measure {measure['id']!r}: {error}") from error
        computed.absent[measure["id"]] = str(error)
        return
    for span in _spans(tables, period):
        try:
            figure = figure_of(_found(measure, tables, span), measure["unit"])
        except ValueError as error:
            computed.absent_readings[measure["id"], span.words] = str(error)
        else:
            computed.readings.append({"measure": measure["id"], "period": span.words, **figure})


def _found(measure: Mapping[str, Any], tables: Mapping[str, RecordTable], span: Span) -> Findings:
    """What the call gives for a period, answers that count together in one row."""
    within = {name: table.within(span) for name, table in tables.items()}
    return together(run_call(measure["computed_by"], within, _months(span)))


def _spans(tables: Mapping[str, RecordTable], period: Span) -> list[Span]:
    """The quarters that lie in the period, of tables that say when their rows are of; otherwise the period."""
    if all(table.days is None for table in tables.values()):
        return [period]
    quarters = {span for table in tables.values() for span in table.quarters}
    inside = [span for span in quarters if period.start <= span.start and span.end <= period.end]
    return sorted(inside, key=lambda span: span.start)


def _months(span: Span) -> str:
    """A period as measures read it, so that a quarter is not taken for a year."""
    return f"{span.start:%Y-%m} to {span.end:%Y-%m}"


def whole_period(tables: Mapping[str, RecordTable]) -> Span | None:
    """From the first quarter to the last that any table has rows of; None where no table says when its rows are of."""
    quarters = [span for table in tables.values() for span in table.quarters]
    if not quarters:
        return None
    start, end = min(span.start for span in quarters), max(span.end for span in quarters)
    year = part_of_year(year_of(start))
    words = year_words(year_of(start)) if year == (start, end) else f"{start:%Y-%m} to {end:%Y-%m}"
    return Span(words, start, end)


def rows_outside(tables: Mapping[str, RecordTable], period: Span) -> list[str]:
    """What a reader has to know of rows that are in no figure."""
    outside = {name: table.outside(period) for name, table in tables.items()}
    return [f"{n:,} rows of {name} are not of {period.words} and in no figure." for name, n in outside.items() if n]
