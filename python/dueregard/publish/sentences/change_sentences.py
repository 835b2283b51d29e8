"""Whether a share or a gap has moved, in plain English: by how much, how surely, and in which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.numbers import chance, decimals_for, plain, spoken, threshold_in
from dueregard.publish.readings import is_all_areas, known
from dueregard.publish.sentences.area_changes import area_changes
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.changed_variation import changed_variation
from dueregard.publish.sentences.comparison_sentences import many_of
from dueregard.publish.sentences.movements import few_people, movement_of
from dueregard.publish.sentences.survey_words import DESIGN_WORDS, DRAWN_WORDS, WEIGHT_WORDS, survey_words
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread
from dueregard.publish.sentences.window_words import shared_words, why_no_window, window_words
from dueregard.publish.sentences.wording import Row, group_of, opening, percent_level, place_in, reference_of
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
SIZES = ("nobs", "reference_nobs", "nobs_before", "reference_nobs_before")


def change_sentences(findings: Findings) -> list[str]:
    """What findings of kind "change" or "gap change" say: of each group everybody first, then how much areas vary, then
    the areas that have changed, those that only seem to have, and the others."""
    said: list[str] = []
    found: list[list[Row]] = [list(rows) for rows in statements(findings.rows())]
    compared = {rows[0]["group"] for rows in found if rows[0]["row_type"] == "group"}
    several = sum(not is_missing(group) for group in compared) > 1
    for group in dict.fromkeys(rows[0]["group"] for rows in found):
        own = [rows for rows in found if rows[0]["group"] == group and rows[0]["row_type"] != "reference"]
        if not own:
            continue
        if is_missing(group):
            said += _unknown(own[0][0])
            continue
        said += _of_group(own, findings, several)
    return [*_only_first([text for text in said if text]), *_several(found, findings)]


def _only_first(said: Sequence[str]) -> list[str]:
    """What each group of a survey would say again: that it is one, after the first time in its own numbers alone."""
    opened, told = False, []
    for text in said:
        is_survey = text.startswith((DESIGN_WORDS[0], DRAWN_WORDS[0], WEIGHT_WORDS[0]))
        worth = text.partition(": ")[2].partition(". ")[0].removesuffix(".")
        if not (is_survey and opened):
            told.append(text)
        elif worth:
            told.append(f"{worth[:1].upper()}{worth[1:]}.")
        opened = opened or is_survey
    return told


def _several(found: Sequence[Sequence[Row]], findings: Findings) -> list[str]:
    """That groups of which one has changed and another not are not thereby shown to have changed differently."""
    rows = [each[0] for each in found if each[0]["row_type"] == "group" and not is_missing(each[0]["group"])]
    whole = [row for row in rows if not findings.by or is_all_areas(dict(row), findings.by)]
    clear = [str(row["verdict"] or "").startswith(CLEAR) for row in whole if row["verdict"]]
    if findings.kind != "change" or len(set(clear)) < 2:
        return []
    return [
        "That one group is shown to have changed and another is not does not show that they changed differently: for "
        "that take the change of the gap between them."
    ]


def _of_group(found: Sequence[list[Row]], findings: Findings, several: bool) -> list[str]:
    """Everybody of a group, the variation between areas, and the areas; of ``several`` groups each says which it is."""
    by = findings.by
    whole = [rows for rows in found if rows[0]["row_type"] == "group" and (not by or is_all_areas(dict(rows[0]), by))]
    spread = [row for rows in found for row in rows if row["row_type"] == "variation"]
    areas = [rows for rows in found if rows[0]["row_type"] == "group" and rows not in whole]
    said = [change_sentence(rows[0], by, findings.threshold, rows[1:]) for rows in whole]
    said[1:1] = [survey_words(findings, whole[0][0])] if whole else []
    alike = any(is_spread(row) and not is_beyond_chance(row) for row in spread)

    def tell(rows: Sequence[Row]) -> str:
        return change_sentence(rows[0], by, findings.threshold, rows[1:], alone=False)

    of_areas = changed_variation(spread, by, few=any(few_people(rows[0]) for rows in areas))
    of_areas += area_changes(areas, by, tell, alike=alike)
    return said + (_for_group(of_areas, found[0][0]) if several else of_areas)


def _for_group(said: Sequence[str], row: Row) -> list[str]:
    """What is said of areas, of one of several groups."""
    return [f"For {group_of(row)}: {text[:1].lower()}{text[1:]}" for text in said]


def _unknown(row: Row) -> list[str]:
    """That those of no known group are compared with nobody."""
    if not row["nobs"]:
        return []
    what = f"{row['nobs']:,} answers are of {group_of(row)}, who are not a group to compare"
    return [opening(_in_window(row), f"{what}.")]


def _in_window(row: Row) -> dict[str, object]:
    """The row with its period by its last month."""
    return {**row, "period": window_words(row)}


def change_sentence(
    row: Row, by: By, threshold: float | None, further: Sequence[Row] = (), *, alone: bool = True
) -> str:
    """Two windows of one group and place, the change between them and whether it could be chance; of a row that is not
    one of many (``alone``) also what the windows share and what is not said."""
    subject = f"{spoken(row['measure'])}{place_in(row, by)}"
    why = _why_not(row)
    if why:
        what = "no change of the gap" if "share_after" in row else "no change"
        of = "" if row["group"] is None else f" for {group_of(row)}"
        between = f"between {window_words(row, 'before_end')} and {window_words(row)}"
        return f"{opening({'period': None}, subject)}: {what}{of} {between} is given, as {why}."
    values = _gaps(row, subject) if "share_after" in row else _shares(row, subject)
    movement = movement_of(row, _decimals(row))
    limits = "; ".join(f"{percent_level(each)} interval {movement.span(each)}" for each in (row, *further)
                       if known(each["low"]))  # fmt: skip
    moved = f"{movement.moved}{f' ({limits})' if limits else ''}."
    clear = str(row["verdict"] or "").startswith(CLEAR)
    more = ("This does not say why." if clear else "", shared_words(row)) if alone else ()
    return " ".join(filter(None, (values, moved, _meaning(row, threshold), *more)))


def _why_not(row: Row) -> str:
    """Why there is no change to tell."""
    flag, why = flag_of(row), why_no_window(row)
    if why:
        return f"values are {why}" if why.startswith("not ") else why
    if any(row.get(name) == 0 for name in SIZES):
        return "there are no cases in one of the windows"
    if few_people(row):
        return "there are too few people to describe"
    if known(row["estimate"]):
        return ""
    return "nothing could have changed" if Flag.UNDEFINED in flag else "it is not known"


def _decimals(row: Row) -> int:
    return decimals_for(*(row.get(name) for name in SIZES))


def _shares(row: Row, subject: str) -> str:
    """The two shares of a group, or of everybody."""
    unit, decimals = unit_of(row), _decimals(row)
    of = "" if row["group"] is None else f" for {group_of(row)}"
    now, then = (unit.value(row[name], decimals) for name in ("value", "reference_value"))
    return f"{opening(_in_window(row), subject)} was {now}{of}, against {then} in {window_words(row, 'before_end')}."


def _gaps(row: Row, subject: str) -> str:
    """The four shares and the two gaps."""
    decimals = _decimals(row)
    now, against, then, against_then = (
        f"{plain(row[name], decimals)}%"
        for name in ("share_after", "reference_share_after", "share_before", "reference_share_before")
    )
    return (
        f"{opening(_in_window(row), subject)} was {now} for {group_of(row)} against {against} for "
        f"{reference_of(row)}, {gap_words(row['value'], decimals)}; in {window_words(row, 'before_end')} it was {then} "
        f"against {against_then}, {gap_words(row['reference_value'], decimals)}."
    )


def gap_words(gap: float, decimals: int) -> str:
    """A gap of a window.

    >>> gap_words(-9.1, 1), gap_words(0.2, 0), gap_words(1.0, 0)
    ('9.1 percentage points lower', 'about the same', '1 percentage point higher')
    """
    if float(f"{gap:.{decimals}f}") == 0:
        return "about the same"
    text = plain(gap, decimals)
    points = "point" if float(text.replace(",", "")) == 1 else "points"
    return f"{text} percentage {points} {'lower' if gap < 0 else 'higher'}"


def _meaning(row: Row, threshold: float | None) -> str:
    """Whether it could be chance."""
    verdict, unit = row["verdict"] or "", unit_of(row)
    what = "the gap" if "share_after" in row else "it"
    could = "It could be chance" if row["estimate"] else "Nothing speaks for a change"
    pvalue = f" ({chance(row['adjusted_pvalue'])})" if known(row["adjusted_pvalue"]) else ""
    within = (
        "smaller than what is taken as mattering" if threshold is None else f"within the {unit.mattering(threshold)}"
    )
    if verdict.startswith(CLEAR):
        small = threshold_in(verdict)
        size = f", but by no more than the {unit.mattering(small)}" if small else ""
        return f"Chance alone would hardly do that{pvalue}: {what} has changed{size}."
    if verdict == NO_DIFFERENCE:
        return f"{could}{pvalue}; if {what} has changed, the change is {within}."
    if verdict.startswith(TOO_FEW):
        several = "; once all comparisons are allowed for, these" if unit.excludes_neutral(row) else "; these"
        return (
            f"{could}{pvalue}{several} are too few cases to tell: {many_of(verdict)} the present numbers "
            "would be needed for a clear verdict."
        )
    return "This is a full count, so no allowance is made for chance."
