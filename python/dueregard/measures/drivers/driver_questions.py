"""What is asked of drivers: which columns they are, and how results are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dueregard.inference import checked
from dueregard.inference.importance.players import MOST
from dueregard.measures.grouped import by_names, words_for

MODELS = ("linear", "logit")
COLLINEAR = ("refuse", "pool")
OWN_COLUMNS = frozenset(
    {"driver", "explained", "explained_low", "explained_high", "by_controls", "rank", "rank_low", "rank_high"}
    | {"relative_weight", "standardised", "alone", "added_last", "performance", "best", "points", "compares"}
    | {"gain", "gain_low", "gain_high", "gain_unit"}
)
"""Of findings about drivers, beside those that all findings have."""


@dataclass(frozen=True)
class DriverQuestion:
    """The arguments of `dueregard.key_drivers` that say what is asked, looked over.

    ``drivers`` are names with the columns of each; ``by`` and ``group`` divide the rows.
    """

    outcome: str
    positive: Any
    scores: Mapping[str, Any]
    drivers: dict[str, tuple[str, ...]]
    controls: tuple[str, ...]
    by: tuple[str, ...]
    group: str | None
    model: str
    collinear: str
    points: float
    unit: str
    n_replicates: int
    n_orders: int
    rng: Any
    level: float
    name: str | None
    period: str | None
    higher_is_better: bool

    @property
    def measure(self) -> str:
        """What is measured, in words."""
        if self.name is not None:
            return self.name
        return self.outcome if self.positive is None else words_for(self.outcome, self.positive)

    @property
    def gain_unit(self) -> str | None:
        """The unit of the outcome: that of numbers is not known."""
        if self.positive is not None:
            return "percentage points"
        return "points" if self.outcome in self.scores else None

    @property
    def unit_of_gain(self) -> str:
        return self.gain_unit or f"units of {self.outcome}"

    @property
    def divided_by(self) -> list[str]:
        return [*self.by, *([] if self.group is None else [self.group])]

    @property
    def columns(self) -> list[str]:
        """The columns of all drivers, one driver after another, then the controls."""
        return [*(column for columns in self.drivers.values() for column in columns), *self.controls]


def question_of(
    outcome: str,
    drivers: Any,
    controls: Any,
    by: Any,
    group: str | None,
    *,
    positive: Any,
    scores: Any,
    model: str,
    collinear: str,
    points: float,
    unit: str,
    n_replicates: int,
    n_orders: int,
    rng: Any,
    confidence_level: float,
    name: str | None,
    period: str | None,
    higher_is_better: bool,
) -> DriverQuestion:
    """Look the arguments over, before any row is read."""
    checked.one_of("model", model, MODELS)
    checked.one_of("collinear", collinear, COLLINEAR)
    checked.true_or_false("higher_is_better", higher_is_better)
    if scores is not None and not isinstance(scores, Mapping):
        raise TypeError(f"scores: a dict of column to labels from worst to best, not {type(scores).__name__}")
    n_replicates = checked.integer("n_replicates", n_replicates)
    if n_replicates < 100:
        raise ValueError(f"n_replicates: {n_replicates} are too few for limits, which need at least 100")
    found = DriverQuestion(
        outcome=outcome,
        positive=positive,
        scores=dict(scores or {}),
        drivers=drivers_of(drivers),
        controls=names_of("controls", controls),
        by=by_names(by, {"outcome": outcome} | ({} if group is None else {"group": group})),
        group=group,
        model=model,
        collinear=collinear,
        points=checked.between("points", points, 0.0, float("inf")),
        unit=unit,
        n_replicates=n_replicates,
        n_orders=checked.at_least_one("n_orders", n_orders),
        rng=rng,
        level=checked.level(confidence_level),
        name=checked.words("name", name),
        period=period,
        higher_is_better=higher_is_better,
    )
    for column in found.by:
        if column in OWN_COLUMNS:
            raise ValueError(f"by: {column!r} is the name of a column of the findings; rename it in the data")
    _refuse_repeated(found)
    return found


def drivers_of(drivers: Any) -> dict[str, tuple[str, ...]]:
    """The name of each driver and its columns, from a list of columns or a dict."""
    if isinstance(drivers, Mapping):
        found = {name: names_of(f"drivers[{name!r}]", columns) for name, columns in drivers.items()}
    else:
        if isinstance(drivers, str):
            raise TypeError(
                f"drivers: {drivers!r} is one column; pass a list of columns, or a dict of driver to columns"
            )
        found = {name: (name,) for name in names_of("drivers", drivers)}
    for name, columns in found.items():
        if not isinstance(name, str) or not name.strip():
            raise TypeError(f"drivers: {name!r} is not the name of a driver")
        if not columns:
            raise ValueError(f"drivers: {name!r} has no column")
    if len(found) < 2:
        what = f"only {next(iter(found))!r}" if found else "none"
        raise ValueError(f"drivers: there is {what}; what is explained is shared between at least two")
    if len(found) > MOST:
        raise ValueError(
            f"drivers: {len(found)} are more than {MOST}, the most whose every order can be gone through; leave some "
            "out, or join those that belong together: drivers={'Fair treatment': ['fair_q1', 'fair_q2'], ...}"
        )
    return found


def names_of(argument: str, columns: Any) -> tuple[str, ...]:
    """One column or several, as names."""
    names = (columns,) if isinstance(columns, str) else columns
    if not isinstance(names, Iterable):
        raise TypeError(f"{argument}: {columns!r} is not a list of columns")
    found = tuple(names)
    for i, name in enumerate(found):
        if not isinstance(name, str):
            raise TypeError(f"{argument}: {name!r} is not the name of a column")
        if name in found[:i]:
            raise ValueError(f"{argument}: {name!r} is there twice")
    return found


def _refuse_repeated(asked: DriverQuestion) -> None:
    """Refuse a column with two parts to play."""
    uses: dict[str, str] = {}
    parts = [(f"driver {name!r}", column) for name, columns in asked.drivers.items() for column in columns]
    parts += [("a control", column) for column in asked.controls]
    taken = {asked.outcome: "the outcome"} | dict.fromkeys(asked.by, "given as by")
    taken |= {} if asked.group is None else {asked.group: "the group"}
    for part, column in parts:
        argument = "controls" if part == "a control" else "drivers"
        if column in taken:
            raise ValueError(f"{argument}: {column!r} is {taken[column]} already")
        if column in uses:
            raise ValueError(f"{argument}: {column!r} is already in {uses[column]}")
        uses[column] = part
