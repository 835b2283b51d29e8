"""How much gaps, and what remains of them, vary between areas beyond chance: rows before those of any area."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.side_by_side import side_by_side
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.decomposition.part_rows import Block, Part, PartWords, part_columns
from dueregard.measures.estimated_areas import AreaEstimates, VariationWords, variation_of_estimates
from dueregard.measures.variation_rows import as_columns
from dueregard.missing import is_missing

Rows = list[dict[str, Any]]


def part_table(blocks: Sequence[Block], words: PartWords, of_gaps: Mapping[Any, Rows] | None = None) -> Columns:
    """The rows of all areas together, how gaps and what remains vary between areas, then the areas.

    ``of_gaps`` are the rows on gaps themselves, by group, where `dueregard.gap` has some; None of a full count, in
    which nothing is left to chance.
    """
    cut = next((i for i, block in enumerate(blocks) if any(each is not None for each in block.area)), len(blocks))
    together, areas = part_columns(blocks[:cut], words), blocks[cut:]
    if not areas:
        return together
    parts = [together, part_columns(areas, words)]
    if of_gaps is not None:
        known = [block for block in areas if not any(is_missing(label) for label in block.area)]
        names = list(dict.fromkeys(name for part in parts for name in part))
        parts.insert(1, _variation(known, words, of_gaps, names))
    return stacked(parts)


def _variation(areas: Sequence[Block], words: PartWords, of_gaps: Mapping[Any, Rows], names: list[str]) -> Columns:
    rows = []
    for group in dict.fromkeys(block.group for block in areas if not block.is_reference):
        blocks = [block for block in areas if block.group == group]
        if is_missing(group) or not all(len(block.parts) > 1 for block in blocks):
            continue
        judged = [0] if group not in of_gaps else []
        judged += [k for k, part in enumerate(blocks[0].parts) if part.remains]
        rows += [row | {"part": blocks[0].parts[0].part} for row in of_gaps.get(group, [])]
        for k in judged:
            of_areas = _of_areas(blocks, k, 100.0 if words.is_share else None)
            found = variation_of_estimates(group, of_areas, words.level)
            rows += [row | {"part": blocks[0].parts[k].part} for row in found]
    said = VariationWords(words.name, words.characteristic, words.by, words.period, str(words.reference))
    return as_columns(rows, said, words.unit, names)


def _of_areas(blocks: Sequence[Block], k: int, most: float | None) -> AreaEstimates:
    """The part of the number ``k`` in every area."""
    parts = [block.parts[k] for block in blocks]
    share = [block.sampled for block in blocks]
    return AreaEstimates(
        value=np.array([part.estimate for part in parts]),
        se=np.array([part.se for part in parts]),
        degrees_of_freedom=np.array([_degrees(*each) for each in zip(blocks, parts, strict=True)]),
        covariance=None if any(each is None for each in share) else partial(_covariance, blocks, k),
        most=most,
    )


def _degrees(block: Block, part: Part) -> float:
    """Those of the standard error; replicates of people have no end of them."""
    found = float(part.also.get("degrees_of_freedom", block.degrees_of_freedom))
    return np.inf if np.isnan(found) else found


def _covariance(blocks: Sequence[Block], k: int, used: NDArray[np.int64]) -> Floats:
    """How a part varies together in some areas, in points."""
    every = [blocks[i].sampled for i in used.tolist()]
    sampled = [each for each in every if each is not None]
    one = sampled[0].of
    if all(each.of is one for each in sampled):
        n, source = len(sampled), [each.first + k for each in sampled]
        found = one.combined(np.arange(n), source, [each.scale for each in sampled], n)
    else:
        found = side_by_side([each.of.combined([0], [each.first + k], [each.scale], 1) for each in sampled])
    return np.asarray(found.covariance().matrix()[1])
