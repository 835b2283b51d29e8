"""Verdicts in rules: they are held by their words, and a word that no verdict has is refused.

``verdict != 'wider'`` would otherwise pass for ever: a change of a gap is "lower" or "higher", in sentences alone it is
wider or narrower.
"""

import ast
from collections.abc import Iterator, Sequence

from dueregard.measures.verdicts import HIGHER, LOWER, NO_DIFFERENCE, TOO_FEW
from dueregard.publish.checks.rule_language import Rule, position, quoted

SMALL = " by less than "
WORDS = (
    f"{HIGHER!r} or {LOWER!r} (or one of these {SMALL.strip()!r} what matters), {NO_DIFFERENCE!r}, or {TOO_FEW!r}; "
    "a gap below 0 that has become wider is 'lower'"
)


def brief(verdict: object) -> object:
    """A verdict without how many more cases it would take, as rules are held against it.

    >>> brief("too few to tell: 7.1 times the present numbers needed"), brief("lower")
    ('too few to tell', 'lower')
    """
    return TOO_FEW if isinstance(verdict, str) and verdict.startswith(f"{TOO_FEW}:") else verdict


def check_verdicts(rule: Rule, verdicts: Sequence[object]) -> None:
    """Refuse a rule that holds the verdicts of comparisons against a text that they never are.

    Raises
    ------
    ValueError
        Naming the text, and what verdicts are.
    """
    found = [verdict for verdict in verdicts if isinstance(verdict, str)]
    if not found or not all(_is_verdict(verdict) for verdict in found):
        return  # nothing to go by, or the verdicts of plans, audits and others, which have words of their own
    for text in _compared_texts(rule.tree):
        if not _is_verdict(text.value):
            place = f"(character {position(text, rule.text)})"
            raise ValueError(f"rule {quoted(rule.text)}: a verdict here is never {text.value!r} {place}; it is {WORDS}")


def _is_verdict(text: object) -> bool:
    return brief(text) in (HIGHER, LOWER, NO_DIFFERENCE, TOO_FEW) or str(text).startswith(
        (HIGHER + SMALL, LOWER + SMALL)
    )


def _compared_texts(tree: ast.expr) -> Iterator[ast.Constant]:
    """The texts that the column of verdicts is held against."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        parts = [node.left, *node.comparators]
        if any(isinstance(part, ast.Name) and part.id == "verdict" for part in parts):
            for each in (leaf for part in parts for leaf in ast.walk(part)):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each
