"""Designs of the package svy, which makes weights: theirs to ours and back. Only `to_svy` needs it installed."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from dueregard.designs.replicate_columns import replicate_columns, scales_of

if TYPE_CHECKING:
    from dueregard.designs.survey_design import SurveyDesign

LONELY = {"center": "grand-mean", "scale": "average", "skip": "remove"}
"""What svy calls each treatment of strata with one cluster; it refuses them unless told."""

CALIBRATED = ("poststratification", "raking")
WITHOUT_EFFECT = ("nonresponse", "normalization", "trimming")
"""Adjustments of weights that svy's variances leave out as well."""


def from_svy(given: Any, make: Callable[..., "SurveyDesign"]) -> "SurveyDesign":
    """The arguments of a svy Design or Sample, handed to ``make``."""
    design, frame = (given.design, given.data) if hasattr(given, "data") else (given, None)
    if not all(hasattr(design, name) for name in ("wgt", "stratum", "psu", "pop_size")):
        raise TypeError(f"from_svy: {type(given).__name__} is not a Design or a Sample of svy")
    stratum, psu = _one("stratum", design.stratum), _one("psu", design.psu)
    return make(
        weight=design.wgt,
        stratum=stratum,
        psu=psu,
        fpc=None if design.rep_wgts is not None else _population(design.pop_size),
        nest=stratum is not None and psu is not None,
        lonely=_lonely(design),
        **_replicates(given, design),
        **_calibration(design, frame),
    )


def to_svy(design: "SurveyDesign", data: Any) -> Any:
    """The design as svy has it; with data, a Sample of it."""
    try:
        svy = import_module("svy")
    except ImportError as error:
        raise ImportError("designs of svy need it: pip install 'dueregard[survey]'") from error
    adjustment, frame = _their_adjustment(svy, design, None if data is None else _frame(data))
    options = {
        "wgt": design.weight,
        "stratum": design.stratum,
        "psu": design.psu[0] if design.psu else None,
        "ssu": design.psu[1] if len(design.psu) > 1 else None,
        "pop_size": design.fpc[0] if design.fpc else None,
        "singleton": _their_singleton(design),
        "rep_wgts": _their_replicates(svy, design, frame),
        "wgt_adjustment": adjustment,
    }
    found = svy.Design(**{name: value for name, value in options.items() if value is not None})
    return found if frame is None else svy.Sample(frame, found)


def _one(argument: str, given: Any) -> str | None:
    if isinstance(given, tuple | list):
        if len(given) > 1:
            _refuse(f"{argument}: {', '.join(map(repr, given))} are several columns; join them into one first")
        return str(given[0])
    return None if given is None else str(given)


def _population(given: Any) -> str | None:
    return given if given is None or isinstance(given, str) else str(given.psu)


def _lonely(design: Any) -> str:
    singleton = design.singleton
    if singleton is None:
        return "grand-mean" if design.stratum is None else "refuse"
    method = str(getattr(singleton.method, "value", singleton.method))
    if method not in LONELY or str(getattr(singleton.domains, "value", singleton.domains)) != "standard":
        _refuse(f"singleton: {method!r} with domains {singleton.domains!r} has no counterpart here; use 'center'")
    return LONELY[method]


def _replicates(given: Any, design: Any) -> dict[str, Any]:
    found = design.rep_wgts
    if found is None:
        return {}
    names = list(getattr(given, "rep_columns", None) or found.columns)
    kind = {"BootstrapWgts": "bootstrap", "BrrWgts": "brr"}.get(type(found).__name__, getattr(found, "kind", None))
    if type(found).__name__ == "SdrWgts" or kind not in (None, "jk1", "jkn", "brr", "bootstrap"):
        _refuse(f"rep_wgts: {kind or 'SDR'} has no counterpart here")
    fay = float(getattr(found, "fay_coef", 0.0))
    return {
        "replicate_weights": names,
        "replicates": "fay" if fay else kind or "jk1",
        "fay": fay,
        "scale": 1.0,
        "replicate_scales": tuple(found.coefficients()),
        "degrees_of_freedom": found.df,
    }


def _calibration(design: Any, frame: Any) -> dict[str, Any]:
    """The totals that weights were made to add up to, read from them: svy keeps the columns and not the totals."""
    made = design.wgt_adjustment
    if made is None or made.kind in WITHOUT_EFFECT or design.rep_wgts is not None:
        return {}
    if made.kind not in CALIBRATED or not made.cells or not made.pins_total:
        _refuse(f"wgt_adjustment: {made.kind!r} to {'shares' if made.cells else 'a model'} has no counterpart here")
    if frame is None:
        _refuse(f"wgt_adjustment: weights of {made.kind!r} need their rows; pass the Sample")
    totals = {}
    for name in made.cells:
        sums = frame.group_by(name).agg(total=_sum_of(made.new_wgt)).sort(name)
        if sums[name].null_count():
            _refuse(f"wgt_adjustment: {made.kind!r} of some rows alone (where=) has no counterpart here")
        totals[name] = dict(zip(sums[name].to_list(), sums["total"].to_list(), strict=True))
    return {"population_totals": totals, "base_weight": made.prev_wgt if made.prev_wgt != design.wgt else None}


def _sum_of(name: str) -> Any:
    import polars as pl

    return pl.col(name).sum()


def _frame(data: Any) -> Any:
    """The whole table in Polars, which svy works with."""
    import narwhals as nw

    from dueregard.records import whole_tables

    if isinstance(data, dict):
        import polars as pl

        return pl.DataFrame(data)
    frame = whole_tables.frame_of(data)
    return (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).to_polars()


def _their_singleton(design: "SurveyDesign") -> str | None:
    """svy has a treatment only where there are strata, and refuses lonely ones without."""
    if design.stratum is None:
        return None
    return next((theirs for theirs, ours in LONELY.items() if ours == design.lonely), None)


def _their_replicates(svy: Any, design: "SurveyDesign", frame: Any) -> Any:
    if design.replicates is None:
        return None
    names = replicate_columns(design, [] if frame is None else frame.columns) if _has_names(design, frame) else ()
    prefix = names[0].rstrip("0123456789") if names else ""
    if not prefix or [name.removeprefix(prefix).lstrip("0") for name in names] != [*map(str, range(1, len(names) + 1))]:
        raise ValueError(
            "to_svy: replicates must be columns numbered from 1, such as rw1, rw2 ...; with a pattern, pass data too"
        )
    scale, scales = scales_of(design, len(names))
    options = {"prefix": prefix, "n_reps": len(names), "scale": (scale * scales).tolist()}
    if design.degrees_of_freedom is not None:
        options["df"] = design.degrees_of_freedom
    if design.replicates in ("jk1", "jkn"):
        return svy.JackknifeWgts(kind=design.replicates, **options)
    if design.replicates == "bootstrap":
        return svy.BootstrapWgts(**options)
    return svy.BrrWgts(fay_coef=design.fay if design.replicates == "fay" else 0.0, **options)


def _has_names(design: "SurveyDesign", frame: Any) -> bool:
    return isinstance(design.replicate_weights, tuple) or (design.replicate_weights is not None and frame is not None)


def _their_adjustment(svy: Any, design: "SurveyDesign", frame: Any) -> tuple[Any, Any]:
    """The record of how the weights were made, and the table with a number for each category, as svy reads them."""
    if not design.population_totals:
        return None, frame
    if frame is None:
        raise ValueError("to_svy: svy needs the rows of calibrated weights; pass data")
    cells = [name if frame[name].dtype.is_integer() else f"{name} (number)" for name in design.population_totals]
    for name, number in zip(design.population_totals, cells, strict=True):
        if number != name:
            frame = frame.with_columns(frame[name].rank("dense").cast(int).alias(number))
    return svy.WgtAdjustment(
        kind=CALIBRATED[len(cells) > 1],
        prev_wgt=design.base_weight or design.weight,
        new_wgt=design.weight,
        cells=tuple(cells),
    ), frame


def _refuse(what: str) -> NoReturn:
    raise ValueError(f"from_svy: {what}")
