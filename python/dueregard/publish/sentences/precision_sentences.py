"""What a sample will be able to say, in plain English, before money is spent on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, group_of, percent_level, reference_of
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

ASSUMED = (
    "Nothing is measured here: these are the intervals to expect if the shares are as assumed, which a survey may find "
    "they are not."
)


def precision_sentences(findings: Findings) -> list[str]:
    """What findings of kind "precision" say: each sample, after the first of them once that shares are assumed."""
    rows = [row for row in findings.rows() if row["row_type"] == "group"]
    said = [precision_sentence(row) for row in rows]
    needed = [_needed(rows[0])] if rows and known(rows[0].get("needed_nobs")) else []
    return [*said[:1], *needed, ASSUMED, *said[1:]] if said else []


def precision_sentence(row: Row) -> str:
    """How closely one sample shows a share, or a gap, and which gaps it would find."""
    if row["reference"] is None:
        limits = f"{percent_level(row)} interval {plain(row['low'], 0)} to {plain(row['high'], 0)}"
        share = f"a {spoken(row['measure'])} of {plain(row['value'], 0)}%"
        return f"{_sample(row, row['nobs'])} give {share} to within {_points(row['half_width'])} either way ({limits})."
    return f"{_gap(row)} {_power(row)}"


def _sample(row: Row, cases: int) -> str:
    """The sample by its name and number of cases, and what these are worth where that is less."""
    worth = known(row["effective_nobs"]) and row["design_effect"] > 1
    effect = f", with a design effect of {row['design_effect']:.10g}" if worth else ""
    return f"{cases:,} answers ({spoken(row['sample'])}{effect})"


def _points(width: float) -> str:
    """A half-width: whole points, or one decimal of those below 10."""
    text = plain(width, 0 if width >= 10 else 1)
    return f"{text} percentage {'point' if text in ('1', '1.0') else 'points'}"


def _gap(row: Row) -> str:
    unit = unit_of(row)
    own, other = plain(row["value"], 0), plain(row["reference_value"], 0)
    between = f"{group_of(row)} ({own}%) and {reference_of(row)} ({other}%)"
    limits = f"{percent_level(row)} interval {unit.span(row['low'], row['high'], 1)}"
    cases = _sample(row, row["sampled_nobs"])
    return f"{cases} give the gap between {between} to within {_points(row['half_width'])} either way ({limits})."


def _power(row: Row) -> str:
    """With what chance the gap assumed is found, and which is the smallest that is, mostly."""
    said = []
    if known(row["power"]):
        said.append(f"Such a gap would be found with a chance of {_percent(row['power'])}")
    if known(row["smallest_gap"]):
        wanted = _percent(row["wanted_power"])
        said.append(f"the smallest that is found with a chance of {wanted} is one of {_points(row['smallest_gap'])}")
    return f"{'; '.join(said)}." if said else ""


def _percent(share: float) -> str:
    """A chance in whole percent."""
    if share > 0.995:
        return "nearly 100%" if share < 1 else "100%"
    return f"{plain(100 * share, 0)}%"


def _needed(row: Row) -> str:
    """How many cases the gap assumed needs for an interval without 0, and that this finds it every other time."""
    return (
        f"For an interval that is expected just to leave out 0, a gap of {_points(abs(row['estimate']))} needs about "
        f"{row['needed_nobs']:,.0f} answers; so many would still miss it about every other time."
    )
