"""`dueregard.scorecard`: measures, their targets and what is said of them, on one page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dueregard.findings import Findings
from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.plans.area_variation import value_variation
from dueregard.plans.card_verdicts import SYMBOLS, key_of, said_of, without_target
from dueregard.plans.courses import CANNOT_TELL, NO_READING
from dueregard.plans.found_rows import rows_of_findings
from dueregard.plans.found_variation import variation_of_findings
from dueregard.plans.plans import Plan, read_day
from dueregard.plans.progress_rows import NO_BASELINE, row_of, wide
from dueregard.plans.rows import as_columns
from dueregard.plans.series import Series, by_measure
from dueregard.plans.targets import Target

FIRST = (
    "measure", "measure_id", "objective", "objective_title", "group", "period", "symbol", "verdict", "value", "low",
    "high", "reference_value", "target", "target_date", "change", "change_verdict", "note",
)  # fmt: skip
LEVEL = 0.95
MANY = "Each row is judged by itself: of many rows a few will be out by chance"
Aims = Mapping[str, tuple[float, dt.date | None]]


def scorecard(
    measures: Plan | Mapping[str, Findings], targets: Mapping[str, Any] | None = None, *, by: str | None = None,
    on: Any = None,
) -> Findings:  # fmt: skip
    """Every measure on one page: its latest value, baseline, target, change, and what is to be said of it.

    Parameters
    ----------
    measures : Plan, or dict of str to Findings
        A plan; or findings of any measure, such as `dueregard.gap`, `dueregard.share` or the scores of an assessment,
        by the names they get on the page.
    targets : dict of str to number, or to a number and a day, optional
        Targets by the ids of a plan's measures (they take the place of its own) or by the names of the findings, in
        percent, percentage points or as ratios: ``{"gap": -3}``, ``{"gap": (-3, "2012-03-31")}``.
    by : str, optional
        The column of areas, of which there is then a row each; of a plan "area".
    on : date or str, optional
        The day at which targets with a day are judged; today unless given, and that of a plan.

    Returns
    -------
    Findings
        One row a measure (and area, and group): ``value`` with ``low`` and ``high``, ``reference_value`` (the baseline;
        findings have none), ``target``, ``target_date``, ``change`` with ``change_verdict``, ``verdict`` and ``symbol``
        (a shape for each verdict, never a colour alone). Of a plan these are those of `Plan.progress`. Of findings
        "target met" and "target not met" when the whole interval (or a full count itself) is on that side of the
        target, "not met yet" before its day, "too few to tell" when the interval holds it, "cannot tell" when there is
        no value or nothing says how precise it is, "no target was set". Of measures of a plan without a target the
        verdict is how they changed: "improved", "worsened", "higher", "lower", "unchanged", "too few to tell if it
        changed", "whether it changed cannot be told", "only one reading", "no reading"; a note counts them.

        With ``by`` the rows of a measure begin with two of ``row_type`` "variation": how much its areas vary beyond
        chance (``estimate`` with ``low`` and ``high``, a standard deviation, of ratios a factor), and how large the
        largest distance from their average is (``value``) and would be by chance if they did not differ (``estimate``).
        Full counts and counts without a base have none.

    Raises
    ------
    TypeError
        If the measures are neither a plan nor findings by name, or a target is not a number.
    ValueError
        If a target is for a measure that is not there, or findings do not say which way is better; if ``by`` is no
        column of areas of any measure, or findings have areas and no row for all of them and ``by`` is not given; if
        ``on`` is not the day of the plan.

    Notes
    -----
    Each row is judged by itself, at 95%. Of differences and ratios the interval is that of the difference or ratio, of
    shares that of the share; where findings have several levels it is the first of them.

    Examples
    --------
    >>> import dueregard as dr
    >>> scores = dr.share({"answer": ["yes"] * 70 + ["no"] * 30}, of="answer", higher_is_better=True)
    >>> card = dr.scorecard({"says yes": scores.filter(group="yes")}, {"says yes": 60})
    >>> card["verdict"], card["symbol"]
    (['target met'], ['●'])
    """
    if isinstance(measures, Plan):
        return _of_plan(measures, targets or {}, by, on)
    _check(measures)
    day = dt.date.today() if on is None else read_day(on)
    aims = _aims(targets or {}, list(measures))
    _check_by(measures, by)
    rows = []
    for name, found in measures.items():
        rows_of_measure = list(rows_of_findings(name, found, aims.get(name), by, day))
        rows += variation_of_findings(name, found, by, rows_of_measure) if by else []
        rows += [{key: row[key] for key in row if key != "counted"} for row in rows_of_measure]
    dated = any(aim[1] is not None for aim in aims.values())
    said = [f"Targets judged at {day}" + ("" if on is not None else ", today, since no other day was given")]
    provenance = "; ".join(dict.fromkeys(each.provenance for each in measures.values() if each.provenance)) or None
    native = next((each.native for each in measures.values() if each.native), None)
    return _findings(rows, by, "Scorecard", said if dated else [], provenance, native)


def _findings(
    rows: list[dict[str, Any]], by: str | None, title: str, notes: list[str], provenance: str | None,
    native: str | None = None,
) -> Findings:  # fmt: skip
    for row in rows:
        row["symbol"] = SYMBOLS.get(row["verdict"]) if row["row_type"] != "variation" else None
    used = {row["verdict"] for row in rows if row["symbol"] is not None}
    columns = as_columns(rows, (*FIRST, by) if by else FIRST)
    shown = [*key_of(used), *([MANY] if by else []), *notes]
    return Findings(
        columns, by=by or (), title=title, notes=shown, provenance=provenance, native=native, kind="scorecard"
    )


def _of_plan(plan: Plan, targets: Mapping[str, Any], by: str | None, on: Any) -> Findings:
    if by not in (None, "area"):
        raise ValueError(f"by: {by!r} is neither None nor 'area', by which a plan has readings")
    if on is not None and read_day(on) != plan.on:
        raise ValueError(f"on: {on!r} is not {plan.on}, at which the plan is judged; read the plan with on={on!r}")
    aims = _aims(targets, [measure.id for measure in plan.contents.measures])
    series = [_aimed(each, aims) for each in plan.series]
    rows = []
    for of_measure in by_measure(series):
        rows += value_variation(of_measure, LEVEL) if by else []
        rows += [_plan_row(row_of(each, plan.on, LEVEL), by) for each in of_measure if by or each.area is None]
    for row in rows:
        row["objective_title"] = plan.title_of(row["objective"])
    return _findings(rows, by, f"{plan.name}: scorecard at {plan.on}", _said(plan, series, rows), plan.provenance)


def _said(plan: Plan, series: Sequence[Series], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many measures have no target, of which it cannot be told whether they meet it, and what the plan says."""
    return [
        *without_target([each.target is not None for each in series if each.area is None]),
        *untold(rows),
        *plan.said,
    ]


def untold(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Why it cannot be told whether measures meet their targets, with those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["verdict"] == CANNOT_TELL and row["course_why"] and row.get("area") is None:
            reasons.setdefault(row["course_why"], []).append(row["measure"])
    return [f"Cannot tell, since {why}: {'; '.join(named)}" for why, named in reasons.items()] + wide(reasons)


def _aimed(series: Series, aims: Aims) -> Series:
    """A series with the target that was given beside the plan, if any was."""
    measure = series.measure
    if measure.id not in aims:
        return series
    if measure.higher_is_better is None:
        raise ValueError(f"targets: {measure.id!r} does not say whether higher_is_better")
    value, day = aims[measure.id]
    low, high = measure.range
    if not low <= value <= high:
        raise ValueError(f"targets: {value:g} for {measure.id!r} is outside {low:g} to {high:g}")
    if series.baseline is not None and day is not None and day < series.baseline.span.end:
        raise ValueError(f"targets: {day} for {measure.id!r} is before the end of its baseline")
    return replace(series, target=Target(measure.id, value, day, series.area))


def _plan_row(row: dict[str, Any], by: str | None) -> dict[str, Any]:
    """A row of progress as a scorecard has it."""
    kept = ("measure", "measure_id", "objective", "period", "count", "nobs", "value", "reference", "reference_value",
            "target", "target_date", "course_why", "flag", "note", "row_type", "measured_in",
            "unit_of_measure")  # fmt: skip
    bare = {"ratio": "ratio", "rate ratio": "ratio"}.get(row["measured_in"])
    change = None if row["verdict"] in (NO_BASELINE, NO_READING) else row["verdict"]
    return {name: row.get(name) for name in kept} | {
        "unit_of_measure": bare or row["unit_of_measure"],
        "low": row["low_now"],
        "high": row["high_now"],
        "confidence_level": None if row["low_now"] != row["low_now"] else LEVEL,
        "change": row["estimate"],
        "change_verdict": change,
        "verdict": said_of(row["course"], row["verdict"]),
        **({by: row["area"]} if by else {}),
    }


def _check(measures: Any) -> None:
    if not isinstance(measures, Mapping):
        raise TypeError(f"measures: a Plan or a dict of name to Findings, not {type(measures).__name__}")
    for name, found in measures.items():
        if not isinstance(name, str) or not isinstance(found, Findings):
            raise TypeError(f"measures: {name!r} holds {type(found).__name__}, not Findings by name")


def _check_by(measures: Mapping[str, Findings], by: str | None) -> None:
    if by is not None and not any(by in found.by for found in measures.values()):
        there = sorted({name for found in measures.values() for name in found.by})
        raise ValueError(f"by: {by!r} is no column of areas{did_you_mean(by, there)}; they have {there or 'none'}")


def _aims(targets: Any, known: list[str]) -> Aims:
    if not isinstance(targets, Mapping):
        raise TypeError(f"targets: a dict of name to target, not {type(targets).__name__}")
    aims = {}
    for name, target in targets.items():
        if name not in known:
            raise ValueError(f"targets: there is no measure {name!r}{did_you_mean(name, known)}; there are {known}")
        value, day = target if isinstance(target, tuple | list) and len(target) == 2 else (target, None)
        number = checked.number(f"targets: {name!r}", value)
        if not abs(number) < float("inf"):
            raise ValueError(f"targets: {name!r} is {value!r}, not a number that is finite")
        aims[name] = (number, None if day is None else read_day(day, f"targets: {name!r}"))
    return aims
