"""Rules held against rows of findings, answered in three values: True, False, or None for "cannot tell".

A value that is missing makes a comparison None, and ``and``, ``or`` and ``not`` follow Kleene's logic: false
and anything is false, true or anything is true.
"""

import ast
import math
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from dueregard.publish.checks.rule_language import FUNCTIONS, Rule, names, position, quoted, refuse

Row = Mapping[str, Any]
Answer = bool | None

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda value, options: value in options,
    ast.NotIn: lambda value, options: value not in options,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
}
_FOR_TEXT = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


def answer(rule: Rule, row: Row) -> Answer:
    """True, False, or None where a value that decides it is missing.

    Examples
    --------
    >>> from dueregard.publish.checks.rule_language import parse
    >>> rule = parse("low > -5 or verdict == 'too few to tell'")
    >>> answer(rule, {"low": -7.0, "verdict": "too few to tell"})
    True
    >>> answer(rule, {"low": float("nan"), "verdict": "lower"}) is None
    True
    """
    return _truth(rule.tree, row)


def check_columns(rule: Rule, columns: Collection[str], rows: Sequence[Row]) -> None:
    """Refuse a rule that names a column the findings lack, or compares text with a number.

    Raises
    ------
    ValueError
        Naming the column, the character, and the columns that exist.
    """
    for name in names(rule.tree):
        if name.id not in columns:
            near = get_close_matches(name.id, columns, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            raise ValueError(
                f"rule {quoted(rule.text)}: there is no column {name.id!r}"
                f" (character {position(name, rule.text)}){hint} The columns are {', '.join(columns)}"
            )
    kinds = {name: _kind_of([row[name] for row in rows], name) for name in rule.columns}
    for node in ast.walk(rule.tree):
        if isinstance(node, ast.Compare):
            _check_kinds(node, rule.text, kinds)


def is_missing(value: object) -> bool:
    """Whether a cell holds no value: None, NaN, or a frame library's own mark."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _kind_of(values: Sequence[Any], name: str) -> str | None:
    kinds = {"text" if isinstance(value, str) else "number" for value in values if not is_missing(value)}
    if len(kinds) > 1:
        raise ValueError(f"column {name!r} holds both text and numbers, so a rule cannot compare it")
    return kinds.pop() if kinds else None


def _kinds(node: ast.expr, columns: Mapping[str, str | None]) -> set[str]:
    """What a value may be: "number", "text", or "column" where the column's kind is not known."""
    if isinstance(node, ast.Name):
        return {columns.get(node.id) or "column"}
    if isinstance(node, ast.Constant):
        return {"text" if isinstance(node.value, str) else "number"}
    if isinstance(node, ast.Tuple | ast.List):
        return {kind for option in node.elts for kind in _kinds(option, columns)}
    parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    values = [
        part for part in parts if not (isinstance(part, ast.Name) and isinstance(node, ast.Call) and part is node.func)
    ]
    return {"number"}.union(*(_kinds(part, columns) for part in values))


def _check_kinds(node: ast.Compare, text: str, columns: Mapping[str, str | None]) -> None:
    left = node.left
    for compare, right in zip(node.ops, node.comparators, strict=True):
        kinds = (_kinds(left, columns) | _kinds(right, columns)) - {"column"}
        if len(kinds) > 1:
            refuse(node, text, "compares text with a number")
        if kinds == {"text"} and not isinstance(compare, _FOR_TEXT):
            refuse(node, text, "puts text in order: use == or !=")
        left = right


def _truth(node: ast.expr, row: Row) -> Answer:
    if isinstance(node, ast.BoolOp):
        return _joined([_truth(part, row) for part in node.values], decisive=isinstance(node.op, ast.Or))
    if isinstance(node, ast.UnaryOp):
        answer = _truth(node.operand, row)
        return None if answer is None else not answer
    assert isinstance(node, ast.Compare)
    operands = [_value(part, row) for part in (node.left, *node.comparators)]
    steps = zip(node.ops, operands, operands[1:], strict=False)
    return _joined([_compared(type(compare), left, right) for compare, left, right in steps], decisive=False)


def _joined(answers: Sequence[Answer], *, decisive: bool) -> Answer:
    """Kleene's and (False decides) and or (True decides)."""
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _compared(compare: type[ast.cmpop], left: Any, right: Any) -> Answer:
    if is_missing(left) or is_missing(right):
        return None
    return bool(_COMPARE[compare](left, right))


def _value(node: ast.expr, row: Row) -> Any:
    if isinstance(node, ast.Name):
        return row[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List):
        return [_value(option, row) for option in node.elts]
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, row), _value(node.right, row)
        return None if is_missing(left) or is_missing(right) else _ARITHMETIC[type(node.op)](left, right)
    return _unary(node, row)


def _unary(node: ast.expr, row: Row) -> Any:
    operand = _value(node.args[0] if isinstance(node, ast.Call) else node.operand, row)  # type: ignore[attr-defined]
    if is_missing(operand):
        return None
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        return FUNCTIONS[node.func.id](operand)
    assert isinstance(node, ast.UnaryOp)
    return -operand if isinstance(node.op, ast.USub) else +operand
