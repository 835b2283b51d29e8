"""Claims of one sum: a percentage of a base, a gap, a ratio, a product, a total; one figure may be missing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, inf, nan

from dueregard.audits.claims import FIGURES, ROUNDED, ROUNDED_FIGURES, Claim, Kind, Term
from dueregard.audits.outcomes import CONSISTENT, DERIVABLE, INCONSISTENT, ROUNDING, Outcome, judged
from dueregard.audits.possible_counts import LARGEST_BASE, consistent
from dueregard.audits.printed import Printed, printed, shown, span
from dueregard.audits.ranges import Range, added, exactly

HUNDRED = exactly(Fraction(100))
POINTS = "percentage points"


def with_sign(figure: Printed) -> str:
    """A percentage as printed, with its sign."""
    return figure.text if figure.percent else f"{figure.text}%"


def check_percent(claim: Claim) -> Outcome:
    """Whether a count of a base is the printed percentage."""
    claim = _of_amounts(claim)
    if "of" not in claim.terms:
        return _base(claim)
    if "count" not in claim.terms:
        return _count(claim)
    count, of = claim.figure("count"), claim.figure("of")
    about = f"{count.text} of {of.text}"
    if of.value == 0:
        return Outcome("percentage", INCONSISTENT, f"{about}: of a base of 0 there is no percentage", unit="percent")
    value = 100 * count.value / of.value
    allowed = exactly(value) if count.exact and of.exact else count.range.times(HUNDRED).over(of.range)
    more = count.range.low > of.range.high
    if "percent" not in claim.terms:
        if more:
            note = f"{about} is {shown(value)}%: more than the whole"
            return Outcome("percentage", INCONSISTENT, note, value, nan, allowed.low, allowed.high, "percent")
        note = f"{about} is {shown(value)}%, which is printed nowhere"
        return Outcome("percentage", DERIVABLE, note, value, nan, allowed.low, allowed.high, "percent")
    percent = claim.figure("percent")
    verdict = INCONSISTENT if more else judged(percent, value, allowed)
    note = percent_note(verdict, count, of, percent, value, allowed)
    return Outcome("percentage", verdict, note, value, percent.value, allowed.low, allowed.high, "percent")


def _of_amounts(claim: Claim) -> Claim:
    """The claim with figures that are nowhere below 0, as its kind needs them; what was rounded to 0 is none."""
    figures = {name: claim.figure(name) for name in claim.terms}
    if not any(figure.may_be_negative for figure in figures.values()):
        return claim
    for name, figure in figures.items():
        if figure.value < 0:
            raise ValueError(f"{name}: {figure.text} is negative")
    return replace(claim, terms={name: _not_below_0(figure) for name, figure in figures.items()})


def _not_below_0(figure: Printed) -> Printed:
    low, high, _, high_in = figure.range
    return figure if low >= 0 else replace(figure, range=Range(Fraction(0), high, True, high_in))


def percent_note(verdict: str, count: Printed, of: Printed, percent: Printed, value: Fraction, allowed: Range) -> str:
    """The sentence of a percentage; of one that cannot be, what would make it."""
    about, said = f"{count.text} of {of.text} is {shown(value)}%", with_sign(percent)
    if verdict == CONSISTENT:
        return f"{about}, printed as {said}"
    if verdict == ROUNDING:
        return f"{about}, printed as {said}: the rounding of the figures allows {span(allowed, '%')}"
    if value > 100:
        return f"{about}: more than the whole, printed as {said}"
    bases = (
        whole_in(count.range.times(HUNDRED).over(percent.range)) if percent.range.low > 0 and not count.unit else None
    )
    would = f"; {count.text} is {said} {_bases(bases)}" if bases is not None else ""
    return f"{about}, not the {said} printed{would}"


def _bases(bases: tuple[int, int]) -> str:
    low, high = bases
    if low > high:
        return "of no whole number"
    return f"of {low:,}" if low == high else f"of {low:,} to {high:,}"


def whole_in(allowed: Range) -> tuple[int, int] | None:
    """The lowest and highest whole number of a range; None if it has no end."""
    if allowed.high == inf:
        return None
    low, high = ceil(allowed.low), floor(allowed.high)
    low += low == allowed.low and not allowed.low_in
    return low, high - (high == allowed.high and not allowed.high_in)


def _base(claim: Claim) -> Outcome:
    """The base that a count and its percentage make."""
    count, percent = claim.figure("count"), claim.figure("percent")
    about = f"{count.text} as {with_sign(percent)}"
    if percent.value == 0:
        return Outcome("base", DERIVABLE, f"{about} says nothing of the base", nan, nan, 0, inf, "count")
    value, allowed = 100 * count.value / percent.value, count.range.times(HUNDRED).over(percent.range)
    whole = None if count.unit else whole_in(allowed)
    if whole and whole[0] > whole[1]:
        return Outcome("base", INCONSISTENT, f"{about}: no whole base makes it", value, nan, nan, nan, "count")
    low, high = whole or (allowed.low, allowed.high)
    note = f"{about} needs a base of {span(Range(Fraction(low) if whole else low, Fraction(high) if whole else high))}"
    return Outcome("base", DERIVABLE, note, value, nan, low, high, "count")


def _count(claim: Claim) -> Outcome:
    """The counts that a percentage of a base may stand for."""
    of, percent = claim.figure("of"), claim.figure("percent")
    about, value = f"{with_sign(percent)} of {of.text}", of.value * percent.value / 100
    if of.unit or of.value > LARGEST_BASE or of.value.denominator > 1 or percent.range.high == inf:
        allowed = of.range.times(percent.range).over(HUNDRED)
        note = f"{about} is {shown(value)}: {span(allowed)}"
        return Outcome("count", DERIVABLE, note, value, nan, allowed.low, allowed.high, "count")
    found = consistent(float(percent.value), of=int(of.value), decimals=_decimals(percent), rounding=claim.rounding)
    if found.possible:
        counts = span(Range(Fraction(found.low), Fraction(found.high)))
        return Outcome("count", DERIVABLE, f"{about} is {counts}", value, nan, found.low, found.high, "count")
    near = f"; the nearest is {found.nearest:,}, {shown(found.nearest_percent)}%" if found.nearest is not None else ""
    return Outcome("count", INCONSISTENT, f"{about}: no whole count makes it{near}", value, nan, nan, nan, "count")


def _decimals(percent: Printed) -> int:
    return len(str(percent.unit.denominator)) - 1


def check_gap(claim: Claim) -> Outcome:
    """Whether a gap is possible given its rounded ends; one of percentages was rounded as they were."""
    claim = replace(claim, terms=_in_points(claim))
    if "first" not in claim.terms:
        second, gap = claim.figure("second"), claim.figure("gap")
        return _derived("first figure", second.value + gap.value, second.range.plus(gap.range), second,
                        f"{gap.text} above {second.text}")  # fmt: skip
    first = claim.figure("first")
    if "second" not in claim.terms:
        gap = claim.figure("gap")
        return _derived("second figure", first.value - gap.value, first.range.minus(gap.range), first,
                        f"{gap.text} below {first.text}")  # fmt: skip
    second = claim.figure("second")
    value, allowed = first.value - second.value, first.range.minus(second.range)
    unit = POINTS if first.percent else "count"
    return _compared(claim, "gap", value, allowed, f"{first.text} less {second.text}", unit)


def _in_points(claim: Claim) -> dict[str, Printed]:
    """The terms of a gap: beside a percentage a whole number is one of percentage points."""
    if not any(claim.figure(name).percent for name in claim.terms):
        return dict(claim.terms)
    rounded = {name: printed(claim.figure(name).text, rounds=True, rounding=claim.rounding) for name in claim.terms}
    return {name: replace(figure, percent=True) for name, figure in rounded.items()}


def check_ratio(claim: Claim) -> Outcome:
    """Whether one figure is so many times another."""
    claim = _of_amounts(claim)
    first, second = claim.figure("first"), claim.figure("second")
    about = f"{first.text} over {second.text}"
    if second.value == 0:
        return Outcome("ratio", INCONSISTENT, f"{about}: divided by 0", unit="ratio")
    return _compared(claim, "ratio", first.value / second.value, first.range.over(second.range), about, "ratio")


def check_product(claim: Claim) -> Outcome:
    """Whether a count for each unit, times the units, is the total."""
    claim = _of_amounts(claim)
    for name, other in (("per", "units"), ("units", "per")):
        if name not in claim.terms:
            total, by = claim.figure("total"), claim.figure(other)
            about = f"{total.text} over {by.text}"
            if by.value == 0:
                return Outcome(name, INCONSISTENT, f"{about}: divided by 0", unit="count")
            return _derived(name, total.value / by.value, total.range.over(by.range), total, about)
    per, units = claim.figure("per"), claim.figure("units")
    about = f"{per.text} times {units.text}"
    return _compared(claim, "total", per.value * units.value, per.range.times(units.range), about, "count")


def check_sum(claim: Claim) -> Outcome:
    """Whether parts add up to their total."""
    parts = claim.figures("parts")
    value, allowed = sum((part.value for part in parts), Fraction(0)), added(part.range for part in parts)
    unit = "percent" if parts and parts[0].percent else "count"
    return _compared(claim, "total", value, allowed, " + ".join(part.text for part in parts), unit)


def check_whole(claim: Claim) -> Outcome:
    """Whether the percentages of a list that leaves nothing out add up to 100 within rounding."""
    return _of_all(claim, claim.figures("parts"), exhaustive=True)


def check_shares(claim: Claim) -> Outcome:
    """Whether percentages of one whole can stand beside each other: together no more than 100."""
    return _of_all(claim, claim.figures("parts"), exhaustive=False)


def _of_all(claim: Claim, parts: tuple[Printed, ...], exhaustive: bool) -> Outcome:
    value, allowed = sum((part.value for part in parts), Fraction(0)), added(part.range for part in parts)
    about = f"the {len(parts)} percentages add up to {shown(value)}%"
    within = f"{about}; rounding allows {span(allowed, '%')}"
    impossible = [part for part in parts if part.range.high < 0 or part.range.low > 100]
    if impossible:
        verdict, note = INCONSISTENT, f"{about}; {with_sign(impossible[0])} of a whole is not between 0% and 100%"
    elif exhaustive:
        verdict = CONSISTENT if value == 100 else ROUNDING if allowed.holds(100) else INCONSISTENT
        note = about if verdict == CONSISTENT else f"{within}, of a list that makes up the whole"
    else:
        verdict = INCONSISTENT if allowed.low > 100 else ROUNDING if value > 100 else CONSISTENT
        left = f", which leaves {shown(100 - value)}% for all others" if value <= 100 else " of one whole"
        note = f"{about}{left}" if verdict != ROUNDING else within
    return Outcome("percentages of a whole", verdict, note, value, 100, allowed.low, allowed.high, "percent")


def _compared(claim: Claim, result: str, value: Fraction, allowed: Range, about: str, unit: str) -> Outcome:
    """A computed figure beside the printed one, if it was printed."""
    sign = "%" if unit == "percent" else " points" if unit == POINTS else ""
    about += f" is {shown(value)}{sign}"
    if result not in claim.terms:
        return Outcome(result, DERIVABLE, f"{about}, which is printed nowhere", value, nan, *allowed[:2], unit)
    said = claim.figure(result)
    verdict = judged(said, value, allowed)
    within = "" if allowed.low == allowed.high else f"; rounding allows {span(allowed, sign)}"
    note = f"{about}, not the {said.text} printed" if verdict == INCONSISTENT else f"{about}, printed as {said.text}"
    return Outcome(result, verdict, note + within, value, said.value, *allowed[:2], unit)


def _derived(name: str, value: Fraction, allowed: Range, like: Printed, about: str) -> Outcome:
    """A figure that was not printed and follows from the others."""
    sign, unit = ("%", "percent") if like.percent else ("", "count")
    within = "" if allowed.low == allowed.high else f" ({span(allowed, sign)})"
    return Outcome(name, DERIVABLE, f"{about} is {shown(value)}{sign}{within}", value, nan, *allowed[:2], unit)


KINDS = (
    Kind(
        "percent", {"count": Term(), "of": Term(), "percent": Term(ROUNDED)}, check_percent, ("count", "of", "percent")
    ),
    Kind("gap", {"first": Term(), "second": Term(), "gap": Term()}, check_gap, ("first", "second", "gap")),
    Kind("ratio", {"first": Term(), "second": Term(), "ratio": Term(ROUNDED, needed=False)}, check_ratio),
    Kind("product", {"per": Term(), "units": Term(), "total": Term()}, check_product, ("per", "units", "total")),
    Kind("sum", {"parts": Term(FIGURES), "total": Term(needed=False)}, check_sum),
    Kind("whole", {"parts": Term(ROUNDED_FIGURES)}, check_whole),
    Kind("shares", {"parts": Term(ROUNDED_FIGURES)}, check_shares),
)
