"""The gap between groups, by area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR
from dueregard.missing import is_missing
from dueregard.publish.charts.alternatives import groups_title, signed
from dueregard.publish.readings import Row, by_columns, is_all_areas, is_area, known, label, remade, rows_of
from dueregard.publish.report.pages.gap_columns import gap_columns, listed, unlisted, with_needed, with_ranks
from dueregard.publish.report.pages.gap_points import areas_point, main_point
from dueregard.publish.report.pages.gap_words import Wording, is_beyond_chance, is_spread, plural, reference_of
from dueregard.publish.report.pages.parts import EQUALITY, Finding, Page, joined, opened
from dueregard.publish.report.pages.ranks import METHOD, are_shown, of_all_areas
from dueregard.publish.report.pages.sampling import told

if TYPE_CHECKING:
    from dueregard.findings import Findings

GAP = "A gap is the percentage in the group minus the percentage in the reference group, in percentage points."
SCORE = "Its interval is Miettinen and Nurminen's, from the score statistic."
MEANING = (
    "A gap is called higher or lower when its p-value, "
    "adjusted by Holm's method over all areas, is below 5%; otherwise the interval decides between no difference that "
    "matters and too few to tell. Answers that are missing or excluded are outside the percentages, counted as left "
    "out."
)
TIMES_NEEDED = (
    "Where a verdict is too few to tell the table says by how many times the present numbers would have to grow, "
    "shares unchanged, for a clear one."
)


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
        raise ValueError(
            f"group: there is no group to compare with {reference_of(findings)}, in no area are there cases"
        )
    everywhere = [row for row in compared if not by or is_all_areas(row, by)]
    groups = list(dict.fromkeys(row["group"] for row in compared))
    shown = ranks if ranks is not None and are_shown(ranks) else None
    method = told(meaning(words), "" if shown else TIMES_NEEDED)
    finding = Finding(
        key="gap" if words.key == "satisfaction" else f"{words.key}-gap",
        statement=statement(everywhere, words),
        what=_what(findings, words),
        sentences=[*_sentences(findings, words), *([] if shown is None else of_all_areas(shown)[1:])],
        findings=with_ranks(listed(with_needed(findings), groups), shown),
        method=method,
        caption=f"{label(words.outcome)}: {joined([str(g) for g in groups])} against {reference_of(findings)}"
        + (f", by {joined([name.replace('_', ' ') for name in by])}" if by else ""),
        table=gap_columns(findings, groups, shown),
        chart={"form": words.form} if words.form else {"threshold": words.threshold},
        notes=unlisted(findings),
    )
    points = [p for p in (main_point(everywhere, words), areas_point(findings, compared)) if p]
    methods = [(words.short, method), *_variation_method(findings), *([] if shown is None else [("Ranks", METHOD)])]
    return Page(words.key, words.title, words.short, findings=[finding], points=points, method=methods, tells=EQUALITY)


def meaning(words: Wording) -> str:
    """How gaps are judged, with the difference taken as mattering."""
    return (
        f"{GAP} {words.sampled or SCORE} {MEANING} Differences within {words.threshold:g} percentage points, either "
        "way, are taken as not mattering: a verdict of no difference that matters needs the whole interval to lie "
        "within them."
    )


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


def _what(findings: Findings, words: Wording) -> str:
    level = next((r["confidence_level"] for r in rows_of(findings) if known(r["confidence_level"])), None)
    interval = f", with {100 * level:g}% intervals" if level else ""
    when = f", {words.period}" if words.period else ""
    return f"{label(words.outcome)}: difference in percentage points from {reference_of(findings)}{interval}{when}"


def _sentences(findings: Findings, words: Wording) -> list[str]:
    """The all-areas sentences and those on how much areas vary, and who is not in the comparison."""
    from dueregard.publish.sentences.sentences import sentences

    by = by_columns(findings)
    everywhere = [row for row in rows_of(findings) if is_all_areas(row, by)] if by else rows_of(findings)
    stated = [row for row in everywhere if not is_missing(row["group"])]
    if len({row["group"] for row in stated if row["row_type"] == "group"}) == 1:
        return [*sentences(remade(findings, stated)), *_left_out(everywhere, words)]
    kept = [row for row in stated if row["row_type"] != "variation" or is_beyond_chance(row)]
    return [*sentences(remade(findings, kept)), *_same_everywhere(stated, by), *_left_out(everywhere, words)]


def _same_everywhere(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """One sentence for all the groups whose gaps are not shown to vary between areas."""
    groups = [str(row["group"]) for row in rows if is_spread(row) and not is_beyond_chance(row)]
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


def _variation_method(findings: Findings) -> list[tuple[str, str]]:
    methods = dict.fromkeys(str(row["method"]) for row in rows_of(findings, "variation") if row["method"])
    kind = "areas" if any(map(is_area, by_columns(findings))) else plural(by_columns(findings))
    return [(f"Variation between {kind}", opened("; ".join(methods)) + ".")] if methods else []
