"""The readings of one measure, over all areas or in one: its baseline, its target, and what came since."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dueregard.plans.changes import SAME_LENGTH
from dueregard.plans.measures import NUMBER, Measure
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
    def latest(self) -> Reading | None:
        """The last reading; the baseline is one only of old."""
        return self.readings[-1] if self.readings else None

    @property
    def start(self) -> Reading | None:
        """What the latest reading is held against: the baseline, or the first reading where none was set."""
        if self.baseline is not None:
            return self.baseline
        return self.readings[0] if len(self.readings) > 1 else None

    @cached_property
    def apart(self) -> tuple[Reading, ...]:
        """The baseline and the readings that share no day, counted back from the latest, and of counts those of one
        length: what a line can be drawn through."""
        kept: list[Reading] = []
        everything = [*([self.baseline] if self.baseline else []), *self.readings]
        for reading in sorted(everything, key=lambda each: (each.span.end, each.span.start), reverse=True):
            of_length = not kept or abs(reading.span.days - kept[0].span.days) <= SAME_LENGTH
            if (of_length or self.measure.unit != NUMBER) and not any(
                map(reading.span.overlaps, (o.span for o in kept))
            ):
                kept.append(reading)
        return tuple(reversed(kept))

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
