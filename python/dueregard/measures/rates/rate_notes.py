"""What a reader of rates has to know before the numbers: what was compared, and what could not be counted."""

import re

from dueregard.measures.rates.bases import Basis
from dueregard.measures.rates.counted_events import Events
from dueregard.measures.rates.empty_groups import unlikely_zeros
from dueregard.measures.rates.matched import Together
from dueregard.measures.rates.periods import Period
from dueregard.measures.rates.pools import Pool
from dueregard.measures.rates.unknown_events import unknown_events
from dueregard.missing import NOT_APPLICABLE

MOST = 5
"""As many areas as a note names."""


BOUNDED = "the columns bound_low and bound_high allow for them all"
CAVEAT = "it does not measure discrimination"
"""What no ratio of events to people may leave unsaid."""

FAR_APART = 2
"""Years between population and events from which on a note says so."""


def notes_of(
    events: Events,
    word: str,
    pool: Pool,
    matched: Together,
    basis: Basis,
    by_encounter: bool,
    period: Period | None = None,
) -> list[str]:
    """Notes in the order in which they matter."""
    notes = [_compared(word, basis), *_population(pool, period), *_classes(events, pool)]
    total = matched.total
    unknown, every = int(unknown_events(total).sum()), int(total.count.sum())
    if unknown:
        told = BOUNDED if basis.is_rate else "they are in no share, and nothing here allows for them"
        notes.append(f"The group is not known for {unknown:,} of {every:,} {word}; {told}.")
    outside = sum(int(n) for label, n in zip(total.groups, total.count[0], strict=True) if label == NOT_APPLICABLE)
    if outside:
        notes.append(f"{outside:,} {word} are of no person, and outside every rate.")
    for label in events.not_recorded:
        notes.append(f"{events.mapping}: the source cannot record {label!r}, which has no rate here.")
    if matched.left_out:
        named = "; ".join(", ".join(map(str, area)) for area in matched.left_out[:MOST])
        more = f" and {len(matched.left_out) - MOST} more" if len(matched.left_out) > MOST else ""
        notes.append(f"No records came from {named}{more}: left out of all areas together, not counted as 0.")
    zeros = unlikely_zeros(matched.total if matched.areas is None else matched.areas) if basis.is_rate else []
    if zeros:
        more = f" and {len(zeros) - MOST} more" if len(zeros) > MOST else ""
        notes.append(
            f"No {word} of {'; '.join(zeros[:MOST])}{more}, where the rate of all groups would make many: perhaps the "
            "group was not recorded there."
        )
    if basis.is_rate and not by_encounter:
        notes.append(
            f"{word[:1].upper()}{word[1:]} are not people: one person can be counted several times, and "
            "intervals are too narrow where that happens."
        )
    return [*notes, *events.notes]


def _compared(word: str, basis: Basis) -> str:
    return f"This compares {word} with {basis.word}; {CAVEAT}."


def _population(pool: Pool, period: Period | None) -> list[str]:
    if pool.date is None:
        return []
    about = ", ".join(words for words in (pool.ages or "ages not named", pool.source) if words)
    return [f"Population of {pool.date} ({about}).{_years_apart(pool.date, period)}"]


def _classes(events: Events, pool: Pool) -> list[str]:
    """That only one side says what its groups hold."""
    if pool.date is None or events.classification is None or pool.classification is not None:
        return []
    return [f"The population does not say that its groups are those of {events.classification!r}; they have the names."]


def _years_apart(date: str, period: Period | None) -> str:
    """How far the population is from the events in time; it may have changed since."""
    years = [re.findall(r"\d{4}", text) for text in (date, "" if period is None else period.words)]
    if not all(years):
        return ""
    counted, last = int(years[0][0]), int(years[1][-1])
    apart = abs(last - counted)
    return f" The events are of {last}, {apart} years from it; it may have changed." if apart >= FAR_APART else ""
