"""Returns that came twice, or from a unit that was not invited."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dueregard.assessment.returns import form
from dueregard.assessment.returns.read_rows import ReadReturn
from dueregard.assessment.returns.recipients import Recipient
from dueregard.hints import did_you_mean


def without_repeats(returns: list[ReadReturn]) -> list[ReadReturn]:
    """Of returns with the same key: the first if all say the same, otherwise none."""
    first: dict[Any, ReadReturn] = {}
    differ: dict[Any, ReadReturn] = {}
    for one in sorted((one for one in returns if one.is_usable), key=lambda one: one.is_blank):
        if one.key in first and not one.is_blank and _said(one) != _said(first[one.key]):
            differ.setdefault(one.key, one)
        first.setdefault(one.key, one)
    return [_refused_repeat(one, first, differ) if one.is_usable else one for one in returns]


def _refused_repeat(one: ReadReturn, first: Mapping[Any, ReadReturn], differ: Mapping[Any, ReadReturn]) -> ReadReturn:
    earlier = first[one.key]
    if one is not earlier:
        return one.refused(f"{one.path}: {one.unit!r} was returned before, in {earlier.path}; one return was expected")
    if one.key in differ:
        other = differ[one.key].path
        return one.refused(f"{one.path}: {one.unit!r} was returned again, in {other}, with other answers")
    return one


def _said(one: ReadReturn) -> list[Any]:
    return [one.kind, one.returned, *((sorted(row.values.items(), key=str), row.fault) for row in one.rows)]


def without_unexpected(returns: list[ReadReturn], expected: list[Recipient] | None) -> list[ReadReturn]:
    """Invited returns of units that were not invited are set aside; open ones are open to everyone."""
    if expected is None:
        return returns
    names = [who.unit for who in expected]
    checked = []
    for one in returns:
        if one.is_usable and one.unit not in names and one.channel != form.OPEN:
            fault = f"{one.path}: {one.unit!r} was not expected{did_you_mean(one.unit, names)}"
            one = replace(one, fault=fault, unexpected=True)
        checked.append(one)
    return checked
