"""Dates as people write them: ISO's way, or with the day first, as in the UK."""

import datetime as dt

WRITTEN = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
"""Ways to write a date beside ISO's: the day comes first, as in the UK."""


def day_of_text(text: str) -> dt.date | None:
    """The day that a text says, of a time its day; None where it is no date.

    >>> day_of_text("2010-12-31"), day_of_text("31/12/2010"), day_of_text("3 April 2011")
    (datetime.date(2010, 12, 31), datetime.date(2010, 12, 31), datetime.date(2011, 4, 3))
    >>> day_of_text("12/31/2010")
    """
    written = " ".join(text.split())
    try:
        return dt.datetime.fromisoformat(written).date()
    except ValueError:
        pass
    for way in WRITTEN:
        try:
            return dt.datetime.strptime(written, way).date()
        except ValueError:
            continue
    return None
