"""The columns of stop and search files, and what their blanks mean."""

import re
from collections.abc import Sequence

from dueregard.missing import NOT_COLLECTED, NOT_STATED

TYPE, DATE = "Type", "Date"
VEHICLE_ONLY = "Vehicle search"
PERSON = ("Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity")
"""What is known of the person searched; a vehicle searched alone has none."""
REQUIRED = (TYPE, DATE, *PERSON, "Legislation", "Object of search", "Outcome")
OPTIONAL = (
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)
"""Some forces leave these blank, or out, because they do not collect them."""
ADDED = ("force", "month")
"""From the name of the file."""

SAYS_NOTHING = re.compile(r"(.* - )?(not stated|not known|unknown|n/a)( \(ns\))?", re.IGNORECASE)


def is_not_stated(text: str) -> bool:
    """Whether a text about a person says that nothing was stated.

    Examples
    --------
    >>> [is_not_stated(text) for text in ("", "Not Stated (NS)", "Other ethnic group - Not stated", "Other")]
    [True, True, True, False]
    """
    return text == "" or SAYS_NOTHING.fullmatch(text) is not None


def settled(column: str, labels: Sequence[str]) -> list[str]:
    """The labels that one file has in a column, with the kind of missing that stands for a blank.

    A column that is blank in the whole file was not collected, unless it is one that every force fills in.
    """
    if column in PERSON:
        return [NOT_STATED if is_not_stated(label) else label for label in labels]
    blank = NOT_COLLECTED if list(labels) == [""] and column not in REQUIRED else NOT_STATED
    return [label or blank for label in labels]
