"""The call that computes a measure: read as text and run on tables of records, with nothing else in reach.

What may stand in it: the measures of the library after ``dr.``, their arguments, lists, texts and numbers, names of
tables, a column set equal or unequal to a label (``cases["procedure"] == "Discipline"``), and at the end methods of
findings and assessments that choose rows. Nothing else is run, so that a plan file cannot do anything else.
"""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from dueregard.hints import did_you_mean

LIBRARY = "dr"
PERIOD = "period"
MEASURES = (
    "gap", "ordinal_gap", "time_gap", "share", "proportionality", "outcome_test", "standardise", "representation",
    "relative_likelihood", "share_change", "repeats", "declaration", "assess",
)  # fmt: skip
REFERENCES = ("REST", "OVERALL")
FRAMEWORKS = ("frameworks.esps", "frameworks.equality_framework", "frameworks.supplier_questionnaire")
PUBLIC = (*MEASURES, *REFERENCES, *FRAMEWORKS)
METHODS = ("filter", "performance", "levels")


def read_call(text: str) -> ast.expr:
    """The call as a tree.

    Raises
    ------
    ValueError
        If it is no Python expression.
    """
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{text!r} is not a call: {error.msg}") from None


def tables_in(text: str) -> list[str]:
    """Names of the tables of records that a call is of, in the order in which they stand."""
    names = [node.id for node in ast.walk(read_call(text)) if isinstance(node, ast.Name)]
    return [name for name in dict.fromkeys(names) if name not in (LIBRARY, PERIOD)]


def run_call(text: str, tables: Mapping[str, Any], period: str | None) -> Any:
    """What the call gives for these tables.

    Raises
    ------
    ValueError
        If a table is not among them, the library has no such name, or something stands in the call that may not.
    """
    return _value(read_call(text), {**tables, PERIOD: period})


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_value(part, names) for part in parts]
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name) if name != LIBRARY:
            raise ValueError(f"there are no records {name!r}{did_you_mean(name, list(names))}")
        case ast.Subscript(value=ast.Name() as table, slice=ast.Constant(value=str() as column)):
            return _column(table.id, _value(table, names), column)
        case ast.Compare(left=ast.Subscript() as left, ops=[ast.Eq() | ast.NotEq() as op], comparators=[right]):
            same = np.asarray(_value(left, names) == _value(right, names))
            return same if isinstance(op, ast.Eq) else ~same
        case ast.Attribute():
            return _public(node)
        case ast.Call(func=ast.Attribute() as func, args=args, keywords=keywords) if all(k.arg for k in keywords):
            given = [_value(each, names) for each in args]
            return _called(func, names)(*given, **{str(k.arg): _value(k.value, names) for k in keywords})
    raise ValueError(f"{ast.unparse(node)!r} may not stand in the call that computes a measure")


def _called(func: ast.Attribute, names: Mapping[str, Any]) -> Any:
    """A measure, or a method of what another call gives."""
    if not isinstance(func.value, ast.Call):
        return _public(func)
    if func.attr not in METHODS:
        raise ValueError(f".{func.attr}() may not end the call that computes a measure; {', '.join(METHODS)} may")
    return getattr(_value(func.value, names), func.attr)


def _public(node: ast.Attribute) -> Any:
    """A measure, a reference or a framework of the library."""
    import dueregard

    library, _, path = ast.unparse(node).partition(".")
    if library != LIBRARY or path not in PUBLIC:
        raise ValueError(f"{ast.unparse(node)!r} is no measure of the library{did_you_mean(path, PUBLIC)}")
    found: Any = dueregard
    for name in path.split("."):
        found = getattr(found, name)
    return found


def _column(table: str, columns: Any, name: str) -> Any:
    if name not in columns:
        raise ValueError(f"records {table!r} have no column {name!r}{did_you_mean(name, list(columns))}")
    return columns[name]
