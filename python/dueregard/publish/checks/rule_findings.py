"""The findings that a rule in a file, or a command, asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.inference.references import named_reference
from dueregard.publish.checks.assessments import make_assessment, shown
from dueregard.publish.checks.audits import make_audit
from dueregard.publish.checks.plans import ABOUT, make_plan, shown_of_plan

if TYPE_CHECKING:
    from dueregard.findings import Findings


def make_gap(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Gaps by `dueregard.gap`; ``data`` is a file or an example, ``reference`` may be OVERALL or REST."""
    import dueregard as dr

    data = open_source(arguments.pop("data"), folder=folder)
    reference = named_reference(arguments.pop("reference"))
    return dr.gap(data, reference=reference, **arguments)


def make_share(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Shares by `dueregard.share`; ``data`` is a file or an example."""
    import dueregard as dr

    return dr.share(open_source(arguments.pop("data"), folder=folder), **arguments)


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
    "share": make_share,
    "assess": make_assess,
    "plan": make_planned,
    "audit": make_audited,
}
