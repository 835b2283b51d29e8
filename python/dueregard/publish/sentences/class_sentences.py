"""Weighting classes in plain English: whether classes respond alike, what weights would cost, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.surveys.nonresponse.weighting_rows import DIFFER
from dueregard.publish.numbers import chance, plain, spoken
from dueregard.publish.readings import fixed, known
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.wording import Row, inside, members_of, opening, percent_level, too_few

if TYPE_CHECKING:
    from dueregard.findings import Findings

LEAVES = (
    "Weights by class take out what goes with these classes and nothing else: those who did not respond may answer "
    "differently all the same."
)


def class_sentences(findings: Findings) -> list[str]:
    """What findings of kind "weighting classes" say: all together, what weights would cost, then each class."""
    rows = list(findings.rows())
    said: list[str] = []
    for row in rows:
        if row["row_type"] == "overall":
            said += [_overall(row), _cost(row), *(_small(rows))]
        else:
            said.append(class_sentence(row, findings.threshold))
    return [text for text in said if text]


def _overall(row: Row) -> str:
    """The response rate of all, and whether classes respond alike."""
    if not row["nobs"]:
        return opening(row, "nobody was asked.")
    rate = f"{plain(row['value'], 0)}%"
    limits = f"{percent_level(row)} interval {plain(row['low'], 0)} to {plain(row['high'], 0)}"
    said = opening(row, f"of {row['nobs']:,} asked, {row['count']:,} responded: {rate} ({limits}).")
    if not known(row["pvalue"]):
        return f"{said} Whether classes of {_classes(row)} respond alike cannot be tested."
    differ = (
        "respond differently, beyond chance" if row["verdict"] == DIFFER else "are not shown to respond differently"
    )
    freedom = f"{row['degrees_of_freedom']:.0f} degree{'' if row['degrees_of_freedom'] == 1 else 's'} of freedom"
    test = f"chi-squared {plain(row['statistic'], 1)} with {freedom}, {chance(row['pvalue'])}"
    return f"{said} Classes of {_classes(row)} {differ} ({test})."


def _classes(row: Row) -> str:
    return inside(row["characteristic"])


def _cost(row: Row) -> str:
    """What weights respondents would have, and how many fewer they would be worth."""
    if not known(row["effective_nobs"]):
        return ""
    weights = f"{fixed(row['smallest_weight'], 2)} to {fixed(row['largest_weight'], 2)}"
    return (
        f"Weighted up to those asked, each respondent would stand for {weights} people, and the {row['count']:,} would "
        f"be worth {plain(row['effective_nobs'], 0)}. {LEAVES}"
    )


def _small(rows: Sequence[Row]) -> list[str]:
    """Classes with too few respondents, and those of which nobody responded."""
    classes = [row for row in rows if row["row_type"] != "overall"]
    nobody = [spoken(row["group"]) for row in classes if not row["count"] and not known(row["weight"])]
    few = [spoken(row["group"]) for row in classes if Flag.BELOW_MINIMUM in flag_of(row) and known(row["weight"])]
    said = []
    if few:
        said.append(f"Too few respondents for a weight that can be relied on: {listing(few)}.")
    if nobody:
        said.append(f"Nobody responded, so that no weight can stand for them: {listing(nobody)}.")
    return said


def class_sentence(row: Row, threshold: float | None) -> str:
    """One class: its response rate against all others, and its share of those asked and of respondents."""
    said = comparison(row, (), threshold)
    if too_few(row["count"], row["nobs"]):
        return said
    asked, respondents = (plain(row[name], 0) for name in ("asked_percent", "respondents_percent"))
    weight = f", and each would stand for {fixed(row['weight'], 2)}" if known(row["weight"]) else ""
    who = members_of(row)
    return f"{said} {who[:1].upper()}{who[1:]} are {asked}% of those asked and {respondents}% of respondents{weight}."
