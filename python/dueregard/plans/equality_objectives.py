"""`dueregard.objectives_2012`: the equality objectives of 2012-16, with their measures computed from records."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from dueregard.findings import Findings
from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.plans.calls import tables_in
from dueregard.plans.computed_measures import computed_measures, rows_outside
from dueregard.plans.computed_plans import checked_records, computed_from, period_of, provenance_of
from dueregard.plans.record_tables import RecordTable, record_table

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan

FILE = "objectives_2012.toml"
EXAMPLE_PERIOD = "2010/11"
ASSESSMENTS = "impact_assessments"
DEFINED = (
    "id", "objective", "title", "unit", "numerator", "denominator", "breakdown", "comparator", "higher_is_better",
    "source", "computed_by", "not_computed",
)  # fmt: skip
FIGURES = ("measure", "period", "count", "nobs", "reference_count", "reference_nobs", "value", "se")


@dataclass(frozen=True)
class EqualityObjectives:
    """The four objectives with what records say of their measures.

    Parameters
    ----------
    source
        The plan as data, with the readings: what `dueregard.plan` takes.
    on
        The last day of the period of the records, at which the plan is judged.
    findings
        By measure what its call gives for all records together, for tables, charts and `dueregard.scorecard`; the
        answers that a share counts, such as very and fairly satisfied, are one row.
    absent
        By measure why it could not be computed.
    absent_readings
        By measure and period why that quarter has no reading.
    """

    source: Mapping[str, Any]
    on: dt.date
    findings: Mapping[str, Findings]
    absent: Mapping[str, str]
    absent_readings: Mapping[tuple[str, str], str]

    def measures(self) -> dict[str, list[Any]]:
        """The definitions, one column each: numerator, denominator, breakdown, comparator, direction, source, call."""
        return {name: [row.get(name) for row in self.source["measures"]] for name in DEFINED}

    def readings(self) -> dict[str, list[Any]]:
        """The readings, one column each; what a reading does not have is None."""
        return {name: [row.get(name) for row in self.source["readings"]] for name in FIGURES}

    def plan(self, **options: Any) -> Plan:
        """The plan, judged at ``on`` unless another day is given; options as in `dueregard.plan`."""
        from dueregard.plans.plans import plan

        return plan(self.source, **{"on": self.on, **options})

    def __repr__(self) -> str:
        n = len(self.source["measures"])
        return (
            f"{self.source['name']}: {len(self.findings)} of {n} measures computed, {len(self.source['readings'])} "
            f"readings to {self.on}\nnot computed: {', '.join(self.absent) or 'none'}"
        )


def objectives_2012(
    records: Mapping[str, Any] | None = None,
    *,
    period: str | None = None,
    targets: Mapping[str, Any] | None = None,
    seed: int = 2011,
    strict: bool = True,
) -> EqualityObjectives:
    """The equality objectives of 2012-16 as a plan, with every measure computed that records allow.

    Parameters
    ----------
    records : dict of name to table, optional
        Tables by the names that the calls of the measures use, such as ``{"victims": frame}``: dicts of columns or
        data frames in the layout of `dueregard.data.example`, and ``population``, a `dueregard.population` of the
        residents. Unless given, all of them are examples, which are generated.
    period : str, optional
        What the records cover in whole, such as "2010/11" or "2010-04 to 2011-03", and what tables without dates are
        of. Other rows are in no figure, which the notes of the plan say, and quarters that do not lie in it have no
        reading. Unless given, from the first quarter that any table has rows of to the last.
    targets : dict, optional
        Targets of one's own: measure to a value, or to a value and a day, ``{"victims-updated": (95, "2016-03-31")}``.
        They take the place of a published one.
    seed : int
        Of the examples, which are of 2010/11.
    strict : bool
        Whether records that do not allow a measure, such as a table without one of its columns or labels, are an error.
        If not, the measure is left out, and ``absent`` says why.

    Returns
    -------
    EqualityObjectives
        ``.plan()`` for progress, course and tables by quarter; ``.findings`` for `dueregard.scorecard`; ``.measures()``
        says what each measure is. ``.absent`` says of each measure that was not computed why.

    Raises
    ------
    TypeError
        If a table is neither a dict of columns nor a data frame.
    ValueError
        If a table has a name that no measure uses; with ``strict``, if it lacks a column or a label that a measure
        needs, or has no rows of its kind; if the period
        is none, or is not given and no table says when its rows are of; if a target is for a measure that there is not.

    Notes
    -----
    The measures are those of the appendix of the Metropolitan Police's response to the review of the equality duty
    (equality-duty-review, lines 95 to 186). It prints no baselines and no targets; the one target is that of the
    equality standard. So none is made up: without ``targets`` a measure has none.

    A reading is of a quarter of the financial year where the records have dates or months, otherwise of the period. It
    is counts, so that a change can be judged; weighted shares, and searches by encounter, are values with a standard
    error. At zero: a quarter in which there is nothing to divide by has no reading, and ``absent_readings`` says why.
    The same people may be in several quarters (staff, residents, victims), which changes between quarters do not allow
    for.

    Of each assessment of impact the plan has a row, and one for each of its mitigations.

    Examples
    --------
    >>> import dueregard as dr
    >>> objectives = dr.objectives_2012()
    >>> sorted(objectives.absent)
    ['engagement-reports', 'recommendations-implemented', 'satisfaction-other-forces']
    >>> row = next(objectives.findings["satisfaction-gap"].rows())
    >>> round(row["estimate"])
    -7
    """
    checked.true_or_false("strict", strict)
    shipped = tomllib.loads(files("dueregard.plans").joinpath(FILE).read_text(encoding="utf-8"))
    aimed = _targets(shipped, targets or {})
    wanted = list(dict.fromkeys(name for row in shipped["measures"] for name in tables_in(row["computed_by"])))
    given = _examples(wanted, seed) if records is None else checked_records(records, wanted)
    tables = {name: record_table(name, data) for name, data in given.items()}
    covered = period_of(EXAMPLE_PERIOD if records is None and period is None else period, tables)
    computed = computed_measures(shipped["measures"], tables, covered, strict=strict)
    source = {
        **shipped,
        "notes": [*shipped["notes"], computed_from(covered), *rows_outside(tables, covered)],
        "measures": [_settled(row, computed.absent) for row in shipped["measures"]],
        "targets": aimed,
        "readings": computed.readings,
        **_assessments(tables.get(ASSESSMENTS)),
    }
    provenance = provenance_of(tables)
    if provenance:
        source["provenance"] = provenance
    return EqualityObjectives(source, covered.end, computed.findings, computed.absent, computed.absent_readings)


def _examples(wanted: list[str], seed: int) -> dict[str, Any]:
    from dueregard.data import example, example_names

    return {name: example(name, seed=seed) for name in wanted if name in example_names()}


def _settled(row: Mapping[str, Any], absent: Mapping[str, str]) -> dict[str, Any]:
    """The definition, with the reason why it was not computed, or without it where it was."""
    kept = {key: value for key, value in row.items() if key != "not_computed"}
    return kept | ({"not_computed": absent[row["id"]]} if row["id"] in absent else {})


def _targets(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in shipped["measures"]]
    for name in own:
        if name not in ids:
            raise ValueError(f"targets: there is no measure {name!r}{did_you_mean(name, ids)}; there are {ids}")
    published = [row for row in shipped["targets"] if row["measure"] not in own]
    return published + [_target(name, given) for name, given in own.items()]


def _target(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, tuple | list):
        return {"measure": name, "value": given}
    if len(given) != 2:
        raise ValueError(f"targets: {name!r} has {given!r}, not a value, or a value and a day")
    value, day = given
    if isinstance(day, str):
        try:
            day = dt.date.fromisoformat(day)
        except ValueError:
            raise ValueError(f"targets: {name!r} is for {day!r}, not a day such as '2016-03-31'") from None
    return {"measure": name, "value": value, "date": day}


def _assessments(table: RecordTable | None) -> dict[str, list[dict[str, Any]]]:
    """A row for each assessment of impact, and for each of its mitigations, of which the records have the number."""
    if table is None:
        return {}
    columns = {name: np.asarray(column).tolist() for name, column in table.records.items()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assessments, mitigations = [], []
    for row in rows:
        days = {name: row[name] for name in ("due", "completed") if row[name] is not None}
        assessments.append(
            {"id": f"EIA {row['assessment_id']}", "title": row["title"], "group": row["business_group"],
             "owner": row["owner"], "objective": "4", **days}
        )  # fmt: skip
        done = row["mitigations"] - row["mitigations_open"]
        mitigations += [
            {"id": f"EIA {row['assessment_id']}.{i + 1}", "assessment": f"EIA {row['assessment_id']}",
             "title": f"Mitigation {i + 1} of {row['mitigations']}", "status": "done" if i < done else "not started"}
            for i in range(row["mitigations"])
        ]  # fmt: skip
    return {"assessments": assessments, "mitigations": mitigations}
