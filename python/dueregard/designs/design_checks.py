"""Which arguments of a design go together."""

from collections.abc import Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dueregard.inference import checked, random_keys
from dueregard.inference.surveys.clusters import LONELY
from dueregard.missing import is_missing

if TYPE_CHECKING:
    from dueregard.designs.survey_design import SurveyDesign

KINDS = ("jk1", "jkn", "brr", "fay", "bootstrap")
PATTERN = "*?["


def check(design: "SurveyDesign") -> None:
    """Refuse a design whose arguments contradict each other, naming the first."""
    for argument in ("weight", "stratum", "base_weight"):
        _check_name(argument, getattr(design, argument))
    for argument in ("nest", "mse"):
        checked.true_or_false(argument, getattr(design, argument))
    checked.one_of("lonely", design.lonely, LONELY)
    _check_columns(design)
    _check_replicates(design)
    _check_numbers(design)
    random_keys.check(design.rng)


def names(argument: str, given: str | Sequence[str] | None) -> tuple[str, ...]:
    """One name or several as a tuple, the first stage first."""
    if given is None:
        return ()
    listed = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Sequence) else None
    if listed is None:
        raise TypeError(f"{argument}: {given!r} is not the name of a column, nor a list of names")
    if not listed:
        raise ValueError(f"{argument}: the list of columns is empty")
    for name in listed:
        _check_name(argument, name)
        if listed.count(name) > 1:
            raise ValueError(f"{argument}: {name!r} is named twice")
    return listed


def replicate_names(given: str | Sequence[str] | None) -> str | tuple[str, ...] | None:
    """A pattern as it is, names as a tuple."""
    if given is None or (isinstance(given, str) and any(sign in given for sign in PATTERN)):
        return given
    listed = names("replicate_weights", given)
    if len(listed) < 2:
        raise ValueError(f"replicate_weights: {listed[0]!r} is one column; name several, or a pattern such as 'rw*'")
    return listed


def numbers(argument: str, given: Sequence[float] | None) -> tuple[float, ...] | None:
    """Numbers of at least 0 as a tuple."""
    if given is None:
        return None
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise TypeError(f"{argument} must be numbers, one for each replicate, not {given!r}")
    for place, number in enumerate(given):
        _check_number(f"{argument}[{place}]", number, low=0.0)
    return tuple(float(number) for number in given)


def margins(given: Mapping[str, Mapping[Any, float]] | None) -> Mapping[str, Mapping[Any, float]]:
    """A copy of the population totals that cannot be changed."""
    if given is not None and not isinstance(given, Mapping):
        raise TypeError(f"population_totals must be a dict of column to totals, not {type(given).__name__}")
    for name, totals in (given or {}).items():
        _check_name("population_totals", name)
        if not isinstance(totals, Mapping) or not totals:
            raise TypeError(f"population_totals: {name!r} needs a dict of each label's total, not {totals!r}")
        for label, total in totals.items():
            if is_missing(label) or label is None:
                raise ValueError(f"population_totals: {label!r} of {name!r} is a kind of missing; impute it first")
            _check_number(f"population_totals: {label!r} of {name!r}", total, low=0.0)
    copies = {name: MappingProxyType(dict(totals)) for name, totals in (given or {}).items()}
    return MappingProxyType(copies)


def _check_name(argument: str, name: Any) -> None:
    if name is not None and not isinstance(name, str):
        raise TypeError(f"{argument}: {name!r} is not the name of a column")


def _check_columns(design: "SurveyDesign") -> None:
    """No column has two parts in the design, and each has what it needs beside it."""
    single = {"weight": design.weight, "base_weight": design.base_weight, "stratum": design.stratum}
    parts = [(argument, name) for argument, name in single.items() if name is not None]
    parts += [("psu", name) for name in design.psu] + [("fpc", name) for name in design.fpc]
    if not isinstance(design.replicate_weights, str):
        parts += [("replicate_weights", name) for name in design.replicate_weights or ()]
    for i, (argument, name) in enumerate(parts):
        for other, same in parts[:i]:
            if same == name:
                raise ValueError(f"{argument}: {name!r} is already given as {other}")
    if design.population_totals and design.weight is None:
        raise ValueError("population_totals: weights were made to add up to them; name weight=")
    if design.base_weight is not None and not design.population_totals:
        raise ValueError("base_weight: the weights before those of population_totals; name these too, or leave it out")
    if design.nest and not (design.psu and design.stratum):
        raise ValueError("nest: clusters are numbered anew in each stratum; name both psu= and stratum=")
    if design.fpc and design.psu and design.weight is None:
        raise ValueError("fpc: clusters drawn from a population of them need weights; name weight=")


def _check_replicates(design: "SurveyDesign") -> None:
    if design.replicates is not None:
        checked.one_of("replicates", design.replicates, KINDS)
    if design.replicate_weights is not None:
        _check_given(design)
    elif design.replicates is None:
        unused = {"n_replicates": None, "scale": None, "replicate_scales": None, "mse": False}
        for argument, default in unused.items():
            if getattr(design, argument) != default:
                raise ValueError(f"{argument}: there are no replicates; name their kind, replicates='bootstrap'")
    elif design.replicates != "bootstrap" and design.n_replicates is not None:
        raise ValueError(f"n_replicates: {design.replicates!r} has as many as its clusters need; leave it out")
    if design.population_totals and design.replicates is not None:
        raise ValueError(
            "population_totals: the weights of every replicate must be calibrated as well; pass replicate_weights that "
            "were, without population_totals, or leave out replicates"
        )


def _check_given(design: "SurveyDesign") -> None:
    """Replicate weights that came with the data."""
    if design.replicates is None:
        raise ValueError(f"replicate_weights: of what kind? name replicates=, one of {', '.join(map(repr, KINDS))}")
    if design.weight is None:
        raise ValueError("replicate_weights: the full sample needs its weights too; name weight=")
    if design.n_replicates is not None:
        raise ValueError("n_replicates: the replicates are those of replicate_weights; leave it out")
    if design.fpc:
        raise ValueError("fpc: replicate weights hold it already, or it is part of scale=; leave it out")
    if design.replicates == "jkn" and design.replicate_scales is None:
        raise ValueError("replicate_scales: 'jkn' needs (n - 1) / n of the stratum of each replicate's cluster")
    listed, scales = design.replicate_weights, design.replicate_scales
    if not isinstance(listed, str) and listed is not None and scales is not None and len(scales) != len(listed):
        raise ValueError(f"replicate_scales: {len(scales)} numbers for {len(listed)} columns of replicate weights")


def _check_numbers(design: "SurveyDesign") -> None:
    _check_number("fay", design.fay, low=0.0)
    if design.fay >= 1:
        raise ValueError(f"fay must be from 0 to below 1, not {design.fay}")
    for argument in ("scale", "degrees_of_freedom"):
        if getattr(design, argument) is not None:
            _check_number(argument, getattr(design, argument), low=0.0)
    count = design.n_replicates
    if count is not None and (isinstance(count, bool) or not isinstance(count, int)):
        raise TypeError(f"n_replicates must be a whole number, not {count!r}")
    if count is not None and count < 2:
        raise ValueError(f"n_replicates must be at least 2, not {count}")


def _check_number(what: str, number: Any, *, low: float) -> None:
    if isinstance(number, bool) or not hasattr(number, "__float__"):
        raise TypeError(f"{what} must be a number, not {number!r}")
    if not isfinite(number) or number < low:
        raise ValueError(f"{what} must be a number of at least {low:g}, not {number!r}")
