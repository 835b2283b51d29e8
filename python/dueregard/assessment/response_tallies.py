"""Responses that were counted before: a tally of unit, indicator (where it is known) and answer."""

import numpy as np

from dueregard import missing
from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_shapes import completed
from dueregard.assessment.responses import (
    ANSWER,
    INDICATOR,
    UNIT,
    Codes,
    Names,
    Responses,
    count_codes,
    exempt_cells,
    unit_column,
)
from dueregard.assessment.set_aside import SetAside
from dueregard.hints import did_you_mean
from dueregard.tallies import Tally


def of_tally(data: Tally, framework: Framework, names: Names, scale: Scale, set_aside: SetAside) -> Responses:
    """The responses of a tally; dimensions other than unit, indicator and answer are summed."""
    unit = unit_column(list(data.dims), framework, names)
    answer = names.answer if names.answer in data.dims else data.outcome
    if answer is None:
        raise ValueError(f"answer: no dimension {names.answer!r}; the tally has {', '.join(data.dims)}")
    dims = [unit, *([names.indicator] if names.indicator in data.dims else []), answer]
    counted = data.margin(*dims)
    renamed = dict(zip((UNIT, INDICATOR, ANSWER) if len(dims) == 3 else (UNIT, ANSWER), dims, strict=True))
    tally = Tally(counted.counts, {new: counted.labels[old] for new, old in renamed.items()}, outcome=ANSWER)
    tally = _answers(_units(tally), answer, scale)
    units = tally.labels[UNIT]
    kinds = _kinds(data, unit, units, framework, names)
    areas = _of_units(data, unit, units, names.area or "area", required=names.area is not None)
    if len(dims) == 2:
        _refuse_beyond_32_bits(tally)
        counts = completed(tally.counts.astype(np.int32), units, kinds, framework, scale)
        return Responses(units, kinds, areas, None, counts, {}, set_aside)
    codes = _codes(_indicators(tally, names.indicator, framework), kinds, framework, scale)
    return Responses(units, kinds, areas, codes, count_codes(codes, scale), {}, set_aside)


def _refuse_beyond_32_bits(tally: Tally) -> None:
    for unit, answer in np.argwhere(tally.counts >= 2**31):
        words = f"unit {tally.labels[UNIT][unit]!r}: {tally.counts[unit, answer]} answers"
        raise ValueError(f"{words} {tally.labels[ANSWER][answer]!r}, which no unit gives")


def _kinds(data: Tally, unit: str, units: list[str], framework: Framework, names: Names) -> list[str]:
    """The kind of each unit: the one named, or the dimension that holds it."""
    if names.kind in framework.kinds:
        return [str(names.kind)] * len(units)
    found = _of_units(data, unit, units, names.kind or "kind", required=names.kind is not None)
    for name, kind in zip(units, found, strict=True):
        if kind is not None and kind not in framework.kinds:
            raise ValueError(f"kind: {kind!r} of {name!r} is not a kind of unit ({', '.join(framework.kinds)})")
    return [kind or framework.kind for kind in found]


def _of_units(data: Tally, unit: str, units: list[str], name: str, *, required: bool) -> list[str | None]:
    """What a dimension says of each unit; a unit has one of its labels."""
    if name not in data.dims:
        if required:
            raise ValueError(f"{name}: no dimension {name!r}; the tally has {', '.join(data.dims)}")
        return [None] * len(units)
    counted = data.margin(unit, name)
    labels, rows = counted.labels[name], {str(label): i for i, label in enumerate(counted.labels[unit])}
    found: list[str | None] = []
    for one in units:
        held = [str(labels[i]) for i in np.flatnonzero(counted.counts[rows[one]]) if not missing.is_missing(labels[i])]
        if len(held) > 1:
            raise ValueError(f"{name}: unit {one!r} is {held[0]!r} and {held[1]!r}")
        found.append(held[0] if held else None)
    return found


def _codes(tally: Tally, kinds: list[str], framework: Framework, scale: Scale) -> Codes:
    """The one answer of each cell."""
    units = tally.labels[UNIT]
    given, stated = tally.counts.sum(axis=-1), tally.counts[..., scale.stated].sum(axis=-1)
    exempt = exempt_cells(kinds, framework)
    for unit, indicator in np.argwhere((given > 1) | (exempt & (stated > 0))):
        identifier = framework.indicator_ids[indicator]
        why = "answered, but exempt" if exempt[unit, indicator] else f"{given[unit, indicator]} answers"
        raise ValueError(f"unit {units[unit]!r}, indicator {identifier!r}: {why}")
    codes = np.where(given > 0, tally.counts.argmax(axis=-1), scale.not_stated)
    return np.where(exempt, scale.not_applicable, codes).astype(np.uint8)


def _units(tally: Tally) -> Tally:
    """Without the levels that no response is in; responses without a unit are refused."""
    used = tally.counts.reshape(len(tally.labels[UNIT]), -1).sum(axis=1) > 0
    for label, count in zip(tally.labels[UNIT], used.tolist(), strict=True):
        if missing.is_missing(label) and count:
            raise ValueError(f"unit: some responses have none ({label!r})")
    kept = [i for i, label in enumerate(tally.labels[UNIT]) if not missing.is_missing(label)]
    labels = tally.labels | {UNIT: [str(tally.labels[UNIT][i]) for i in kept]}
    return Tally(tally.counts[kept], labels, outcome=ANSWER)


def _answers(tally: Tally, name: str, scale: Scale) -> Tally:
    counts = tally.counts.reshape(-1, len(tally.labels[ANSWER])).sum(axis=0)
    kept = [i for i, label in enumerate(tally.labels[ANSWER]) if counts[i] or scale.reads(label)]
    index = [scale.level(tally.labels[ANSWER][i], name) for i in kept]
    some = Tally(tally.counts[..., kept], tally.labels | {ANSWER: [tally.labels[ANSWER][i] for i in kept]})
    return some.relabelled({ANSWER: (index, scale.levels)})


def _indicators(tally: Tally, name: str, framework: Framework) -> Tally:
    known = framework.indicator_ids
    for position, label in enumerate(tally.labels[INDICATOR]):
        if label not in known and tally.counts[:, position].any():
            raise ValueError(f"{name}: {label!r} is not in the framework{did_you_mean(label, known)}")
    kept = [i for i, label in enumerate(tally.labels[INDICATOR]) if label in known]
    some = Tally(tally.counts[:, kept], tally.labels | {INDICATOR: [tally.labels[INDICATOR][i] for i in kept]})
    return some.relabelled({INDICATOR: ([known.index(label) for label in some.labels[INDICATOR]], list(known))})
