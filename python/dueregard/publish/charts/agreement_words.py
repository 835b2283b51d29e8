"""The words of a chart of agreement: shares are drawn, the difference and kappa, on other scales, are said above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.assessment.verification import statistics as words
from dueregard.publish.charts.alternatives import share_words
from dueregard.publish.readings import clean, known, rows_of
from dueregard.publish.sentences.verification_sentences import difference, kappa, percent, verification_sentences
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_SENTENCES = 12


def shares(findings: Findings) -> Findings:
    """The findings in percent: kappas, steps and differences have other scales.

    Raises
    ------
    ValueError
        If none is.
    """
    if set(findings["measure"]).isdisjoint(words.SHARES):
        raise ValueError("findings: of agreement, shares such as 'same answer' are drawn; there is none among these")
    return findings.filter(measure=list(words.SHARES))


def agreement_words(findings: Findings, names: tuple[str, str]) -> Alternative:
    """The words: how many were met on each side, the difference, kappa, and what the sentences say."""
    from dueregard.publish.charts.figure import Alternative

    drawn = share_words(shares(findings), {}, names)
    every = {row["measure"]: row for row in _of_all(findings)}
    told = " ".join(map(clean, verification_sentences(findings)[:MOST_SENTENCES]))
    return Alternative(_title(every) or drawn.title, _beside(every), f"{drawn.description} {told}")


def _of_all(findings: Findings) -> Sequence[Row]:
    """The rows of all answers together, if there are any."""
    rows = rows_of(findings)
    together = [row for row in rows if all(row[name] is None for name in findings.by)]
    return together or (rows if len(rows) == len(set(findings["measure"])) else [])


def _title(of: Mapping[str, Row]) -> str:
    """What was met on each side, and what the difference comes to."""
    needed = (words.MET_OWN, words.MET_CHECK, words.MET_DIFFERENCE)
    if not all(measure in of and known(of[measure]["value"]) for measure in needed):
        return ""
    own, check, gap = (of[measure] for measure in needed)
    verdict = f": {gap['verdict']}" if gap["verdict"] else ""
    return f"{percent(own)} met by own answers, {percent(check)} on the check{verdict}"


def _beside(of: Mapping[str, Row]) -> str:
    """The figures that are on other scales."""
    parts = ["Percent"]
    says = ((words.MET_DIFFERENCE, lambda row: f"met by own answers: {difference(row)}"), (words.WEIGHTED_KAPPA, kappa))
    parts += [say(of[measure]) for measure, say in says if measure in of and of[measure]["nobs"]]
    return "; ".join(parts)
