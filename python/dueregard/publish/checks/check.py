"""Does a rule hold in every row of the findings: passed, failed, or cannot tell."""

import html
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from dueregard import missing
from dueregard.findings import Findings
from dueregard.flags import words
from dueregard.kinds import PLANS
from dueregard.notices import notices
from dueregard.publish.checks.rule_answers import Answer, Row, answer, check_columns, is_missing
from dueregard.publish.checks.rule_language import Rule, parse
from dueregard.publish.checks.rule_parts import KINDS as OF_PARTS
from dueregard.publish.checks.rule_parts import REMAINS, as_found, hint, usual
from dueregard.publish.checks.rule_verdicts import brief, check_verdicts
from dueregard.publish.gap_part_sets import REST

VERDICT = {True: "Passed", False: "Failed", None: "Cannot tell"}
EXIT_STATUS = {True: 0, False: 1, None: 3}
# What names a row, beside the columns its findings are broken down by.
_LABELS = ("group", "unit", "section", "indicator", "item", "driver", "part", "side", "factor", "level", "period")
_ARMS = ("nobs", "reference_nobs")
_EARLIER_ARMS = ("nobs_before", "reference_nobs_before")  # of a change between two windows
_HELD = ("group", "driver", None)  # None: findings without kinds of rows


@dataclass(frozen=True)
class Outcome:
    """What the rule says of one row: its label, the row itself, the answer and the reason for it."""

    label: str
    row: Row
    passed: Answer
    reason: str

    def sentence(self) -> str:
        """One line such as "Failed: Minority ethnic, Barnet: low is -7.2."."""
        return f"{VERDICT[self.passed]}: {self.label}: {self.reason}."


@dataclass(frozen=True, repr=False)
class Check:
    """A rule held against findings.

    Attributes
    ----------
    rule : str
        The rule as written.
    rows : tuple of Outcome
        Every row the rule was held against, in the order of the findings.
    skipped : int
        Rows left out because their group or area is a kind of missing ("not stated", "refused", ...).
    name : str
        What the rule is called in reports; the rule itself unless given.
    provenance : str or None
        The warning that the findings carry, such as "Synthetic: ...".
    """

    rule: str
    rows: tuple[Outcome, ...]
    skipped: int = 0
    name: str = ""
    provenance: str | None = None

    @property
    def passed(self) -> Answer:
        """True if the rule holds in every row, False if it fails in any, else None: cannot tell."""
        answers = [outcome.passed for outcome in self.rows]
        if False in answers:
            return False
        return True if answers and None not in answers else None

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The rows in which the rule does not hold."""
        return tuple(outcome for outcome in self.rows if outcome.passed is False)

    @property
    def undecided(self) -> tuple[Outcome, ...]:
        """The rows in which the rule cannot be decided."""
        return tuple(outcome for outcome in self.rows if outcome.passed is None)

    @property
    def exit_status(self) -> int:
        """0 passed, 1 failed, 3 cannot tell."""
        return EXIT_STATUS[self.passed]

    def sentence(self) -> str:
        """The whole check in one line."""
        return f"{VERDICT[self.passed]}: {self.name or self.rule}: {self._how()}."

    def sentences(self) -> list[str]:
        """The check in one line, then a line for every row that failed or cannot be decided."""
        return [self.sentence(), *(outcome.sentence() for outcome in (*self.failures, *self.undecided))]

    def _how(self) -> str:
        rows, failed, undecided = len(self.rows), len(self.failures), len(self.undecided)
        rule = f"{self.rule} " if self.name else ""
        if not rows:
            return "no row to hold it against" + self._left_out()
        if self.passed:
            return f"{rule}holds in {_rows(rows)}" + self._left_out()
        parts = [f"fails in {failed} of {_rows(rows)}"] if failed else []
        if undecided:
            parts.append(f"cannot be decided in {undecided} of {_rows(rows)}")
        return rule + " and ".join(parts) + self._left_out()

    def _left_out(self) -> str:
        return f" ({_rows(self.skipped)} of missing groups not checked)" if self.skipped else ""

    def exit(self) -> NoReturn:
        """End the script: status 0 passed, 1 failed, 3 cannot tell. The reasons go to standard error."""
        if not self.passed:
            print(self, file=sys.stderr)
        sys.exit(self.exit_status)

    def notices(self) -> list[str]:
        """What must be shown wherever the check is."""
        return notices(self.provenance)

    def __repr__(self) -> str:
        return "\n".join([*self.sentences(), *self.notices()])

    def _repr_html_(self) -> str:
        first, *rest = [html.escape(sentence) for sentence in self.sentences()]
        items = "".join(f"<li>{sentence}</li>" for sentence in rest)
        listed = f"<ul>{items}</ul>" if items else ""
        notices = html.escape(". ".join(self.notices()))
        return f"<div><p><strong>{first}</strong></p>{listed}<p>{notices}</p></div>"


def check(
    findings: Findings,
    rule: str,
    *,
    min_nobs: int | None = None,
    where: Mapping[str, Any] | None = None,
    name: str = "",
) -> Check:
    """Hold a rule against every group row of some findings.

    The rule compares columns of the findings with numbers, with text in quotes, or with each other, joined
    by ``and``, ``or``, ``not`` and parentheses; ``abs()``, ``in``, ``+`` and ``-`` are understood. A
    comparison with a missing value cannot be decided, nor can a row with too few answers in either arm.

    Parameters
    ----------
    findings : Findings
        Rows with a ``row_type`` other than "group" and "driver" (the reference group, the variation between areas,
        all drivers together) are left out, as are rows of missing groups or areas, unless ``where`` names that column.
        Of the parts of a gap, or of its change, only what remains is held against the rule, as a whole; other parts,
        and what goes with a factor, a level or a side, if ``where`` names one of these columns.
    rule : str
        For example ``"low > -5"``; of ratios ``"low > 0.8 and high < 1.25"``. Percentages and percentage points are
        compared as they are shown. Findings at several confidence levels have a row for each; ``where`` chooses one.
        The verdict of a comparison is 'higher', 'lower', either of them followed by 'by less than 5 points', 'no
        difference that matters' or 'too few to tell'; it is about ``estimate``, so that a change by which a gap below 0
        has become wider is 'lower'.
    min_nobs : int, optional
        Fewest answers, in the group and in the reference, and of a change in both windows, for a row to be decided.
        None: any number.
    where : mapping, optional
        Only rows with these values: ``{"group": "Minority ethnic"}``; a list of values allows any of them,
        and None stands for the all-areas rows. ``{"part": "what remains"}`` is what remains of a gap by any method,
        whatever its name there ("rates", "unexplained", "coefficients").
    name : str, optional
        What to call the rule in what is printed.

    Returns
    -------
    Check
        `Check.passed` is False if the rule fails in any row, None (cannot tell) if it fails in none but is
        undecided in some or there is no row, and True if it holds in every row.

    Raises
    ------
    ValueError
        If the rule cannot be read, names a column that is not there, compares text with a number, or compares the
        verdict of a comparison with a text that it never is; if ``where`` names a column or a value that is not there;
        if ``min_nobs`` is negative or there is no ``nobs``.

    Examples
    --------
    >>> import dueregard as dr
    >>> gaps = dr.Findings({"group": ["Asian", "Black"], "row_type": ["group", "group"],
    ...                     "nobs": [410, 12], "estimate": [-2.0, -9.0], "low": [-4.5, -28.0]})
    >>> result = dr.check(gaps, "low > -5", min_nobs=30)
    >>> print(result.passed)
    None
    >>> for sentence in result.sentences():
    ...     print(sentence)
    Cannot tell: low > -5: cannot be decided in 1 of 2 rows.
    Cannot tell: Black: nobs is 12, under 30.
    """
    parsed = parse(rule)
    if not isinstance(findings, Findings):
        raise TypeError(f"findings must be Findings, such as dr.gap gives, not {type(findings).__name__}")
    rows = [row | {"flag": "; ".join(words(row["flag"]))} for row in findings.rows()]
    columns = tuple(findings.columns)
    check_columns(parsed, columns, rows)
    if "verdict" in parsed.columns:
        check_verdicts(parsed, [row["verdict"] for row in rows])
        rows = [row | {"verdict": brief(row["verdict"])} for row in rows]
    least = _check_min_nobs(min_nobs, columns)
    where = where or {}
    allowed = _usual(findings, where) | _check_where(findings, as_found(findings, where), rows)
    chosen = [row for row in rows if _matches(row, allowed)]
    labels = _label_columns(findings)
    kept = [(i, row) for i, row in enumerate(chosen) if not _is_missing_group(row, labels, where)]
    levels = {row["confidence_level"] for _, row in kept if not is_missing(row.get("confidence_level"))}
    outcomes = tuple(
        _outcome(
            parsed, row, least, _label(_said(row, findings.kind), labels, i, findings.by) + _level(row, len(levels) > 1)
        )
        for i, row in kept
    )
    return Check(parsed.text, outcomes, len(chosen) - len(kept), name, findings.provenance)


def _check_min_nobs(min_nobs: int | None, columns: Sequence[str]) -> int | None:
    if min_nobs is None:
        return None
    if isinstance(min_nobs, bool) or not isinstance(min_nobs, int) or min_nobs < 0:
        raise ValueError(f"min_nobs must be a whole number, 0 or more, not {min_nobs!r}")
    if "nobs" not in columns:
        raise ValueError(f"min_nobs needs the column 'nobs'; the columns are {', '.join(columns)}")
    return min_nobs


def _check_where(findings: Findings, where: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, tuple[Any, ...]]:
    """The values that the caller allows in each column."""
    columns = tuple(findings.columns)
    allowed = {column: _as_values(values) for column, values in where.items()}
    for column, values in allowed.items():
        if column not in columns:
            raise ValueError(f"where: there is no column {column!r}; the columns are {', '.join(columns)}")
        present = list(dict.fromkeys(row[column] for row in rows))
        for value in values:
            if rows and value not in present:
                instead = _instead(value, present) + hint(findings, column)
                raise ValueError(f"where: {column!r} has no {value!r}{instead}")
    return allowed


def _usual(findings: Findings, where: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The values allowed in columns of which the caller says nothing."""
    held: dict[str, tuple[Any, ...]] = {"row_type": _HELD, **usual(findings, where)}
    return {name: values for name, values in held.items() if name in findings.columns}


def _said(row: Row, kind: str) -> Row:
    """A row with what remains in the words that go with every method."""
    return {**row, "part": REMAINS} if kind in OF_PARTS and row.get("part") in REST else row


def _as_values(values: Any) -> tuple[Any, ...]:
    return tuple(values) if isinstance(values, list | tuple | set | frozenset) else (values,)


def _instead(value: Any, present: Sequence[Any]) -> str:
    near = get_close_matches(str(value), [str(other) for other in present], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"{hint} It has {', '.join('none (all areas)' if other is None else str(other) for other in present)}"


def _matches(row: Row, allowed: Mapping[str, tuple[Any, ...]]) -> bool:
    return all(row[column] in values for column, values in allowed.items())


def _label_columns(findings: Findings) -> list[str]:
    """Of a plan also the measure, of which it has many."""
    names = (*(["measure"] if findings.kind in PLANS else []), *_LABELS, *findings.by)
    return [name for name in dict.fromkeys(names) if name in findings.columns]


def _is_missing_group(row: Row, labels: Sequence[str], where: Mapping[str, Any]) -> bool:
    return any(missing.is_missing(row[name]) for name in labels if name not in where)


def _label(row: Row, labels: Sequence[str], position: int, by: Sequence[str]) -> str:
    parts = [str(row[name]) for name in labels if row[name] is not None]
    if by and all(row[name] is None for name in by):
        parts.append("all" if "objective" in by else "all areas")
    return ", ".join(parts) or f"row {position + 1}"


def _level(row: Row, several: bool) -> str:
    """Which of several confidence levels a row is of."""
    return f", {100 * row['confidence_level']:.10g}%" if several and not is_missing(row["confidence_level"]) else ""


def _outcome(rule: Rule, row: Row, least: int | None, label: str) -> Outcome:
    few = next(_too_few(row, least), None)
    if few:
        return Outcome(label, row, None, few)
    return Outcome(label, row, answer(rule, row), ", ".join(_values(rule, row)))


def _too_few(row: Row, least: int | None) -> Iterator[str]:
    if least is None:
        return
    for arm in (*_ARMS, *(arm for arm in _EARLIER_ARMS if arm in row)):
        count = row.get(arm)
        if is_missing(count) and (not arm.startswith("reference") or row.get("reference") is not None):
            yield f"{arm} is not available"
        elif not is_missing(count) and count < least:  # type: ignore[operator]
            yield f"{arm} is {count}, under {least}"


def _values(rule: Rule, row: Row) -> Iterator[str]:
    for column in rule.columns:
        value = row[column]
        yield f"{column} is {'not available' if is_missing(value) else _shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, float) and math.isinf(value):
        return "infinite" if value > 0 else "-infinite"
    return f"{value:.6g}" if isinstance(value, float) else repr(value) if isinstance(value, str) else str(value)


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def exit_status_of(checks: Sequence[Check]) -> int:
    """The status of several checks: a failure beats cannot tell."""
    answers = [check.passed for check in checks]
    return EXIT_STATUS[False if False in answers else None if None in answers else True]
