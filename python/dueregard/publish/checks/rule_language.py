"""The small language of rules: ``"low > -5 and nobs >= 30"``, read safely.

A rule compares columns of a `Findings` with numbers, with text, or with each other. It is parsed with `ast`,
and every part of it must be on the short list below; nothing is ever evaluated by Python itself.
`rule_answers` holds a rule against a row.
"""

import ast
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

LONGEST = 1000  # characters
DEEPEST = 50  # levels: reading and answering are recursive

FUNCTIONS: dict[str, Callable[[float], float]] = {"abs": abs}
"""The functions a rule may call, each of one number."""

_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.In, ast.NotIn)
_ALLOWED = "a rule is made of columns, numbers, text in quotes, < <= > >= == !=, in, abs(), + -, and, or, not, ()"


@dataclass(frozen=True)
class Rule:
    """A rule that has been read: its text, its tree, and the columns it names."""

    text: str
    tree: ast.expr
    columns: tuple[str, ...]


def parse(text: str) -> Rule:
    """Read a rule.

    Parameters
    ----------
    text : str
        For example ``"abs(estimate) < 5 and adjusted_pvalue >= 0.05"``.

    Raises
    ------
    TypeError
        If the rule is not text.
    ValueError
        If it is empty, too long, or holds anything but comparisons; the message gives the character.

    Examples
    --------
    >>> rule = parse("low > -5 or verdict == 'too few to tell'")
    >>> rule.columns
    ('low', 'verdict')
    """
    if not isinstance(text, str):
        raise TypeError(f"rule must be text such as 'low > -5', not {type(text).__name__}")
    text = text.strip()
    if not text:
        raise ValueError("the rule is empty; write for example 'low > -5'")
    if len(text) > LONGEST or "\n" in text:
        raise ValueError(f"a rule is one line of at most {LONGEST} characters: {text[:40]!r}...")
    tree = _syntax(text)
    _check_truth(tree, text)
    columns = tuple(dict.fromkeys(node.id for node in names(tree)))
    if not columns:
        raise ValueError(f"rule {quoted(text)} names no column, so it says nothing about the findings")
    return Rule(text, tree, columns)


def _syntax(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Python only warns about '5and' or '\d'
            tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"rule {quoted(text)}: {_advice(text, error)}") from None
    except (ValueError, RecursionError, MemoryError):  # a null character; far too many parentheses
        raise ValueError(f"rule {quoted(text)} cannot be read") from None
    if _depth(tree) > DEEPEST:
        raise ValueError(f"rule {quoted(text)} is nested more than {DEEPEST} deep")
    return tree


def _depth(tree: ast.AST) -> int:
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _advice(text: str, error: SyntaxError) -> str:
    offset = error.offset or len(text) + 1  # Python says 0 where the text ends too early
    if text[offset - 1 : offset] == "=":
        return f"write == for equality (character {offset})"
    message = error.msg.removeprefix("invalid syntax").strip(". ") or "cannot be read"
    place = f"at character {offset}" if offset <= len(text) else "at its end"
    return f"{message} {place}; {_ALLOWED}"


def quoted(text: str) -> str:
    return repr(text) if len(text) <= 100 else f"{text[:100]!r}..."


def names(tree: ast.expr) -> Iterator[ast.Name]:
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions]
    return iter(sorted(found, key=lambda node: node.col_offset))


def refuse(node: ast.expr, text: str, why: str) -> NoReturn:
    part = ast.get_source_segment(text, node) or ast.unparse(node)
    raise ValueError(f"rule {quoted(text)}: {part!r} at character {position(node, text)} {why}; {_ALLOWED}")


def position(node: ast.expr, text: str) -> int:
    """The character, counted from 1, where a part begins; Python counts bytes."""
    return len(text.encode()[: node.col_offset].decode()) + 1


def _check_truth(node: ast.expr, text: str) -> None:
    """Refuse a part that is not true or false."""
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            _check_truth(part, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _check_truth(node.operand, text)
    elif isinstance(node, ast.Compare):
        _check_comparison(node, text)
    elif isinstance(node, ast.BinOp):
        _check_value(node, text)
        refuse(node, text, "is not a comparison")
    else:
        refuse(node, text, "is not a comparison")


def _check_comparison(node: ast.Compare, text: str) -> None:
    _check_value(node.left, text)
    for compare, right in zip(node.ops, node.comparators, strict=True):
        if not isinstance(compare, _COMPARISONS):
            refuse(node, text, "compares with 'is'")
        if isinstance(compare, ast.In | ast.NotIn):
            _check_options(right, text)
        else:
            _check_value(right, text)


def _check_options(node: ast.expr, text: str) -> None:
    if not isinstance(node, ast.Tuple | ast.List) or not node.elts:
        refuse(node, text, "must be a list such as ('lower', 'higher')")
    for option in node.elts:
        _check_value(option, text)
        if isinstance(option, ast.Name):
            refuse(option, text, "must be a number or text")


def _check_value(node: ast.expr, text: str) -> None:
    """Refuse a part that is not a column, a number or text."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return
    if isinstance(node, ast.Constant) and type(node.value) in (float, str):
        return
    if isinstance(node, ast.Constant) and type(node.value) is int and node.value.bit_length() < 64:
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        _check_value(node.operand, text)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        _check_value(node.left, text)
        _check_value(node.right, text)
    elif _is_call(node):
        _check_value(node.args[0], text)  # type: ignore[attr-defined]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        refuse(node, text, "joins with & or |: write and, or")
    else:
        refuse(node, text, "is not allowed in a rule")


def _is_call(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FUNCTIONS
        and len(node.args) == 1
        and not node.keywords
    )
