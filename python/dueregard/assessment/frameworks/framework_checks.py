"""What a framework has to be so that it can be scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.hints import did_you_mean

if TYPE_CHECKING:
    from dueregard.assessment.frameworks.framework import Framework


class Misfit(ValueError):
    """A part of a framework that does not fit the rest; ``place`` is where it stands in a file of frameworks."""

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


def check(framework: Framework, rules: Sequence[str], organisation_rules: Sequence[str]) -> None:
    """Refuse what could not be scored."""
    for name, ids in (
        ("answers", framework.answer_ids),
        ("levels", framework.level_ids),
        ("indicators", framework.indicator_ids),
    ):
        _distinct(name, ids)
    _distinct("principles", [principle.id for principle in framework.principles], may_be_none=True)
    if not framework.sections:
        raise Misfit("sections: there are none")
    _one_of("rule", framework.rule, rules)
    _one_of("organisation", framework.organisation, organisation_rules)
    _one_of("aim", framework.aim, framework.level_ids)
    _answers(framework)
    _levels(framework)
    _indicators(framework)
    _exempt(framework)


def _distinct(name: str, ids: Sequence[str], *, may_be_none: bool = False) -> None:
    if not ids and not may_be_none:
        raise Misfit(f"{name}: there are none")
    for i, identifier in enumerate(ids):
        if identifier in ids[:i]:
            raise Misfit(f"{name}: {identifier!r} is listed twice", name, i)


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise Misfit(f"{name}: {value!r} is not one of {', '.join(known)}{did_you_mean(value, known)}", name)


def _answers(framework: Framework) -> None:
    """Met or not, or levels: not both, and some answer reaches something."""
    for i, answer in enumerate(framework.answers):
        if answer.level is not None:
            if answer.level not in framework.level_ids:
                raise Misfit(
                    f"answers: {answer.id!r} has the level {answer.level!r}, which is not listed", "answers", i
                )
            if any(indicator.level is not None for indicator in framework.indicators):
                raise Misfit("answers: they are levels, so indicators have none of their own", "answers", i)
    if not any(answer.met or answer.level is not None for answer in framework.answers):
        raise Misfit("answers: none counts as met", "answers")


def _levels(framework: Framework) -> None:
    for i, level in enumerate(framework.levels):
        if level.percent is not None:
            _percent(level.percent, "percent", "levels", i)
        for target in level.targets:
            _percent(target.percent, "targets", "levels", i)
    for percent in framework.thresholds:
        _percent(percent, "thresholds", "thresholds")


def _percent(percent: float, name: str, *place: str | int) -> None:
    if not 0 <= percent <= 100:
        raise Misfit(f"{name}: {percent} is outside 0 to 100", *place)


def _indicators(framework: Framework) -> None:
    principles = [principle.id for principle in framework.principles]
    for i, indicator in enumerate(framework.indicators):
        named = [("section", "section", indicator.section, list(framework.sections))]
        named += [
            ("level", "level", level, list(framework.level_ids)) for level in [indicator.level] if level is not None
        ]
        named += [("principle", "principles", principle, principles) for principle in indicator.principles]
        for what, key, value, known in named:
            if value not in known:
                hint = did_you_mean(value, known)
                message = f"indicators: {indicator.id!r} has the {what} {value!r}, which is not listed{hint}"
                raise Misfit(message, "indicators", i, key)


def _exempt(framework: Framework) -> None:
    for kind, left_out in framework.exempt.items():
        for identifier in sorted(left_out - set(framework.indicator_ids)):
            hint = did_you_mean(identifier, framework.indicator_ids)
            raise Misfit(f"exempt: {kind!r} names {identifier!r}, which is not an indicator{hint}", "exempt", kind)
        if not framework.assessable(kind):
            raise Misfit(f"exempt: {kind!r} is exempt from every indicator", "exempt", kind)
    if framework.exempt and framework.kind not in framework.exempt:
        message = f"kind: {framework.kind!r} is not among the kinds in exempt: {', '.join(framework.exempt)}"
        raise Misfit(message, "kind")
