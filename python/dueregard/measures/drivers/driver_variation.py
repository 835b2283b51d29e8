"""How much gains of drivers, or differences of them, vary between areas beyond chance: rows before those of any area.

Shares have no such rows. Chance adds to what a driver explains, and more where fewer people were asked, so that areas
of different size have different shares where nothing else is different.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.limits import known_se
from dueregard.inference.surveys.moment_degrees import moment_degrees
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.side_by_side import side_by_side
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_differences import Differences, satterthwaite
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.estimated_areas import AreaEstimates, VariationWords, share_clusters, variation_of_estimates
from dueregard.measures.variation_rows import as_columns

NOT_OF_SHARES = (
    "Whether areas or groups differ beyond chance is said of gains alone: chance adds to shares, and more where fewer "
    "people were asked, so that shares differ with numbers of people where nothing else is different."
)
Places = NDArray[np.int64]


def gain_variation(
    models: DriverModels, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion, names: Sequence[str]
) -> Columns:
    """The rows of each group's gains by area; none of a full count, in which nothing is left to chance."""
    found = _gains(models, len(columns.names))
    groups = [] if domains.is_full_count else domains.known_groups
    sets = [(domains.groups[g], _of_areas(domains, g)) for g in groups]
    return _columns(sets, found, _Together(models, domains), columns, asked, names, is_gap=False)


class Paired(Protocol):
    """Domains ``own``, each less the one at its place in ``against``."""

    @property
    def own(self) -> Places: ...

    @property
    def against(self) -> Places: ...

    @property
    def reference(self) -> str: ...


def difference_variation(
    found: Differences, pairs: Paired, models: DriverModels, domains: DriverDomains, columns: DriverColumns,
    asked: DriverQuestion, names: Sequence[str],
) -> Columns:  # fmt: skip
    """The rows of each group's differences by area."""
    place = pairs.own % domains.n_groups
    sets = [
        (domains.groups[g], np.flatnonzero((place == g) & domains.known_area[pairs.own]))
        for g in dict.fromkeys(place.tolist())
        if domains.known[g]
    ]
    gains, together = _gains(models, len(columns.names)), _Together(models, domains, pairs)
    return _columns(
        sets,
        _small(found, gains, models, pairs),
        together,
        columns,
        asked,
        names,
        is_gap=True,
        reference=pairs.reference,
    )


def _small(found: Differences, gains: Differences, models: DriverModels, pairs: Paired) -> Differences:
    """Differences with standard errors widened as much as those of both sides are, and no more degrees of freedom."""
    parts = [np.square(known_se(each.gain)) for each in models.sampled]
    plain, wide = np.concatenate(parts).reshape(gains.se.shape), np.square(gains.se)
    own, against = pairs.own, pairs.against
    with np.errstate(invalid="ignore"):
        wider = (wide[own] + wide[against]) / (plain[own] + plain[against])
    of_sides = [(wide[places], gains.degrees_of_freedom[places]) for places in (own, against)]
    degrees = np.fmin(found.degrees_of_freedom, satterthwaite(*of_sides[0], *of_sides[1]))
    return replace(found, se=found.se * np.sqrt(wider), degrees_of_freedom=degrees)


def group_variation(
    models: DriverModels, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion, names: Sequence[str]
) -> Columns:
    """The rows of gains by group, over all areas: whether groups differ, before any is held against the others."""
    sets = [(None, np.array(domains.known_groups, np.int64))]
    together = _Together(models, domains, of_groups=True)
    part = _columns(sets, _gains(models, len(columns.names)), together, columns, asked, names, is_gap=False)
    return part | {"method": [text.replace(" area", " group").replace("areas", "groups") for text in part["method"]]}


def _of_areas(domains: DriverDomains, group: int) -> Places:
    """The domains of a group in every area that has a name."""
    every = np.arange(domains.n_groups + group, len(domains.groups), domains.n_groups)
    return every[domains.known_area[every]]


def _gains(models: DriverModels, n_columns: int) -> Differences:
    """Gains as small samples have them, see `small_sample`."""
    parts = [small_sample(each.gain, n_columns) for each in models.sampled]
    variance, degrees = (np.concatenate([part[i] for part in parts]).reshape(models.gain.shape) for i in (0, 1))
    nothing = np.full(models.gain.shape, np.nan)
    return Differences(models.gain, nothing, models.gain, np.sqrt(variance), degrees)


def small_sample(gains: Estimates, n_columns: int) -> tuple[Floats, Floats]:
    """Variances of gains, and how surely they are known, with a degree of freedom less for each column.

    Residuals are smaller than errors, by as much as columns follow them: linearised variances are widened by d over d
    less the number of columns, and have no more degrees of freedom than their scores tell. One area forgives that; in
    the sum over many it would be taken for variation. Replicates have it in them.
    """
    variance, degrees = np.square(known_se(gains)), gains.degrees_of_freedom
    less = degrees - n_columns
    if isinstance(gains.sampled, ReplicateValues):
        return variance, less
    wider = np.divide(degrees, less, out=np.full(len(less), np.nan), where=less > 0)
    return variance * wider, np.fmin(degrees, moment_degrees(gains.sampled)) - n_columns


class _Together:
    """How gains of domains, or of pairs of them, vary together, where they share clusters."""

    def __init__(
        self, models: DriverModels, domains: DriverDomains, pairs: Paired | None = None, *, of_groups: bool = False
    ) -> None:
        self._models, self._pairs = models, pairs
        number = np.arange(len(domains.groups))
        area, place = number // domains.n_groups - 1, number % domains.n_groups
        group = np.where((area == -1) & np.isin(place, domains.known_groups), place, -1)
        self._shared = share_clusters(domains.totals, group if of_groups else area)

    def of(self, places: Places, driver: int) -> Callable[[Places], Floats] | None:
        """The covariance of a driver's gains at some of the places."""
        if not self._shared:
            return None
        return lambda used: self._covariance(places[used], driver)

    def _covariance(self, places: Places, driver: int) -> Floats:
        p, n = self._models.gain.shape[1], len(places)
        gains = side_by_side([each.gain.sampled for each in self._models.sampled])
        pairs = self._pairs
        sources = [places] if pairs is None else [pairs.own[places], pairs.against[places]]
        to, sign = np.tile(np.arange(n), len(sources)), np.repeat([1.0, -1.0][: len(sources)], n)
        chosen = gains.combined(to, np.concatenate(sources) * p + driver, sign, n)
        return np.asarray(chosen.covariance().matrix()[1])


def _columns(
    sets: Sequence[tuple[Any, Places]], found: Differences, together: _Together, columns: DriverColumns,
    asked: DriverQuestion, names: Sequence[str], *, is_gap: bool, reference: Any = None,
) -> Columns:  # fmt: skip
    """Two rows for each group and driver that has gains."""
    rows = []
    for group, places in sets:
        for j in np.flatnonzero(columns.is_number):
            of_areas = AreaEstimates(
                value=found.estimate[places, j],
                se=found.se[places, j],
                degrees_of_freedom=found.degrees_of_freedom[places, j],
                covariance=together.of(places, int(j)),
                most=100.0 if asked.gain_unit is not None else None,
                is_gap=is_gap,
            )
            shared = {"driver": columns.drivers[j], "points": asked.points, "gain_unit": asked.gain_unit}
            rows += [row | shared for row in variation_of_estimates(group, of_areas, asked.level)]
    words = VariationWords(asked.measure, asked.group, asked.by, asked.period, reference)
    return as_columns([row | {"compares": "gain"} for row in rows], words, asked.unit_of_gain, names)
