"""Frameworks as data: the shipped standards, and those of one's own."""

from functools import cache
from importlib.resources import files

from dueregard.assessment.frameworks.framework import Answer, Framework, Indicator, Level, Principle, Target
from dueregard.assessment.frameworks.framework_files import load, parse

__all__ = [
    "Answer",
    "Framework",
    "Indicator",
    "Level",
    "Principle",
    "Target",
    "equality_framework",
    "esps",
    "load",
    "named",
    "supplier_questionnaire",
]


@cache
def _shipped(name: str) -> Framework:
    source = files("dueregard.assessment").joinpath("standards", f"{name}.toml")
    return parse(source.read_text(encoding="utf-8"), f"{name}.toml")


def esps(phase: str | None = "baseline") -> Framework:
    """The Equality Standard for the Police Service: 22 indicators in three sections, in each of three phases.

    Parameters
    ----------
    phase
        ``"baseline"``, ``"integrating"`` or ``"excelling"``; None for the ladder of all three, 66 indicators. The texts
        of the baseline were published; those of the other phases were not, and are placeholders by number.

    Returns
    -------
    Framework
        Four answers, of which fairly and very satisfactory count as met. In the baseline boroughs are exempt from 15B,
        17B, 20B and 21B; a unit meets it at 50% or above; 80% of units should by March 2011 and all by March 2012. No
        threshold was published for the other phases: give one with `Framework.with_percent`.

    Raises
    ------
    ValueError
        For another phase.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.frameworks.esps().indicators[0].id, len(dr.frameworks.esps(phase=None).indicators)
    ('1B', 66)
    """
    whole = _shipped("esps")
    return whole if phase is None else whole.phase(phase)


def equality_framework() -> Framework:
    """The equality framework of five levels: 142 questions, and an organisation is at a level only if every area is.

    Returns
    -------
    Framework
        An answer is the highest level that the evidence to a question reaches. A business area is at a level when every
        one of its questions is (the minimum rule). The texts were not published: questions are placeholders by number.

    Examples
    --------
    >>> import dueregard as dr
    >>> framework = dr.frameworks.equality_framework()
    >>> len(framework.indicators), framework.level_ids, framework.rule, framework.organisation
    (142, ('1', '2', '3', '4', '5'), 'minimum', 'every unit')
    """
    return _shipped("equality_framework")


def supplier_questionnaire() -> Framework:
    """A supplier equality questionnaire, in the order in which a pre-qualification questionnaire asks.

    Returns
    -------
    Framework
        Answers yes, partly and no, of which yes counts as met. A supplier passes when every section is met to 60%.

    Examples
    --------
    >>> import dueregard as dr
    >>> questionnaire = dr.frameworks.supplier_questionnaire()
    >>> questionnaire.kind, questionnaire.rule
    ('supplier', 'weakest section')
    """
    return _shipped("supplier_questionnaire")


def named(name: str) -> Framework:
    """A shipped framework by the name that commands and rules use: ``esps``, ``equality_framework`` and so on.

    Raises
    ------
    ValueError
        When there is none; the message lists them.
    """
    known = {"esps": esps, "equality_framework": equality_framework, "supplier_questionnaire": supplier_questionnaire}
    if name not in known:
        raise ValueError(f"framework: there is no {name!r}; the shipped ones are {', '.join(known)}")
    return known[name]()
