"""What a framework has to be so that it can be scored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dueregard.hints import did_you_mean
from dueregard.missing import KINDS

if TYPE_CHECKING:
    from dueregard.assessment.frameworks.framework import Framework


EITHER = ("not met", "met")


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
    _labels(framework)
    _indicators(framework)
    _exempt(framework)


def _distinct(name: str, ids: Sequence[str], *, may_be_none: bool = False) -> None:
    if not ids and not may_be_none:
        raise Misfit(f"{name}: there are none")
    for i, identifier in enumerate(ids):
        if identifier != identifier.strip():
            raise Misfit(f"{name}: {identifier!r} has a space at an end", name, i)
        if identifier in ids[:i]:
            raise Misfit(f"{name}: {identifier!r} is listed twice", name, i)


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise Misfit(f"{name}: {value!r} is not one of {', '.join(known)}{did_you_mean(value, known)}", name)


MOST_ANSWERS = 200
"""Answers are kept in one byte, with the kinds of missing beside them."""


def _words(framework: Framework) -> None:
    """No word stands for two answers, or for an answer and for something else."""
    if len(framework.answers) > MOST_ANSWERS:
        raise Misfit(
            f"answers: there are {len(framework.answers)}, and at most {MOST_ANSWERS} can be told apart", "answers"
        )
    taken = {kind: f"the kind of missing {kind!r}" for kind in KINDS}
    taken |= {} if framework.is_graded else {word: f"{word!r}, which stands for any such answer" for word in EITHER}
    for i, answer in enumerate(framework.answers):
        for word in dict.fromkeys((answer.id.casefold(), answer.label.strip().casefold())):
            if word in taken:
                raise Misfit(f"answers: {word!r} of {answer.id!r} is also {taken[word]}", "answers", i)
        taken |= dict.fromkeys((answer.id.casefold(), answer.label.strip().casefold()), f"a word for {answer.id!r}")


def _labels(framework: Framework) -> None:
    """Labels name rows, so no two are the same."""
    sections = list(framework.sections.values())
    for name, labels in (
        ("sections", sections),
        ("levels", [level.label for level in framework.levels]),
        ("principles", [principle.label for principle in framework.principles]),
    ):
        for i, label in enumerate(labels):
            if label in labels[:i]:
                raise Misfit(f"{name}: the label {label!r} stands twice", name, i)


def _answers(framework: Framework) -> None:
    """Met or not, or levels: not both, and some answer reaches something."""
    _words(framework)
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
    _rising(framework)
    for i, percent in enumerate(framework.thresholds):
        _percent(percent, "thresholds", "thresholds", i)


def _rising(framework: Framework) -> None:
    """Levels that are the same indicators met more often: each asks for more than the one below."""
    if framework.is_graded or any(indicator.level is not None for indicator in framework.indicators):
        return
    percents = [level.percent for level in framework.levels]
    for i, (lower, higher) in enumerate(pairwise(percents), 1):
        if lower is not None and higher is not None and higher <= lower:
            level, below = framework.levels[i], framework.levels[i - 1]
            message = f"levels: {level.id!r} asks for {higher:g}%, no more than the {lower:g}% of {below.id!r} below it"
            raise Misfit(message, "levels", i, "percent")


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
        asked = framework.assessable(kind)
        if not asked:
            raise Misfit(f"exempt: {kind!r} is exempt from every indicator", "exempt", kind)
        for level in framework.levels:
            of = [one for one in framework.indicators if framework.is_asked(one, level.id)]
            if of and not any(one in asked for one in of):
                raise Misfit(f"exempt: {kind!r} is exempt from every indicator of {level.label}", "exempt", kind)
    if framework.exempt and framework.kind not in framework.exempt:
        message = f"kind: {framework.kind!r} is not among the kinds in exempt: {', '.join(framework.exempt)}; "
        message += f'one that is exempt from nothing is listed so: "{framework.kind}" = []'
        raise Misfit(message, "kind")
