"""`dueregard.classify`: a column's labels in the groups of another classification."""

from typing import Any

import numpy as np

from dueregard.records.classifications.catalogue import mapping as find_mapping


def classify(values: Any, mapping: Any, *, unknown: str = "raise") -> Any:
    """The group of each label in a column."""
    chosen = find_mapping(mapping)
    plain = values.tolist() if hasattr(values, "tolist") else list(values)
    known = {label: chosen.of(label, unknown=unknown) for label in dict.fromkeys(plain)}
    return np.array([known[label] for label in plain], np.str_)
