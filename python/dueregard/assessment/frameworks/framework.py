"""The framework: indicators, sections, levels, the scale of answers, who is exempt, and what counts as met."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dueregard.assessment.frameworks.framework_checks import check

MINIMUM, SHARE_MET, WEAKEST_SECTION = "minimum", "share met", "weakest section"
RULES = (MINIMUM, SHARE_MET, WEAKEST_SECTION)
EVERY_UNIT, SHARE_OF_UNITS = "every unit", "share of units"
ORGANISATION_RULES = (EVERY_UNIT, SHARE_OF_UNITS)


@dataclass(frozen=True)
class Answer:
    """One answer of the scale.

    Either it counts as met or it does not, or (where an answer is itself a level) it meets ``level`` and all below; it
    then counts as met when it meets the level that the framework aims at.
    """

    id: str
    label: str
    met: bool = False
    level: str | None = None


@dataclass(frozen=True)
class Target:
    """The percent of units that should be at a level, by a date if one was set."""

    percent: float
    by: datetime.date | None = None


@dataclass(frozen=True)
class Level:
    """One level (or phase): what it is called, and the percent of assessable indicators that reaches it.

    ``percent`` is None where no threshold was published: whether such a level is reached cannot be told.
    """

    id: str
    label: str
    percent: float | None = None
    called: str = ""
    means: str = ""
    targets: tuple[Target, ...] = ()

    @property
    def words(self) -> str:
        """Its name within a sentence."""
        return self.called or self.label


@dataclass(frozen=True)
class Principle:
    """A principle of another strategy that indicators serve."""

    id: str
    label: str


@dataclass(frozen=True)
class Indicator:
    """One indicator, with the text that was published or a placeholder that says it was not."""

    id: str
    section: str
    text: str
    level: str | None = None
    principles: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Framework:
    """A standard that units assess themselves against.

    Parameters
    ----------
    name
        What it is called in titles.
    answers
        The scale, lowest first.
    sections
        Section id to label, in order.
    indicators
        The indicators, in order.
    levels
        The levels (or phases), lowest first.
    exempt
        Kind of unit to the indicators that such units are not asked about.
    kind
        The kind of unit when none is named.
    rule
        From indicators to level. "minimum": every assessable indicator is met; "share met": the level's percent of them
        are; "weakest section": the level's percent of them in every section.
    organisation
        From units to the organisation: "every unit" is at the level, or the target's "share of units".
    aim
        The level that scores refer to when none is named.
    thresholds
        Percents of indicators met that results are held against, beside the level's own.
    principles
        Principles that indicators are linked to.
    source
        Where it was published.

    Raises
    ------
    ValueError
        When it could not be scored; the message names the part.

    Examples
    --------
    >>> import dueregard as dr
    >>> esps = dr.frameworks.esps()
    >>> len(esps.indicators), len(esps.assessable("borough")), esps.aimed.percent
    (22, 18, 50.0)
    """

    name: str
    answers: tuple[Answer, ...]
    sections: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    levels: tuple[Level, ...]
    exempt: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kind: str = "unit"
    rule: str = SHARE_MET
    organisation: str = EVERY_UNIT
    aim: str = ""
    thresholds: tuple[float, ...] = ()
    principles: tuple[Principle, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.aim and self.levels:
            object.__setattr__(self, "aim", self.levels[-1 if self.is_graded else 0].id)
        check(self, RULES, ORGANISATION_RULES)
        if self.is_graded:
            met = zip(self.answers, self.meets(self.aim), strict=True)
            object.__setattr__(self, "answers", tuple(replace(answer, met=meets) for answer, meets in met))

    def __repr__(self) -> str:
        levels = ", ".join(level.label for level in self.levels)
        held = (
            f"{len(self.indicators)} indicators in {len(self.sections)} sections; levels: {levels}; rule: {self.rule}"
        )
        return f"Framework {self.name!r}: {held}; kinds of unit: {', '.join(self.kinds)}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of unit it knows."""
        return tuple(self.exempt) or (self.kind,)

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Ids of all indicators, in order."""
        return tuple(indicator.id for indicator in self.indicators)

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """Ids of the answers, in the order of the scale."""
        return tuple(answer.id for answer in self.answers)

    @property
    def level_ids(self) -> tuple[str, ...]:
        """Ids of the levels, lowest first."""
        return tuple(level.id for level in self.levels)

    @property
    def is_graded(self) -> bool:
        """Whether an answer is itself a level, rather than met or not."""
        return any(answer.level is not None for answer in self.answers)

    @property
    def has_phases(self) -> bool:
        """Whether there are several levels, each with indicators of its own."""
        return len(self.levels) > 1 and any(indicator.level is not None for indicator in self.indicators)

    @property
    def aimed(self) -> Level:
        """The level that scores refer to when none is named."""
        return self.level(self.aim)

    def level(self, identifier: str) -> Level:
        """The level of that id."""
        for level in self.levels:
            if level.id == identifier:
                return level
        raise ValueError(f"level: {identifier!r} is not one of {', '.join(self.level_ids)}")

    def assessable(self, kind: str) -> tuple[Indicator, ...]:
        """The indicators that a kind of unit is asked about."""
        left_out = self.exempt.get(kind, frozenset())
        return tuple(indicator for indicator in self.indicators if indicator.id not in left_out)

    def meets(self, level: str) -> tuple[bool, ...]:
        """Of each answer of the scale, whether it counts as met at a level."""
        if not self.is_graded:
            return tuple(answer.met for answer in self.answers)
        wanted = self.level_ids.index(self.level(level).id)
        reached = [-1 if a.level is None else self.level_ids.index(a.level) for a in self.answers]
        return tuple(position >= wanted for position in reached)

    def is_asked(self, indicator: Indicator, level: str) -> bool:
        """Whether an indicator counts towards a level: its own phase's, or every level's."""
        return indicator.level is None or indicator.level == level

    def phase(self, identifier: str) -> "Framework":
        """The framework of one level alone: its indicators, its threshold, its targets.

        Raises
        ------
        ValueError
            When there is no such level.

        Examples
        --------
        >>> import dueregard as dr
        >>> dr.frameworks.esps(phase=None).phase("integrating").indicator_ids[:2]
        ('1I', '2I')
        """
        level = self.level(identifier)
        kept = tuple(indicator for indicator in self.indicators if self.is_asked(indicator, level.id))
        ids = {indicator.id for indicator in kept}
        return replace(
            self,
            name=f"{self.name}: {level.label.lower()}",
            indicators=kept,
            levels=(level,),
            exempt={kind: frozenset(left_out & ids) for kind, left_out in self.exempt.items()},
            aim=level.id,
        )

    def with_percent(self, level: str, percent: float) -> "Framework":
        """The same framework with a threshold for a level, such as one that was agreed after it was published.

        Examples
        --------
        >>> import dueregard as dr
        >>> dr.frameworks.esps("integrating").with_percent("integrating", 50).aimed.percent
        50.0
        """
        wanted = self.level(level).id
        levels = tuple(replace(one, percent=float(percent)) if one.id == wanted else one for one in self.levels)
        return replace(self, levels=levels)
