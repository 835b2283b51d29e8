"""The kinds of missing answer, which are kept apart everywhere.

"Not applicable" leaves the denominator. The other three are levels of their own: shown, never dropped and never
spread over the stated answers.
"""

from collections.abc import Mapping
from typing import Any

NOT_STATED = "not stated"
REFUSED = "refused"
NOT_APPLICABLE = "not applicable"
NOT_COLLECTED = "not collected"

KINDS = (NOT_STATED, REFUSED, NOT_APPLICABLE, NOT_COLLECTED)


def is_missing(label: object) -> bool:
    """Whether a label stands for a kind of missing answer rather than an answer."""
    return isinstance(label, str) and label in KINDS


def check_mapping(missing: Mapping[Any, str] | None) -> dict[Any, str]:
    """The user's ``missing=`` argument, refused when it names an unknown kind."""
    if missing is not None and not isinstance(missing, Mapping):
        raise TypeError(f"missing must be a dict of labels to kinds of missing, not {type(missing).__name__}")
    mapping = dict(missing or {})
    for label, kind in mapping.items():
        if kind not in KINDS:
            raise ValueError(f"missing: {label!r} is mapped to {kind!r}; the kinds are {', '.join(KINDS)}")
        if kind != NOT_STATED and (label is None or label == "" or label != label):
            raise ValueError(
                f"missing: {label!r} is mapped to {kind!r}, but null, NaN and empty text are {NOT_STATED!r}"
            )
    return mapping


def is_null(value: object) -> bool:
    """Whether a value is None, NaN (which differs from itself), or pandas' NA (which cannot say whether it does)."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def resolve(label: object, mapping: Mapping[Any, str]) -> Any:
    """The label itself, or the kind of missing it stands for."""
    if is_null(label) or label == "":
        return NOT_STATED
    if not mapping:
        return label
    if isinstance(label, int | float):  # Python takes True for 1: each stands for itself alone
        boolean = isinstance(label, bool)
        return next((mapping[key] for key in mapping if key == label and isinstance(key, bool) == boolean), label)
    try:
        return mapping.get(label, label)
    except TypeError:  # an unhashable label cannot have been named in the mapping
        return label
