"""Which chart each kind of findings has, and which others may be asked for by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dueregard.hints import did_you_mean
from dueregard.kinds import TABLE
from dueregard.publish.charts.action_grid import action_grid
from dueregard.publish.charts.action_words import action_words
from dueregard.publish.charts.area_alternatives import funnel_words, shrinkage_words
from dueregard.publish.charts.caterpillar_chart import caterpillar_chart
from dueregard.publish.charts.caterpillar_words import caterpillar_words
from dueregard.publish.charts.change_chart import change_chart
from dueregard.publish.charts.change_words import change_words
from dueregard.publish.charts.class_chart import class_chart, class_words
from dueregard.publish.charts.compared_driver_chart import compared_driver_chart, compared_driver_words
from dueregard.publish.charts.compared_means import compared_chart, compared_words
from dueregard.publish.charts.driver_chart import driver_chart
from dueregard.publish.charts.driver_chart_words import driver_chart_words
from dueregard.publish.charts.dumbbell_chart import dumbbell_chart
from dueregard.publish.charts.dumbbell_words import dumbbell_words
from dueregard.publish.charts.estimate_chart import estimate_chart, estimate_words
from dueregard.publish.charts.funnel_chart import funnel_chart
from dueregard.publish.charts.heat_map import heat_map, heat_map_words
from dueregard.publish.charts.index_chart import index_chart, index_words
from dueregard.publish.charts.level_ladder import level_ladder, level_ladder_words
from dueregard.publish.charts.lists import refuse_lists
from dueregard.publish.charts.mean_test_chart import mean_test_chart, mean_test_words
from dueregard.publish.charts.nonresponse_chart import nonresponse_chart, nonresponse_words
from dueregard.publish.charts.option_chart import option_chart
from dueregard.publish.charts.option_words import option_words
from dueregard.publish.charts.precision_chart import precision_chart, precision_words
from dueregard.publish.charts.progress_arrows import arrow_words, progress_arrows
from dueregard.publish.charts.progress_chart import progress_chart, progress_words
from dueregard.publish.charts.ribbon_chart import ribbon_chart
from dueregard.publish.charts.ribbon_series import is_series
from dueregard.publish.charts.ribbon_words import ribbon_words
from dueregard.publish.charts.shrinkage_chart import shrinkage_chart
from dueregard.publish.charts.waterfall_chart import waterfall_chart
from dueregard.publish.charts.waterfall_words import waterfall_words
from dueregard.publish.readings import known, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart


class Own(NamedTuple):
    """A chart whose findings say it all: its words, and what draws it (findings, width, title and subtitle)."""

    words: Callable[[Findings], Alternative]
    draw: Callable[..., Chart]


OWN = {
    "funnel": Own(funnel_words, funnel_chart),
    "shrinkage": Own(shrinkage_words, shrinkage_chart),
    "indices": Own(index_words, index_chart),
    "progress": Own(progress_words, progress_chart),
    "answers": Own(heat_map_words, heat_map),
    "levels": Own(level_ladder_words, level_ladder),
    "arrows": Own(arrow_words, progress_arrows),
    "compared": Own(compared_words, compared_chart),
    "caterpillar": Own(caterpillar_words, caterpillar_chart),
    "ribbon": Own(ribbon_words, ribbon_chart),
    "estimates": Own(estimate_words, estimate_chart),
    "options": Own(option_words, option_chart),
    "classes": Own(class_words, class_chart),
    "nonresponse": Own(nonresponse_words, nonresponse_chart),
    "mean tests": Own(mean_test_words, mean_test_chart),
    "precision": Own(precision_words, precision_chart),
    "dumbbell": Own(dumbbell_words, dumbbell_chart),
    "before and after": Own(change_words, change_chart),
    "drivers": Own(driver_chart_words, driver_chart),
    "grid": Own(action_words, action_grid),
    "waterfall": Own(waterfall_words, waterfall_chart),
    "compared drivers": Own(compared_driver_words, compared_driver_chart),
}
CHARTS = {
    "funnel": "funnel",
    "shrinkage": "shrinkage",
    "indices": "indices",
    "unknowns": "bounds",
    "agreement": "share",
    "verified scores": "share",
    "answers": "answers",
    "levels": "levels",
    "round progress": "arrows",
    "round crossings": "arrows",
    "scores": "score",
    "thresholds": "score",
    "strengths": "score",
    "performance": "score",
    "compared scores": "compared",
    "plan progress": "progress",
    "scorecard": "progress",
    "survey estimates": "estimates",
    "multiple responses": "options",
    "weighting classes": "classes",
    "unanswered bounds": "nonresponse",
    "survey tests": "mean tests",
    "precision": "precision",
    "ranks": "caterpillar",
    "gap change": "before and after",
    "change": "before and after",
    "key drivers": "drivers",
    "compared drivers": "compared drivers",
    "gap parts": "waterfall",
    "gap change parts": "waterfall",
}
"""Which chart each kind of findings has; others have one of gaps or shares, by their rows, and lists have none."""
SERIES = ("rolling", "rolling rates")
"""Kinds that are ribbons, if they have more than one window."""
FURTHER = {
    "gap": ("dumbbell",),
    "response rates": ("dumbbell",),
    "key drivers": ("grid",),
}
"""Which other charts may be asked for."""


def form_of(findings: Findings, form: str | None = None) -> str:
    """Which chart the findings have, such as "funnel", "score", "bounds", "gap" or "share", or the one asked for.

    Kinds without a chart of their own are gaps if they have a difference, or an interval of one, and otherwise shares;
    somebody's own columns with units, sections or indicators are scores.

    Raises
    ------
    ValueError
        If they are a list, such as of indicators not met or of what a plan has to do, that no chart would say better;
        if they have no chart of the form asked for.
    """
    refuse_lists(findings)
    usual = _usual(findings)
    if form is None or form == usual:
        return usual
    options = (usual, *FURTHER.get(findings.kind, ()))
    if form not in options:
        named = " or ".join(map(repr, options))
        raise ValueError(
            f"form: {form!r} is no chart of findings of kind {findings.kind!r}{did_you_mean(form, options)}; "
            f"they have {named}"
        )
    return form


def _usual(findings: Findings) -> str:
    if findings.kind in SERIES and is_series(findings):
        return "ribbon"
    if findings.kind in CHARTS:
        return CHARTS[findings.kind]
    if findings.kind == TABLE and any(name in findings.columns for name in ("unit", "section", "indicator")):
        return "score"
    rows = rows_of(findings, "group", None)
    compared = [row for row in rows if row.get("reference") is not None and known(row.get("confidence_level"))]
    if compared or any(known(row.get("estimate")) for row in rows):
        return "gap"
    return "estimates" if findings.kind in ("response rates", *SERIES) else "share"
