"""D. Financial implications: costs and savings as the plan lists them; what is unknown is said to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.readings import Row, remade, rows_of
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan


def finance(draft: Draft, plans: Sequence[Plan]) -> str:
    """A paragraph for all together, one for each objective, and marks for what is not known."""
    costed = [plan for plan in plans if plan.contents.costs]
    parts = [part for plan in costed for part in _of_plan(draft, plan)]
    if not costed:
        why = (
            "the plan lists no costs or savings, which does not mean that there are none"
            if plans
            else "no plan was given"
        )
        parts.append(draft.paragraph("", f"costs and savings; {why}"))
    return "\n".join(parts)


def _of_plan(draft: Draft, plan: Plan) -> list[str]:
    found = plan.costs()
    rows = rows_of(found)
    together = [row for row in rows if row["objective"] is None]
    listed = [row for row in rows if row["objective"] is not None and row["nobs"]]
    parts = draft.paragraphs([" ".join(sentences(remade(found, together)))])
    if listed:
        parts += draft.paragraphs([" ".join(sentences(remade(found, listed)))])
    unknown = [_named(row) for row in listed if row["verdict"] == "unknown" and row["measure"] != "net cost"]
    parts += [draft.paragraph("", f"the {name}, which is not known") for name in unknown]
    return parts


def _named(row: Row) -> str:
    when = f" in {row['year']}" if row["year"] else ""
    return f"{row['measure']} of objective {row['objective']}{when}"
