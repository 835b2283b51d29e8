"""What a framework asks, in sixteen characters: another framework, or another version of it, has others."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns.cell_values import text_of
from dueregard.missing import NOT_STATED


def fingerprint(framework: Framework) -> str:
    """The start of the SHA-256 of the name, the indicators with their texts, the answers, and who is exempt.

    What a unit is asked and may answer is in it; thresholds and what counts as met are not, since changing them
    leaves a return as good as it was.
    """
    asked = [
        framework.name,
        [[indicator.id, indicator.section, indicator.text] for indicator in framework.indicators],
        [[answer.id, answer.label] for answer in framework.answers],
        [[kind, sorted(framework.exempt.get(kind, ()))] for kind in framework.kinds],
    ]
    return _mark(asked)


def contents_mark(rows: Iterable[Mapping[str, Any]]) -> str:
    """The same of what rows of answers hold: a return with the mark it was sent out with was not filled in."""
    names = ("indicator", "evidence", "owner", "due")
    return _mark([[row.get("answer") or NOT_STATED, *(text_of(row.get(name)) for name in names)] for row in rows])


def _mark(value: list[Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
