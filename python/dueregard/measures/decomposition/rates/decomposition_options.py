"""What may be asked of a decomposition of rates, and how it is called."""

from collections.abc import Sequence
from typing import Any

from dueregard.inference import checked
from dueregard.inference.decomposition.rates.gap_parts import METHODS
from dueregard.inference.decomposition.rates.kitagawa import PARTS
from dueregard.inference.references import Target
from dueregard.inference.two_groups import multiplicity
from dueregard.measures.decomposition.rates.part_replicates import Draws
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.tallies import Tally

EMPTY = ("borrow", "apart", "refuse")
INTERVALS = ("linearised", "bootstrap")
ADJUSTMENTS = (*multiplicity.METHODS, "none")
METHOD_WORDS = {
    "shapley": "Kitagawa; factors by the mean over all orders (Shapley)",
    "das-gupta": "Kitagawa; factors by Das Gupta's cross-classified split",
    "kitagawa": "Kitagawa",
}


def refuse_reference(function: str, reference: Any) -> None:
    """Refuse a comparison with nothing, or with a figure, which is made up of no people."""
    if reference is None:
        raise TypeError(f"{function} needs reference=: one of the groups, dr.REST or dr.OVERALL")
    if isinstance(reference, Target):
        raise TypeError("reference: a target is a figure, which nobody is in; name a group, dr.REST or dr.OVERALL")


def check_options(*, method: Any, parts: Any, empty: Any, interval: Any, adjust: Any, inference: Any) -> None:
    """Refuse options that do not exist."""
    checked.one_of("method", method, METHODS)
    checked.one_of("empty", empty, EMPTY)
    checked.one_of("interval", interval, INTERVALS)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    if checked.integer("parts", parts) not in PARTS:
        raise ValueError(f"parts: {parts} is neither 2 nor 3")


def read_draws(interval: str, n_resamples: Any, rng: Any, threads: Any, *, weight: Any, design: Any) -> Draws | None:
    """The bootstrap, if there is one."""
    n = checked.at_least_one("n_resamples", n_resamples)
    if interval != "bootstrap":
        return None
    if design is not None or weight is not None:
        argument = "weight" if design is None else "design"
        raise ValueError(
            f"interval: 'bootstrap' draws people again and does not go with {argument}=; leave it out, or let the "
            "design have replicates (dr.survey_design(replicates='bootstrap'))"
        )
    return Draws.read(n, rng, threads)


def refuse_weighted(tally: Tally, interval: str) -> None:
    """Refuse to draw people again who stand for different numbers."""
    if interval == "bootstrap" and tally.weighted:
        raise ValueError("interval: the tally is weighted, and resampled counts would ignore its weights; leave it out")


def method_words(method: str, parts: int, empty: str, n_factors: int) -> str:
    """What was done, in words."""
    words = METHOD_WORDS[method if n_factors > 1 else "kitagawa"]
    three = ", three parts" if parts == 3 else ""
    apart = "; people without counterpart apart" if empty == "apart" else ""
    return f"{words}{three}{apart}"


def draw_notes(draws: Draws | None) -> list[str]:
    """What makes the same random numbers again."""
    return [] if draws is None else [f"Bootstrap: {draws.n:,} resamples, {draws.words}."]


def factor_names(factors: Any) -> list[str]:
    """The factors as a list of names, at least one, each once."""
    if isinstance(factors, str) or not isinstance(factors, Sequence):
        raise TypeError(f"factors: {factors!r} is not a list of columns")
    found = list(factors)
    if not found:
        raise ValueError("factors: there is none")
    for i, name in enumerate(found):
        if not isinstance(name, str):
            raise TypeError(f"factors: {name!r} is not the name of a column")
        if name in found[:i]:
            raise ValueError(f"factors: {name!r} is there twice")
    return found
