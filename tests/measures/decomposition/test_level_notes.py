"""Limits of single levels in small groups are said to be rough."""

import pytest

from dueregard.measures.decomposition.level_notes import ROUGH, level_notes
from dueregard.measures.decomposition.part_rows import Block, Part

LEVEL = Part("composition", 1.0, 0.5, 0.0, 2.0, 0.05, factor="age", level="16-34")
TOTAL = Part("composition", 1.0, 0.5, 0.0, 2.0, 0.05)
WITHOUT_LIMITS = Part("composition", 1.0, factor="age", level="16-34")


@pytest.mark.parametrize(
    ("nobs", "reference_nobs", "parts", "said"),
    [
        (150, 5000, [TOTAL, LEVEL], [ROUGH]),
        (5000, 999, [LEVEL], [ROUGH]),
        (1000, 1000, [LEVEL], []),
        (150, 150, [TOTAL], []),
        (150, 150, [WITHOUT_LIMITS], []),
    ],
)
def test_it_is_said_of_levels_with_limits_in_small_groups(nobs, reference_nobs, parts, said):
    assert level_notes([Block((), "Asian", nobs, 0, reference_nobs, parts)]) == said
