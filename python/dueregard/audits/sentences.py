"""The sentences of a text that claim a percentage, and what in them is no count: years, ranges, numbers of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dueregard.audits.printed import NUMBER

DASHES = "-\N{EN DASH}"
# no part of a code (Q4), fraction (7/12), range (3-5), sum (£4) or of figures side by side (1 157), save after a year
BEGINS = rf"(?<![\w.,£/])(?<!\d[{DASHES}:])(?<!/ )(?:(?<!\d )|(?<=\b(?:19|20)\d\d ))"
ENDS = rf"(?![\d%]|[.,:/{DASHES}]\d| [/\d])"
N = f"{BEGINS}{NUMBER}{ENDS}"
IN_FRACTION = r"(?P<count>\d{1,3}(?:,\d{3})+|\d+) ?/ ?(?P<of>\d{1,3}(?:,\d{3})+|\d+)"
P = rf"(?<![\d.,]){NUMBER}\s?(?:%|per cent)"
WHOLE = r"(?:(?<!\bof )(?<!\bof the )(?<!\bof all )|(?<=total of )|(?<=number of ))"
"""Before a count that is not the base of another: "seven of 12 (58%)"."""
LETTERS = "[A-Za-z()/'\N{RIGHT SINGLE QUOTATION MARK}-]+"
NOUN = f"{LETTERS}(?: {LETTERS}){{0,3}}"
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"  # "8 of the 7 April meeting" is no count
SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("of the base, count (percent)",
         rf"\bof (?:the |all )?(?P<of>{N}) [^.;\d%]{{0,80}}?,? (?P<count>{N}) \((?P<percent>{P})\)"),
        ("all of the base (percent)", rf"\ball (?:the )?(?P<of>{N}) (?P<noun>{NOUN}) \((?P<percent>{P})\)"),
        ("count/base (percent)", rf"{BEGINS}{IN_FRACTION}{ENDS}(?: (?P<noun>{NOUN}))? \((?P<percent>{P})\)"),
        ("percent (count/base)", rf"(?P<percent>{P}) \({IN_FRACTION}\)"),
        ("count of base (percent)",
         rf"(?P<count>{N}) (?:out )?of (?:the |all )?(?P<of>{N})(?: (?P<noun>{NOUN}))? \((?P<percent>{P})\)"),
        ("count (percent) of base", rf"(?P<count>{N}) \((?P<percent>{P})\) (?:out )?of (?:the |all )?(?P<of>{N})\b"),
        ("percent (count) of base", rf"(?P<percent>{P}) \((?P<count>{N})\) (?:out )?of (?:the |all )?(?P<of>{N})\b"),
        ("percent (count)", rf"(?P<percent>{P}) \((?P<count>{N})\)(?: of)?(?: the| all)?(?: (?P<noun>{NOUN})\b)?"),
        ("count (percent)",
         rf"{WHOLE}(?P<count>{N}) \((?P<percent>{P})\)(?: of)?(?: the| all)?(?: (?P<noun>{NOUN})\b)?"),
        ("count out of base", rf"(?P<count>{N}) out of (?:the |all )?(?P<of>{N})\b"),
        ("count of the base", rf"(?P<count>{N}) of the (?P<of>{N})\b(?! (?:{MONTHS}))"),
    )
)  # fmt: skip
"""The sentences that are understood, the fullest first; a figure belongs to one of them only."""
SPACED = r"\d{1,3}(?: \d{3})+(?![\d%]|[.,]\d| \d)"
NARROW_SPACES = re.compile(r"(?<=\d)[\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}](?=\d{3}(?!\d))")
PLAIN_SPACES = re.compile(
    rf"(?:(?<=\bof )|(?<=\bof the )|(?<=\bof all )|(?<=\b(?:that|were|have) )|(?<=\()){SPACED}", re.IGNORECASE
)
"""Where figures side by side are one: after words that no number of a table or of a paragraph follows."""
LABELS = (
    "section", "sections", "paragraph", "para", "table", "figure", "chart", "appendix", "annex", "schedule", "article",
    "regulation", "clause", "chapter", "part", "page", "item", "question", "recommendation", "objective", "report",
    "standard", "indicator", "level", "grade", "band", "phase", "stage", "number", "no.", "class", "step",
)  # fmt: skip
LABEL = re.compile(rf"(?:^|[^\w])(?:{'|'.join(map(re.escape, LABELS))}) $", re.IGNORECASE)
"""What the number after it belongs to: "section 3 of the 12 Acts" counts nothing."""
YEAR = re.compile(r"(?:19|20)\d\d")
IN_A_YEAR = re.compile(r"\b(?:in|since|by|during|from|until|for) $", re.IGNORECASE)


def claims_of(line: str) -> Iterator[tuple[dict[str, str], str]]:
    """The terms of each claim of a line, in the order they stand, and the words they stand in."""
    plain = with_commas(line)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, dict[str, str], str]] = []
    for _, sentence in SENTENCES:
        for match in sentence.finditer(plain):
            terms = {name: text for name, text in match.groupdict().items() if text}
            if _counts_nothing(match):
                continue
            spans = [match.span(name) for name in terms if name != "noun"]
            if any(start < end_taken and start_taken < end for start, end in spans for start_taken, end_taken in taken):
                continue
            taken += spans
            found.append((match.start(), terms, line[match.start() : match.end()].strip()))
    yield from ((terms, said) for _, terms, said in sorted(found, key=lambda each: each[0]))


def with_commas(line: str) -> str:
    """The line, of the same length, with commas for the spaces inside of numbers.

    Narrow and no-break spaces between a digit and three others are such. A plain one may stand between two numbers
    ("Table 1 157 of the 200"), and is one where the words before it leave no doubt.

    >>> with_commas("Of the 2 000 in table 1 157 (7.9%) met it")
    'Of the 2,000 in table 1 157 (7.9%) met it'
    """
    return PLAIN_SPACES.sub(lambda found: found[0].replace(" ", ","), NARROW_SPACES.sub(",", line))


def _counts_nothing(match: re.Match[str]) -> bool:
    """Whether the count is the number of a section or a year, the base is a year, or the two are no part of a whole."""
    before = {name: match.string[: match.start(name)] for name in ("count", "of") if match.groupdict().get(name)}
    if "count" in before and (LABEL.search(before["count"]) or _is_in_a_year(match["count"], before["count"])):
        return True
    if "of" not in before:
        return False
    named = re.match(r" [A-Z]", match.string[match.end("of") :]) is not None
    if YEAR.fullmatch(match["of"]) and (named or before["of"].lower().endswith("the ")):
        return True
    return "count" in before and match.string[match.end("count") : match.start("of")].strip() == "/" and _is_date(match)


def _is_in_a_year(count: str, before: str) -> bool:
    return YEAR.fullmatch(count) is not None and IN_A_YEAR.search(before) is not None


def _is_date(match: re.Match[str]) -> bool:
    """Whether two numbers with a stroke are no part of a whole, or may be a financial year: 24/7, 2010/11, 10/11."""
    first, second = (int(match[name].replace(",", "")) for name in ("count", "of"))
    in_two_digits = match["count"].startswith("0") or (first >= 10 and second - first == 1)
    return first > second or (in_two_digits and second < 100) or (first >= 1900 and second - first == 1)
