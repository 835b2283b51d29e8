"""Published figures beside what the responses give, and beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import floor, isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from dueregard.assessment import response_table
from dueregard.flags import Flag

if TYPE_CHECKING:
    from dueregard.assessment.results import Assessment

AGREES, DISAGREES = "agrees", "disagrees"
Row = dict[str, Any]


class Claim(NamedTuple):
    """One published figure and what was computed for it."""

    measure: str
    stated: float
    computed: float
    agrees: bool
    note: str
    unit: str | None = None
    section: str | None = None
    unit_of_measure: str = "percent"


def columns(assessment: Assessment, claims: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Columns of the findings: one row for each comparison."""
    rows = []
    for kind, table in claims.items():
        if kind not in COMPARISONS:
            raise ValueError(f"claims: no kind {kind!r}; the kinds are {', '.join(COMPARISONS)}")
        for stated in _rows(table):
            rows += [_finding(claim, stated) for claim in COMPARISONS[kind](assessment, stated)]
    names = list(_finding(Claim("", 0, 0, True, ""), {}))
    return {name: [row[name] for row in rows] for name in names}


def _rows(table: Any) -> list[Row]:
    read = response_table.read(table)
    return [dict(zip(read, values, strict=True)) for values in zip(*read.values(), strict=True)]


def _finding(claim: Claim, stated: Row) -> Row:
    return {
        "measure": claim.measure,
        "unit": claim.unit,
        "section": claim.section,
        "row_type": "group",
        "value": claim.computed,
        "reference": "published",
        "reference_value": claim.stated,
        "unit_of_measure": claim.unit_of_measure,
        "verdict": AGREES if claim.agrees else DISAGREES,
        "flag": Flag(0) if claim.agrees else Flag.INCONSISTENT_SOURCE,
        "method": "published figure against the same figure computed, rounded half up to whole percent",
        "note": claim.note,
        "document": stated.get("document"),
        "line": stated.get("line", stated.get("lines")),
    }


def rounded(percent: float) -> float:
    """To the nearest whole percent, halves up; NaN stays."""
    return percent if isnan(percent) else float(floor(percent + 0.5))


def _percent(count: float, total: float) -> float:
    return 100 * count / total if total else float("nan")


def _score_row(assessment: Assessment, unit: str, section: str | None = None) -> Row:
    found = assessment.scores("section" if section else None).filter(
        unit=unit, **({"section": section} if section else {})
    )
    return next(found.rows())


def _unit(assessment: Assessment, stated: Row) -> str:
    """The unit a row is about, which must be one of the responses'."""
    column = next((name for name in ("unit", assessment.framework.kind) if name in stated), None)
    if column is None:
        raise ValueError(f"claims: no column 'unit' or {assessment.framework.kind!r} among {', '.join(stated)}")
    if stated[column] not in assessment.units:
        raise ValueError(f"claims: {stated[column]!r} is not among the units of the responses")
    return str(stated[column])


def _scores(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """A unit's percent, and the counts behind it where they are given."""
    unit = _unit(assessment, stated)
    score = _score_row(assessment, unit)
    if "stated_percent" in stated:
        yield _percent_claim(
            "score", float(stated["stated_percent"]), score["value"], score["count"], score["nobs"], unit
        )
    ids = assessment.framework.answer_ids
    if all(name in stated for name in ids):
        yield _row_sum(unit, score, sum(int(stated[name]) for name in ids))
    for name, computed in (("satisfactory", score["count"]), ("not_satisfactory", score["answered"] - score["count"])):
        if name in stated:
            words = f"{unit}: {stated[name]} indicators {name.replace('_', ' ')} published, {computed} computed"
            same = int(stated[name]) == computed
            yield Claim(
                f"indicators {name.replace('_', ' ')}", stated[name], computed, same, words, unit, None, "indicators"
            )


def _row_sum(unit: str, score: Row, total: int) -> Claim:
    """Whether the answers of a unit add up to the indicators it was asked about."""
    met, asked = score["count"], score["nobs"]
    words = f"{unit}: the answers add up to {total}, and {asked} indicators were asked about"
    if total != asked:
        of_all, of_answered = rounded(_percent(met, asked)), rounded(_percent(met, total))
        words += f"; {met} of {asked} is {of_all:.0f}%, {met} of {total} is {of_answered:.0f}%"
    return Claim("answers in the row", total, asked, total == asked, words, unit, None, "answers")


def _percent_claim(
    measure: str, stated: float, value: float, count: int, nobs: int, unit: str | None, section: str | None = None
) -> Claim:
    """A published whole percent against a count of a number."""
    about = ", ".join(name for name in (unit, section) if name)
    words = f"{about + ': ' if about else ''}{stated:.0f}% published, {count} of {nobs} is {value:.2f}%"
    return Claim(measure, stated, value, rounded(value) == stated, words, unit, section)


def _section_scores(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """A unit's percent in each section that the row has a column for."""
    unit = _unit(assessment, stated)
    for identifier, label in assessment.framework.sections.items():
        if identifier in stated:
            row = _score_row(assessment, unit, label)
            yield _percent_claim(
                "section score", float(stated[identifier]), row["value"], row["count"], row["nobs"], unit, label
            )


def _average(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """An average over the units: neither pooled nor the mean of the units' percentages may round to it."""
    scores = assessment.scores()
    met, asked = sum(scores["count"]), sum(scores["nobs"])
    values = [value for value in scores["value"] if not isnan(value)]
    pooled, mean = _percent(met, asked), sum(values) / len(values) if values else float("nan")
    published = float(stated["stated_percent"])
    words = (
        f"Average of the units: {published:.0f}% published; {len(values)} units met {met} of {asked} indicators, "
        f"{pooled:.2f}%, and the mean of their percentages is {mean:.2f}%"
    )
    yield Claim("average", published, pooled, published in (rounded(pooled), rounded(mean)), words)


def _section_results(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """Units meeting the baseline in a section: the count published and the percent published."""
    label = _section_label(assessment, stated)
    met, assessed = int(stated["met"]), int(stated["assessed"])
    published = float(stated["stated_percent"])
    yield _percent_claim("units meeting the baseline", published, _percent(met, assessed), met, assessed, None, label)


def _section_label(assessment: Assessment, stated: Row) -> str:
    section = str(stated["section"])
    if section not in assessment.framework.sections:
        raise ValueError(f"claims: {section!r} is not a section of the framework")
    return assessment.framework.sections[section]


def _section_indicators(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """The indicators a section is said to hold, for the kind of unit that was assessed."""
    label, kind = _section_label(assessment, stated), assessment.framework.kind
    asked = [i.id for i in assessment.framework.assessable(kind) if i.section == stated["section"]]
    named = str(stated["indicators"]).split()
    yield _list_claim("indicators of a section", named, asked, f"{label} of a {kind}", section=label)


def _unmet(assessment: Assessment, stated: Row) -> Iterator[Claim]:
    """The indicators of a section that a unit is said not to meet."""
    unit, label = _unit(assessment, stated), _section_label(assessment, stated)
    computed = assessment.unmet().filter(unit=unit, section=label)["indicator"]
    named = str(stated["weaknesses"]).split()
    yield _list_claim("indicators not met", named, computed, f"{unit}, {label}", unit=unit, section=label)


def _list_claim(
    measure: str, named: list[str], computed: list[str], about: str, *, unit: str | None = None, section: str
) -> Claim:
    """Two lists of indicators, in any order."""
    words = f"{about}: {', '.join(named) or 'none'} published"
    extra = [name for name in named if name not in computed]
    left_out = [name for name in computed if name not in named]
    words += f"; names {', '.join(extra)}, which does not belong" if extra else ""
    words += f"; leaves out {', '.join(left_out)}" if left_out else ""
    same = not extra and not left_out
    return Claim(measure, len(named), len(computed), same, words, unit, section, "indicators")


COMPARISONS: dict[str, Callable[[Assessment, Row], Iterator[Claim]]] = {
    "scores": _scores,
    "section_scores": _section_scores,
    "average": _average,
    "section_results": _section_results,
    "section_indicators": _section_indicators,
    "unmet": _unmet,
}


def esps_claims(area: str | None = None) -> dict[str, Any]:
    """The figures that the report on the Equality Standard states, for `Assessment.disagreements`.

    Parameters
    ----------
    area
        None for the figures about all 32 boroughs, ``"South East Area"`` for those about its six.

    Returns
    -------
    dict
        Embedded tables by kind of claim.

    Raises
    ------
    ValueError
        For another area: the report has no more.

    Examples
    --------
    >>> import dueregard as dr
    >>> from dueregard.assessment import assess, esps_claims, frameworks
    >>> boroughs = assess(dr.data.load("borough_answers"), frameworks.esps())
    >>> for note in boroughs.disagreements(esps_claims())["note"]:
    ...     print(note.partition(";")[0])
    Kensington & Chelsea: the answers add up to 17, and 18 indicators were asked about
    Average of the units: 88% published
    Organisational Processes: 67% published, 22 of 32 is 68.75%
    Organisational Processes of a borough: 18B, 19B, 21B published
    """
    from dueregard.data.seed_tables import load

    if area is None:
        named = {"scores": "borough_answers", "average": "stated_averages", "section_results": "section_results"}
        named["section_indicators"] = "section_indicators"
    elif area == "South East Area":
        named = {
            "scores": "south_east_scores",
            "section_scores": "south_east_sections",
            "unmet": "south_east_weaknesses",
        }
    else:
        raise ValueError(f"area: {area!r} is neither None nor 'South East Area'")
    return {kind: load(name) for kind, name in named.items()}
