"""A workbook as bytes that are the same for the same contents: without the time at which it was saved."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
EPOCH = dt.datetime(*ZIP_EPOCH)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def stable_bytes(workbook: Any) -> bytes:
    """The bytes of an openpyxl workbook; times of its creation, its change and its parts are all 1 January 1980."""
    workbook.properties.created = EPOCH
    saved, stable = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(stable, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            if name.startswith("xl/worksheets/"):
                part = part.replace(b' customHeight="1"', b"")  # rows still grow with what is typed into them
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(entry, part, compresslevel=6)
    return stable.getvalue()
