"""Units that were asked and have not answered: assessed with every answer missing, never left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Names, Responses, count_codes, exempt_cells
from dueregard.assessment.set_aside import SetAside

if TYPE_CHECKING:
    from dueregard.assessment.returns import Returns

Asked = Mapping[str, tuple[str, str | None]]
"""Unit to its kind and area."""


def asked_of(units: Any, framework: Framework) -> Asked:
    """The units that were asked: a list of them, or a dict of each to its kind.

    Raises
    ------
    TypeError, ValueError
        When they are neither, or a kind is none.
    """
    if isinstance(units, str) or not isinstance(units, (Mapping, Sequence, np.ndarray)):
        raise TypeError(f"units: {type(units).__name__} is neither a list of units nor a dict of units to their kinds")
    kinds = dict(units) if isinstance(units, Mapping) else dict.fromkeys(units, framework.kind)
    for unit, kind in kinds.items():
        if kind not in framework.kinds:
            raise ValueError(f"units: {kind!r} of {unit!r} is not a kind of unit ({', '.join(framework.kinds)})")
    return {str(unit): (kind, None) for unit, kind in kinds.items()}


def with_units(responses: Responses, asked: Asked, framework: Framework, scale: Scale) -> Responses:
    """The responses and, after them, the units that were asked and are not among them."""
    silent = [unit for unit in asked if unit not in set(responses.units)]
    if not silent:
        return responses
    kinds = [asked[unit][0] for unit in silent]
    exempt = exempt_cells(kinds, framework)
    codes = np.where(exempt, scale.not_applicable, scale.not_stated).astype(np.uint8)
    every = None if responses.codes is None else np.concatenate([responses.codes, codes])
    return replace(
        responses,
        units=[*responses.units, *silent],
        kinds=[*responses.kinds, *kinds],
        areas=[*responses.areas, *(asked[unit][1] for unit in silent)],
        codes=every,
        counts=np.concatenate([responses.counts, count_codes(codes, scale)]),
    )


def of_returns(returns: "Returns", framework: Framework, scale: Scale, set_aside: SetAside) -> Responses:
    """Merged returns, with the units that were invited and have not returned, and what was set aside.

    Raises
    ------
    ValueError
        When they were returns to another framework.
    """
    from dueregard.assessment.response_shapes import from_long

    if returns.framework != framework:
        raise ValueError(f"responses: are returns to {returns.framework.name!r}, not to {framework.name!r}")
    units = [row for row in returns.register().rows() if row["unit"] is not None]
    blank = {row["unit"] for row in units if row["verdict"] == "not filled in"}
    for row in returns.set_aside.rows():
        if row["unit"] not in blank:
            about = {name: row[name] for name in ("unit", "indicator", "answer", "row")}
            set_aside.keep(str(row["note"]), **about)
    asked = {row["unit"]: (row["kind"] or framework.kind, row["area"]) for row in units}
    names = Names(unit="unit", kind="kind", area="area")
    read = from_long(dict(returns.responses), "unit", framework, names, scale, set_aside)
    return with_units(read, asked, framework, scale)
