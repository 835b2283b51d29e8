"""Grades of the example workforce in bands that are large enough to be compared."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

BANDS = {
    "Constables": ("Constable",),
    "Sergeants": ("Sergeant",),
    "Inspecting ranks": ("Inspector", "Chief Inspector"),
    "Superintending ranks and above": ("Superintendent", "Chief Superintendent", "Chief officer"),
    "Bands E and F": ("Band F", "Band E"),
    "Bands C and D": ("Band D", "Band C"),
    "Bands A and B and senior staff": ("Band B", "Band A", "Senior staff"),
    "PCSOs": ("PCSO",),
    "Special constabulary": ("Special Constable", "Special Sergeant", "Special Inspector"),
}


def grade_band(grade: NDArray[Any]) -> NDArray[Any]:
    """The band of each grade."""
    band_of = {name: band for band, names in BANDS.items() for name in names}
    names, at = np.unique(grade, return_inverse=True)
    return np.array([band_of[name] for name in names.tolist()])[at]
