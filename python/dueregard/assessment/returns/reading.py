"""A return read back from its workbook, and checked against the framework it was written for."""

from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework, Indicator
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import AnswerWords, date_of, iso_date, long_text, text_of
from dueregard.assessment.returns.fingerprints import contents_mark, fingerprint
from dueregard.assessment.returns.found_details import found_details
from dueregard.assessment.returns.opened import open_workbook
from dueregard.assessment.returns.read_rows import ReadReturn, ReadRow
from dueregard.assessment.returns.recipients import kind_of
from dueregard.assessment.returns.sheet_reading import Sheet, SheetCell
from dueregard.assessment.returns.strays import N_COLUMNS, raw, strays_of
from dueregard.hints import did_you_mean

N_ASKED = len(form.ASKED)


def read_workbook(path: Path, framework: Framework | None) -> ReadReturn:
    """One workbook; what is wrong with it stands in its ``fault``, or in that of a row.

    Without a framework its answers are taken as they are written, and nothing is checked but the form.
    """
    try:
        workbook = open_workbook(path)
    except (ValueError, OSError) as error:
        return ReadReturn(path, fault=str(error))
    sheets = {sheet.title: Sheet(sheet, path) for sheet in workbook.worksheets}
    details = found_details(sheets)
    try:
        for name in (form.ABOUT, form.RETURN, form.ANSWERS):
            _require(sheets, name, path)
        facts = _items(sheets[form.ABOUT], form.FACTS)
        details["provenance"] = facts["provenance"].text or None
        items = _items(sheets[form.RETURN], form.DETAILS | form.FILLED_DETAILS)
        details |= _details(items)
        if framework is not None:
            _check_version(facts, framework)
            details["kind"] = items["kind"].read(lambda value: kind_of(value, framework))
        rows = _checked_rows(sheets[form.ANSWERS], framework, details["kind"])
        details["untouched"] = facts["sent"].text == contents_mark(row.values for row in rows)
    except ValueError as error:
        found = _rows_as_found(sheets[form.ANSWERS]) if form.ANSWERS in sheets else []
        return ReadReturn(path, found + strays_of(sheets), str(error), **details)
    return _without_guesses(ReadReturn(path, rows + strays_of(sheets), **details))


def _without_guesses(read: ReadReturn) -> ReadReturn:
    """Refuse a return that was filled in somewhere else alone: its own sheet may hold the answers of another round.

    Notes beside answers that were returned by their date leave those as they are.
    """
    may_be_answers = any(row.values.get("indicator") for row in read.strays)
    if read.strays and (may_be_answers or not read.returned) and (read.untouched or not read.n_answers):
        return read.refused(f"{read.strays[0].fault}; the sheet {form.ANSWERS} itself was not filled in")
    return read


def _require(sheets: dict[str, Sheet], name: str, path: Path) -> None:
    if name not in sheets:
        there = ", ".join(repr(found) for found in sheets)
        raise ValueError(f"{path}: no sheet {name!r}; a return that write_return made was expected, this has {there}")


def _items(sheet: Sheet, expected: dict[str, str]) -> dict[str, SheetCell]:
    """The details of a table of two columns, whose items must stand where they were written."""
    sheet.check_header(form.DETAIL_HEADER)
    found = {}
    for row, (name, label) in enumerate(expected.items(), form.FIRST_ROW):
        item, detail = sheet.cells(row, 2)
        detail = detail._replace(value=None) if detail.text == form.NONE and name != "unit" else detail
        if item.text != label:
            raise ValueError(f"{item.where}: {item.text!r} where {label!r} was expected; rows were moved or deleted")
        found[name] = detail
    return found


def _check_version(facts: dict[str, SheetCell], framework: Framework) -> None:
    name, version = facts["framework"], facts["fingerprint"]
    if name.text != text_of(framework.name):
        raise ValueError(f"{name.where}: a return to {name.text!r}; {framework.name!r} was expected")
    if version.text != fingerprint(framework):
        raise ValueError(
            f"{version.where}: written for another version of {framework.name!r} ({version.text}); "
            f"{fingerprint(framework)} was expected: its indicators, answers or exemptions differ"
        )


def _details(items: dict[str, SheetCell]) -> dict[str, Any]:
    texts = {name: cell.read(text_of) for name, cell in items.items()}
    if not texts["unit"]:
        raise ValueError(f"{items['unit'].where}: no unit; the name of the unit was expected")
    channel = texts["channel"] or form.INVITED
    if channel not in form.CHANNELS:
        raise ValueError(f"{items['channel'].where}: {channel!r} is neither {form.INVITED!r} nor {form.OPEN!r}")
    return {
        "unit": texts["unit"],
        "kind": texts["kind"] or None,
        "area": texts["area"] or None,
        "round": texts["round"] or None,
        "channel": channel,
        "due": items["due"].read(date_of),
        "returned": items["returned"].read(date_of),
        "completed_by": texts["completed_by"] or None,
    }


def _checked_rows(sheet: Sheet, framework: Framework | None, kind: str | None) -> list[ReadRow]:
    """The rows of the answers: those expected, in their order, then whatever stands below them."""
    sheet.check_header(form.ANSWER_HEADER)
    if framework is None:
        return [_as_written(sheet, row) for row in sheet.numbers]
    asked = framework.assessable(kind or framework.kind)
    for row, indicator in enumerate(asked, form.FIRST_ROW):
        _check_asked(sheet.cells(row, N_ASKED), indicator, framework)
    words = AnswerWords(framework)
    last = form.HEADER_ROW + len(asked)
    rows = [_checked_row(sheet, row, words) for row in range(form.FIRST_ROW, last + 1)]
    return rows + [_below(sheet, row, framework, kind) for row in sheet.numbers if row > last]


def _check_asked(cells: list[SheetCell], indicator: Indicator, framework: Framework) -> None:
    expected = (indicator.id, framework.sections[indicator.section], indicator.text)
    for cell, text in zip(cells, expected, strict=True):
        if cell.text != text_of(text):
            shown = cell.text if len(cell.text) < 60 else cell.text[:57] + "..."
            named = f"the text of {indicator.id}" if text is indicator.text else repr(text)
            raise ValueError(
                f"{cell.where}: {shown!r} where {named} was expected; rows were moved, inserted or deleted"
            )


def _checked_row(sheet: Sheet, row: int, words: AnswerWords) -> ReadRow:
    """A row whose answer is an id; the first cell that cannot be taken is its fault."""
    cells = sheet.cells(row, N_COLUMNS)
    answer, evidence, owner, due = cells[N_ASKED:]
    try:
        values = {
            "indicator": cells[0].text,
            "answer": answer.read(words.id_of),
            "evidence": evidence.read(long_text),
            "owner": owner.read(long_text),
            "due": due.read(iso_date),
        }
    except ValueError as error:
        return ReadRow(raw(cells), row, str(error))
    if extra := sheet.beyond(row, N_COLUMNS):
        return ReadRow(raw(cells), row, f"{extra.where}: {extra.text!r} beside the answer, where nothing was expected")
    return ReadRow(values, row)


def _below(sheet: Sheet, row: int, framework: Framework, kind: str | None) -> ReadRow:
    """A row that someone added."""
    cells = sheet.cells(row, N_COLUMNS)
    first = next((cell for cell in cells if cell.text), sheet.beyond(row, N_COLUMNS)) or cells[0]
    indicator = cells[0].text
    why = "nothing was expected below the last indicator"
    if indicator in framework.exempt.get(kind or framework.kind, ()):
        why = f"a {kind or framework.kind} is exempt from it, so that no answer was expected"
    elif indicator and indicator not in framework.indicator_ids:
        why += did_you_mean(indicator, framework.indicator_ids)
    return ReadRow(raw(cells), row, f"{first.where}: {first.text!r}: {why}", is_stray=True)


def _as_written(sheet: Sheet, row: int) -> ReadRow:
    cells = sheet.cells(row, N_COLUMNS)
    try:
        for cell in cells:
            cell.read(text_of)
    except ValueError as error:
        return ReadRow(raw(cells), row, str(error))
    return ReadRow(raw(cells), row)


def _rows_as_found(sheet: Sheet) -> list[ReadRow]:
    """The rows of a return that is refused as a whole, so that none of them is lost."""
    return [ReadRow(raw(sheet.cells(row, N_COLUMNS)), row) for row in sheet.numbers]
