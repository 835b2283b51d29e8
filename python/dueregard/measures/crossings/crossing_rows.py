"""The rows of crossings: each combination that occurs, its share, and how it differs from the reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.references import Reference
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.two_groups.families import Family
from dueregard.inference.two_groups.interactions import interaction_contrast
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, percent
from dueregard.measures.crossings.crossed import Crossing, joined, picked, quarters, survey_quarters
from dueregard.measures.gaps.compared import Compared, Question
from dueregard.measures.gaps.gap_rows import UNITS
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags
from dueregard.measures.share_rows import EFFECTIVE
from dueregard.measures.survey_columns import survey_columns, survey_flags
from dueregard.missing import is_missing

TIMES = " x "
"""Between the names of characteristics that are crossed."""


@dataclass(frozen=True)
class Asked:
    """What is asked of crossings beyond the comparison itself."""

    characteristics: tuple[str, ...]
    question: Question
    min_count: int
    reference: Mapping[str, int] | None
    """Of the combination to compare with, where it is one, the place of its label for each characteristic."""


def compared_columns(crossings: Sequence[Crossing], asked: Asked) -> Columns:
    """All rows of crossings whose shares are compared; they are one family."""
    cells, rest, whole = (
        joined([getattr(crossing, part) for crossing in crossings]) for part in ("cells", "rest", "whole")
    )
    own = np.zeros(len(cells.groups), bool)
    against, shown = rest, whole if asked.question.reference is Reference.OVERALL else rest
    if asked.reference is not None:
        against, own = _one_reference(crossings, asked.reference)
        shown = against
    part = np.zeros(cells.weight.shape)
    if asked.question.reference is Reference.OVERALL:
        part = 1 - np.divide(rest.weight, whole.weight, out=np.zeros_like(part), where=whole.weight > 0)
    comparable = (cells.known_group & ~own & (cells.nobs >= asked.min_count)).reshape(cells.nobs.shape)
    compared = Compared(cells, shown, against, part, comparable)
    contrast = compared.contrast(asked.question) if cells.survey is None else _by_design(compared, crossings, asked)
    fixed = _named(crossings, cells, asked) | _against(compared, asked, own, crossings)
    n_levels = len(asked.question.rules)
    if isinstance(contrast, DesignContrast) and asked.question.chance:
        fixed["se"] = flat(asked.question.scale * contrast.se)
    columns = block_columns(fixed, contrast, Family(asked.question.adjust), asked.question)
    if asked.question.measure == "difference":
        columns |= {name: each(values, n_levels) for name, values in _interactions(crossings, cells, asked).items()}
    return columns


def share_columns(crossings: Sequence[Crossing], asked: Asked) -> Columns:
    """All rows of crossings that are only counted: what share of all known cases each combination is."""
    cells = joined([crossing.cells for crossing in crossings])
    question = asked.question
    value = np.where(cells.known_group, cells.share, np.nan)
    level = question.rules[0].confidence_level
    low = high = np.full(value.shape, np.nan)
    if question.chance:
        z = normal_quantile(level)
        low, high = wilson(value, cells.size, z) if cells.precision is None else cells.precision.limits(z)
        low, high = (np.where(cells.known_group, limit, np.nan) for limit in (low, high))
    n_rows, method = value.size, "Wilson" if cells.precision is None else f"Wilson, {EFFECTIVE}"
    nobody = np.zeros(value.shape, bool)
    # a combination is as small as its own number of cases, not as the whole that it is a share of
    few = np.where((cells.count > 0) & (cells.count < SMALL_BASE), Flag.SMALL_BASE, 0)
    also = few | np.where(cells.count == 0, Flag.EMPTY_GROUP, 0)
    return _named(crossings, cells, asked) | {
        "unit_of_measure": ["percent"] * n_rows,
        "row_type": ["group"] * n_rows,
        "value": percent(value),
        "confidence_level": [level if question.chance else float("nan")] * n_rows,
        "low": percent(low),
        "high": percent(high),
        "flag": row_flags(cells, cells, nobody, chance=question.chance, also=also | survey_flags(cells)),
        "method": [method if question.chance else "full count"] * n_rows,
    }


def _named(crossings: Sequence[Crossing], cells: Grouped, asked: Asked) -> Columns:
    """Who the rows are about, and the cases in them."""
    n_rows = len(cells.groups)
    ambiguous = _ambiguous(crossings)
    rows = [(crossing, labels) for crossing in crossings for labels in crossing.labels]
    by_name = [dict(zip(crossing.names, labels, strict=True)) for crossing, labels in rows]
    columns: Columns = {
        "measure": [asked.question.name] * n_rows,
        "characteristic": [TIMES.join(crossing.names) for crossing, _ in rows],
        "group": [crossing_words(crossing.names, labels, ambiguous) for crossing, labels in rows],
        **{name: [found.get(name) for found in by_name] for name in asked.characteristics},
        "period": [asked.question.period] * n_rows,
        "count": flat(cells.count),
        "nobs": flat(cells.nobs),
        "outcome_missing": flat(cells.outcome_missing),
        "crossed": [len(crossing.names) for crossing, _ in rows],
        "empty_combinations": [crossing.n_empty for crossing, _ in rows],
    }
    if cells.weighted:
        size = np.where(cells.size > 0, cells.size, np.nan)
        columns |= {"effective_nobs": flat(size), "design_effect": flat(cells.nobs / size)} | survey_columns(cells)
    return columns


def _by_design(compared: Compared, crossings: Sequence[Crossing], asked: Asked) -> DesignContrast:
    """Each crossing of a survey by itself, for it has cells of its own; then one after another."""
    overall, found, start = asked.question.reference is Reference.OVERALL, [], 0
    for crossing in crossings:
        stop = start + len(crossing.labels)
        against = crossing.rest
        if asked.reference is not None:
            against = picked(crossing.every, np.full(len(crossing.labels), _place(crossing, asked.reference)))
        shown = crossing.whole if overall else against
        part, comparable = compared.part[:, start:stop], compared.comparable[:, start:stop]
        made = Compared(crossing.cells, shown, against, part, comparable).contrast(asked.question)
        assert isinstance(made, DesignContrast)
        found.append(made)
        start = stop
    return DesignContrast.joined(found)


def _against(compared: Compared, asked: Asked, own: NDArray[np.bool_], crossings: Sequence[Crossing]) -> Columns:
    """What each row is compared with."""
    cells, shown, question = compared.grouped, compared.shown, asked.question
    assert isinstance(shown, Grouped)
    n_rows = len(cells.groups)
    named = compared.comparable.reshape(-1)
    few = cells.known_group & ~own & (cells.nobs < asked.min_count)[0]
    why = f"fewer than {asked.min_count} cases"
    return {
        "row_type": ["reference" if is_own else "group" for is_own in own],
        "value": percent(cells.share),
        "reference": _reference_words(crossings, asked),
        "reference_count": only_where(named, flat(shown.count)),
        "reference_nobs": only_where(named, flat(shown.nobs)),
        "reference_value": percent(np.where(compared.comparable, shown.share, np.nan)),
        "unit_of_measure": [UNITS[question.measure]] * n_rows,
        "flag": row_flags(
            cells,
            compared.against,
            compared.comparable,
            chance=question.chance,
            also=survey_flags(cells, compared.against),
        ),
        "not_compared": [why if is_few else None for is_few in few],
    }


def _reference_words(crossings: Sequence[Crossing], asked: Asked) -> list[Any]:
    if asked.reference is None:
        return [asked.question.reference_text] * sum(len(crossing.labels) for crossing in crossings)
    ambiguous = _ambiguous(crossings)
    wanted = [crossing.every.groups[_place(crossing, asked.reference)] for crossing in crossings]
    return [
        crossing_words(crossing.names, labels, ambiguous)
        for crossing, labels in zip(crossings, wanted, strict=True)
        for _ in crossing.labels
    ]


def _place(crossing: Crossing, reference: Mapping[str, int]) -> int:
    return int(np.ravel_multi_index([reference[name] for name in crossing.names], crossing.grid))


def _one_reference(crossings: Sequence[Crossing], reference: Mapping[str, int]) -> tuple[Grouped, NDArray[np.bool_]]:
    """The combination to compare with, in the place of every row of its crossing, and which rows are it."""
    places = [_place(crossing, reference) for crossing in crossings]
    sides = [
        picked(crossing.every, np.full(len(crossing.labels), place))
        for crossing, place in zip(crossings, places, strict=True)
    ]
    own = [crossing.place == place for crossing, place in zip(crossings, places, strict=True)]
    return joined(sides), np.concatenate(own)


def _ambiguous(crossings: Sequence[Crossing]) -> frozenset[str]:
    """The labels that do not tell which characteristic they are of, because they are those of several."""
    of: dict[str, set[str]] = {}
    for crossing in crossings:
        if len(crossing.names) == 1:
            for (label,) in crossing.labels:
                of.setdefault(str(label), set()).add(crossing.names[0])
    return frozenset(label for label, names in of.items() if len(names) > 1)


def crossing_words(names: Sequence[str], labels: Sequence[Any], ambiguous: frozenset[str] = frozenset()) -> str:
    """A combination in words: its labels, with the name of the characteristic where a label does not tell it.

    >>> crossing_words(["ethnicity", "gender"], ["Other", "Male"], frozenset(["Other"]))
    'ethnicity: Other, Male'
    >>> crossing_words(["ethnicity", "disabled"], ["not stated", True])
    'ethnicity not stated, disabled: True'
    """
    crossed = len(names) > 1

    def word(name: str, label: Any) -> str:
        if is_missing(label):
            return f"{name} {label}" if crossed else str(label)
        return str(label) if isinstance(label, str) and label not in ambiguous else f"{name}: {label}"

    return ", ".join(map(word, names, labels))


def _interactions(crossings: Sequence[Crossing], cells: Grouped, asked: Asked) -> Columns:
    """By how much combinations of two differ from what the two differences add up to, in percentage points."""
    share, size = (np.full((4, len(cells.groups)), np.nan) for _ in range(2))
    start = 0
    for crossing in crossings:
        stop = start + len(crossing.labels)
        if len(crossing.names) == 2:
            share[:, start:stop], size[:, start:stop] = quarters(crossing)
            if crossing.every.survey is not None:
                size[:, start:stop] = survey_quarters(crossing, share[:, start:stop])
        start = stop
    used = cells.known_group & (cells.nobs >= asked.min_count)[0]
    contrast = interaction_contrast(share, np.where(used & (size > 0).all(axis=0), size, 0.0))
    columns: Columns = {"interaction": percent(contrast.estimate)}
    if not asked.question.chance:
        return columns
    found = contrast.compare(asked.question.rules[0].confidence_level)
    adjusted: Floats = Family(asked.question.adjust).adjusted(found.pvalue)
    return columns | {
        "interaction_low": percent(found.low),
        "interaction_high": percent(found.high),
        "interaction_pvalue": flat(found.pvalue),
        "interaction_adjusted_pvalue": flat(adjusted),
    }
