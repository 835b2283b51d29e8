"""``dueregard gap``: the gap of every group against a reference."""

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

# The question that the embedded survey was made for.
EXAMPLE: dict[str, Any] = {
    "data": "example:satisfaction",
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
}
_NEEDED = {
    "outcome": "the column of answers",
    "positive": "an answer that counts, and again for each further one",
    "group": "the column of groups",
    "reference": "the group to compare with, or REST, OVERALL, LARGEST, BEST or 'target 80'",
}


def gap(
    file: Data = None,
    outcome: Outcome = None,
    positive: Positive = None,
    group: Group = None,
    reference: Reference = None,
    by: By = None,
    exclude: Exclude = None,
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
        str, typer.Option(metavar="NAME", help="What is compared: difference, ratio or odds-ratio.")
    ] = "difference",
    method: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Method of intervals and p-values, such as newcombe or wald [default: score; mover with a design].",
            show_default=False,
        ),
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
    """The gap of every group against a reference, in points or as a ratio.

    Without a file: satisfaction of minority ethnic users against White users
    in the embedded example survey.

    \b
    Examples:
      $ dueregard gap
      $ dueregard gap --by borough --format csv --out gaps.csv
      $ dueregard gap --group gender --reference Male --sentences
      $ dueregard gap example:confidence --outcome good_job \\
            --positive Excellent --positive Good --exclude "Don't know" \\
            --group ethnic_group_broad --reference White \\
            --weight weight --stratum borough --psu sampling_point
      $ dueregard gap --measure ratio --confidence-level 0.95 \\
            --confidence-level 0.998 --threshold 0.9
      $ dueregard gap example:workforce --outcome grade \\
            --positive Sergeant --positive Inspector --group gender \\
            --reference REST --where "role=Police officer"
    """
    from dueregard.cli.arguments import missing_mapping, rows_where
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.publish.checks.rule_findings import make_gap

    form = choose_format(format, out, sentences=sentences)
    kinds = missing_mapping(missing)
    asked = {"outcome": outcome, "positive": positive, "group": group, "reference": reference, "exclude": exclude}
    findings = make_gap(
        Path(),
        question(file, {key: value for key, value in asked.items() if value})
        | {"by": by or None, "missing": kinds, "weight": weight, "count": count, "where": rows_where(where, kinds)}
        | {"stratum": stratum, "psu": psu, "fpc": fpc, "nest": nest, "lonely": lonely, "fay": fay}
        | {"replicate_weights": replicate_weights, "replicates": replicates}
        | {"measure": measure, "method": method, "adjust": adjust, "threshold": threshold, "pool": pool}
        | {"confidence_level": confidence_level or 0.95, "threads": threads},
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
    for key in _NEEDED:
        if key not in asked:
            raise typer.BadParameter(f"give {_NEEDED[key]}", param_hint=f"--{key}")
    return asked if file is None else asked | {"data": file}
