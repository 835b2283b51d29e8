"""Which page of the report one's own findings, assessments, rounds and plans become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from dueregard.assessment import Assessment, Rounds
from dueregard.kinds import PLANS
from dueregard.missing import is_missing
from dueregard.plans.plans import Plan
from dueregard.publish.charts.chart import words_of
from dueregard.publish.charts.driver_chart import outcome_name
from dueregard.publish.charts.lists import is_list
from dueregard.publish.gap_part_sets import REST, method_name
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import Row, by_columns, is_all_areas, named, remade, rows_of
from dueregard.publish.report.pages.audits import audits
from dueregard.publish.report.pages.drivers import compared_drivers, drivers
from dueregard.publish.report.pages.explained import explained, explained_change
from dueregard.publish.report.pages.levels import ladder, levels
from dueregard.publish.report.pages.objectives import objectives
from dueregard.publish.report.pages.parts import EQUALITY, INFORMATION, Finding, Page, opened
from dueregard.publish.report.pages.plans import is_listed, plan_list
from dueregard.publish.report.pages.proportionality import proportionality
from dueregard.publish.report.pages.ranks import ranks
from dueregard.publish.report.pages.stages import stages
from dueregard.publish.report.pages.standard import standard
from dueregard.publish.report.pages.trend import changes, trend
from dueregard.publish.report.pages.unknowns import unknowns
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

Own: TypeAlias = "Findings | Assessment | Rounds | Plan"
"""What may be reported on."""
WHY = {
    "key drivers": (drivers, "drivers", "Key drivers"),
    "compared drivers": (compared_drivers, "drivers", "Drivers compared"),
    "gap parts": (explained, "explained", "The gap explained"),
    "gap change parts": (explained_change, "explained", "The change of the gap explained"),
}
"""Of findings on why: the page, what its key starts with, and its title unless they have one."""
MOST_SIDES = 3
"""Groups that a title names, with their reference."""
METHOD = "As the column of methods in the data says; see the documentation of the function that made them."


def page_of(own: Own, place: int) -> Page:
    """The page of whatever was given, the ``place``-th of the report."""
    if isinstance(own, Assessment):
        return _assessed(own, place)
    if isinstance(own, Rounds):
        title = f"{next(iter(own.values())).framework.name}: rounds"
        return levels(None, own, key=f"levels-{place}", title=title, short="Rounds")
    if isinstance(own, Plan):
        return objectives(own, key=f"plan-{place}", short=own.name)
    return page_of_findings(own, place)


def _assessed(own: Assessment, place: int) -> Page:
    """Scores and indicators, with the levels first where the framework has several."""
    steps = own.next_steps() if own.by_indicator else None
    page = standard(own, steps=steps, key=f"standard-{place}", title=own.framework.name)
    if len(own.framework.levels) == 1 or not own.by_indicator:
        return page
    return replace(page, findings=[ladder(own, f"{page.key}-ladder"), *page.findings])


def why_titles(findings: Findings, usual: str) -> list[str]:
    """The title of findings on why, and a shorter one: the outcome, and what tells pages of one outcome from each
    other, the groups, the areas and the method."""
    rows = rows_of(findings, "group", "driver") or rows_of(findings)
    first = rows[0]
    groups = list(dict.fromkeys(row["group"] for row in rows if not (row["group"] is None or is_missing(row["group"]))))
    sides = [*map(named, groups), named(first["reference"])] if first.get("reference") is not None else []
    whom = f", {listing(sides)}" if 1 < len(sides) <= MOST_SIDES else ""
    split = [*([first["characteristic"]] if groups and not whom else []), *by_columns(findings)]
    over = f" by {listing([spoken(name) for name in split])}" if split else ""
    how = _how(findings, rows)
    outcome, about = outcome_name(first["measure"]), f"{usual[:1].lower()}{usual[1:]}{over}"
    return [f"{outcome}{who}: {about}{f' ({how})' if how else ''}" for who in (whom, "")]


def _how(findings: Findings, rows: Sequence[Row]) -> str:
    """By which method, as far as there are several."""
    if findings.kind in ("gap parts", "gap change parts"):
        return next((name for row in rows if row["part"] in REST and (name := method_name(row))), "")
    return "logit" if any("logit" in str(row["method"]).partition(";")[0].split(", ") for row in rows) else ""


def page_of_findings(findings: Findings, place: int) -> Page:
    """The page of findings, the ``place``-th of the report: by what they are about, and a plain one for all others."""
    title, kind = findings.title or "", findings.kind
    if kind == "audit":
        return audits([(title or "Published figures", findings)], key=f"audit-{place}", title=title)
    if is_listed(findings):
        return plan_list(findings, place)
    if kind == "unknowns":
        return unknowns(findings, key=f"unknowns-{place}", title=title or "What is not known")
    if kind == "stages":
        return stages(findings, key=f"stages-{place}", title=title or "Stages of work")
    if kind in ("rolling", "rolling rates"):
        return trend(findings, key=f"trend-{place}", title=title or "Trend", short=title or "Trend")
    if kind in ("gap change", "change"):
        return changes(findings, key=f"trend-{place}", title=title or "Change", short=title or "Change")
    if kind in WHY:
        make, key, usual = WHY[kind]
        titles = [title, title] if title else why_titles(findings, usual)
        return make(findings, key=f"{key}-{place}", title=titles[0], short=titles[1])
    if kind == "ranks":
        return ranks(findings, key=f"areas-{place}", title=title or "Ranks", short=title or "Ranks")
    rates = {measure for measure in findings["measure"] if measure is not None}
    if kind == "rates" and "bound_low" in findings.columns and len(rates) == 1:
        return proportionality(findings, key=f"proportionality-{place}")
    return _plain(findings, place)


def _everywhere(findings: Findings) -> Findings:
    """The rows for all areas together, of findings by area: what each area says is in the table."""
    rows = [row for row in rows_of(findings) if is_all_areas(row, findings.by) and row["row_type"] != "variation"]
    return remade(findings, rows) if rows else findings


def _plain(findings: Findings, place: int) -> Page:
    """Title, sentences, chart and table, as the findings give them; lists have no chart."""
    measure = opened(str(next((name for name in findings["measure"] if name is not None), "Findings")))
    title, drawn = findings.title or measure, not is_list(findings) and findings.kind != "round crossings"
    words, many = words_of(findings) if drawn else None, findings.kind in PLANS
    finding = Finding(
        key=f"findings-{place}-table",
        statement=words.title if words else title,
        what=words.subtitle if words else measure,
        sentences=sentences(_everywhere(findings)),
        findings=findings,
        method=METHOD,
        caption=title if many else measure,
        wraps=many,
        drawn=drawn,
    )
    tells = EQUALITY if any(group is not None for group in findings["group"]) else INFORMATION
    return Page(f"findings-{place}", title, title, findings=[finding], method=[(title, METHOD)], tells=tells)
