"""Who answered a survey in plain English: rates with what they count, and what the others could change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.inference.surveys.nonresponse.outcome_rates import (
    ALL,
    ANSWERED,
    ELIGIBLE,
    NONE,
    RATES,
    REACHED,
    SOME,
    OutcomeRate,
)
from dueregard.measures.surveys.nonresponse.nonresponse_bounds import DEPENDS, HOLDS
from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.numbers import decimals_for, plain
from dueregard.publish.readings import known
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.trend_sentences import share_sentence
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread, variation
from dueregard.publish.sentences.wording import Row, group_of, place_in, reference_of, too_few
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
UNKNOWN_TOO = {
    ALL: ", with all of those of whom that is not known",
    SOME: ", with the part that is taken to be so of those of whom that is not known",
    NONE: ", without those of whom that is not known",
}


def response_sentences(findings: Findings) -> list[str]:
    """What findings of kind "response rates" say: of each rate what it counts, once, then the rate itself."""
    said: list[str] = []
    defined: set[str] = set()
    differ = spreads_of(findings)
    for row, *further in statements(findings.rows()):
        rate = rate_of(row)
        if rate not in defined:
            defined.add(rate)
            said.append(definition(rate))
        said.append(_of_row(row, findings, differ.get((row["measure"], row["group"])), further))
    return [text for text in said if text]


def spreads_of(findings: Findings) -> dict[tuple[object, object], bool]:
    """Whether areas are shown to differ, for each measure and group."""
    rows = [row for row in findings.rows() if is_spread(row) and known(row["low"])]
    return {(row["measure"], row["group"]): is_beyond_chance(row) for row in rows}


def rate_of(row: Row) -> str:
    """The name of a rate, which its measure ends with."""
    return str(row["measure"]).rpartition(" ")[2]


def definition(name: str) -> str:
    """What a rate counts, and among whom.

    >>> print(definition("RR1"))
    RR1 counts those who answered in full among all who were to be asked, with all of those of whom that is not known.
    >>> print(definition("COOP4"))
    COOP4 counts those who answered in full or in part among those who answered or refused.
    """
    rate = RATES[name]
    return f"{name} counts {_counted(rate)} among {_base(rate)}."


def _counted(rate: OutcomeRate) -> str:
    if rate.counted <= ANSWERED:
        return "those who answered in full" + (" or in part" if rate.counted == ANSWERED else "")
    return "those who were reached" if rate.counted == REACHED else "those who refused or broke off"


def _base(rate: OutcomeRate) -> str:
    if rate.base == ELIGIBLE:
        return f"all who were to be asked{UNKNOWN_TOO[rate.unknown]}"
    return "those who were reached" if rate.base == REACHED else "those who answered or refused"


def _of_row(row: Row, findings: Findings, differs: bool | None, further: Sequence[Row]) -> str:
    by = findings.by
    if row["row_type"] == "variation":
        return variation(row, by, differs, further)
    if row["reference"] is None:
        return share_sentence(row, by, further) + _eligible(row)
    return "" if row["row_type"] == "reference" else comparison(row, by, findings.threshold, further)


def _eligible(row: Row) -> str:
    share = row.get("eligible_percent")
    if not known(share):
        return ""
    return f" Of those of whom it is not known whether they were to be asked {plain(share, 0)}% are taken to be so."


def unanswered_sentences(findings: Findings) -> list[str]:
    """What findings of kind "unanswered bounds" say of each group: the gap of those who answered, and of everybody."""
    differ = spreads_of(findings)
    said = []
    for row, *further in statements(findings.rows()):
        if row["row_type"] == "variation":
            said.append(variation(row, findings.by, differ.get((row["measure"], row["group"])), further))
        elif row["row_type"] != "reference" and not is_missing(row["group"]):
            said.append(unanswered_sentence(row, findings.by, findings.threshold, further))
    return [text for text in said if text]


def unanswered_sentence(row: Row, by: By, threshold: float | None, further: Sequence[Row] = ()) -> str:
    """The gap of one group among those who answered, what it could be for all asked, and what would make it vanish."""
    said = comparison(row, by, threshold, further)
    if too_few(row["count"], row["nobs"]) or too_few(row["reference_count"], row["reference_nobs"]):
        return said
    return " ".join(text for text in (_answered(row, by), said, _bounds(row), _needed(row)) if text)


def _answered(row: Row, by: By) -> str:
    """The shares who answered."""
    if not (known(row["response_percent"]) and known(row["reference_response_percent"])):
        return ""
    own, other = (plain(row[f"{of}response_percent"], 0) for of in ("", "reference_"))
    where = place_in(row, by)
    start = f"{where[1:2].upper()}{where[2:]}, " if where else "Of those asked, "
    return f"{start}{own}% of {group_of(row)} and {other}% of {reference_of(row)} answered. Among them:"


def _bounds(row: Row) -> str:
    """The gap of everybody asked, by the most extreme answers."""
    low, high = row["bound_low"], row["bound_high"]
    if not (known(low) and known(high)):
        return ""
    decimals = decimals_for(row["nobs"], row["reference_nobs"])
    span = unit_of(row).span(low, high, decimals)
    end = {
        HOLDS: "; so which of the two is lower holds whatever they would have said",
        DEPENDS: "; so which of the two is lower depends on what they would have said",
    }.get(str(row["bounds_verdict"]), "")
    return (
        f"Whatever those who did not answer would have said, the gap of all asked is {span} (percentage points){end}."
    )


def _needed(row: Row) -> str:
    """How different those who did not answer would have to be for there to be no gap."""
    both, alone = row["needed_points"], row["needed_points_alone"]
    if row["bounds_verdict"] != DEPENDS:
        return ""
    parts = []
    if known(both):
        parts.append(f"by {plain(both, 1)} percentage points in both groups, towards each other")
    if known(alone):
        parts.append(f"by {plain(alone, 1)} in {group_of(row)} alone")
    if not parts:
        return ""
    return f"For there to be no gap they would have to differ from those who answered {', or '.join(parts)}."
