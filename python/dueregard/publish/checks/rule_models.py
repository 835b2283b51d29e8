"""The findings of drivers and of the parts of gaps that a rule in a file, or a command, asks for."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.hints import did_you_mean
from dueregard.inference.references import named_reference
from dueregard.publish.checks.menus import Menu, refuse_others
from dueregard.publish.checks.rule_designs import with_design
from dueregard.publish.checks.window_words import breaks_of, whole_or_words

if TYPE_CHECKING:
    from dueregard.findings import Findings

COMPARING = ("measure", "adjust", "threshold")
"""What goes with a comparison of drivers between groups alone."""
CELLS = ("parts", "empty", "interval", "adjust", "threshold", "inference", "count", "imbalance", "rng")
METHODS: Menu = {
    "shapley": CELLS,
    "das-gupta": CELLS,
    "kitagawa": CELLS,
    "oaxaca-blinder": (
        "parts", "coefficients", "model", "detail", "scores", "imbalance", "adjust", "threshold", "rng",
    ),
    "reweighting": ("model", "towards", "trim", "scores", "imbalance", "adjust", "threshold"),
}  # fmt: skip
"""The methods of a decomposition, each with the arguments that it has and others may lack."""
TIMES = ("time", "before", "after", "window", "breaks")
"""What makes it the decomposition of a change."""


def make_drivers(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Drivers by `dueregard.key_drivers`.

    ``data`` is a file or an example; ``drivers`` a list of columns, or a table of names with their columns.
    """
    import dueregard as dr

    asked = with_design(arguments)
    for name in COMPARING:
        if name in asked:
            raise ValueError(f"{name}: goes with a comparison of groups; name a reference, or leave it out")
    return dr.key_drivers(open_source(asked.pop("data"), folder=folder), **asked)


def make_compared_drivers(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """Drivers of groups against those of a reference by `dueregard.compare_drivers`; ``data``, ``drivers`` as above.

    ``reference`` may be OVERALL or REST.
    """
    import dueregard as dr

    asked = with_design(arguments)
    if "group" not in asked:
        raise ValueError("group: with a reference there are groups to compare; name their column")
    asked["reference"] = named_reference(asked["reference"])
    return dr.compare_drivers(open_source(asked.pop("data"), folder=folder), **asked)


def make_parts(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """The parts of a gap, by the ``method`` named; ``data`` is a file or an example."""
    import dueregard as dr

    method, data, asked = _asked(folder, arguments)
    if method == "oaxaca-blinder":
        return dr.oaxaca_blinder(data, **asked)
    if method == "reweighting":
        return dr.reweighted_gap(data, **asked)
    _require_positive(method, asked)
    return dr.decompose_gap(data, method=method, **asked)


def make_changed_parts(folder: Path, arguments: dict[str, Any]) -> "Findings":
    """The parts of the change of a gap, by the ``method`` named; ``data`` is a file or an example."""
    import dueregard as dr

    method, data, asked = _asked(folder, arguments)
    named = next(name for name in TIMES if name in asked)
    if method in ("oaxaca-blinder", "reweighting"):
        raise ValueError(f"{named}: a change is not taken apart by {method}; leave it out, or the method")
    _require_positive(method, asked)
    if "period" in asked:
        raise ValueError("period: a change is between two, which before and after name; leave it out")
    if "imbalance" in asked:
        raise ValueError("imbalance: what something unmeasured would need is said of a gap, not of its change")
    if "time" not in asked:
        raise ValueError(f"time: with {named} the column of months, quarters or dates has to be named")
    if "breaks" in asked:
        asked["breaks"] = breaks_of(asked["breaks"])
    if "window" in asked:
        asked["window"] = whole_or_words(asked["window"])
    return dr.decompose_gap_change(data, method=method, **asked)


def _asked(folder: Path, arguments: dict[str, Any]) -> tuple[str, Any, dict[str, Any]]:
    """The method, the data, and the other arguments, of which the method has each."""
    asked = with_design(arguments)
    method, data = asked.pop("method", "shapley"), open_source(asked.pop("data"), folder=folder)
    if method not in METHODS:
        raise ValueError(f"method: {method!r} is not one of {', '.join(METHODS)}{did_you_mean(method, list(METHODS))}")
    refuse_others(method, asked, METHODS)
    asked["reference"] = named_reference(asked["reference"])
    return method, data, asked


def _require_positive(method: str, asked: dict[str, Any]) -> None:
    if "positive" not in asked:
        raise ValueError(f"positive: {method!r} takes apart shares: say which answers count")
