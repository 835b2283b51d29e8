"""What a return says of itself, as far as it can be read: a return that is refused is still some unit's return."""

from collections.abc import Iterator, Mapping
from typing import Any

from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import date_of, text_of
from dueregard.assessment.returns.sheet_reading import Sheet, SheetCell

LABELS = {label: name for name, label in (form.DETAILS | form.FILLED_DETAILS).items()}
TEXTS = ("unit", "kind", "area", "round", "channel", "completed_by")
DATES = ("due", "returned")


def found_details(sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    """The details that stand beside their items, wherever on their sheet these are now; the unit else from a title."""
    found: dict[str, Any] = {}
    for name, cell in _details(sheets.get(form.RETURN)):
        try:
            value = cell.read(date_of) if name in DATES else cell.read(text_of)
        except ValueError:  # what is wrong with it is said by whoever checks it
            continue
        if value and (name == "unit" or value != form.NONE):
            found.setdefault(name, value)
    if found.get("channel") not in form.CHANNELS:
        found.pop("channel", None)
    if "unit" not in found and (unit := next(_units_of_titles(sheets), None)):
        found["unit"] = unit
    return found


def _details(sheet: Sheet | None) -> Iterator[tuple[str, SheetCell]]:
    for row in sheet.every_row if sheet else ():
        item, *details = sheet.held(row)  # type: ignore[union-attr]
        name = LABELS.get(item.text)
        if details and name in (*TEXTS, *DATES):
            yield name, details[0]


def _units_of_titles(sheets: Mapping[str, Sheet]) -> Iterator[str]:
    for name, end in form.TITLE_ENDS.items():
        for row in sheets[name].every_row[: form.HEADER_ROW] if name in sheets else ():
            title = sheets[name].held(row)[0].text
            if title.endswith(end) and title != end:
                yield title.removesuffix(end)
