"""The readings of one measure, over all areas or in one: its baseline, its target, and what came since."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dueregard.plans.changes import of_one_length
from dueregard.plans.measures import Measure
from dueregard.plans.readings import Reading
from dueregard.plans.targets import Target


@dataclass(frozen=True)
class Series:
    """One measure in one area (None: over all), its readings in the order in which they end."""

    measure: Measure
    area: str | None = None
    baseline: Reading | None = None
    target: Target | None = None
    readings: tuple[Reading, ...] = ()

    @cached_property
    def since(self) -> tuple[Reading, ...]:
        """The readings since the baseline; those that ended before it did are history."""
        if self.baseline is None:
            return self.readings
        return tuple(reading for reading in self.readings if reading.span.end >= self.baseline.span.end)

    @cached_property
    def latest(self) -> Reading | None:
        """The last reading since the baseline; of several that end on one day, one that is as long as the start."""
        if not self.since:
            return None
        last = [reading for reading in self.since if reading.span.end == self.since[-1].span.end]
        first = self.baseline or self.readings[0]
        return next((each for each in reversed(last) if of_one_length(self.measure, each.span, first.span)), last[-1])

    @cached_property
    def of_target(self) -> tuple[Reading, ...]:
        """The readings since the baseline that can be held against the target. Of counts and rates of people it is for
        a period as long as the baseline's; without one as long as that of all readings, and for none if these differ.
        """
        first = self.baseline or next(iter(self.since), None)
        alike = tuple(each for each in self.since if first and of_one_length(self.measure, each.span, first.span))
        return alike if self.baseline or len(alike) == len(self.since) else ()

    @property
    def start(self) -> Reading | None:
        """What the latest reading is held against: the baseline, or the first reading where none was set."""
        if self.baseline is not None:
            return self.baseline
        return self.readings[0] if len(self.readings) > 1 else None

    @cached_property
    def apart(self) -> tuple[Reading, ...]:
        """The baseline and the readings, those before it too, that share no day, counted back from the latest, and of
        counts and rates of people those of its length: what a line can be drawn through."""
        everything = [*([self.baseline] if self.baseline else []), *self.readings]
        everything.sort(key=lambda each: (each.span.end, each.span.start), reverse=True)
        kept = [self.latest] if self.latest else everything[:1]
        for reading in everything:
            shares_a_day = any(reading.span.overlaps(other.span) for other in kept)
            if not shares_a_day and of_one_length(self.measure, reading.span, kept[0].span):
                kept.append(reading)
        return tuple(sorted(kept, key=lambda each: each.span.start))

    @property
    def n_left_out(self) -> int:
        """How many readings take no part in the line."""
        return len(self.readings) + (self.baseline is not None) - len(self.apart)


def by_measure(every: Sequence[Series]) -> list[list[Series]]:
    """The series of each measure, over all areas first."""
    found: dict[str, list[Series]] = {}
    for series in every:
        found.setdefault(series.measure.id, []).append(series)
    return list(found.values())


def series_of(
    measures: Sequence[Measure], baselines: Sequence[Reading], targets: Sequence[Target], readings: Sequence[Reading]
) -> tuple[Series, ...]:
    """The series of every measure, in their order: over all areas (also where it has no reading), then by area."""
    by_key: dict[tuple[str, str | None], list[Reading]] = {}
    for reading in sorted(readings, key=lambda each: (each.span.end, each.span.start)):
        by_key.setdefault(reading.key, []).append(reading)
    starts = {each.key: each for each in baselines}
    aims = {each.key: each for each in targets}
    areas: dict[str, dict[str | None, None]] = {measure.id: {None: None} for measure in measures}
    for of, area in [*by_key, *starts, *aims]:
        areas[of].setdefault(area)
    return tuple(
        Series(measure, area, starts.get(key), aims.get(key), tuple(by_key.get(key, ())))
        for measure in measures
        for area in areas[measure.id]
        for key in [(measure.id, area)]
    )
