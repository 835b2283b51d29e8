"""A cost or a saving of an objective or an action, in a financial year; its amount may be unknown."""

from dataclasses import dataclass

from dueregard.plans.context import Context, one_of
from dueregard.plans.spans import read_span, year_of, year_words
from dueregard.records.toml_files import TomlTable

COST, SAVING = KINDS = ("cost", "saving")


@dataclass(frozen=True)
class Cost:
    """One sum in pounds; ``amount`` is None where it is not known."""

    objective: str
    kind: str
    year: str | None = None
    amount: float | None = None
    action: str | None = None
    title: str | None = None
    source: str | None = None


def read_cost(row: TomlTable, context: Context) -> Cost:
    """A cost or saving from its row: of an objective or of an action, in a financial year or at no stated time."""
    row.only("objective", "action", "kind", "year", "amount", "title", "source")
    if ("objective" in row) == ("action" in row):
        raise row.fail("a cost is of an 'objective' or of an 'action', one of the two")
    action = context.known(row, "action", "actions") if "action" in row else None
    objective = context.items["actions"][action].objective if action else context.known(row, "objective", "objectives")
    return Cost(
        objective=objective,
        kind=one_of(row, "kind", KINDS, COST),
        year=_read_year(row),
        amount=row.number("amount", low=0, default=None),
        action=action,
        title=row.text("title", None),
        source=row.text("source", None),
    )


def _read_year(row: TomlTable) -> str | None:
    """A financial year; "2010-11" is one, since costs are by year."""
    text = row.text("year", None)
    if text is None:
        return None
    try:
        span = read_span(text.replace("-", "/"))
    except ValueError:
        span = None
    if span is None or span.days < 365 or span.start.month != 4:
        raise row.fail(f"'year' is {text!r}, not a financial year such as 2010/11", "year")
    return year_words(year_of(span.start))
