"""Options that several commands share, and how their words are read."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.output import Format
from dueregard.missing import NOT_STATED

Data = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE",
        help="CSV or Parquet file or glob, or example:NAME. Without it, the embedded example data.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="Form of the output [default: table, or what --out says].", show_default=False),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to this file instead of the terminal.", show_default=False)
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN=LABEL",
        help="Only rows with this label (repeat: any label of one column, all columns).",
        show_default=False,
    ),
]
Missing = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT=KIND",
        help="Text that stands for: not stated, refused, not applicable, not collected (repeat).",
        show_default=False,
    ),
]
Weight = Annotated[str | None, typer.Option(metavar="COLUMN", help="Column of weights.", show_default=False)]
Outcome = Annotated[str | None, typer.Option(metavar="COLUMN", help="Column of answers.", show_default=False)]
Positive = Annotated[
    list[str] | None,
    typer.Option(metavar="LABEL", help="Answer that counts as positive (repeat).", show_default=False),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="LABEL", help="Answer to leave out of the base (repeat).", show_default=False),
]
By = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", help="Column of areas (repeat to cross them).", show_default=False),
]
Count = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column that says how many a row stands for.", show_default=False),
]
Adjust = Annotated[
    str, typer.Option(metavar="NAME", help="Allowance for several comparisons, such as bonferroni or none.")
]
Threshold = Annotated[
    float | None,
    typer.Option(
        metavar="SIZE",
        help="What matters: points of a difference, or an end of the range of a ratio [default: 5; 0.8].",
        show_default=False,
    ),
]
Pool = Annotated[str, typer.Option(metavar="NAME", help="All areas together: cases, or the mean of areas.")]
Group = Annotated[str | None, typer.Option(metavar="COLUMN", help="Column of groups.", show_default=False)]
Reference = Annotated[
    str | None,
    typer.Option(
        metavar="LABEL",
        help="Group to compare with, or OVERALL or REST; of a gap also LARGEST, BEST or 'target 80'.",
        show_default=False,
    ),
]
ConfidenceLevels = Annotated[
    list[float] | None,
    typer.Option(
        metavar="FRACTION", help="Confidence level of the intervals (repeat) [default: 0.95].", show_default=False
    ),
]
Sentences = Annotated[bool, typer.Option("--sentences", help="Say it in plain English instead.")]
Threads = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Number of threads [default: one a processor].", show_default=False),
]


def pairs(
    option: str, texts: Sequence[str] | None, split_text: Callable[[str, str], tuple[str, str, str]]
) -> list[tuple[str, str]]:
    """``NAME=VALUE`` in its two parts; ``split_text`` says at which of several equals signs."""
    split = [split_text(text, "=") for text in texts or ()]
    for text, (left, equals, right) in zip(texts or (), split, strict=True):
        if not (left and equals and right):
            raise ValueError(f"{option}: {text!r} is not of the form NAME=VALUE")
    return [(left, right) for left, _, right in split]


def missing_mapping(texts: Sequence[str] | None) -> dict[str, str]:
    """The ``missing=`` argument of the library."""
    from dueregard.missing import check_mapping

    return check_mapping(dict(pairs("--missing", texts, str.rpartition)))


def rows_where(texts: Sequence[str] | None, missing: Mapping[str, str]) -> Any:
    """The ``where=`` argument of the library: None, or an expression that is true in the rows to keep."""
    if not texts:
        return None
    import narwhals as nw

    labels: dict[str, list[str]] = {}
    for column, label in pairs("--where", texts, str.partition):
        labels.setdefault(column, []).append(label)
    tests = [_is_one_of(column, allowed, missing) for column, allowed in labels.items()]
    return nw.all_horizontal(*tests, ignore_nulls=False)


def _is_one_of(column: str, labels: Sequence[str], missing: Mapping[str, str]) -> Any:
    """Labels as results show them: a kind of missing is every text that stands for it."""
    import narwhals as nw

    texts = [*labels, *(text for text, kind in missing.items() if kind in labels)]
    texts += [label.lower() for label in labels if label in ("True", "False")]  # as engines write them
    cell = nw.col(column).cast(nw.String)
    if NOT_STATED not in labels:
        return cell.is_in(texts)
    return cell.is_null() | cell.is_in([*texts, ""])


def number_or_name(threshold: str | None) -> Any:
    """A threshold as a number, if it is one."""
    try:
        return None if threshold is None else float(threshold)
    except ValueError:
        return threshold
