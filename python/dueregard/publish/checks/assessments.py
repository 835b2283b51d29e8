"""The assessment that a rule in a file, or a command, asks for, and the findings to show of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.publish.checks.menus import Menu, chosen_arguments

if TYPE_CHECKING:
    from dueregard.assessment import Assessment, Framework, Rounds
    from dueregard.findings import Findings

OF_ROUNDS = ("crossings", "changes", "progress")
SHOWN: Menu = {
    "scores": ("by", "level"),
    "thresholds": ("by", "level", "percents"),
    "levels": (),
    "strengths": ("by", "level"),
    "unmet": ("level",),
    "next-steps": (),
    "performance": ("by", "percent", "target"),
    "compare": ("by",),
    "set-aside": (),
    "crossings": ("by", "percents"),
    "changes": (),
    "progress": (),
}
"""What can be shown of an assessment or, the last three, of rounds."""


def framework_named(name: str, folder: Path, phase: str | None = None) -> "Framework":
    """A shipped framework by name, or one from a file; of one phase where it has several."""
    import dueregard as dr

    if name == "esps":
        return dr.frameworks.esps("baseline" if phase is None else None if phase == "all" else phase)
    framework = dr.frameworks.load(folder / name) if name.endswith(".toml") else dr.frameworks.named(name)
    return framework if phase in (None, "all") else framework.phase(str(phase))


def make_assessment(
    folder: Path,
    *,
    data: str | None = None,
    framework: str = "esps",
    phase: str | None = None,
    **columns: Any,
) -> "Assessment":
    """An assessment of a file of responses, or of the 32 boroughs whose answers are embedded."""
    import dueregard as dr

    standard = framework_named(framework, folder, phase)
    _embedded_fit(data, framework, phase)
    responses = dr.data.load("borough_answers") if data is None else open_source(data, folder=folder)
    return dr.assess(responses, standard, **columns)


def make_rounds(
    folder: Path, *, data: str | None, framework: str, phase: str | None, round: str, **columns: Any
) -> "Rounds":
    """The rounds of a file of responses, or of the example self-assessment."""
    import dueregard as dr

    standard = framework_named(framework, folder, phase)
    _embedded_fit(data, framework, phase)
    responses = dr.data.example("self_assessment") if data is None else open_source(data, folder=folder)
    return dr.assess_rounds(responses, standard, round=round, **columns)


def _embedded_fit(data: str | None, framework: str, phase: str | None) -> None:
    """Refuse to read the embedded answers as answers to anything but what was asked."""
    if data is None and (framework != "esps" or phase not in (None, "baseline")):
        raise ValueError(
            "data: the embedded answers are to the baseline phase of esps; name a file of your own answers"
        )


def shown(assessment: Any, show: str, arguments: Mapping[str, Any]) -> "Findings":
    """What to show of an assessment or of rounds.

    Raises
    ------
    ValueError
        When there is no such thing to show, or it does not take an argument that was given.
    """
    given = chosen_arguments(show, arguments, SHOWN)
    found = getattr(assessment, show.replace("-", "_"))
    return found if show == "set-aside" else found(**given)  # type: ignore[no-any-return]
