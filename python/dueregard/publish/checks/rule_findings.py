"""The findings that a rule in a file, or a command, asks for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.inference.references import named_reference

if TYPE_CHECKING:
    from dueregard.assessment import Assessment
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
    """Scores of units by `dueregard.assess`: ``data`` and ``framework`` are files, embedded ones unless given."""
    by = arguments.pop("by", None)
    return make_assessment(folder, **arguments).scores(by=by)


def make_assessment(folder: Path, *, data: str | None = None, framework: str = "esps", **columns: Any) -> "Assessment":
    """An assessment of a file of responses, or of the 32 boroughs whose answers are embedded."""
    import dueregard as dr

    standard = dr.frameworks.esps() if framework == "esps" else dr.frameworks.load(folder / framework)
    responses = dr.data.load("borough_answers") if data is None else open_source(data, folder=folder)
    return dr.assess(responses, standard, **columns)


MAKERS: dict[str, Callable[[Path, dict[str, Any]], "Findings"]] = {
    "gap": make_gap,
    "share": make_share,
    "assess": make_assess,
}
