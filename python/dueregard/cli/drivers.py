"""``dueregard drivers``: what goes with an outcome, and what would do most to raise it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.arguments import (
    By,
    Data,
    Exclude,
    FormatOption,
    Group,
    Missing,
    Out,
    Outcome,
    Positive,
    Sentences,
    Threads,
    Weight,
    Where,
)
from dueregard.cli.design_options import Fay, Fpc, Lonely, Nest, Psu, Replicates, ReplicateWeights, Stratum
from dueregard.cli.model_options import ConfidenceLevel, Period, Scales, Seed, UnitOfRows

# The question that the embedded survey was made for, asked of it as it was drawn.
EXAMPLE: dict[str, Any] = {
    "data": "example:confidence_drivers",
    "outcome": "good_job",
    "exclude": ["Don't know"],
    "weight": "weight",
    "stratum": "borough",
    "psu": ["sampling_point"],
}
_NEEDED = {"outcome": "the column of answers", "drivers": "a driver, and again for each further one"}


def drivers(
    file: Data = None,
    outcome: Outcome = None,
    drivers: Annotated[
        list[str] | None,
        typer.Option(
            "--driver",
            metavar="NAME=COLUMN,...",
            help="A column, or a name for columns that belong together (repeat).",
            show_default=False,
        ),
    ] = None,
    scores: Scales = None,
    positive: Positive = None,
    exclude: Exclude = None,
    controls: Annotated[
        list[str] | None,
        typer.Option(
            "--control",
            metavar="COLUMN",
            help="Held equal beside the drivers, without a share (repeat).",
            show_default=False,
        ),
    ] = None,
    group: Group = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL",
            help="Compare: do drivers matter more to other groups than to this? Or OVERALL, or REST: all others.",
            show_default=False,
        ),
    ] = None,
    by: By = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Regression: linear (default) or logit.", show_default=False)
    ] = None,
    points: Annotated[
        float | None,
        typer.Option(
            metavar="NUMBER", help="The gain is for so much more of a driver [default: 10].", show_default=False
        ),
    ] = None,
    collinear: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Drivers made of each other: refuse (default) or pool.", show_default=False),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Compare: gain (default) or share.", show_default=False),
    ] = None,
    adjust: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Compare: allowance for several [default: holm].", show_default=False),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            metavar="SIZE", help="Compare: what matters, in the unit of what is compared.", show_default=False
        ),
    ] = None,
    unit: UnitOfRows = None,
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
    period: Period = None,
    confidence_level: ConfidenceLevel = None,
    rng: Seed = None,
    threads: Threads = None,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Key drivers: what goes with an outcome, and what would do most.

    The share of each driver in what all of them explain, and the gain that
    goes with more of it. With --group within each group; with --reference
    too, whether drivers matter more to one group than to another. Without a
    file: confidence in the embedded example survey, as it was drawn.

    \b
    Examples:
      $ dueregard drivers
      $ dueregard drivers --group ethnic_group_broad --sentences
      $ dueregard drivers --group ethnic_group_broad --reference White
      $ dueregard drivers --driver "Fair treatment=treats_fairly,respectful" \\
            --driver worry_asb --control gender --by borough --format csv
      $ dueregard drivers example:confidence_drivers \\
            --outcome good_job --positive Excellent --positive Good \\
            --driver Engagement=listens,understands --driver worry_asb \\
            --scale "listens,understands=Strongly disagree|Tend to disagree|\\
            Neither agree nor disagree|Tend to agree|Strongly agree" \\
            --scale "worry_asb=Very worried|Fairly worried|\\
            Not very worried|Not at all worried" --exclude "Don't know"
    """
    from dueregard.cli.arguments import missing_mapping, rows_where
    from dueregard.cli.model_options import named_columns, scales
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.publish.checks.rule_designs import is_said
    from dueregard.publish.checks.rule_models import make_compared_drivers, make_drivers

    form = choose_format(format, out, sentences=sentences)
    kinds = missing_mapping(missing)
    asked = {
        "outcome": outcome, "drivers": named_columns("--driver", drivers), "scores": scales(scores),
        "positive": positive, "exclude": exclude, "weight": weight, "stratum": stratum, "psu": psu, "fpc": fpc,
        "nest": nest, "lonely": lonely, "replicate_weights": replicate_weights, "replicates": replicates, "fay": fay,
    }  # fmt: skip
    options = {
        "controls": controls, "group": group, "reference": reference, "by": by, "model": model, "points": points,
        "collinear": collinear, "measure": measure, "adjust": adjust, "threshold": threshold, "unit": unit,
        "missing": kinds, "where": rows_where(where, kinds), "period": period, "confidence_level": confidence_level,
        "rng": rng, "threads": threads,
    }  # fmt: skip
    said = {key: value for key, value in (asked | options).items() if is_said(value)}
    make = make_compared_drivers if "reference" in said else make_drivers
    give_findings(make(Path(), question(file, said)), form, out, sentences=sentences)


def question(file: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    """What to ask of which data: the embedded question where no file is named, changed by what was said."""
    if file is None:
        asked = EXAMPLE | {"drivers": _embedded_drivers()} | asked
        asked["scores"] = _embedded_scales(asked) | asked.get("scores", {})
    for key, words in _NEEDED.items():
        if key not in asked:
            raise typer.BadParameter(f"give {words}", param_hint=f"--{key.removesuffix('s')}")
    return asked if file is None else asked | {"data": file}


def _embedded_drivers() -> dict[str, list[str]]:
    """The drivers of the confidence model, each with its questions."""
    from dueregard.data.driver_population import DRIVERS

    return {name: list(columns) for name, columns in DRIVERS.items()}


def _embedded_scales(asked: dict[str, Any]) -> dict[str, list[str]]:
    """The scales of the columns asked for, as far as the embedded survey has them."""
    from dueregard.data.confidence_drivers import SCALES

    outcome = [] if "positive" in asked else [asked["outcome"]]
    columns = [column for each in asked["drivers"].values() for column in each]
    return {name: list(SCALES[name]) for name in (*outcome, *columns, *asked.get("controls", [])) if name in SCALES}
