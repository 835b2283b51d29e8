"""What a group can be compared with, besides another group."""

import enum
from typing import Final


class Reference(enum.Enum):
    """Comparisons that are not with one group of the data."""

    OVERALL = "all groups together"
    REST = "all other groups"

    def __repr__(self) -> str:
        return f"dr.{self.name}"


OVERALL: Final = Reference.OVERALL
"""Every group together, the compared group among them; people whose group is missing are left out."""

REST: Final = Reference.REST
"""Every other group together; people whose group is missing are left out."""


def named_reference(text: str) -> Reference | str:
    """A label, or what the words OVERALL and REST stand for, as commands and rules write them."""
    return Reference[text] if text in Reference.__members__ else text
