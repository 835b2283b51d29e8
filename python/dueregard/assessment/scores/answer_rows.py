"""Every answer of every unit as a row of findings."""

from typing import Any

from dueregard.assessment.answers import MISSING, NOT_ASSESSABLE
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.threshold_rows import MET, NOT_MET
from dueregard.flags import Flag

NOT_ASSESSED, NO_ANSWER = "not assessed", "missing"


def answer_columns(counts: AnswerCounts, level: str) -> dict[str, list[Any]]:
    """Columns of the findings, units in their order, the indicators that count towards the level in the framework's."""
    framework, scale, units = counts.framework, counts.scale, counts.responses.units
    asked = [i for i, one in enumerate(framework.indicators) if framework.is_asked(one, level)]
    codes = counts.codes[:, asked].ravel().tolist()
    verdicts = _verdicts(counts, level)
    words = [scale.shown(code) for code in range(len(scale.levels))]
    indicators = [framework.indicators[i] for i in asked]
    n = len(units)
    return {
        "measure": ["answer to the indicator"] * len(codes),
        "unit": [unit for unit in units for _ in asked],
        "kind": [kind for kind in counts.responses.kinds for _ in asked],
        "section": [framework.sections[one.section] for one in indicators] * n,
        "indicator": [one.id for one in indicators] * n,
        "row_type": ["group"] * len(codes),
        "verdict": [verdicts[code] for code in codes],
        "flag": [Flag.MISSING_ANSWERS if verdicts[code] == NO_ANSWER else Flag(0) for code in codes],
        "answer": [words[code] for code in codes],
        "text": [one.text for one in indicators] * n,
    }


def _verdicts(counts: AnswerCounts, level: str) -> list[str]:
    """What each code of the scale comes to."""
    others = {NOT_ASSESSABLE: NOT_ASSESSED, MISSING: NO_ANSWER}
    meets = counts.scale.meets(level).tolist()
    states = counts.scale.states.tolist()
    return [others.get(state, MET if met else NOT_MET) for state, met in zip(states, meets, strict=True)]
