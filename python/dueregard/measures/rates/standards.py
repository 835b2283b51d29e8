"""What rates are standardised to: how a population is made up over areas, ages or whatever divides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.measures.populations.populations import Population
from dueregard.measures.rates.matched import Matched
from dueregard.missing import is_missing


@dataclass(frozen=True)
class Standard:
    """How much each area counts, and where that comes from, in words."""

    weight: Floats
    words: str


def read_standard(standard: Any, matched: Matched, word: str) -> Standard:
    """The standard as it is given, for the areas of ``matched``; without one, all known groups together."""
    if standard is None:
        people = np.where(matched.known_group & ~np.isnan(matched.exposure), matched.exposure, 0.0)
        return Standard(people.sum(axis=1), f"all groups together ({word})")
    if isinstance(standard, Population):
        source = f" ({standard.source})" if standard.source else ""
        return Standard(
            _placed(_of_population(standard, matched.by), matched), f"population of {standard.date}{source}"
        )
    if isinstance(standard, Mapping):
        return Standard(_placed(_of_dict(standard), matched), "weights as given")
    raise TypeError(f"standard: {type(standard).__name__} is neither a dr.population nor a dict of label to number")


def _of_population(population: Population, by: Sequence[str]) -> dict[tuple[Any, ...], float]:
    """People in each area of a population, all its groups together."""
    tally = population.tally
    for name in by:
        if name not in tally.dims:
            there = [each for each in tally.dims if each != population.group]
            raise ValueError(f"standard: it has no column {name!r}{did_you_mean(name, there)}; it has {there}")
    margin = tally.margin(*by)
    labels = [margin.labels[name] for name in by]
    return {
        tuple(names[i] for names, i in zip(labels, place, strict=True)): float(count)
        for place, count in np.ndenumerate(margin.counts)
    }


def _of_dict(standard: Mapping[Any, Any]) -> dict[tuple[Any, ...], float]:
    """Weights by label, or by tuples of labels where several columns are crossed."""
    found = {}
    for key, value in standard.items():
        weight = checked.number("standard", value)
        if not 0 <= weight < np.inf:
            raise ValueError(f"standard: {value!r} for {key!r} is not a number from 0")
        found[key if isinstance(key, tuple) else (key,)] = weight
    return found


def _placed(weights: Mapping[tuple[Any, ...], float], matched: Matched) -> Floats:
    """The weights in the order of the areas. Both sides have the same areas, but for kinds of missing."""
    areas = [area for area, known in zip(matched.areas, matched.known_area, strict=True) if known]
    for area in areas:
        if area not in weights:
            raise ValueError(f"standard: it has no weight for {_said(area)}")
    extra = [area for area in weights if area not in areas and not any(map(is_missing, area))]
    if extra:
        raise ValueError(f"standard: {_said(extra[0])} is not in the population, whose rates are to be weighted")
    weight = np.array([weights.get(area, 0.0) for area in matched.areas], np.float64)
    if not weight.any():
        raise ValueError("standard: it is 0 everywhere")
    return np.where(matched.known_area, weight, 0.0)


def _said(area: Sequence[Any]) -> str:
    return ", ".join(repr(label) for label in area)
