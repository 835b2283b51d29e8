"""Returns in a CSV file: one row for each unit and indicator, of any number of units."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import AnswerWords, date_of, iso_date, long_text, text_of
from dueregard.assessment.returns.read_rows import ReadReturn, ReadRow
from dueregard.assessment.returns.recipients import kind_of
from dueregard.hints import did_you_mean

NEEDED = ("unit", "indicator", "answer")
KNOWN = tuple(name for name in form.COLUMNS if name not in ("file", "row"))
OF_THE_UNIT = ("kind", "area", "round", "channel", "returned")


def read_csv(path: Path, framework: Framework, kinds: Mapping[str, str]) -> list[ReadReturn]:
    """The returns of a file, one for each unit, round and channel, in the order in which they come.

    ``kinds`` are of units whose rows name none. What is wrong with the file as a whole stands in the ``fault`` of each.
    """
    try:
        header, lines = _lines(path)
    except ValueError as error:
        return [ReadReturn(path, fault=str(error))]
    fault = _fault_of_header(path, header)
    if fault:
        raw = [ReadRow({"answer": ", ".join(cells)}, line) for line, cells in lines]
        return [ReadReturn(path, raw, fault)]
    groups: dict[tuple[str, str, str], list[tuple[int, dict[str, str]]]] = {}
    strays: list[ReadRow] = []
    for line, cells in lines:
        if len(cells) != len(header):
            wrong = f"{path}, line {line}: {len(cells)} cells; {len(header)} were expected"
            strays.append(ReadRow({"answer": ", ".join(cells)}, line, wrong))
            continue
        row = dict(zip(header, cells, strict=True))
        key = (text_of(row["unit"]), text_of(row.get("round")), text_of(row.get("channel")))
        groups.setdefault(key, []).append((line, row))
    found = [_return(path, rows, framework, kinds) for rows in groups.values()]
    return [*found, ReadReturn(path, strays)] if strays else found


def _lines(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the rows with their line; empty lines are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, cells) for cells in reader]
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: not a CSV file in UTF-8: {error}") from None
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not rows:
        raise ValueError(f"{path}: the file is empty; the columns {', '.join(NEEDED)} were expected")
    return [text_of(name) for name in rows[0][1]], rows[1:]


def _fault_of_header(path: Path, header: list[str]) -> str | None:
    for name in NEEDED:
        if name not in header:
            return f"{path}, line 1: no column {name!r}{did_you_mean(name, header)}; there are {', '.join(header)}"
    for name in header:
        if name not in KNOWN:
            hint = did_you_mean(name, KNOWN)
            return f"{path}, line 1: column {name!r} is not known{hint}; a return has {', '.join(KNOWN)}"
        if header.count(name) > 1:
            return f"{path}, line 1: two columns are named {name!r}"
    return None


def _return(
    path: Path, lines: list[tuple[int, dict[str, str]]], framework: Framework, kinds: Mapping[str, str]
) -> ReadReturn:
    """The rows of one unit, round and channel; what is said of the unit must be the same in every row."""
    first, given = lines[0]
    own = {name: text_of(given.get(name)) for name in OF_THE_UNIT}
    unit = text_of(given["unit"]) or None
    try:
        details = _details(own | {"kind": own["kind"] or kinds.get(unit or "", "")}, unit, framework)
        for line, row in lines:
            for name, text in own.items():
                if text_of(row.get(name)) != text:
                    raise _Placed(f"{path}, line {line}: {name} {row[name]!r} of {unit!r}, but {text!r} before")
    except ValueError as error:
        fault = str(error) if isinstance(error, _Placed) else f"{path}, line {first}: {error}"
        known = own["channel"] if own["channel"] in form.CHANNELS else None
        rows = [_raw(row, line) for line, row in lines]
        return ReadReturn(path, rows, fault, unit, round=own["round"] or None, channel=known)
    words, seen = AnswerWords(framework), dict[str, int]()
    rows = [_row(path, line, row, framework, str(details["kind"]), words, seen) for line, row in lines]
    return ReadReturn(path, rows, unit=unit, **details)


class _Placed(ValueError):
    """A message that names its own line."""


def _details(own: dict[str, str], unit: str | None, framework: Framework) -> dict[str, Any]:
    if unit is None:
        raise ValueError("no unit; the name of the unit was expected")
    channel = own["channel"] or form.INVITED
    if channel not in form.CHANNELS:
        raise ValueError(f"channel: {channel!r} is neither {form.INVITED!r} nor {form.OPEN!r}")
    return {
        "kind": kind_of(own["kind"], framework),
        "area": own["area"] or None,
        "round": own["round"] or None,
        "channel": own["channel"] or None,
        "returned": date_of(own["returned"]),
    }


def _row(
    path: Path,
    line: int,
    row: dict[str, str],
    framework: Framework,
    kind: str,
    words: AnswerWords,
    seen: dict[str, int],
) -> ReadRow:
    indicator = text_of(row["indicator"])
    try:
        _check_indicator(indicator, framework, kind, seen)
        answer, due = words.id_of(row["answer"]), iso_date(row.get("due"))
    except ValueError as error:
        return _raw(row, line, f"{path}, line {line}: {error}")
    seen[indicator] = line
    texts = {name: long_text(row.get(name)) for name in ("evidence", "owner")}
    return ReadRow({"indicator": indicator, "answer": answer, **texts, "due": due}, line)


def _check_indicator(indicator: str, framework: Framework, kind: str, seen: dict[str, int]) -> None:
    if indicator not in framework.indicator_ids:
        hint = did_you_mean(indicator, framework.indicator_ids)
        raise ValueError(f"indicator {indicator!r} is not in the framework{hint}")
    if indicator in framework.exempt.get(kind, ()):
        raise ValueError(f"indicator {indicator!r}: a {kind} is exempt from it, so that no answer was expected")
    if indicator in seen:
        raise ValueError(f"indicator {indicator!r} was answered before, in line {seen[indicator]}")


def _raw(row: dict[str, str], line: int, fault: str | None = None) -> ReadRow:
    return ReadRow({name: text or None for name, text in row.items()}, line, fault)
