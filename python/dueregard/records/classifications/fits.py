"""Which mappings would make two lists of groups the same: what an error message suggests."""

from collections.abc import Sequence
from typing import Any

from dueregard.missing import is_missing
from dueregard.records.classifications.catalogue import mapping, mappings

MOST = 4
"""As many as a message can name."""


def fitting(labels: Sequence[Any], groups: Sequence[Any]) -> list[str]:
    """Names of the mappings that know every one of the labels and whose groups are these.

    >>> fitting(["IC1", "IC3"], ["Asian", "Black", "Mixed", "Other", "White"])
    ['PNC codes to 5+1 (2011)', 'PNC codes to 5+1 (2001)']
    """
    stated = [label for label in labels if not is_missing(label)]
    found = []
    for name in mappings()["mapping"]:
        each = mapping(name)
        if set(each.target_labels) == set(groups) and all(_knows(each.of, label) for label in stated):
            found.append(name)
    return found[:MOST]


def _knows(of: Any, label: Any) -> bool:
    try:
        of(label)
    except (ValueError, TypeError):
        return False
    return True
