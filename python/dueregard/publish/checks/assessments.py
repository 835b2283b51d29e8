"""The assessment that a rule in a file, or a command, asks for, and the findings to show of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.hints import did_you_mean

if TYPE_CHECKING:
    from dueregard.assessment import Assessment, Framework, Rounds
    from dueregard.findings import Findings

OF_ONE = ("scores", "thresholds", "levels", "strengths", "unmet", "next-steps", "performance", "compare", "set-aside")
OF_ROUNDS = ("crossings", "changes", "progress")
SHOWN = (*OF_ONE, *OF_ROUNDS)
"""What can be shown of an assessment, by the names that commands and rules use."""

TAKES: Mapping[str, tuple[str, ...]] = {
    "scores": ("by", "level"),
    "thresholds": ("by", "level", "percents"),
    "strengths": ("by", "level"),
    "unmet": ("level",),
    "performance": ("by", "percent", "target"),
    "compare": ("by",),
    "crossings": ("by", "percents"),
}
"""Which arguments each takes."""


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
    if show not in SHOWN:
        raise ValueError(f"show: {show!r} is not one of {', '.join(SHOWN)}{did_you_mean(show, SHOWN)}")
    given = {name: value for name, value in arguments.items() if value is not None}
    for name in given:
        if name not in TAKES.get(show, ()):
            raise ValueError(f"{name}: {show!r} has no such argument; {_takers(name)}")
    found = getattr(assessment, show.replace("-", "_"))
    return found if show == "set-aside" else found(**given)  # type: ignore[no-any-return]


def _takers(name: str) -> str:
    takers: Sequence[str] = [show for show, names in TAKES.items() if name in names]
    return f"it goes with {', '.join(takers)}" if takers else "nothing takes it"
