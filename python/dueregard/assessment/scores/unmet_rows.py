"""Every assessable indicator that a unit did not meet, or did not answer."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import NOT_ASSESSABLE
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.flags import Flag


def unmet_cells(counts: AnswerCounts, level: str) -> NDArray[np.bool_]:
    """(n_units, n_indicators): assessable, counting towards the level, and not met at it."""
    codes, scale = counts.codes, counts.scale
    asked = np.array([counts.framework.is_asked(one, level) for one in counts.framework.indicators])
    unmet: NDArray[np.bool_] = asked & (scale.states[codes] != NOT_ASSESSABLE) & ~scale.meets(level)[codes]
    return unmet


def unmet_columns(counts: AnswerCounts, level: str) -> dict[str, list[Any]]:
    """Columns of the findings, units in their order, indicators in the framework's."""
    cells = np.argwhere(unmet_cells(counts, level)).tolist()
    framework, codes = counts.framework, counts.codes
    indicators = [framework.indicators[i] for _, i in cells]
    stated = [bool(counts.scale.stated[codes[unit, i]]) for unit, i in cells]
    return {
        "measure": ["answer"] * len(cells),
        "unit": [counts.responses.units[unit] for unit, _ in cells],
        "section": [framework.sections[indicator.section] for indicator in indicators],
        "indicator": [indicator.id for indicator in indicators],
        "row_type": ["group"] * len(cells),
        "flag": [Flag(0) if answered else Flag.MISSING_ANSWERS for answered in stated],
        "answer": [counts.scale.shown(int(codes[unit, i])) for unit, i in cells],
        "text": [indicator.text for indicator in indicators],
    }
