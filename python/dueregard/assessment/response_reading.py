"""Responses of whatever shape, read: tables, tallies, workbooks, merged returns, with the units that were asked."""

from collections.abc import Mapping
from os import PathLike
from typing import Any

from dueregard.assessment import response_table
from dueregard.assessment.answers import Scale
from dueregard.assessment.asked_units import asked_of, of_returns, with_units
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_shapes import shape_of
from dueregard.assessment.response_tallies import of_tally
from dueregard.assessment.responses import Names, Responses, unit_column
from dueregard.assessment.set_aside import SetAside
from dueregard.tallies import Tally


def read(
    data: Any,
    framework: Framework,
    names: Names,
    kinds_of_missing: Mapping[Any, str] | None = None,
    *,
    strict: bool = True,
    units: Any = None,
) -> Responses:
    """Whatever shape the responses have, as codes or counts, with the units that were asked and are not among them."""
    scale = Scale(framework, kinds_of_missing)
    set_aside = SetAside(strict=strict)
    asked = {} if units is None else asked_of(units, framework)
    data = _merged(data, framework) if not strict and _are_workbooks(data) else data
    if hasattr(data, "open_responses"):
        return with_units(of_returns(data, framework, scale, set_aside), asked, framework, scale)
    return with_units(_read(data, framework, names, scale, set_aside), asked, framework, scale)


def _are_workbooks(data: Any) -> bool:
    return isinstance(data, (str, PathLike)) and str(data).lower().endswith(".xlsx")


def _merged(data: Any, framework: Framework) -> Any:
    """Returned workbooks, whatever is wrong with some of them."""
    from dueregard.assessment.returns import merge_returns

    return merge_returns(str(data), framework, strict=False)


def _read(data: Any, framework: Framework, names: Names, scale: Scale, set_aside: SetAside) -> Responses:
    """Whatever shape the responses have, as codes or counts."""
    if isinstance(data, Tally):
        return of_tally(data, framework, names, scale, set_aside)
    columns = set_aside.table = response_table.read(data, framework=framework)
    unit = unit_column(list(columns), framework, names)
    return shape_of(columns, framework, names)(columns, unit, framework, names, scale, set_aside)
