"""Claims in running text: sentences that give a count, its base and a percentage, or a gap, and where they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dueregard.audits.claim_tables import kinds
from dueregard.audits.claims import Claim, read_terms
from dueregard.audits.outcomes import CANNOT_TELL, DERIVABLE, INCONSISTENT, Outcome, Place, Row
from dueregard.audits.paragraphs import paragraphs
from dueregard.audits.printed import NUMBER
from dueregard.audits.sentences import Said, claims_of, places, with_commas
from dueregard.audits.unfinished import PLACEHOLDER
from dueregard.hints import did_you_mean

ANY_FIGURE = re.compile(rf"(?<![\w.,]){NUMBER}(?:\s?(?:%|per cent))?", re.IGNORECASE)
NAMED = 5
"""How many of the figures that were not checked are named."""
JOINING = frozenset({
    "in", "of", "at", "from", "for", "who", "that", "which", "were", "are", "is", "was", "have", "has", "met", "by",
    "on", "and", "or", "with", "to",
})  # fmt: skip
"""Words after which another name begins."""


@dataclass(frozen=True)
class Reading:
    """What was found in a text: the outcomes, how much of it was read, and the figures that were not, by line."""

    rows: list[Row]
    n_lines: int
    n_figures: int
    unchecked: list[tuple[str, int]]

    def notes(self) -> list[str]:
        """How much of the text the audit says something about."""
        left = len(self.unchecked)
        note = (
            f"{self.n_lines:,} lines read; of {self.n_figures:,} figures in them {self.n_figures - left:,} stand in "
            "sentences that were understood and checked."
        )
        if left:
            were = "was not checked" if left == 1 else "were not checked, percentages first"
            note += f" The other {left:,} {were}: {self._named()}."
        return [f"{note} Figures in words were read only before 'of', up to twenty."]

    def _named(self) -> str:
        """The first that were not checked, percentages before years and numbers of sections."""
        first = sorted(self.unchecked, key=lambda each: each[0][-1].isdigit())[:NAMED]
        more = len(self.unchecked) - len(first)
        named = ", ".join(f"{figure} (line {line})" for figure, line in first)
        return f"{named} and {more:,} more" if more else named


def is_prose(data: Any) -> bool:
    """Whether a path is that of a running text."""
    return isinstance(data, (str, Path)) and Path(data).suffix.lower() in (".txt", ".md")


def check_prose(path: Path, bases: Mapping[str, Any], rounding: str) -> Reading:
    """The claims of a text, each with the line it begins on; `bases` says how many there are of what it speaks of.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, it is not UTF-8, or a base is given that no sentence speaks of.
    """
    lines = _lines(path)
    rows, unchecked, n_figures, nouns = list[Row](), list[tuple[str, int]](), 0, set[str]()
    for paragraph in paragraphs(lines):
        claims = claims_of(paragraph.text)
        for said in claims:
            place = Place(path.name, paragraph.line_at(said.start))
            nouns.update(said.noun.casefold().split())
            rows.append(Row(_outcome(said, bases, rounding, place), place, {"group": None, "text": said.words}))
        figures = list(ANY_FIGURE.finditer(with_commas(paragraph.text)))
        checked = places(span for said in claims for span in said.spans)
        left = [figure for figure in figures if checked.isdisjoint(range(*figure.span()))]
        unchecked += [(figure[0], paragraph.line_at(figure.start())) for figure in left]
        n_figures += len(figures)
    unknown = [name for name in bases if name.casefold() not in nouns]
    if unknown:
        raise ValueError(f"of: no sentence speaks of {unknown[0]!r}{did_you_mean(unknown[0], sorted(nouns))}")
    rows += _placeholders(lines, path.name)
    return Reading(sorted(rows, key=lambda row: row.place.line or 0), len(lines), n_figures, unchecked)


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    try:
        return path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{str(path)!r} is not text in UTF-8 (byte {error.start})") from None


def _outcome(said: Said, bases: Mapping[str, Any], rounding: str, place: Place) -> Outcome:
    """What the sentence comes to; without a base, which base it would need."""
    terms: dict[str, Any] = dict(said.terms)
    kind = kinds()[said.kind]
    if said.kind == "gap":
        return kind.check(Claim(kind, read_terms(kind, terms, None, rounding), place, rounding=rounding))
    if "count" not in terms:  # all of them
        terms["count"] = terms["of"]
    if "of" not in terms:
        base = _base_of(said.noun, bases)
        terms |= {} if base is None else {"of": base}
    outcome = kind.check(Claim(kind, read_terms(kind, terms, None, rounding), place, rounding=rounding))
    if "of" in terms or outcome.verdict != DERIVABLE:
        return outcome
    return outcome._replace(verdict=CANNOT_TELL, note=f"{outcome.note}, which the sentence does not give")


def _base_of(noun: str, bases: Mapping[str, Any]) -> Any:
    """How many there are of what is named, of which a word of joining ends the name: "staff in boroughs" are staff."""
    known = {name.casefold(): base for name, base in bases.items()}
    for word in noun.casefold().split():
        if word in known or word in JOINING:
            return known.get(word)
    return None


def _placeholders(lines: Sequence[str], document: str) -> Iterator[Row]:
    """The words that stand where others were to be filled in; the rest of their line is read all the same."""
    for number, line in enumerate(lines, 1):
        for found in PLACEHOLDER.finditer(line):
            where = "" if found[0] == line.strip() else f" in {line.strip()[:80]!r}"
            note = f"a placeholder, not a text: {found[0].strip()!r}{where}"
            yield Row(Outcome("placeholder", INCONSISTENT, note), Place(document, number), {"group": None})
