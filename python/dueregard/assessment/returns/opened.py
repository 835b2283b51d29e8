"""Workbooks opened: what is no workbook, is protected by a password, or would fill the memory is refused by name."""

import zipfile
from pathlib import Path
from typing import Any

from dueregard.records.workbooks import refuse_too_large

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_workbook(path: Path) -> Any:
    """The openpyxl workbook of a file, formulas as they are written.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a workbook, is protected by a password, or would fill the memory.
    ModuleNotFoundError
        If openpyxl is not installed.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    _look_at(path)
    need_openpyxl()
    refuse_too_large(path)
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # openpyxl warns of extensions that it leaves out; none holds a cell
            warnings.simplefilter("ignore")
            return load_workbook(path, rich_text=False)
    except Exception as error:  # openpyxl raises whatever its parts do
        raise ValueError(f"{path}: cannot be read as a workbook: {type(error).__name__}: {error}") from error


def need_openpyxl() -> None:
    """Say which extra brings openpyxl, where it is not installed."""
    try:
        import openpyxl  # noqa: F401
    except ModuleNotFoundError as error:
        message = "workbooks need openpyxl: pip install 'dueregard[excel]'"
        raise ModuleNotFoundError(message, name="openpyxl") from error


def _look_at(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start == OLE:
        raise ValueError(
            f"{path}: protected by a password, or an old .xls workbook; save it as .xlsx without a password"
        )
    try:
        with zipfile.ZipFile(path) as parts:
            names = parts.namelist()
    except zipfile.BadZipFile:
        raise ValueError(f"{path}: not a workbook; save it as .xlsx") from None
    if "mimetype" in names and "content.xml" in names:
        raise ValueError(f"{path}: an OpenDocument file; save it as .xlsx")
    if "[Content_Types].xml" not in names:
        raise ValueError(f"{path}: not a workbook; save it as .xlsx")
