"""The stages of work at which groups are compared: what is counted, out of what, and which way is worse."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.measures.rates.bases import Basis

RATE_BASES = ("person-time",)
OWN_BASES = ("previous-stage", "eligible-pool", "headcount", "person-time")
"""What a stage can be out of: those of the stage before, those who could have, all staff, or their time in post."""


@dataclass(frozen=True)
class Stage:
    """One stage.

    Parameters
    ----------
    name : str
        By which it is asked for, such as "promotion".
    events : str
        What is counted, in the plural: "promotions".
    base : str
        What it is out of: "staff eligible for promotion".
    basis : {"previous-stage", "eligible-pool", "headcount", "person-time"}
        What kind of denominator that is.
    higher_is_better : bool
        Whether a higher likelihood is the better one for the group.
    published, published_over : str, optional
        Who prints such a ratio, and which way round.
    note : str, optional
        What else a reader has to know.
    """

    name: str
    events: str
    base: str
    basis: str
    higher_is_better: bool
    published: str | None = None
    published_over: str | None = None
    note: str | None = None

    @property
    def denominator(self) -> Basis:
        """The basis as rows say it."""
        return Basis(self.basis, self.base, self.basis in RATE_BASES)

    @property
    def convention(self) -> str:
        """Which way round the ratio is, which way is worse, and what others print."""
        worse = "below" if self.higher_is_better else "above"
        text = f"group over reference: {worse} 1 is worse for the group"
        if self.published is None:
            return text
        return f"{text}; {self.published}, {'1 over this' if self._is_turned else 'as here'}"

    @property
    def _is_turned(self) -> bool:
        return self.published_over == "reference over group"


@cache
def _catalogue() -> dict[str, Stage]:
    text = files("dueregard.measures.workforce").joinpath("stages.toml").read_text(encoding="utf-8")
    return {name: Stage(name, **about) for name, about in tomllib.loads(text).items()}


def stages() -> dict[str, list[Any]]:
    """The stages of work that are known, in the order of a working life.

    Returns
    -------
    dict of str to list
        One column each: ``stage``, ``events``, ``base``, ``basis``, ``better`` and ``convention``.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = dr.stages()
    >>> i = table["stage"].index("promotion")
    >>> table["events"][i], table["base"][i], table["better"][i]
    ('promotions', 'staff eligible for promotion', 'higher')
    """
    known = list(_catalogue().values())
    columns: dict[str, list[Any]] = {"stage": [each.name for each in known]}
    columns |= {name: [getattr(each, name) for each in known] for name in ("events", "base", "basis")}
    columns["better"] = ["higher" if each.higher_is_better else "lower" for each in known]
    return columns | {"convention": [each.convention for each in known]}


def stage_named(stage: Any) -> Stage:
    """A stage by its name, or one of one's own as it is."""
    if isinstance(stage, Stage):
        if stage.basis not in OWN_BASES:
            raise ValueError(f"stage: the basis {stage.basis!r} is not one of {', '.join(map(repr, OWN_BASES))}")
        return stage
    if not isinstance(stage, str):
        raise TypeError(f"stage: {stage!r} is neither the name of a stage nor a Stage")
    known = _catalogue()
    if stage not in known:
        hint = did_you_mean(stage, list(known))
        raise ValueError(f"stage: there is no {stage!r}{hint}; the stages are {', '.join(known)}")
    return known[stage]
