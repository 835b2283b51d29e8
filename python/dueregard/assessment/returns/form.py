"""The form of a return: its sheets, the columns of its tables, and where they stand, for writing and reading it."""

COVER, RETURN, ANSWERS, EXEMPT, CHOICES, ABOUT = "Cover", "Return", "Answers", "Exempt", "Choices", "About"

SHEETS = (COVER, RETURN, ANSWERS, EXEMPT, CHOICES, ABOUT)

TITLE_ENDS = {RETURN: ": who returns this, and when", ANSWERS: ": answers"}
"""What follows the name of the unit in the titles of sheets."""

TITLE_ROW, HINT_ROW, HEADER_ROW = 1, 2, 3
FIRST_ROW = HEADER_ROW + 1

INVITED, OPEN = "invited", "open"
CHANNELS = (INVITED, OPEN)

ASKED = {"indicator": "Indicator", "section": "Section", "text": "Text"}
"""Columns of the sheet Answers that are given, by the name of what they hold."""

FILLED = {"answer": "Answer", "evidence": "Evidence", "owner": "Owner", "due": "Date for action"}
"""Columns of the sheet Answers that the unit fills in."""

ANSWER_HEADER = [*ASKED.values(), *FILLED.values()]

DETAILS = {
    "unit": "Unit",
    "kind": "Kind of unit",
    "area": "Area",
    "round": "Round",
    "channel": "Channel",
    "due": "Return by",
    "contact": "Contact",
}
"""Rows of the sheet Return that are given."""

FILLED_DETAILS = {"returned": "Date returned", "completed_by": "Completed by"}
"""Rows of the sheet Return that the unit fills in."""

NONE = "none"
"""Stands in a given cell that has nothing to say, so that no cell of a table is empty but those to fill in.

The name of a unit is always there: a unit called "none" is called so."""

DETAIL_HEADER = ["Item", "Detail"]

FACTS = {
    "framework": "Framework",
    "fingerprint": "Version of its questions",
    "indicators": "Indicators asked about",
    "sent": "Mark of the answers when sent",
    "provenance": "Where filled-in answers came from",
    "made_with": "Made with",
}
"""Rows of the sheet About."""

COLUMNS = (
    "unit", "kind", "area", "indicator", "answer", "evidence", "owner", "due",
    "round", "channel", "returned", "file", "row",
)  # fmt: skip
"""Columns of merged returns: dates as ISO text, an empty answer as "not stated", other empty cells as None."""
