"""Which rows of a use-of-force table are totals of others, and whether they agree with them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

EVERY_FORCE = "Total England and Wales"
EVERY_TYPE = re.compile(r"Total(?: \(excluding (.*)\))?", re.IGNORECASE)
TYPE_TOTAL, SPLIT = re.compile(r"\*?\s*Total (.*)", re.IGNORECASE), re.compile(r"(.*?),? of which", re.IGNORECASE)

Counts = tuple[int | None, ...]


@dataclass(frozen=True)
class Row:
    """One row of the file."""

    where: str
    """The file and the line, for messages."""
    force: str
    kind: str
    """The type of force."""
    tactic: str
    counts: Counts
    """By group, then of all groups; None where a figure is not given."""

    @property
    def is_blank(self) -> bool:
        return all(count is None for count in self.counts)


@dataclass
class Tactics:
    """The rows that are no totals, and what was set aside."""

    rows: list[Row] = field(default_factory=list)
    blank: list[Row] = field(default_factory=list)
    standing_in: list[str] = field(default_factory=list)
    """Types and tactics whose total stands for tactics that are not there."""
    totals: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many rows of each kind of total there were."""
    n_forces: int = 0
    has_every_force: bool = False


def tactics_of(path: str, rows: Sequence[Row]) -> Tactics:
    """The rows that are no totals; ValueError naming the first total that disagrees with its parts."""
    by_force = _by_force(rows)
    national = by_force.pop(EVERY_FORCE, {})
    if not by_force:
        raise ValueError(f"{path}: no row is of a single police force")
    found = Tactics(n_forces=len(by_force), has_every_force=bool(national))
    for kinds in by_force.values():
        _add_force(found, kinds)
    _add_force(Tactics(), national)  # its own totals are checked as those of a force are
    _check_national(national, by_force)
    found.totals[f"rows of {EVERY_FORCE}"] = sum(map(len, national.values()))
    return found


def _by_force(rows: Sequence[Row]) -> dict[str, dict[str, list[Row]]]:
    """The rows of each force by type; a tactic may be there once."""
    by_force: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        there = by_force[row.force][row.kind]
        if row.tactic in [other.tactic for other in there]:
            raise ValueError(f"{row.where}: {row.force}, {row.kind}, {row.tactic} is there twice")
        there.append(row)
    return by_force


def _add_force(found: Tactics, kinds: dict[str, list[Row]]) -> None:
    """The tactics of one force, after each total was compared with its parts."""
    sums: dict[str, tuple[int, ...]] = {}
    for kind, rows in kinds.items():
        if EVERY_TYPE.fullmatch(kind) is None:
            tactics = _of_type(found, kind, rows)
            found.rows += tactics
            sums[kind] = _sum(tactics)
    for kind, rows in kinds.items():
        match = EVERY_TYPE.fullmatch(kind)
        if match is not None:
            excluded = (match[1] or "").casefold()
            parts = [counts for name, counts in sums.items() if name.casefold() not in excluded]
            for row in rows:
                _require_sum(row, _added(parts), "the types of force")
            found.totals["rows of all types of force"] += len(rows)


def _of_type(found: Tactics, kind: str, rows: Sequence[Row]) -> list[Row]:
    """The tactics of one type of force, which its total must be the sum of."""
    totals = [row for row in rows if TYPE_TOTAL.fullmatch(row.tactic)]
    others = list(_unsplit(found, [row for row in rows if row not in totals]))
    found.blank += [row for row in others if row.is_blank]
    tactics = [row for row in others if not row.is_blank]
    for row in totals:
        if others:
            _require_sum(row, _sum(tactics), "its tactics")
            found.totals['rows of a type of force ("*Total ...")'] += 1
        elif not row.is_blank:
            tactics.append(replace(row, tactic=kind))
            _note(found, kind)
        else:
            found.blank.append(row)
    return tactics


def _unsplit(found: Tactics, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without those that are split further, unless no part of such a row is filled in."""
    for row in rows:
        match = SPLIT.fullmatch(row.tactic)
        if match is None:
            yield row
            continue
        parts = [other for other in rows if other is not row and _is_part(other.tactic, match[1])]
        if not row.is_blank and all(part.is_blank for part in parts):
            _note(found, match[1])
            yield replace(row, tactic=match[1])
        else:
            _require_sum(row, _sum(parts), "its parts")
        found.totals['rows that are split further ("..., of which")'] += 1


def _is_part(tactic: str, whole: str) -> bool:
    """Whether a tactic is one of those that another is split into: they share its first word."""
    return SPLIT.fullmatch(tactic) is None and whole.split()[0].casefold() in tactic.casefold().split()


def _note(found: Tactics, name: str) -> None:
    if name not in found.standing_in:
        found.standing_in.append(name)


def _sum(rows: Sequence[Row]) -> tuple[int, ...]:
    return _added([tuple(count or 0 for count in row.counts) for row in rows])


def _added(parts: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*parts, strict=True)))


def _require_sum(row: Row, expected: tuple[int, ...], parts: str) -> None:
    """The figures of a total must be those of its parts added up, group by group; one not given says nothing."""
    for found, added in zip(row.counts, expected or (0,) * len(row.counts), strict=True):
        if found is not None and found != added:
            raise ValueError(f"{row.where}: {row.force}, {row.tactic}: {found:,}, and {parts} add up to {added:,}")


def _check_national(national: dict[str, list[Row]], by_force: dict[str, dict[str, list[Row]]]) -> None:
    alike: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for kinds in by_force.values():
        for row in (row for rows in kinds.values() for row in rows):
            alike[row.kind, row.tactic].append(row)
    for row in (row for rows in national.values() for row in rows):
        _require_sum(row, _sum(alike[row.kind, row.tactic]), "the forces")
