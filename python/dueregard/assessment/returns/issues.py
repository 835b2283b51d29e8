"""What one workbook is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.recipients import Recipient


@dataclass(frozen=True)
class Issue:
    """One workbook to write: who is asked what, in which round, and what is already filled in."""

    framework: Framework
    recipient: Recipient
    round: str | None = None
    channel: str = form.INVITED
    filled: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Indicator to its answer (as a label), evidence, owner and due."""
    provenance: str | None = None
