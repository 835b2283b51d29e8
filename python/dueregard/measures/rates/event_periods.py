"""When events happened: what their file says, what is said of them, and that both agree."""

from dataclasses import replace

from dueregard.measures.rates.counted_events import Events
from dueregard.measures.rates.periods import Period, read_period


def period_of_events(events: Events, given: str | None, function: str, *, needed: bool) -> Period | None:
    """The period of the events.

    Of a filtered file what is given is taken, since some of its rows may be of a part of its months. Where months have
    no file, the length is not known: a rate of ten months is not one of the twelve around them.
    """
    known = None if events.where is not None and given is not None else events.period
    if known is None and given is None:
        if needed:
            raise TypeError(
                f"{function} needs period=: when the events happened, such as '2016-06'; a month is no year"
            )
        return None
    if known is None:
        return read_period(given)
    of_file = read_period(known)
    if given is not None and read_period(given) != of_file:
        raise ValueError(f"period: {given!r} is given, and the file is of {known!r}")
    return of_file if events.n_months in (None, of_file.months) else replace(of_file, months=None)
