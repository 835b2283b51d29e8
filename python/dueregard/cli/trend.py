"""``dueregard trend``: shares and gaps over time, and whether they have changed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.arguments import (
    Adjust,
    By,
    ConfidenceLevels,
    Count,
    Data,
    Exclude,
    FormatOption,
    Group,
    Missing,
    Out,
    Outcome,
    Pool,
    Positive,
    Reference,
    Sentences,
    Threads,
    Threshold,
    Weight,
    Where,
)
from dueregard.cli.design_options import Fay, Fpc, Lonely, Nest, Psu, Replicates, ReplicateWeights, Stratum

# The question that the embedded survey was made for, in windows that its twelve months allow.
EXAMPLE: dict[str, Any] = {
    "data": "example:satisfaction",
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "time": "month",
    "window": "6",
}
_NEEDED = {
    "outcome": "the column of answers",
    "positive": "an answer that counts, and again for each further one",
    "time": "the column of months or quarters",
    "window": "how many of them a window has, or words such as '12 months'",
}


def trend(
    file: Data = None,
    time: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of months, quarters or dates.", show_default=False)
    ] = None,
    window: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="Length of a window: 12, or '12 months'.", show_default=False),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD", help="Compare: last period of the earlier window, or 'year earlier'.", show_default=False
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD", help="Compare: last period of the later window [default: the last].", show_default=False
        ),
    ] = None,
    breaks: Annotated[
        list[str] | None,
        typer.Option(
            "--break",
            metavar="DATE:CAUSE:WORDS",
            help="Break in the series, of cause mode, question, supplier or sample (repeat).",
            show_default=False,
        ),
    ] = None,
    step: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Only every so many windows, back from the last.", show_default=False),
    ] = None,
    outcome: Outcome = None,
    positive: Positive = None,
    exclude: Exclude = None,
    group: Group = None,
    reference: Reference = None,
    by: By = None,
    count: Count = None,
    missing: Missing = None,
    weight: Weight = None,
    stratum: Stratum = None,
    psu: Psu = None,
    fpc: Fpc = None,
    nest: Nest = False,
    lonely: Lonely = None,
    replicate_weights: ReplicateWeights = None,
    replicates: Replicates = None,
    fay: Fay = None,
    where: Where = None,
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What is compared: difference, ratio or odds-ratio.", show_default=False),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Method of intervals and p-values, such as wald.", show_default=False),
    ] = None,
    adjust: Adjust = "holm",
    threshold: Threshold = None,
    pool: Pool = "cases",
    confidence_level: ConfidenceLevels = None,
    threads: Threads = None,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Shares or gaps over time, or whether they have changed.

    Rolling windows of months or quarters; with --before or --after one window
    against another. With --reference gaps, otherwise shares. Without a file:
    the gap in satisfaction in the embedded example survey.

    \b
    Examples:
      $ dueregard trend
      $ dueregard trend --before 2010-12 --after 2011-03 --by borough
      $ dueregard trend --break "2010-10:mode:telephone to face-to-face"
      $ dueregard trend example:confidence --time month --window 12 \\
            --outcome good_job --positive Excellent --positive Good \\
            --group ethnic_group_broad --reference White --by borough \\
            --weight weight --stratum borough --psu sampling_point \\
            --before "year earlier" --sentences
      $ dueregard trend example:satisfaction --outcome satisfaction \\
            --positive "Completely satisfied" --time month --window 1
    """
    from dueregard.cli.arguments import missing_mapping, rows_where
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.publish.checks.rule_designs import is_said
    from dueregard.publish.checks.rule_findings import make_trend

    form = choose_format(format, out, sentences=sentences)
    kinds = missing_mapping(missing)
    asked = {"outcome": outcome, "positive": positive, "group": group, "reference": reference, "exclude": exclude,
             "time": time, "window": window}  # fmt: skip
    options = {
        "by": by, "missing": kinds, "weight": weight, "stratum": stratum, "psu": psu, "fpc": fpc, "nest": nest,
        "lonely": lonely, "replicate_weights": replicate_weights, "replicates": replicates, "fay": fay, "count": count,
        "where": rows_where(where, kinds), "measure": measure, "method": method, "adjust": adjust,
        "threshold": threshold, "pool": pool, "confidence_level": confidence_level, "threads": threads,
        "before": before, "after": after, "breaks": breaks, "step": step,
    }  # fmt: skip
    findings = make_trend(
        Path(),
        question(file, {key: value for key, value in asked.items() if value})
        | {key: value for key, value in options.items() if is_said(value)},
    )
    give_findings(findings, form, out, sentences=sentences)


def question(file: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    """What to ask of which data: the embedded question where no file is named, changed by what was said."""
    if file is None:
        # Another column has other labels, so what belongs to the embedded one does not carry over.
        other_outcome = asked.get("outcome", EXAMPLE["outcome"]) != EXAMPLE["outcome"]
        other_group = asked.get("group", EXAMPLE["group"]) != EXAMPLE["group"]
        dropped = ({"positive", "exclude"} if other_outcome else set()) | ({"reference"} if other_group else set())
        asked = {key: value for key, value in EXAMPLE.items() if key not in dropped} | asked
    for key, words in _NEEDED.items():
        if key not in asked:
            raise typer.BadParameter(f"give {words}", param_hint=f"--{key}")
    return asked if file is None else asked | {"data": file}
