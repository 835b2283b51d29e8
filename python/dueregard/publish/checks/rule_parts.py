"""Which parts of a gap a rule is held against, and the words for what remains that go with every method.

What the gap would be if the groups were alike is "rates" by cells, "unexplained" by regression and reweighting, and
"coefficients" of a threefold split: a rule should not have to know by which of them its findings were made.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dueregard.publish.gap_part_sets import REST

if TYPE_CHECKING:
    from dueregard.findings import Findings

REMAINS = "what remains"
SPLIT = ("side", "factor", "level")
"""What parts are split by, which `where` asks for by name."""
KINDS = ("gap parts", "gap change parts")


def usual(findings: "Findings", where: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The values allowed of columns of which `where` says nothing: what remains as a whole, and not as well the gap and
    what goes with who is in the groups, unless a part or what it is split by is asked for."""
    if findings.kind not in KINDS:
        return {}
    whole: dict[str, tuple[Any, ...]] = dict.fromkeys(SPLIT, (None,))
    return whole if {"part", *SPLIT} & set(where) else whole | {"part": REST}


def as_found(findings: "Findings", where: Mapping[str, Any]) -> dict[str, Any]:
    """`where` with what remains by the name that the findings have for it."""
    if findings.kind not in KINDS or "part" not in where:
        return dict(where)
    asked = where["part"] if isinstance(where["part"], list | tuple | set | frozenset) else [where["part"]]
    there = [name for name in REST if name in findings["part"]]
    return {**where, "part": [name for part in asked for name in (there if part == REMAINS and there else [part])]}


def hint(findings: "Findings", column: str) -> str:
    """What is to be said where a part is asked for by the name that another method has for it."""
    named = findings.kind in KINDS and column == "part"
    return f"; {REMAINS!r} stands for its name in every method" if named else ""
