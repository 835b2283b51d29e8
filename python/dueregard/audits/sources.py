"""Other sources that claims are held against: tables of counts by group, and assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import nan
from typing import Any

from dueregard.assessment import Assessment
from dueregard.audits.claims import ROUNDED, TEXT, TEXTS, Claim, Kind, Term
from dueregard.audits.outcomes import CANNOT_TELL, Outcome, judged
from dueregard.audits.printed import blank, printed, shown
from dueregard.audits.ranges import exactly
from dueregard.audits.relations import with_sign
from dueregard.audits.sheets import read_sheet
from dueregard.hints import did_you_mean
from dueregard.measures.populations.populations import Population
from dueregard.records import files, frames

Counts = dict[str, Fraction]
Source = Assessment | Counts


@dataclass(frozen=True)
class Sources:
    """The sources by name; one without a name is that of every claim that names none."""

    named: Mapping[str, Source] = field(default_factory=dict)

    def of(self, name: str) -> Source | None:
        """The source that a claim names; None where none was given.

        Raises
        ------
        ValueError
            If it names a source that is not among those given.
        """
        if not self.named or name in self.named:
            return self.named.get(name)
        if set(self.named) == {""}:
            return self.named[""]
        if not name:
            raise ValueError(f"against: blank, and the sources are {', '.join(self.named)}")
        hint = did_you_mean(name, list(self.named))
        raise ValueError(f"against: no source {name!r}{hint}; the sources are {', '.join(self.named)}")


def read_sources(against: Any) -> Sources:
    """One source, or several by name.

    Raises
    ------
    TypeError, ValueError
        If a source is neither an assessment, a population nor a table of groups and counts.
    """
    if against is None:
        return Sources()
    if isinstance(against, Mapping) and against and all(map(_is_source, against.values())):
        return Sources({str(name): _read(f"against {name!r}", source) for name, source in against.items()})
    return Sources({"": _read("against", against)})


def _is_source(value: Any) -> bool:
    if isinstance(value, (Assessment, Population, Mapping)):
        return True
    single_path = files.is_path(value) and not isinstance(value, (list, tuple))
    return single_path or (frames.is_frame(value) and getattr(value, "ndim", 2) == 2)  # a series is a column


def _read(name: str, source: Any) -> Source:
    if isinstance(source, Assessment):
        return source
    if isinstance(source, Population):
        margin = source.tally.margin(source.group)
        pairs = zip(margin.labels[source.group], margin.counts.tolist(), strict=True)
        return {str(label): Fraction(count) for label, count in pairs}
    if isinstance(source, Mapping) and source and all(isinstance(value, (int, float)) for value in source.values()):
        source = {"group": list(source), "count": list(source.values())}
    try:
        return _counts(read_sheet(source).columns)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None


def _counts(columns: Mapping[str, Any]) -> Counts:
    """A table of two columns, labels and numbers."""
    numbers = [name for name, cells in columns.items() if cells and all(map(_is_number, cells))]
    labels = [name for name in columns if name not in numbers]
    if len(numbers) != 1 or len(labels) != 1:
        raise ValueError(f"one column of groups and one of numbers are needed; there are {', '.join(columns)}")
    groups = [str(label) for label in columns[labels[0]]]
    for i, group in enumerate(groups):
        if group in groups[:i]:
            raise ValueError(f"row {i}: the group {group!r} is there twice")
    return {group: printed(cell).value for group, cell in zip(groups, columns[numbers[0]], strict=True)}


def _is_number(cell: Any) -> bool:
    try:
        return not blank(cell) and bool(printed(cell))
    except ValueError:
        return False


def needs(claim: Claim, what: str) -> Outcome:
    """The outcome of a claim whose source was not given."""
    of = f" {claim.against!r}" if claim.against else ""
    note = f"needs the source{of} to be held against ({what}), which was not given"
    return Outcome(claim.kind.name, CANNOT_TELL, note)


def check_share(claim: Claim) -> Outcome:
    """Whether a printed share is that of another source."""
    source, percent = claim.source, claim.figure("percent")
    if source is None:
        return needs(claim, "a table of groups and counts")._replace(printed=percent.value, unit="percent")
    if isinstance(source, Assessment):
        raise ValueError("against: a share is held against a table of groups and counts, not an assessment")
    groups, of = list(claim.terms["group"]), str(claim.terms["of"])
    for label in (*groups, of):
        if label not in source:
            raise ValueError(f"against: no group {label!r}{did_you_mean(label, list(source))}")
    count = sum((source[label] for label in groups), Fraction(0))
    about = f"{' and '.join(groups)}: {with_sign(percent)} printed"
    if source[of] == 0:
        note = f"{about}; there are none of {of}"
        return Outcome("share of another source", CANNOT_TELL, note, nan, percent.value, unit="percent")
    value = 100 * count / source[of]
    note = f"{about}; {shown(count)} of {shown(source[of])} is {shown(value)}%"
    verdict = judged(percent, value, exactly(value))
    return Outcome("share of another source", verdict, note, value, percent.value, value, value, "percent")


KINDS = (Kind("share", {"group": Term(TEXTS), "of": Term(TEXT), "percent": Term(ROUNDED)}, check_share),)
