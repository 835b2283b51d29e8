"""Averages and overall figures: are they possible given their parts, and what do they say of the mixture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import nan

from dueregard.audits.claims import FIGURES, ROUNDED, ROUNDED_FIGURES, Claim, Kind, Term
from dueregard.audits.outcomes import CANNOT_TELL, CONSISTENT, DERIVABLE, INCONSISTENT, ROUNDING, Outcome
from dueregard.audits.printed import Printed, shown, span
from dueregard.audits.ranges import Number, Range, added

Averages = dict[str, tuple[Fraction, Range]]


def check_average(claim: Claim) -> Outcome:
    """Whether a printed average is the mean, median or pooled figure of its parts, or could be a weighted one."""
    parts, sizes = claim.figures("parts"), _sizes(claim)
    averages = averages_of(parts, sizes)
    value, allowed = averages["pooled figure" if sizes else "mean"]
    whole = Range(min(p.range.low for p in parts), max(p.range.high for p in parts))
    reach = allowed if sizes else whole
    unit = "percent" if parts[0].percent else None
    sign = "%" if unit else ""
    said = ", ".join(f"{name} {shown(number)}{sign}" for name, (number, _) in averages.items())
    about = f"the {len(parts)} parts have {said}"
    if "average" not in claim.terms:
        return Outcome("average", DERIVABLE, f"{about}; no average is printed", value, nan, *reach[:2], unit)
    printed = claim.figure("average")
    verdict, why = average_verdict(printed, averages, whole, bool(sizes))
    note = f"{printed.text} printed; {about}{why}"
    return Outcome("average", verdict, note, value, printed.value, *reach[:2], unit)


def _sizes(claim: Claim) -> list[Fraction]:
    """The sizes of the parts, if they are known; one size is that of each part."""
    if "sizes" not in claim.terms:
        return []
    parts, sizes = claim.figures("parts"), [size.value for size in claim.figures("sizes")]
    if len(sizes) not in (1, len(parts)):
        raise ValueError(f"sizes: {len(sizes)} sizes of {len(parts)} parts; give one for each, or one that all have")
    sizes = sizes * len(parts) if len(sizes) == 1 else sizes
    if min(sizes) < 0 or sum(sizes) == 0:
        raise ValueError("sizes: a size is negative, or all are 0")
    return sizes


def averages_of(parts: Sequence[Printed], sizes: Sequence[Fraction] = ()) -> Averages:
    """Every average that may have been meant, with what the rounding of the parts allows it to be."""
    ones = [Fraction(1)] * len(parts)
    middle = Range(_median([p.range.low for p in parts]), _median([p.range.high for p in parts]))
    found = {"mean": _weighted(parts, ones), "median": (Fraction(_median([p.value for p in parts])), middle)}
    return found | ({"pooled figure": _weighted(parts, sizes)} if sizes else {})


def _median(values: Sequence[Number]) -> Number:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _weighted(parts: Sequence[Printed], sizes: Sequence[Fraction]) -> tuple[Fraction, Range]:
    total = sum(sizes, Fraction(0))
    weights = [size / total for size in sizes]
    value = sum((w * part.value for w, part in zip(weights, parts, strict=True)), Fraction(0))
    scaled = (
        Range(w * part.range.low, w * part.range.high, part.range.low_in, part.range.high_in)
        for w, part in zip(weights, parts, strict=True)
        if w
    )
    return value, added(scaled)


def average_verdict(printed: Printed, averages: Averages, whole: Range, sizes_known: bool) -> tuple[str, str]:
    """The verdict on an average, and why."""
    if any(printed.range.holds(value) for value, _ in averages.values()):
        return CONSISTENT, ""
    if any(printed.range.meets(allowed) for _, allowed in averages.values()):
        return ROUNDING, "; the rounding of the parts allows it"
    if not printed.range.meets(whole):
        return INCONSISTENT, f"; no weights can make it, since the parts lie within {span(whole)}"
    if sizes_known:
        return INCONSISTENT, "; none of them is the printed figure"
    return CANNOT_TELL, "; only parts of unequal size can make it, and their sizes are not given"


def check_mixture(claim: Claim) -> Outcome:
    """Whether an overall figure lies between its two groups, and the share of the first group that it implies."""
    overall, first, second = (claim.figure(name) for name in ("overall", "first", "second"))
    about = f"{overall.text} overall, of {first.text} and {second.text}"
    low, high = _shares(overall.range, first.range, second.range)
    if low is None or high is None:
        note = f"{about}: the groups may be equal, so the overall figure does not say how large they are"
        return Outcome("share of the first group", CANNOT_TELL, note, unit="percent")
    value = 100 * (overall.value - second.value) / (first.value - second.value)
    if low > 100 or high < 0:
        note = f"{about}: the overall figure does not lie between the two"
        return Outcome("share of the first group", INCONSISTENT, note, nan, nan, nan, nan, "percent")
    allowed = Range(max(low, Fraction(0)), min(high, Fraction(100)))
    note = f"{about}: the first group is about {shown(min(max(value, 0), 100), 0)}% of all, {_whole(allowed)}"
    if "share" not in claim.terms:
        return Outcome("share of the first group", CONSISTENT, note, value, nan, *allowed[:2], "percent")
    share = claim.figure("share")
    verdict = CONSISTENT if share.range.holds(value) else ROUNDING if share.range.meets(allowed) else INCONSISTENT
    note += f"; {share.text}{'' if share.percent else '%'} printed"
    return Outcome("share of the first group", verdict, note, value, share.value, *allowed[:2], "percent")


def _whole(allowed: Range) -> str:
    return f"between {shown(allowed.low, 0)}% and {shown(allowed.high, 0)}%"


def _shares(overall: Range, first: Range, second: Range) -> tuple[Number | None, Number | None]:
    """The lowest and highest share at the corners of what rounding allows; none where the groups may be equal."""
    corners: Iterator[tuple[Number, Number, Number]] = product(overall[:2], first[:2], second[:2])
    if first.low <= second.high and second.low <= first.high:
        return None, None
    shares = [100 * (o - b) / (a - b) for o, a, b in corners if a != b]
    return min(shares), max(shares)


KINDS = (
    Kind(
        "average",
        {"parts": Term(ROUNDED_FIGURES), "sizes": Term(FIGURES, needed=False), "average": Term(ROUNDED, needed=False)},
        check_average,
    ),
    Kind(
        "mixture",
        {
            "overall": Term(ROUNDED),
            "first": Term(ROUNDED),
            "second": Term(ROUNDED),
            "share": Term(ROUNDED, needed=False),
        },
        check_mixture,
    ),
)
