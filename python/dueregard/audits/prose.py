"""Claims in running text: sentences that give a count, its base and a percentage, found line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dueregard.audits.claim_tables import kinds
from dueregard.audits.claims import Claim, read_terms
from dueregard.audits.outcomes import CANNOT_TELL, DERIVABLE, INCONSISTENT, Outcome, Place, Row
from dueregard.audits.printed import NUMBER
from dueregard.audits.sentences import claims_of, with_commas
from dueregard.audits.unfinished import PLACEHOLDER
from dueregard.hints import did_you_mean

ANY_FIGURE = re.compile(rf"(?<![\w.,]){NUMBER}")
JOINING = frozenset({
    "in", "of", "at", "from", "for", "who", "that", "which", "were", "are", "is", "was", "have", "has", "met", "by",
    "on", "and", "or", "with", "to",
})  # fmt: skip
"""Words after which another name begins."""


@dataclass(frozen=True)
class Reading:
    """What was found in a text: the outcomes, and how much of it was read."""

    rows: list[Row]
    n_lines: int
    n_figures: int
    n_used: int

    def notes(self) -> list[str]:
        """How much of the text the audit says something about."""
        left = self.n_figures - self.n_used
        return [
            f"{self.n_lines:,} lines read; of {self.n_figures:,} figures in them {self.n_used:,} stand in sentences "
            f"that were understood and checked. The other {left:,} were not checked, nor were figures in words."
        ]


def is_prose(data: Any) -> bool:
    """Whether a path is that of a running text."""
    return isinstance(data, (str, Path)) and Path(data).suffix.lower() in (".txt", ".md")


def check_prose(path: Path, bases: Mapping[str, Any], rounding: str) -> Reading:
    """The claims of a text, line by line; `bases` says how many there are of what the sentences speak of.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, it is not UTF-8, or a base is given that no sentence speaks of.
    """
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    try:
        lines = path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{str(path)!r} is not text in UTF-8 (byte {error.start})") from None
    rows, figures, used, nouns = list[Row](), 0, 0, set[str]()
    for number, line in enumerate(lines, 1):
        place = Place(path.name, number)
        for found, said in claims_of(line):
            noun = (found.get("noun") or "").strip()
            nouns.update(word.casefold() for word in noun.split())
            rows.append(Row(_outcome(found, bases, rounding, place), place, {"group": None, "text": said}))
            used += sum(name in found for name in ("count", "of", "percent"))
        figures += len(ANY_FIGURE.findall(with_commas(line)))
        rows += [_placeholder(found, place) for found in PLACEHOLDER.finditer(line)]
    unknown = [name for name in bases if name.casefold() not in nouns]
    if unknown:
        raise ValueError(f"of: no sentence speaks of {unknown[0]!r}{did_you_mean(unknown[0], sorted(nouns))}")
    return Reading(rows, len(lines), figures, used)


def _outcome(found: Mapping[str, str], bases: Mapping[str, Any], rounding: str, place: Place) -> Outcome:
    """What the sentence comes to; without a base, which base it would need."""
    terms: dict[str, Any] = {name: found[name] for name in ("count", "of", "percent") if name in found}
    if "count" not in terms:  # all of them
        terms["count"] = terms["of"]
    if "of" not in terms:
        base = _base_of(found.get("noun") or "", bases)
        terms |= {} if base is None else {"of": base}
    kind = kinds()["percent"]
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


def _placeholder(found: re.Match[str], place: Place) -> Row:
    note = f"a placeholder, not a text: {found.string.strip()[:80]!r}"
    return Row(Outcome("placeholder", INCONSISTENT, note), place, {"group": None})
