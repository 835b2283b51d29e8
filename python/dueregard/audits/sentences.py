"""The sentences of a text that claim a percentage, and what in them is no count: years, ranges, numbers of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dueregard.audits.printed import NUMBER, NUMBER_WORDS, printed

DASHES = "-\N{EN DASH}"
# no part of a code (Q4), fraction (7/12), range (3-5), sum (£4) or of figures side by side (1 157), save after a year
BEGINS = rf"(?<![\w.,£/])(?<!\d[{DASHES}:])(?<!/ )(?:(?<!\d )|(?<=\b(?:19|20)\d\d ))"
ENDS = rf"(?![\d%]|[.,:/{DASHES}]\d| [/\d])"
N = f"{BEGINS}{NUMBER}{ENDS}"
OR_IN_WORDS = rf"(?:{N}|(?<![\w-])(?:{'|'.join(NUMBER_WORDS)})\b)"
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
         rf"(?P<count>{OR_IN_WORDS}) (?:out )?of (?:the |all )?(?P<of>{N})(?: (?P<noun>{NOUN}))? \((?P<percent>{P})\)"),
        ("count (percent) of base",
         rf"(?P<count>{OR_IN_WORDS}) \((?P<percent>{P})\) (?:out )?of (?:the |all )?(?P<of>{N})\b"),
        ("percent (count) of base", rf"(?P<percent>{P}) \((?P<count>{N})\) (?:out )?of (?:the |all )?(?P<of>{N})\b"),
        ("percent (count)", rf"(?P<percent>{P}) \((?P<count>{N})\)(?: of)?(?: the| all)?(?: (?P<noun>{NOUN})\b)?"),
        ("count (percent)",
         rf"{WHOLE}(?P<count>{N}) \((?P<percent>{P})\)(?: of)?(?: the| all)?(?: (?P<noun>{NOUN})\b)?"),
        ("count out of base", rf"(?P<count>{OR_IN_WORDS}) out of (?:the |all )?(?P<of>{N})\b"),
        ("count of the base", rf"(?P<count>{OR_IN_WORDS}) of the (?P<of>{N})\b(?! (?:{MONTHS}))"),
    )
)  # fmt: skip
"""The sentences that are understood, the fullest first; a figure belongs to one of them only."""
ON = r"(?:[^.;?!%]|\.(?=\d))"  # of the same sentence, without another percentage
GAP = re.compile(
    rf"(?P<one>{P}){ON}{{0,120}}?\b(?:against|compared (?:with|to)|than)\b{ON}{{0,80}}?(?P<other>{P}){ON}{{0,120}}?"
    rf"(?:[{DASHES}\u2014,:(]|\b(?:is|was|giving|leaving|with)\b)\s*"
    r"(?:(?:which|that|this) (?:is|was|gives|leaves) )?(?:a|the) (?:gap|difference) of "
    rf"(?P<gap>{OR_IN_WORDS})(?: percentage)? points?\b",
    re.IGNORECASE,
)
"""Two percentages that are compared, and what is said to lie between them: no gap of something else, or from before."""
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
ALL_BUT = re.compile(r"\b(?:but|except|excluding) $", re.IGNORECASE)
NOT_SO_MANY = re.compile(
    r"\b(?:but|except|excluding|than|over|under|nearly|almost|least|most|every|each|any|no|not"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)(?: and)?"
    rf"|(?:{'|'.join(NUMBER_WORDS)}|\d+) (?:in|or|to|and|out of)) $",
    re.IGNORECASE,
)
"""Before a number in words, what makes it another or leaves it open: "every one", "one in five", "at least two"."""
LONGEST = 60  # no words before a number that say what it is are longer
NAME = re.compile(r" [A-Z]")
YEAR = re.compile(r"(?:19|20)\d\d")
IN_A_YEAR = re.compile(r"\b(?:in|since|by|during|from|until|for) $", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A claim as a text makes it: its kind, terms, what it is of and its words, and where those and the figures are."""

    kind: str
    terms: Mapping[str, str]
    noun: str
    words: str
    start: int
    spans: tuple[tuple[int, int], ...]


def claims_of(text: str) -> list[Said]:
    """The claims of a line or a paragraph, in the order they stand."""
    plain = with_commas(text)
    found = [*_percentages(plain, text), *_gaps(plain, text)]
    return sorted(found, key=lambda said: said.start)


def _percentages(plain: str, text: str) -> Iterator[Said]:
    taken: set[int] = set()
    for _, sentence in SENTENCES:
        for match in sentence.finditer(plain):
            terms = {name: term for name, term in match.groupdict().items() if term and name != "noun"}
            spans = tuple(match.span(name) for name in terms)
            if _counts_nothing(match) or not taken.isdisjoint(places(spans)):
                continue
            taken |= places(spans)
            yield Said("percent", terms, match.groupdict().get("noun") or "", _words(match, text), match.start(), spans)


def _gaps(plain: str, text: str) -> Iterator[Said]:
    """Gaps, of which a text does not say which way they go: the lower percentage is taken from the higher."""
    for match in GAP.finditer(plain) if " point" in plain.casefold() else ():  # most texts have none
        if len(re.findall(P, match[0], re.IGNORECASE)) > 2:
            continue
        second, first = sorted((match["one"], match["other"]), key=lambda percent: printed(percent).value)
        terms = {"first": first, "second": second, "gap": match["gap"]}
        spans = tuple(match.span(name) for name in ("one", "other", "gap"))
        yield Said("gap", terms, "", _words(match, text), match.start(), spans)


def places(spans: Iterable[tuple[int, int]]) -> set[int]:
    """Where in a text the figures of a claim stand, by character."""
    return {place for span in spans for place in range(*span)}


def _words(match: re.Match[str], text: str) -> str:
    return " ".join(text[match.start() : match.end()].split())


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
    at = {name: match.start(name) for name in ("count", "of") if match.groupdict().get(name)}
    before = {name: match.string[max(0, start - LONGEST) : start] for name, start in at.items()}
    if "count" in before and (LABEL.search(before["count"]) or _is_in_a_year(match["count"], before["count"])):
        return True
    if "count" in before and _is_not_so_many(match, before["count"]):
        return True
    if "of" not in before:
        return False
    named = NAME.match(match.string, match.end("of")) is not None
    if YEAR.fullmatch(match["of"]) and (named or before["of"].lower().endswith("the ")):
        return True
    return "count" in before and match.string[match.end("count") : match.start("of")].strip() == "/" and _is_date(match)


def _is_not_so_many(match: re.Match[str], before: str) -> bool:
    """Whether so many are not what is counted: "all but two of the 12", "thirty two of the 40", "one of the 10"."""
    if match["count"][0].isdigit():
        return ALL_BUT.search(before) is not None
    one_of_them = match["count"].casefold() == "one" and not match.groupdict().get("percent")
    return one_of_them or NOT_SO_MANY.search(before) is not None


def _is_in_a_year(count: str, before: str) -> bool:
    return YEAR.fullmatch(count) is not None and IN_A_YEAR.search(before) is not None


def _is_date(match: re.Match[str]) -> bool:
    """Whether two numbers with a stroke are no part of a whole, or may be a financial year: 24/7, 2010/11, 10/11."""
    first, second = (int(match[name].replace(",", "")) for name in ("count", "of"))
    in_two_digits = match["count"].startswith("0") or (first >= 10 and second - first == 1)
    return first > second or (in_two_digits and second < 100) or (first >= 1900 and second - first == 1)
