"""How often intervals of the parts of a gap hold those of the population that the records were drawn from."""

import csv
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import dueregard as dr
from dueregard.data.gap_population import LEVELS, cell_rates, cell_shares
from dueregard.inference.decomposition.rates.gap_parts import Counts, Plan, gap_parts

RESULTS = Path(__file__).parent / "explained_gaps.csv"
REPETITIONS = 2_000
FACTORS = tuple(LEVELS)
ASKED: dict[str, Any] = {
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "factors": list(FACTORS),
}

METHODS: dict[str, Callable[[Any], dr.Findings]] = {
    "decompose_gap, shapley": lambda records: dr.decompose_gap(records, **ASKED, method="shapley"),
    "decompose_gap, das-gupta": lambda records: dr.decompose_gap(records, **ASKED, method="das-gupta"),
    "oaxaca_blinder, pooled": lambda records: dr.oaxaca_blinder(records, **ASKED),
    "oaxaca_blinder, reference": lambda records: dr.oaxaca_blinder(records, **ASKED, coefficients="reference"),
    "reweighted_gap, reference": lambda records: dr.reweighted_gap(records, **ASKED, towards="reference"),
}
EXPLAINED, REMAINS = ("composition", "explained"), ("rates", "unexplained")
"""What methods call the two parts."""


class Asked(NamedTuple):
    """A part by a method; ``factor`` "" in all."""

    method: str
    part: str
    factor: str


def truths() -> dict[Asked, float]:
    """What each method would find in the population, in points."""
    truth, counted = dr.data.gap_truth(), _crossed_in_population()
    of_factors = {
        "decompose_gap, shapley": truth.by_crossing,
        "decompose_gap, das-gupta": counted,
        "oaxaca_blinder, pooled": truth.by_factor,
        "oaxaca_blinder, reference": truth.by_factor,
    }
    found = {}
    for method in METHODS:
        totals = {"gap": truth.gap, "explained": truth.composition, "remains": truth.rates}
        found |= {Asked(method, part, ""): points for part, points in totals.items()}
        found |= {Asked(method, "explained", name): value for name, value in of_factors.get(method, {}).items()}
    return found


def _crossed_in_population() -> dict[str, float]:
    """Das Gupta's split of the cells of the population, by the array function."""
    shares, rates = cell_shares(), cell_rates()
    group, reference = (Counts(shares[[i]], (shares * rates)[[i]]) for i in (1, 0))
    plan = Plan(shares.shape[1:], "das-gupta")
    parts = dict(zip(plan.names, gap_parts(group, reference, plan)[0], strict=True))
    return {
        factor: 100 * next(value for name, value in parts.items() if name[:3] == ("composition", i, None))
        for i, factor in enumerate(FACTORS)
    }


def limits(method: str, records: Any) -> Iterator[tuple[Asked, float, float]]:
    """The limits of each part, of the minority ethnic group."""
    for row in METHODS[method](records).rows():
        if row["group"] != "Minority ethnic" or row["level"] is not None:
            continue
        part = "explained" if row["part"] in EXPLAINED else "remains" if row["part"] in REMAINS else row["part"]
        yield Asked(method, part, row["factor"] or ""), row["low"], row["high"]


def missed(start: int, stop: int) -> NDArray[np.int64]:
    """In how many of the draws the truth lies below and above the limits, (parts, 2)."""
    asked = truths()
    place, found = {each: i for i, each in enumerate(asked)}, np.zeros((len(asked), 2), np.int64)
    for seed in range(start, stop):
        records = dr.data.example("explained_gap", seed=seed)
        for method in METHODS:
            for each, low, high in limits(method, records):
                if each in asked:
                    assert low < high, (seed, each)
                    found[place[each]] += [asked[each] < low, asked[each] > high]
    return found


def simulate(repetitions: int, processes: int = 2, step: int = 20) -> NDArray[np.int64]:
    """The same counts however the repetitions are shared out."""
    starts = range(0, repetitions, step)
    with ProcessPoolExecutor(processes) as pool:
        parts = pool.map(missed, starts, [min(start + step, repetitions) for start in starts])
        return np.sum(list(parts), axis=0)


def write(found: NDArray[np.int64], repetitions: int) -> None:
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("method", "part", "factor", "truth", "repetitions", "below", "above", "coverage"))
        for (asked, truth), (below, above) in zip(truths().items(), found.tolist(), strict=True):
            covered = 1 - (below + above) / repetitions
            writer.writerow((*asked, f"{truth:.4f}", repetitions, below, above, f"{covered:.4f}"))


if __name__ == "__main__":
    n_asked = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    write(simulate(n_asked), n_asked)
