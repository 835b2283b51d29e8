"""A target: what a measure is to be, and by when."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context, not_before
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class Target:
    """One target; ``area`` is None over all areas, ``date`` where no day was set."""

    measure: str
    value: float
    date: dt.date | None = None
    area: str | None = None
    source: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """The measure and the area."""
        return self.measure, self.area


def read_target(row: TomlTable, context: Context) -> Target:
    """A target from its row: a value that can be reached, in the better direction, after the baseline."""
    row.only("measure", "area", "value", "date", "source")
    measure = context.items["measures"][context.known(row, "measure", "measures")]
    if measure.higher_is_better is None:
        raise row.fail(f"a target for {measure.id!r}, whose row does not say whether higher_is_better", "measure")
    low, high = measure.range
    target = Target(
        measure.id, row.number("value", low=low, high=high), row.date("date", None), row.text("area", None),
        row.text("source", None),
    )  # fmt: skip
    if target.key in context.items.get("targets", {}):
        raise row.fail(f"there are two targets for {measure.id!r}{f' in {target.area}' if target.area else ''}")
    baseline = context.items.get("baselines", {}).get(target.key)
    if baseline is not None:
        not_before(row, "date", target.date, baseline.span.end, f"the end of the baseline ({baseline.span.words})")
    return target
