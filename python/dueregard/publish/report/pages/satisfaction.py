"""The gap between groups, by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.charts.alternatives import groups_title, signed
from dueregard.publish.readings import (
    Row,
    area_of,
    by_columns,
    is_all_areas,
    is_area,
    known,
    label,
    remade,
    rows_of,
    whole,
)
from dueregard.publish.report.pages.parts import EQUALITY, UNCLEAR, Finding, Page, Point, joined, opened
from dueregard.publish.report.pages.ranks import are_shown, ranked

if TYPE_CHECKING:
    from dueregard.findings import Findings

NEEDED, REFERENCE_MISSING, EFFECTIVE = "times_needed", "reference_outcome_missing", "effective_nobs"
GAP = "A gap is the percentage in the group minus the percentage in the reference group, in percentage points."
SCORE = "Its interval is Miettinen and Nurminen's, from the score statistic."
MEANING = (
    "A gap is called higher or lower when its p-value, "
    "adjusted by Holm's method over all areas, is below 5%; otherwise the interval decides between no difference that "
    "matters and too few to tell. Then the table says by how many times the present numbers would have to grow, shares "
    "unchanged, for a clear verdict. Answers that are missing or excluded are outside the percentages, counted as "
    "left out."
)


@dataclass(frozen=True)
class Wording:
    """The words for one survey.

    ``excluded`` are the answers left out, ``said`` whether people gave them; ``sampled`` is how the sample was drawn
    and what its intervals are, ``form`` the chart if not the usual one, ``key`` the page's.
    """

    outcome: str
    people: str
    period: str
    threshold: float
    title: str = "Satisfaction gap by borough"
    short: str = "Satisfaction gap"
    excluded: Sequence[str] = ()
    said: bool = True
    characteristic: str = ""
    key: str = "satisfaction"
    sampled: str = ""
    form: str | None = None


def satisfaction(findings: Findings, words: Wording, ranks: Findings | None = None) -> Page:
    """The page of the gap findings; with their ranks where areas are shown to differ, and nowhere else.

    Raises
    ------
    ValueError
        If no group could be compared with the reference.
    """
    by = by_columns(findings)
    compared = [row for row in rows_of(findings, "group") if known(row["estimate"])]
    if not compared:
        raise ValueError(f"group: there is no group to compare with {_reference(findings)}, in no area are there cases")
    everywhere = [row for row in compared if not by or is_all_areas(row, by)]
    groups = list(dict.fromkeys(row["group"] for row in compared))
    finding = Finding(
        key="gap" if words.key == "satisfaction" else f"{words.key}-gap",
        statement=statement(everywhere, words),
        what=_what(findings, words),
        sentences=_sentences(findings, words),
        findings=listed(with_needed(findings), groups),
        method=meaning(words),
        caption=f"{label(words.outcome)}: {joined([str(g) for g in groups])} against {_reference(findings)}"
        + (f", by {joined([name.replace('_', ' ') for name in by])}" if by else ""),
        table=_table(findings, groups),
        chart={"form": words.form} if words.form else {"threshold": words.threshold},
        notes=_unlisted(findings),
    )
    points = [p for p in (_main_point(everywhere, words), _areas_point(findings, compared)) if p]
    method = [(words.short, meaning(words)), *_variation_method(findings)]
    shown = [finding]
    if ranks is not None and are_shown(ranks):
        shown.append(ranked(ranks, key=f"{words.key}-ranks", drawn=False))
    return Page(words.key, words.title, words.short, findings=shown, points=points, method=method, tells=EQUALITY)


def _table(findings: Findings, groups: Sequence[Any]) -> dict[str, Any]:
    """The columns of the table and the headings that are not the usual ones."""
    names = [*by_columns(findings), *(["group"] if len(groups) > 1 or not findings.by else [])]
    has_side = "reference" in findings["row_type"]
    numbers = ["nobs", "reference_nobs", "value", "reference_value", "estimate", "low", "high", "verdict", NEEDED]
    left_out = ["outcome_missing", *([REFERENCE_MISSING] if has_side else [])]
    group = str(groups[0]) if len(groups) == 1 else "group"
    heads = {
        "value": f"{group[:1].upper()}{group[1:]} (%)",
        "nobs": f"Base ({group})",
        "reference_nobs": f"Base ({_reference(findings)})",
        "outcome_missing": f"Left out ({group})",
        "estimate": "Difference (points)",
        NEEDED: "Times the numbers needed for a clear verdict",
    }
    level = next((r["confidence_level"] for r in rows_of(findings, "group") if known(r["confidence_level"])), None)
    heads |= {name: f"{100 * level:g}% {name}" for name in ("low", "high")} if level else {}
    heads |= {REFERENCE_MISSING: f"Left out ({_reference(findings)})"} if has_side else {}
    if EFFECTIVE in findings.columns and any(map(known, findings[EFFECTIVE])):
        numbers.insert(1, EFFECTIVE)
        heads |= {EFFECTIVE: f"Effective base ({group})"}
        left_out = []  # told in a sentence: the table is as wide as a page allows
    return {"columns": names + numbers + left_out, "headings": heads}


def meaning(words: Wording) -> str:
    """How gaps are judged, with the difference taken as mattering."""
    return (
        f"{GAP} {words.sampled or SCORE} {MEANING} Differences within {words.threshold:g} percentage points, either "
        "way, are taken as not mattering: a verdict of no difference that matters needs the whole interval to lie "
        "within them."
    )


def listed(findings: Findings, groups: Sequence[Any]) -> Findings:
    """The rows of the table: those of the groups compared, without areas that are not known and have no answers."""
    rows = [row for row in rows_of(findings, "group") if row["group"] in groups]
    return remade(findings, [row for row in rows if not _is_empty(row, by_columns(findings))])


def _is_empty(row: Row, by: Sequence[str]) -> bool:
    """Whether a row is of an area that is not known, without answers on either side."""
    return any(is_missing(row[name]) for name in by) and not row["nobs"] and not row["reference_nobs"]


def _unlisted(findings: Findings) -> list[str]:
    by = by_columns(findings)
    rows = [row for row in rows_of(findings, "group") if not is_missing(row["group"]) and _is_empty(row, by)]
    places = dict.fromkeys(area_of(row, by) for row in rows)
    if not places:
        return []
    names = joined([name.replace("_", " ") for name in by])
    return [f"Not listed, because there are no answers on either side: {names} {joined(list(places))}."]


def with_needed(findings: Findings) -> Findings:
    """The verdict, the multiple of the present numbers that would make it clear, and both sides' missing answers."""
    rows, by = rows_of(findings), by_columns(findings)
    sides = {tuple(row[name] for name in by): row["outcome_missing"] for row in rows if row["row_type"] == "reference"}
    for row in rows:
        row[REFERENCE_MISSING] = sides.get(tuple(row[name] for name in by))
        verdict, _, many = str(row["verdict"] or "").partition(": ")
        row["verdict"] = verdict or None
        row[NEEDED] = many.removesuffix(" times the present numbers needed") or None
    return remade(findings, rows)


def statement(everywhere: Sequence[Row], words: Wording) -> str:
    """The finding over all areas, as a heading."""
    if len(everywhere) == 1:
        row = everywhere[0]
        group = f"{row['group']} {words.people}".strip()
        if str(row["verdict"] or "").startswith(CLEAR):
            return f"{group}: {signed(row['estimate'])} than {row['reference']}"
        return f"{group} against {row['reference']}: {str(row['verdict'] or 'no verdict').split(':')[0]}"
    gaps = [(str(row["group"]), row["estimate"], str(row["verdict"] or "").startswith(CLEAR)) for row in everywhere]
    return groups_title(gaps, str(everywhere[0]["reference"]))


def _reference(findings: Findings) -> str:
    return next((str(row["reference"]) for row in rows_of(findings, "group") if row["reference"]), "the reference")


def _what(findings: Findings, words: Wording) -> str:
    level = next((r["confidence_level"] for r in rows_of(findings) if known(r["confidence_level"])), None)
    interval = f", with {100 * level:g}% intervals" if level else ""
    when = f", {words.period}" if words.period else ""
    return f"{label(words.outcome)}: difference in percentage points from {_reference(findings)}{interval}{when}"


def _sentences(findings: Findings, words: Wording) -> list[str]:
    """The all-areas sentences and those on how much areas vary, and who is not in the comparison."""
    from dueregard.publish.sentences.sentences import sentences

    by = by_columns(findings)
    everywhere = [row for row in rows_of(findings) if is_all_areas(row, by)] if by else rows_of(findings)
    stated = [row for row in everywhere if not is_missing(row["group"])]
    if len({row["group"] for row in stated if row["row_type"] == "group"}) == 1:
        return [*sentences(remade(findings, stated)), *_left_out(everywhere, words)]
    kept = [row for row in stated if row["row_type"] != "variation" or _beyond_chance(row)]
    return [*sentences(remade(findings, kept)), *_same_everywhere(stated, by), *_left_out(everywhere, words)]


def _same_everywhere(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """One sentence for all the groups whose gaps are not shown to vary between areas."""
    groups = [str(row["group"]) for row in rows if _is_spread(row) and not _beyond_chance(row)]
    if not groups:
        return []
    gaps = f"the gap of {groups[0]}" if len(groups) == 1 else f"the gaps of {joined(groups)}"
    return [f"There is no clear evidence that {gaps} differ between {plural(by)} beyond chance; do not rank by them."]


def _left_out(rows: Sequence[Row], words: Wording) -> list[str]:
    """Everyone who is outside the percentages: no answer, an excluded one, or a group that is not known."""
    people, excluded = words.people or "records", " or ".join(words.excluded)
    known_group = [row for row in rows if row["row_type"] in ("group", "reference") and not is_missing(row["group"])]
    silent = [row for row in known_group if row["outcome_missing"]]
    unknown = [row for row in rows if row["row_type"] == "group" and is_missing(row["group"])]
    what = words.characteristic or str(next((row["characteristic"] for row in rows), "group")).replace("_", " ")
    counts = [(_all_of(row), str(row["group"])) for row in unknown if _all_of(row)]
    parts = []
    if silent:
        why = "gave no answer" if words.people and words.said else "have no answer"
        why += f" or {'said' if words.people and words.said else 'the excluded'} {excluded}" if excluded else ""
        sides = joined([f"{row['outcome_missing']:,} {row['group']}" for row in silent])
        parts.append(f"{sides} {people} who {why}" if words.people else f"{sides} {people} that {why}")
    parts += [f"{n:,} {people} whose {what} is {kind}" for n, kind in counts]
    return [f"Left out of the percentages: {'; '.join(parts)}."] if parts else []


def _all_of(row: Row) -> int:
    """Everyone in a row, with and without an answer that counts."""
    return (row["nobs"] or 0) + (row["outcome_missing"] or 0)


def _main_point(everywhere: Sequence[Row], words: Wording) -> Point | None:
    """The largest clear gap over all areas, or the first if none is clear."""
    if not everywhere:
        return None
    clear = [row for row in everywhere if str(row["verdict"] or "").startswith(CLEAR)]
    if len(everywhere) > 1 and not clear and everywhere[0]["verdict"]:
        text = f"groups differ clearly from {everywhere[0]['reference']} ({words.outcome})."
        return Point(f"0 of {len(everywhere)}", "", text)
    row = max(clear or everywhere, key=lambda r: abs(r["estimate"]))
    sides = [f"{side} {words.people}".strip() for side in (row["group"], row["reference"])]
    levels = f"{whole(row['value'])}% against {whole(row['reference_value'])}%{_limits(row, words)}."
    verdict = str(row["verdict"] or "")
    if verdict.startswith(TOO_FEW):
        return Point(UNCLEAR, "", f"whether there is a gap between {sides[0]} and {sides[1]}: {levels}")
    if verdict.startswith(NO_DIFFERENCE):
        return Point("No gap", "", f"that matters between {sides[0]} and {sides[1]}: {levels}")
    points = whole(abs(row["estimate"]))
    text = f"{'lower' if row['estimate'] < 0 else 'higher'} for {sides[0]} than {sides[1]}: {levels}"
    return Point(points, "point" if points == "1" else "points", text)


def _limits(row: Row, words: Wording) -> str:
    """What is measured, and the interval of the gap, which stays beside it wherever it goes."""
    if not known(row["low"]) or not known(row["high"]):
        return f" ({words.outcome})"
    ends = f"{whole(row['low'], True)} to {whole(row['high'], True)} points"
    return f" {words.outcome} ({100 * row['confidence_level']:g}% interval {ends})"


def _areas_point(findings: Findings, compared: Sequence[Row]) -> Point | None:
    """In how many areas the gap is clear; an area is named only where areas are shown to differ."""
    by = by_columns(findings)
    areas = [row for row in compared if by and not is_all_areas(row, by)]
    if not areas:
        return None
    clear = [row for row in areas if str(row["verdict"] or "").startswith(CLEAR)]
    lower = sum(row["estimate"] < 0 for row in clear)
    several = len({row["group"] for row in areas}) > 1
    rows = f"pairs of a group and {joined([name.replace('_', ' ') for name in by])}" if several else plural(by)
    holm = any("Holm" in str(row["method"]) for row in areas)
    allowed = f"once all {len(areas)} comparisons are allowed for" if holm else "each judged by itself"
    text = f"{rows} have a clear gap {allowed}: {lower} lower, {len(clear) - lower} higher"
    varying = {row["group"] for row in rows_of(findings, "variation") if _beyond_chance(row)}
    shown = [row for row in clear if row["group"] in varying]
    if shown:
        largest = max(shown, key=lambda row: abs(row["estimate"]))
        place = ", ".join(filter(None, [area_of(largest, by), str(largest["group"]) if several else ""]))
        text += f"; the largest clear one is in {place}: {signed(largest['estimate'])}"
    elif not varying and any(_is_spread(row) for row in rows_of(findings, "variation")):
        text += f". There is no clear evidence that {plural(by)} differ beyond chance"
    return Point(f"{len(clear)} of {len(areas)}", "", text + ".")


def plural(by: Sequence[str]) -> str:
    """What areas are called, more than one of them.

    >>> plural(["borough"]), plural(["borough", "month"]), plural(["Gender"])
    ('boroughs', 'areas', 'levels of gender')
    """
    if not any(map(is_area, by)):
        return f"levels of {joined([name.replace('_', ' ').lower() for name in by])}"
    return f"{by[0].replace('_', ' ')}s" if len(by) == 1 and not by[0].endswith("s") else "areas"


def _is_spread(row: Row) -> bool:
    """Whether a row says how much the gaps of areas vary."""
    return row["row_type"] == "variation" and known(row["pvalue"])


def _beyond_chance(row: Row) -> bool:
    """Whether a row shows that areas differ by more than chance."""
    return _is_spread(row) and known(row["low"]) and row["low"] > 0


def _variation_method(findings: Findings) -> list[tuple[str, str]]:
    methods = dict.fromkeys(str(row["method"]) for row in rows_of(findings, "variation") if row["method"])
    kind = "areas" if any(map(is_area, by_columns(findings))) else plural(by_columns(findings))
    return [(f"Variation between {kind}", opened("; ".join(methods)) + ".")] if methods else []
