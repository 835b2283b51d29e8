"""What findings are about, in a line: the measure, the period and the characteristic, where all rows share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.readings import clean

if TYPE_CHECKING:
    from dueregard.findings import Findings


def subject_of(findings: Findings) -> str:
    """The title of findings, or what they measure, of whom and when; "Findings" where rows differ in what they measure.

    >>> from dueregard.findings import Findings
    >>> subject_of(Findings({"measure": ["share of staff"], "characteristic": ["gender"], "period": ["2011"]}))
    'Share of staff by gender, 2011'
    """
    if findings.title:
        return clean(findings.title)
    first = next((row for row in findings.rows() if row["row_type"] != "variation"), None)
    if first is None or first["measure"] is None:
        return "Findings"
    shared = {name: {row[name] for row in findings.rows() if row["row_type"] != "variation"} for name in SHARED}
    words = str(first["measure"])
    if "option" in first:
        words = words.removesuffix(f" {first['option']}")
    if not all(str(measure).startswith(words) for measure in shared["measure"]):
        return "Findings"
    words = words.replace("_", " ")
    characteristic, period = (
        each.pop() if len(each) == 1 else None for each in (shared["characteristic"], shared["period"])
    )
    if characteristic is not None and str(characteristic) not in words:
        words += f" by {str(characteristic).replace('_', ' ')}"
    words = words[:1].upper() + words[1:]
    return clean(f"{words}, {period}" if period is not None else words)


SHARED = ("measure", "characteristic", "period")
