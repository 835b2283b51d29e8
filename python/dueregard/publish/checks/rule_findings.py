"""The findings that a rule in a file, or a command, asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.inference.references import named_reference
from dueregard.publish.checks.assessments import make_assessment, shown
from dueregard.publish.checks.audits import make_audit
from dueregard.publish.checks.plans import ABOUT, make_plan, shown_of_plan
from dueregard.publish.checks.rule_designs import with_design
from dueregard.publish.checks.rule_models import make_changed_parts, make_compared_drivers, make_drivers, make_parts
from dueregard.publish.checks.window_words import breaks_of, whole_or_words

if TYPE_CHECKING:
    from dueregard.findings import Findings


def make_gap(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Gaps by `dueregard.gap`; ``data`` is a file or an example, ``reference`` may be OVERALL or REST."""
    import dueregard as dr

    data = open_source(arguments.pop("data"), folder=folder)
    reference = named_reference(arguments.pop("reference"))
    return dr.gap(data, reference=reference, **with_design(arguments))


def make_trend(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Rolling shares or gaps by `dueregard.rolling`; with ``before`` or ``after`` their change between two windows.

    ``data`` is a file or an example, ``reference`` as in `make_gap`, ``window`` a number or words such as "12 months",
    ``breaks`` texts such as "2010-04:mode:telephone to face-to-face".
    """
    import dueregard as dr

    asked = with_design(arguments)
    data = open_source(asked.pop("data"), folder=folder)
    asked["breaks"] = breaks_of(asked.pop("breaks", None))
    asked["window"] = whole_or_words(asked["window"])
    if "reference" in asked:
        asked["reference"] = named_reference(asked["reference"])
    if "before" not in asked and "after" not in asked:
        return dr.rolling(data, **asked)
    for name in ("measure", "step"):
        if name in asked:
            raise ValueError(f"{name}: a change between two windows has none; leave it out, or before and after")
    return dr.gap_change(data, **asked) if "reference" in asked else dr.change(data, **asked)


def make_share(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Shares by `dueregard.share`; ``data`` is a file or an example."""
    import dueregard as dr

    return dr.share(open_source(arguments.pop("data"), folder=folder), **with_design(arguments))


def make_assess(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """What ``show`` names of an assessment: ``data`` and ``framework`` are files, embedded ones unless given."""
    about = {name: arguments.pop(name, None) for name in ("by", "level", "percents", "percent", "target")}
    show = arguments.pop("show", "scores")
    return shown(make_assessment(folder, **arguments), show, about)


def make_planned(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """What ``show`` names of a plan: ``data`` is a file, the embedded objectives unless given."""
    about = {name: arguments.pop(name, None) for name in ABOUT}
    show = arguments.pop("show")
    return shown_of_plan(make_plan(folder, **arguments), show, about)


def make_audited(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """What an audit finds: ``data`` is a file, the embedded claims unless given."""
    return make_audit(folder, **arguments)


MAKERS: dict[str, Callable[[Path, dict[str, Any]], "Findings"]] = {
    "gap": make_gap,
    "trend": make_trend,
    "share": make_share,
    "key drivers": make_drivers,
    "compared drivers": make_compared_drivers,
    "gap parts": make_parts,
    "gap change parts": make_changed_parts,
    "assess": make_assess,
    "plan": make_planned,
    "audit": make_audited,
}
