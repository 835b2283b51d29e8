"""``dueregard decompose``: how much of a gap goes with who is in the groups, and how much would remain."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.arguments import (
    By,
    Count,
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
    Threshold,
    Weight,
    Where,
)
from dueregard.cli.design_options import Fay, Fpc, Lonely, Nest, Psu, Replicates, ReplicateWeights, Stratum
from dueregard.cli.model_options import ConfidenceLevel, Period, Scales, Seed, UnitOfRows

# The question that the embedded survey was made for.
EXAMPLE: dict[str, Any] = {
    "data": "example:explained_gap",
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "factors": ["age_band", "deprivation", "prior_opinion"],
}
SCALED = ("oaxaca-blinder", "reweighting")
"""Methods that take means, of scales or of numbers."""
_NEEDED = {
    "outcome": ("outcome", "the column of answers"),
    "group": ("group", "the column of groups"),
    "reference": ("reference", "the group to compare with"),
    "factors": ("factor", "what is held equal, and again for each further column"),
}


def decompose(
    file: Data = None,
    outcome: Outcome = None,
    positive: Positive = None,
    exclude: Exclude = None,
    group: Group = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL", help="Group to compare with, or OVERALL, REST, LARGEST or BEST.", show_default=False
        ),
    ] = None,
    factors: Annotated[
        list[str] | None,
        typer.Option(
            "--factor", metavar="COLUMN", help="What is held equal, such as age (repeat).", show_default=False
        ),
    ] = None,
    by: By = None,
    method: Annotated[
        str,
        typer.Option(metavar="NAME", help="shapley, das-gupta, kitagawa, oaxaca-blinder or reweighting."),
    ] = "shapley",
    parts: Annotated[
        int | None,
        typer.Option(metavar="N", help="2, or 3 with what goes with both at once [default: 2].", show_default=False),
    ] = None,
    empty: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="People without counterpart in the other group: borrow (default), apart or refuse.",
            show_default=False,
        ),
    ] = None,
    interval: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Intervals: linearised (default) or bootstrap.", show_default=False),
    ] = None,
    adjust: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Allowance for several comparisons [default: holm].", show_default=False),
    ] = None,
    threshold: Threshold = None,
    coefficients: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Oaxaca-Blinder: pooled (default), reference, group, neumark, cotton, reimers or a weight.",
            show_default=False,
        ),
    ] = None,
    detail: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Oaxaca-Blinder, logit: yun (default) or fairlie.", show_default=False),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Oaxaca-Blinder: linear (default) or logit; reweighting: cells (default) or logit.",
            show_default=False,
        ),
    ] = None,
    towards: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Reweighting: both (default), reference or group.", show_default=False),
    ] = None,
    trim: Annotated[
        float | None,
        typer.Option(
            metavar="NUMBER", help="Reweighting: the most times that anybody may count for.", show_default=False
        ),
    ] = None,
    imbalance: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS",
            help="How unequal something unmeasured is taken to be; not of a change [default: 20].",
            show_default=False,
        ),
    ] = None,
    scores: Scales = None,
    time: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Change: column of months, quarters or dates.", show_default=False),
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Change: the earlier period.", show_default=False)
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Change: the later period.", show_default=False)
    ] = None,
    window: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="Change: length of both: 12, or '12 months'.", show_default=False),
    ] = None,
    breaks: Annotated[
        list[str] | None,
        typer.Option(
            "--break", metavar="DATE:CAUSE:WORDS", help="Change: break in the series (repeat).", show_default=False
        ),
    ] = None,
    unit: UnitOfRows = None,
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
    period: Period = None,
    confidence_level: ConfidenceLevel = None,
    rng: Seed = None,
    threads: Threads = None,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Take a gap apart: who is in the groups, and what would remain.

    What of the gap goes with the groups' different age, deprivation and so
    on, and how large it would be if they were alike in that. With --before
    and --after, what the change of a gap is made of. What remains is not
    thereby discrimination, and what is explained is not thereby excused.
    Without a file: satisfaction in the embedded example survey.

    \b
    Examples:
      $ dueregard decompose
      $ dueregard decompose --factor age_band --factor prior_opinion \\
            --method kitagawa --sentences
      $ dueregard decompose --method oaxaca-blinder --coefficients neumark
      $ dueregard decompose --method reweighting --towards both
      $ dueregard decompose example:confidence --outcome good_job \\
            --positive Excellent --positive Good --exclude "Don't know" \\
            --group ethnic_group_broad --reference White \\
            --factor age_band --factor gender --weight weight \\
            --stratum borough --psu sampling_point
      $ dueregard decompose --time month --before 2010-09 \\
            --after 2011-03 --window 6
    """
    from dueregard.cli.arguments import missing_mapping, number_or_name, rows_where
    from dueregard.cli.model_options import scales
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.publish.checks.rule_designs import is_said
    from dueregard.publish.checks.rule_models import TIMES, make_changed_parts, make_parts

    form = choose_format(format, out, sentences=sentences)
    kinds = missing_mapping(missing)
    asked = {
        "outcome": outcome, "positive": positive, "exclude": exclude, "group": group, "reference": reference,
        "factors": factors, "scores": scales(scores),
    }  # fmt: skip
    options = {
        "by": by, "method": method, "parts": parts, "empty": empty, "interval": interval, "adjust": adjust,
        "threshold": threshold, "coefficients": number_or_name(coefficients), "detail": detail, "model": model,
        "towards": towards, "trim": trim, "imbalance": imbalance, "unit": unit, "time": time, "before": before,
        "after": after, "window": window, "breaks": breaks, "count": count, "missing": kinds,
        "weight": weight, "stratum": stratum, "psu": psu, "fpc": fpc, "nest": nest,
        "lonely": lonely, "replicate_weights": replicate_weights, "replicates": replicates, "fay": fay,
        "where": rows_where(where, kinds), "period": period, "confidence_level": confidence_level, "rng": rng,
        "threads": threads,
    }  # fmt: skip
    said = {key: value for key, value in (asked | options).items() if is_said(value)}
    make = make_changed_parts if set(TIMES) & set(said) else make_parts
    give_findings(make(Path(), question(file, said)), form, out, sentences=sentences)


def question(file: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    """What to ask of which data: the embedded question where no file is named, changed by what was said."""
    if file is None:
        # Another column has other labels, so what belongs to the embedded one does not carry over.
        other_outcome = asked.get("outcome", EXAMPLE["outcome"]) != EXAMPLE["outcome"] or "scores" in asked
        other_group = asked.get("group", EXAMPLE["group"]) != EXAMPLE["group"]
        dropped = ({"positive", "exclude"} if other_outcome else set()) | ({"reference"} if other_group else set())
        asked = {key: value for key, value in EXAMPLE.items() if key not in dropped} | asked
    if "scores" in asked and asked.get("method") not in SCALED:
        named = " or ".join(SCALED)
        raise typer.BadParameter(f"goes with --method {named}; others take --positive", param_hint="--scale")
    if "rng" in asked and asked.get("method") == "reweighting":
        raise typer.BadParameter("reweighting draws nothing by chance: leave it out", param_hint="--seed")
    for key, (option, words) in _NEEDED.items():
        if key not in asked:
            raise typer.BadParameter(f"give {words}", param_hint=f"--{option}")
    return asked if file is None else asked | {"data": file}
