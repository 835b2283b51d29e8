"""The rows of a change in shares of staff: the whole, and what each flow of people did to it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.staff.share_contrasts import ShareContrast
from dueregard.inference.two_groups.contrasts import Answer
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, flat, percent
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.staff_flows import Flows
from dueregard.missing import is_missing

WHOLE, JOINERS, LEAVERS, DECLARED, CHANGED = (
    "whole change", "joiners", "leavers", "newly declared", "changed or no longer declared",
)  # fmt: skip
BEFORE, MEAN = "staff before", "mean of staff before and after"


@dataclass(frozen=True)
class ChangeQuestion:
    """What is asked of two times."""

    name: str
    adjust: str
    characteristic: str
    rules: tuple[Rule, ...]
    period: str | None
    chance: bool
    higher_is_better: bool | None
    mapping: str | None
    scale: float = 100.0
    verdict_unit: str = "points"
    practical: Threshold | None = None


@dataclass(frozen=True)
class Parts:
    """Parts of changes, in fractions: as many as rows. ``reach`` is what a flow's whole share would come to."""

    estimate: Floats
    shares: ShareContrast
    reach: Floats

    @property
    def method(self) -> str:
        return self.shares.method

    def compare(self, confidence_level: float) -> Answer:
        """The limits of a share of a flow, as the change that such a share would have made; leavers turn them round."""
        found = self.shares.compare(confidence_level)
        ends = self.reach * found.low, self.reach * found.high
        low, high = (np.where(self.reach < 0, ends[1 - i], ends[i]) for i in (0, 1))
        estimate = np.broadcast_to(self.estimate, low.shape)
        return Answer(estimate, low, high, np.sign(self.reach) * found.statistic, found.pvalue)

    def times(self, multiple: Floats) -> "Parts":
        """As if all staff were so many times as many, with every share unchanged."""
        return replace(self, shares=self.shares.times(multiple))


@dataclass(frozen=True)
class Table:
    """Parts of each group's change; arrays have the shape (groups, parts), the whole change first.

    ``count`` of ``nobs`` people, ``other_count`` of ``other_nobs`` those that they are held against.
    """

    names: list[str]
    count: Floats
    nobs: Floats
    other_count: Floats
    other_nobs: Floats
    value: Floats
    against: Floats
    estimate: Floats
    reach: Floats


def change_columns(flows: Flows, question: ChangeQuestion) -> Columns:
    """All rows of the findings, as columns: for each group the whole change and its parts, kinds of missing last."""
    table = _table(flows)
    alone = np.isin(table.names, (WHOLE, CHANGED))  # full counts: nothing that chance could have made otherwise
    share = np.where(alone, np.nan, table.value).reshape(-1)
    against = np.where(alone, np.nan, table.against).reshape(-1)
    size, known = np.where(np.isnan(share), 0.0, table.nobs.reshape(-1)), np.zeros(share.shape)
    shares = ShareContrast(share, size, against, known, known, "difference")
    parts = Parts(table.estimate.reshape(-1), shares, table.reach.reshape(-1))
    return block_columns(_fixed_columns(flows, table, question), parts, Family(question.adjust), question)


def _table(flows: Flows) -> Table:
    known = flows.known[:, np.newaxis]
    signs = {JOINERS: 1.0, LEAVERS: -1.0, DECLARED: 1.0}
    columns = [flows.joiners, flows.leavers, flows.declared]
    if flows.changed is not None:
        signs, columns = signs | {CHANGED: 1.0}, [*columns, flows.changed]
    count = np.column_stack([flows.after, *columns]).astype(np.float64)
    nobs = np.broadcast_to(np.where(known, count, 0.0).sum(axis=0), count.shape)
    before = np.broadcast_to(flows.before[:, np.newaxis].astype(np.float64), (len(known), 1))
    staff = np.broadcast_to(np.where(known, before, 0.0).sum(), (len(known), 1))
    share1, share2 = (
        _divided(np.where(known, x, np.nan), n) for x, n in ((before, staff), (count[:, :1], nobs[:, :1]))
    )
    mean, size = (share1 + share2) / 2, (staff + nobs[:, :1]) / 2
    sign = np.array(list(signs.values()))
    reach = _divided(sign * nobs[:, 1:], size)
    part = _divided(sign * (count[:, 1:] - mean * nobs[:, 1:]), size)
    value = np.hstack([share2, _divided(np.where(known, count[:, 1:], np.nan), np.abs(nobs[:, 1:]))])
    if flows.changed is not None:
        value[:, -1] = np.nan  # a net number of people is a share of nobody
    nothing = np.full(part.shape, np.nan)
    people = np.where(np.isin([WHOLE, *signs], CHANGED), np.nan, nobs)
    return Table(
        names=[WHOLE, *signs],
        count=count,
        nobs=people,
        other_count=np.hstack([before, nothing]),
        other_nobs=np.hstack([staff, nothing]),
        value=value,
        against=np.hstack([share1, np.broadcast_to(mean, part.shape)]),
        estimate=np.hstack([share2 - share1, part]),
        reach=np.hstack([np.full(share1.shape, np.nan), reach]),
    )


def _divided(values: Floats, sizes: Floats) -> Floats:
    sizes = np.broadcast_to(sizes, np.broadcast(values, sizes).shape)
    return np.asarray(np.divide(values, sizes, out=np.full(sizes.shape, np.nan), where=sizes > 0))


def _fixed_columns(flows: Flows, table: Table, question: ChangeQuestion) -> Columns:
    """What the confidence level has no part in."""
    n_groups, n_parts = table.count.shape
    n_rows = n_groups * n_parts
    measures = [f"{question.name}: {name}" for name in table.names]
    return {
        "measure": measures * n_groups,
        "characteristic": [question.characteristic] * n_rows,
        "group": [label for label in flows.groups for _ in table.names],
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": _whole(table.count),
        "nobs": _whole(table.nobs),
        "value": percent(table.value),
        "reference": [BEFORE, *[MEAN] * (n_parts - 1)] * n_groups,
        "reference_count": _whole(table.other_count),
        "reference_nobs": _whole(table.other_nobs),
        "reference_value": percent(table.against),
        "unit_of_measure": ["percentage points"] * n_rows,
        "flag": _flags(flows, table, question),
        "part": table.names * n_groups,
        "mapping": [question.mapping] * n_rows,
    }


def _whole(values: Floats) -> list[Any]:
    return [None if value != value else int(value) for value in flat(values)]


def _flags(flows: Flows, table: Table, question: ChangeQuestion) -> list[Flag]:
    shape = table.count.shape
    missing = np.array([[is_missing(label)] for label in flows.groups])
    whole = np.array([name == WHOLE for name in table.names])
    full = np.array([name in (WHOLE, CHANGED) for name in table.names])
    bits: dict[Flag, NDArray[np.bool_]] = {
        Flag.NO_CASES: table.nobs == 0,
        Flag.SMALL_BASE: (table.nobs > 0) & (table.nobs < SMALL_BASE),
        Flag.NO_REFERENCE: whole & (table.other_nobs == 0),
        Flag.MISSING_GROUP: np.broadcast_to(missing, shape),
        Flag.FULL_COUNT: np.broadcast_to(full | (not question.chance), shape),
    }
    total = np.zeros(shape, np.int64)
    for flag, on in bits.items():
        total |= np.where(on, int(flag), 0)
    return [Flag(int(bit)) for bit in total.reshape(-1)]
