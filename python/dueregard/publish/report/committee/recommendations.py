"""A. Recommendations: what the plan asks of members. Findings alone only give options: they never say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.plans.recommendations import REJECTED
from dueregard.plans.standings import OVERDUE
from dueregard.publish.days import written_day
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.title_block import sentence_of
from dueregard.publish.report.pages.parts import Point, bullets, text

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan
    from dueregard.plans.recommendations import Recommendation

OPTIONS = (
    "The findings do not say what should be done. Of these, members may wish to ask what is known of the reasons, and "
    "what is being done:"
)


def recommendations(draft: Draft, plans: Sequence[Plan], points: Sequence[Point]) -> str:
    """The list that begins with "That members", and the options that findings give."""
    asked = [
        asked_of(each, each.id in late)
        for plan in plans
        for late in [plan.status().filter(measure="recommendation", verdict=OVERDUE)["item"]]
        for each in plan.contents.recommendations
    ]
    items = [text(f"{item};") for item in ("note the findings in this report", *asked)]
    if asked:
        items[-1] = f"{items[-1].removesuffix(';')}."
    else:
        items.append(draft.mark("what members are asked to decide; no plan with recommendations was given"))
    listed = "\n".join(f"<li>{item}</li>" for item in items)
    parts = [f'<p>That members</p>\n<ol class="asked">\n{listed}\n</ol>']
    if points:
        parts.append(f"<h3>Options</h3>\n<p>{text(OPTIONS)}</p>\n{bullets([sentence_of(point) for point in points])}")
    return "\n".join(parts)


def asked_of(recommendation: Recommendation, overdue: bool = False) -> str:
    """What members are asked about one recommendation: to consider it, to note it, or to note that it was rejected."""
    named = f"recommendation {recommendation.id}, “{recommendation.title}”"
    if overdue and recommendation.due is not None:
        named += f", overdue since {written_day(recommendation.due)},"
    if recommendation.answer == REJECTED:
        return f"note that {named} was rejected"
    if recommendation.open_reservation:
        decides = recommendation.decides or "nobody is named who"
        to = "to decide" if recommendation.decides else "decides"
        return (
            f"consider {named.removesuffix(',')}, which was accepted with a reservation that is still open: "
            f"{str(recommendation.reservation).rstrip('.')} ({decides} {to})"
        )
    return f"note that {named} was {recommendation.answer}, and receive a report on its progress"
