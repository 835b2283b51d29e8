"""Which indicators each borough meets: drawn among the answers that agree with everything published at once.

What was published are sums over a matrix of boroughs and indicators, and how many boroughs reach a share of a section.
A whole-number programme holds all of them exactly; what it maximises is random, so another seed gives another matrix.
"""

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dueregard.data import draws
from dueregard.data.seed_tables import load

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

STRONG, WEAK = ("1B", "2B", "3B", "4B", "5B", "9B", "11B"), ("6B", "7B", "8B")  # esps-review-2011, line 82
WHOLE_SECTION = (  # line 80: 100% of Operational Delivery
    "Tower Hamlets", "Croydon", "Sutton", "Kensington & Chelsea", "Hammersmith & Fulham", "Brent", "Ealing",
    "Kingston upon Thames", "Enfield",
)  # fmt: skip
OVER_80_PERCENT = 27  # the same line, these nine among them
ONE_MISSING = "Kensington & Chelsea"  # line 232 has 17 answers
LEAN = 0.8  # standard deviations of chance by which a strong indicator is likelier to be met than the others


class Statement(NamedTuple):
    """So many boroughs meet at least so many indicators of a section, some of them by name."""

    section: str
    least: int
    boroughs: int
    named: tuple[str, ...] = ()


class Unknowns(NamedTuple):
    """What is solved for, each entry as its row of the identity, so that sums of them are rows of coefficients."""

    met: NDArray[np.float64]  # (boroughs, indicators, unknowns)
    reached: NDArray[np.float64]  # (statements, boroughs, unknowns)
    between: NDArray[
        np.float64
    ]  # (unknowns,): weak indicators are met by so many boroughs at most, strong ones by more


def met(rng: np.random.Generator) -> NDArray[np.bool_]:
    """Whether each borough meets each indicator, in the order of their tables; an answer left out counts as not."""
    from scipy.optimize import Bounds, milp

    indicators, sections = borough_indicators()
    statements = _statements(sections)
    low, high = _bounds(statements, indicators)
    n_cells = len(load("borough_answers")["borough"]) * len(indicators)
    wish = (LEAN * lean(indicators) + draws.scattered(rng, n_cells).reshape(-1, len(indicators))).ravel()
    found = milp(
        -np.concatenate([wish, np.zeros(len(low) - n_cells)]),
        integrality=np.ones(len(low), dtype=np.int64),
        bounds=Bounds(low, high),
        constraints=list(_constraints(statements, indicators, sections, len(low))),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise ValueError(f"self_assessment: what was published cannot hold at once: {found.message}")
    return np.asarray(found.x[:n_cells].reshape(-1, len(indicators)) > 0.5)


def borough_indicators() -> tuple[list[str], list[str]]:
    """The indicators that boroughs are asked about, and the section of each."""
    table = load("indicators")
    asked = table["borough_exempt"] == "no"
    return table["indicator"][asked].tolist(), table["section"][asked].tolist()


def lean(indicators: list[str]) -> NDArray[np.float64]:
    """1 for the indicators said to be strong, -1 for the weak ones, else 0."""
    return np.array([float(name in STRONG) - float(name in WEAK) for name in indicators])


def _statements(sections: list[str]) -> list[Statement]:
    """At least half of each section, over 80% and all of Operational Delivery."""
    results = load("section_results")
    half = [
        Statement(section, ceil(sections.count(section) / 2), boroughs, (ONE_MISSING,))  # the answer left out or not
        for section, boroughs in zip(results["section"].tolist(), results["met"].tolist(), strict=True)
    ]
    size = sections.count("operational_delivery")
    return [
        *half,
        Statement("operational_delivery", 8 * size // 10 + 1, OVER_80_PERCENT),
        Statement("operational_delivery", size, len(WHOLE_SECTION), WHOLE_SECTION),
    ]


def _bounds(statements: list[Statement], indicators: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest of each unknown: equal where the report says it of a south east borough."""
    boroughs, south_east = load("borough_answers")["borough"], load("south_east_indicators")
    low, high = np.zeros((len(boroughs), len(indicators))), np.ones((len(boroughs), len(indicators)))
    rows = [boroughs.tolist().index(name) for name in south_east["borough"].tolist()]
    low[rows] = high[rows] = np.column_stack([south_east[name] for name in indicators])
    named = np.concatenate([np.isin(boroughs, statement.named) for statement in statements])
    return (
        np.concatenate([low.ravel(), named, [0]]),
        np.concatenate([high.ravel(), np.ones(len(named)), [len(boroughs)]]),
    )


def _unknowns(n_unknowns: int) -> Unknowns:
    n_boroughs, n_indicators = len(load("borough_answers")["borough"]), len(borough_indicators()[0])
    each = np.eye(n_unknowns)
    met, reached = np.split(each[:-1], [n_boroughs * n_indicators])
    return Unknowns(
        met.reshape(n_boroughs, n_indicators, n_unknowns), reached.reshape(-1, n_boroughs, n_unknowns), each[-1]
    )


def _constraints(
    statements: list[Statement], indicators: list[str], sections: list[str], n_unknowns: int
) -> Iterator["LinearConstraint"]:
    """All that was published, but for the cells that are known."""
    met, each_reached, between = _unknowns(n_unknowns)
    answers = load("borough_answers")
    count = answers["fairly"] + answers["very"]
    yield _held(met.sum(axis=1), count, count)
    for statement, reached in zip(statements, each_reached, strict=True):
        yield from _reaching(statement, met[:, np.array(sections) == statement.section], reached)
    yield _held(met[:, np.isin(indicators, STRONG)].sum(axis=0) - between, 1, np.inf)
    yield _held(met[:, np.isin(indicators, WEAK)].sum(axis=0) - between, -np.inf, 0)


def _reaching(
    statement: Statement, part: NDArray[np.float64], reached: NDArray[np.float64]
) -> Iterator["LinearConstraint"]:
    """A borough has reached the least number if and only if it meets as many, and so many boroughs have."""
    in_part, size = part.sum(axis=1), part.shape[1]
    yield _held(in_part - statement.least * reached, 0, np.inf)
    yield _held(in_part - (size - statement.least + 1) * reached, -np.inf, statement.least - 1)
    yield _held(reached.sum(axis=0, keepdims=True), statement.boroughs, statement.boroughs)


def _held(rows: NDArray[np.float64], low: ArrayLike, high: ArrayLike) -> "LinearConstraint":
    """Each of the rows between its lowest and highest value."""
    from scipy.optimize import LinearConstraint

    return LinearConstraint(rows, np.broadcast_to(low, len(rows)), np.broadcast_to(high, len(rows)))
