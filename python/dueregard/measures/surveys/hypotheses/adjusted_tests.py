"""P-values of tests of a survey adjusted for their number: everybody together is one family, the areas another."""

from collections.abc import Sequence

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.comparison_rows import ADJUSTMENT_WORDS

ADJUSTMENTS = (*multiplicity.METHODS, "none")


def families(pvalues: Floats) -> list[Floats]:
    """The p-values of everybody together (the first along the first axis), and those of the areas."""
    return [pvalues[:1], pvalues[1:]]


def adjusted(pvalues: Floats, adjust: str) -> Floats:
    """P-values of shape (domains, ...), each adjusted within its family."""
    if adjust == "none":
        return pvalues
    parts = [
        multiplicity.adjusted(family.reshape(-1), adjust).reshape(family.shape) if family.size else family
        for family in families(pvalues)
    ]
    return np.concatenate(parts)


def method_words(method: str, adjust: str, pvalues: Floats) -> list[Sequence[str]]:
    """The method of each test, with what it is adjusted by and for how many tests."""
    words: list[Sequence[str]] = []
    for family in families(pvalues):
        compared = int(np.count_nonzero(~np.isnan(family)))
        alone = adjust == "none" or compared < 2
        several = "" if alone else f"; {ADJUSTMENT_WORDS[adjust]} over {compared} comparisons"
        words.append([method + several] * family.size)
    return words
