"""The pages of the example report on why: what confidence goes with, and what a gap goes with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dueregard.publish.report.inputs import Input, input_of_table
from dueregard.publish.report.pages.drivers import drivers
from dueregard.publish.report.pages.explained import explained
from dueregard.publish.report.pages.parts import Page
from dueregard.publish.report.pages.sampling import WHAT_INTERVALS_MEAN, drawn
from dueregard.publish.report.sources import EXAMPLE_LAYOUT

BUILT_IN = (
    "Example records of their own, in which it is known what goes with what: no figure was published, and none is "
    "that of another page."
)


def example_drivers(data: Any) -> tuple[Page, list[Input]]:
    """What confidence goes with in a year of interviews, as they were drawn, and whether groups differ in it."""
    from dueregard.data.confidence_drivers import SCALES
    from dueregard.data.driver_population import DRIVERS
    from dueregard.designs.survey_design import survey_design
    from dueregard.measures.drivers.compared_drivers import compare_drivers
    from dueregard.measures.drivers.key_drivers import key_drivers

    records = data.example("confidence_drivers")
    design = survey_design(weight="weight", stratum="borough", psu="sampling_point")
    asked: dict[str, Any] = {
        "outcome": "good_job", "drivers": DRIVERS, "exclude": ["Don't know"], "design": design, "name": "confidence",
        "scores": {name: scale for name, scale in SCALES.items() if name != "informed"},
    }  # fmt: skip
    found = key_drivers(records, **asked)
    compared = compare_drivers(records, **asked, group="ethnic_group_broad", reference="White")
    method = f"{drawn(design)} Intervals allow for that. {WHAT_INTERVALS_MEAN}"
    page = drivers(found, compared, key="drivers", title="What goes with confidence", short="Drivers", method=method)
    return replace(page, intro=[BUILT_IN]), [input_of_table("Survey on drivers of confidence", records)]


def example_explained(data: Any) -> tuple[Page, list[Input]]:
    """What of the gap in satisfaction goes with age, deprivation and prior opinion."""
    from dueregard.measures.decomposition.rates.gap_decompositions import decompose_gap

    records = data.example("explained_gap")
    asked = {name: value for name, value in EXAMPLE_LAYOUT.items() if name != "by"}
    found = decompose_gap(records, **asked, factors=["age_band", "deprivation", "prior_opinion"], name="satisfied")
    page = explained(found, key="explained", title="The gap explained", short="Gap explained")
    return replace(page, intro=[BUILT_IN]), [input_of_table("Survey of users, with prior opinion", records)]
