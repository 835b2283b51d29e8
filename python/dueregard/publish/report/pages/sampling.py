"""How the figures of a survey were worked out: how it was drawn, what its intervals are, and where a series breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.readings import label, rows_of
from dueregard.publish.sentences.window_words import break_of

if TYPE_CHECKING:
    from dueregard.designs.survey_design import SurveyDesign
    from dueregard.findings import Findings

SHARE_INTERVAL = "Each interval is Wilson's, for the effective base of the percentage."
GAP_INTERVAL = (
    "The interval of a gap is put together from Wilson's limits of the two percentages, each for its effective base, "
    "and from how far the two move together (MOVER)."
)
CHANGE_INTERVAL = (
    "A change of a gap is between two windows; its interval is put together from Wilson's limits of the four "
    "percentages (MOVER), and allows for people and places that are in both windows."
)
WHAT_INTERVALS_MEAN = (
    "About five of a hundred 95% intervals miss the true figure. They allow for who happened to be asked, and for "
    "nothing else: not for people who did not answer, nor for how questions were put."
)


def sampled(design: SurveyDesign | None) -> str:
    """How a sample was drawn, and what that does to its numbers; nothing without a design.

    >>> import dueregard as dr
    >>> sampled(dr.survey_design(weight="weight", stratum="borough", psu="ward"))[:87]
    'The sample was drawn in clusters (ward), in each borough separately; answers are weight'
    """
    if design is None:
        return ""
    weighted = design.weight or design.fpc or design.replicate_weights
    why = ["Answers from one cluster are alike"] if design.psu else []
    why += ["weights differ" if why else "Weights differ"] if weighted else []
    fewer = (
        f" {' and '.join(why)}, so that answers are worth fewer of a simple random sample: the effective base stands "
        "beside the base, which counts people."
    )
    return f"{drawn(design)}{fewer if why else ''} {WHAT_INTERVALS_MEAN}"


def drawn(design: SurveyDesign) -> str:
    """How a sample was drawn, and nothing else."""
    units = f"in clusters ({label(design.psu[0]).lower()})" if design.psu else "person by person"
    strata = f", in each {label(design.stratum).lower()} separately" if design.stratum else ""
    weighted = design.weight or design.fpc or design.replicate_weights
    return f"The sample was drawn {units}{strata}{'; answers are weighted' if weighted else ''}."


def breaks_said(findings: Findings) -> str:
    """Where the series breaks: nothing is compared across it."""
    rows = [row for row in rows_of(findings) if row.get("break_date") is not None]
    said = list(dict.fromkeys(break_of(row) for row in rows))
    if not said:
        return ""
    return f"The series breaks in {'; and in '.join(said)}. No window spans a break, and nothing is compared across it."


def told(*parts: str) -> str:
    """Parts of a method as one text."""
    return " ".join(part for part in parts if part)
