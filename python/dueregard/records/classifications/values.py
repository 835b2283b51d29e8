"""`dueregard.classify`: a column's labels in the groups of another classification."""

from typing import Any

import numpy as np

from dueregard.records.classifications.catalogue import mapping as find_mapping
from dueregard.records.classifications.series import cells_of, like


def classify(values: Any, mapping: Any, *, unknown: str = "raise") -> Any:
    """The group of each label in a column.

    Parameters
    ----------
    values : array, list or series
        Labels, in one dimension.
    mapping : str, Mapping or dict
        As in `dueregard.mapping`.
    unknown : {"raise", "not stated"}
        What becomes of a label that the mapping does not know.

    Returns
    -------
    array of str
        One group, or kind of missing, for each label; null and empty text are "not stated". Of a pandas or Polars
        series, a series of the same kind whose categories are in the order of the mapping, so that a tally keeps it.

    Raises
    ------
    TypeError
        If the values are not a column.
    ValueError
        If there is no such mapping; or a label is not known, or a total of others, naming it and the nearest known.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.classify(["W1", "O1", "A2", None], "16+1 to 5+1 (2001)").tolist()
    ['White', 'Other', 'Asian', 'not stated']
    >>> dr.classify(["W1", "O1", "A2", None], "16+1 to 5+1 (2011)").tolist()
    ['White', 'Asian', 'Asian', 'not stated']
    """
    chosen = find_mapping(mapping)
    labels = cells_of("values", values)
    groups = {label: chosen.of(label, unknown=unknown) for label in dict.fromkeys(labels)}
    return like(values, np.array([groups[label] for label in labels], np.str_), chosen.target_labels)
