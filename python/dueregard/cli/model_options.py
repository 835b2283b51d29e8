"""Options of models, drivers and factors alike, and how their words are read."""

from collections.abc import Sequence
from typing import Annotated

import typer

Scales = Annotated[
    list[str] | None,
    typer.Option(
        "--scale",
        metavar="COLUMN=WORST|...|BEST",
        help="Answers in order, which become 0 to 100; of several columns with COLUMN,COLUMN=... (repeat).",
        show_default=False,
    ),
]
UnitOfRows = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help="What a row is: people (default), or areas, about which it then is.",
        show_default=False,
    ),
]
ConfidenceLevel = Annotated[
    float | None,
    typer.Option(metavar="FRACTION", help="Confidence level of the intervals [default: 0.95].", show_default=False),
]
Period = Annotated[str | None, typer.Option(metavar="TEXT", help="What the records cover.", show_default=False)]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", metavar="N", help="Seed of what is drawn by chance [default: the same each time].", show_default=False
    ),
]
BETWEEN = "|"
"""What stands between the answers of a scale: answers have commas, and hardly ever this."""


def named_columns(option: str, texts: Sequence[str] | None) -> dict[str, list[str]]:
    """``NAME=COLUMN,COLUMN`` as columns by name; a column alone is its own name.

    >>> named_columns("--driver", ["Engagement=listens,understands", "worry_asb"])
    {'Engagement': ['listens', 'understands'], 'worry_asb': ['worry_asb']}
    """
    found: dict[str, list[str]] = {}
    for text in texts or ():
        name, equals, columns = text.partition("=")
        listed = _split(columns, ",") if equals else [text]
        if not name.strip() or not all(listed):
            raise ValueError(f"{option}: {text!r} is neither COLUMN nor NAME=COLUMN,COLUMN")
        if name.strip() in found:
            raise ValueError(f"{option}: {name.strip()!r} is given twice")
        found[name.strip()] = listed
    return found


def scales(texts: Sequence[str] | None) -> dict[str, list[str]]:
    """``COLUMN,COLUMN=WORST|...|BEST`` as the answers of each column in order.

    >>> scales(["listens,understands=Disagree|Neither, really|Agree"])["understands"]
    ['Disagree', 'Neither, really', 'Agree']
    """
    found: dict[str, list[str]] = {}
    for text in texts or ():
        columns, _, answers = text.partition("=")
        listed = _split(answers, BETWEEN)
        if len(listed) < 2 or not all(listed) or not all(_split(columns, ",")):
            raise ValueError(f"--scale: {text!r} is not of the form COLUMN=WORST{BETWEEN}...{BETWEEN}BEST")
        for column in _split(columns, ","):
            if column in found:
                raise ValueError(f"--scale: {column!r} is given twice")
            found[column] = listed
    return found


def _split(text: str, between: str) -> list[str]:
    return [part.strip() for part in text.split(between)]
