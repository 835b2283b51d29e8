"""What a committee paper says of itself that no data can tell."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Details:
    """The head of a paper; what is None is still to be completed.

    Parameters
    ----------
    report_number
        Of the report among those of the meeting.
    committee
        Which committee meets.
    meeting_date
        The day of the meeting.
    on_behalf_of
        By whom, or on whose behalf, the paper is submitted.
    classification
        The protective marking.
    contact
        Whom to ask, and where.
    environment
        Whether the paper has a section on environmental implications.
    """

    report_number: str | None = None
    committee: str | None = None
    meeting_date: datetime.date | None = None
    on_behalf_of: str | None = None
    classification: str | None = None
    contact: str | None = None
    environment: bool = False
