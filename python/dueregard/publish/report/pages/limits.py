"""What the figures cannot tell you: said before the method, in words for those who act on them."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.report.pages.parts import Page, bullets

ANSWERS = (
    "Why a gap is there. A survey shows that people's answers differ; it does not show what was done differently.",
    "What people who did not answer think. Answers that are missing are counted and shown, never guessed.",
)
RECORDS = (
    "Why a gap is there. The records show that outcomes differ; they do not show what was done differently.",
    "What the outcome was where none is recorded. Outcomes that are missing are counted and shown, never guessed.",
)
SAMPLES = (
    "That a group or area without a clear gap has none. Where the verdict is too few to tell there are fewer cases, "
    "not fewer problems.",
    "Which area is worst, unless areas are shown to vary by more than chance. Areas stand in a fixed order for "
    "that reason.",
)
ASSESSED = (
    "How well an indicator is met by another's judgement. Scores come from what units say about themselves; two units "
    "may judge the same practice differently.",
)
LEVELS = (
    "Whether a level was earned. It follows from answers by the framework's rule; one answer below it is enough to "
    "lose it, and evidence at a higher level does not make up for that.",
)
PLANS = (
    "Whether an action worked. A measure that improved after it may have improved without it; where no target was "
    "published, whether a measure is on course cannot be told.",
)
AUDITS = (
    "Which of two figures that contradict each other is right. An audit shows that they cannot both be; figures that "
    "agree can both be wrong.",
)
STAFF = (
    "Whether recruitment, promotion or leaving explains a share of the workforce. That needs counts of the people who "
    "applied, were eligible or left.",
    "The ethnic group of staff who do not state it. If they differ from those who do, the shares are off by as much.",
)
RATES = (
    "Discrimination. A rate for the size of a group compares events with the people who live in a place; it does not "
    "say who was there, what was seen, or why anyone was searched.",
    "How many people. Events are counted, and one person can have several.",
)
STAGES = (
    "Why a group is less likely to reach a stage. Qualifications, experience and choice are not in these counts.",
)
TRENDS = (
    "Why a figure moved. What was done at the time, what was in the news and who answered all move with it.",
    "Whether a figure moved across a break in its series. People who are asked another way answer differently.",
)
DRIVERS = (
    "What would happen if a driver were improved. It goes with the outcome in people's answers at one time; raising it "
    "may do less, or nothing, and what was not asked has no share.",
)
EXPLAINED = (
    "Whether people were treated unequally. What remains of a gap between people who are alike in what was held equal "
    "is no measure of discrimination: what was not measured is in it. What goes with who is in the groups is not "
    "thereby excused: where people live, or what they thought before, may itself come from how they were treated.",
)
ALWAYS = (
    "Anything about one person. Small numbers are not suppressed in this version, which is why it is for internal use: "
    "it has not been checked for disclosure.",
)
GENERATED = ("Anything about real people or units: records in this report are generated, and not real ones.",)
SYNTHETIC = (
    "Anything about the Metropolitan Police today. The survey and workforce records are synthetic: made so that their "
    "totals match published figures of 2010 to 2011. Figures that were never published are only plausible.",
)


def limits(present: Sequence[str], absent: Sequence[str], synthetic: bool, survey: bool = True) -> Page:
    """The page for the pages that are there; what was not supplied is named."""
    made = SYNTHETIC if "workforce" in present else GENERATED
    items = list(made if synthetic else ())
    of_answers = any(_any(present, kind) for kind in ("satisfaction", "areas", "gaps", "trend"))
    items += [*(ANSWERS if survey else RECORDS), *SAMPLES] if of_answers else ()
    items += TRENDS if _any(present, "trend") else ()
    items += DRIVERS if _any(present, "drivers") else ()
    items += EXPLAINED if _any(present, "explained") else ()
    items += ASSESSED if _any(present, "standard") else ()
    items += LEVELS if _any(present, "levels") else ()
    items += PLANS if _any(present, "plan") else ()
    items += AUDITS if _any(present, "audit") else ()
    items += STAFF if "workforce" in present else ()
    items += RATES if _any(present, "proportionality") else ()
    items += STAGES if _any(present, "stages") else ()
    items += ALWAYS
    not_there = [f"{name}: not supplied, so not in this report." for name in absent]
    return Page(
        "limits",
        "What these figures cannot tell you",
        "Limits",
        html=bullets([*not_there, *items], "limits"),
        follows=len(present) > 1,
    )


def _any(present: Sequence[str], kind: str) -> bool:
    """Whether there is a page of a kind; those of one's own have a number after it."""
    return any(key.split("-")[0] == kind for key in present)
