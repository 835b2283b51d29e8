"""How parts of a gap are judged: adjusted p-values and verdicts of totals, which come in families."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dueregard.inference.decomposition.part_contrasts import PartContrast, joined
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import ADJUSTMENT_WORDS
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.verdicts import Rule


@dataclass(frozen=True)
class Judging:
    """How parts are judged: the rule of verdicts, the adjustment, and words of the method."""

    rule: Rule
    adjust: str
    method: str
    chance: bool
    also: int
    """A flag of every comparison, such as that the reference was chosen by the answers."""


class Judged(NamedTuple):
    """The parts of one group in one area, and which of them are judged: a name for each total, by its place."""

    area: int
    contrast: PartContrast
    totals: Mapping[int, Hashable]


def verdicts(found: Sequence[Judged], judging: Judging) -> list[dict[int, dict[str, Any]]]:
    """Adjusted p-values and verdicts: each total in all areas together is a family, in the areas another."""
    more: list[dict[int, dict[str, Any]]] = [{} for _ in found]
    families: dict[Hashable, list[tuple[int, int]]] = {}
    for b, each in enumerate(found if judging.chance else []):
        for k, name in each.totals.items():
            families.setdefault((each.area == EVERYWHERE, name), []).append((b, k))
    for places in families.values():
        contrast = joined([found[b].contrast.only([k]) for b, k in places])
        family, rule = Family(judging.adjust), judging.rule
        adjusted = family.adjusted(contrast.compare(rule.confidence_level).pvalue)
        for (b, k), p, text in zip(places, adjusted, rule.texts(contrast, family), strict=True):
            more[b][k] = {"adjusted_pvalue": float(p), "verdict": text}
    return more


def adjusted_words(adjust: str, n_compared: int) -> str:
    """What was done with the p-values, in words."""
    return "" if adjust == "none" or n_compared < 2 else f"; {ADJUSTMENT_WORDS[adjust]} over groups and areas"
