"""Assessment: scores, thresholds, levels, strengths and what is unmet, of units assessed against a framework."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Codes, Responses
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.answer_rows import answer_columns
from dueregard.assessment.scores.group_tests import group_columns
from dueregard.assessment.scores.groupings import parse, unit_groups
from dueregard.assessment.scores.level_rows import level_columns
from dueregard.assessment.scores.next_steps import next_step_columns
from dueregard.assessment.scores.performance import (
    Units,
    at_words,
    performance_columns,
    target_of,
    units_of,
    with_others,
)
from dueregard.assessment.scores.score_rows import beside_stated, by_columns, score_columns
from dueregard.assessment.scores.strengths import strength_columns
from dueregard.assessment.scores.threshold_rows import own_percent, percents_of, threshold_columns
from dueregard.assessment.scores.unmet_rows import unmet_columns
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.notices import notices

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STRONG, WEAK = 80.0, 50.0
"""Percents of units at or above which an indicator is a strength, and below which it is a weakness."""


class Assessment:
    """What `dueregard.assess` gives: every result is a Findings.

    Parameters
    ----------
    responses
        What units answered.
    framework
        What they were assessed against.
    scale
        How the codes of the answers are read.
    provenance, native
        As in `dueregard.tally`.

    Examples
    --------
    >>> import dueregard as dr
    >>> south_east = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    >>> south_east.scores()["unit"][0], round(south_east.scores()["value"][0], 1)
    ('Lambeth', 77.8)
    >>> section = south_east.thresholds(by="section", percents=50).filter(unit="Lambeth")
    >>> section["verdict"], south_east.unmet().filter(unit="Lambeth")["indicator"]
    (['met', 'met', 'not met'], ['6B', '8B', '18B', '19B'])
    """

    def __init__(
        self,
        responses: Responses,
        framework: Framework,
        scale: Scale,
        *,
        provenance: str | None = None,
        native: str | None = None,
    ) -> None:
        self.responses = responses
        self.framework = framework
        self.scale = scale
        self.provenance = provenance
        self.native = native
        self.counts = AnswerCounts(responses, framework, scale)

    @property
    def units(self) -> list[str]:
        """The units, in the order in which they came."""
        return list(self.responses.units)

    @property
    def kinds(self) -> list[str]:
        """The kind of each unit."""
        return list(self.responses.kinds)

    @property
    def areas(self) -> list[str | None]:
        """The area of each unit, None where it is not known."""
        return list(self.responses.areas)

    @property
    def by_indicator(self) -> bool:
        """Whether it is known which indicator an answer is to."""
        return self.responses.by_indicator

    @property
    def answers(self) -> Codes:
        """(n_units, n_indicators): the code of each answer, a position in ``scale.levels``.

        Raises
        ------
        ValueError
            When the responses do not say which indicator an answer is to.
        """
        return self.counts.codes

    def __repr__(self) -> str:
        what = f"Assessment of {len(self.units):,} units against the {self.framework.name}"
        see = (
            "See .scores() .thresholds() .levels() .strengths() .unmet() .next_steps()",
            "    .performance() .compare()",
        )
        return "\n".join([what, *see, *notices(self.provenance)])

    def scores(self, by: str | Sequence[str] | None = None, *, level: str | None = None) -> Findings:
        """Percent of the assessable indicators met, with the range that missing answers leave.

        Parameters
        ----------
        by
            None: one row a unit. Units together: ``"area"``, ``"kind"``, ``"organisation"``. Indicators apart:
            ``"section"`` or ``"principle"`` (of each unit), ``"indicator"`` (of all units). One of each crosses them:
            ``("area", "section")``.
        level
            The level at which an indicator counts as met: the framework's aim unless named.

        Returns
        -------
        Findings
            ``count`` (met), ``nobs`` (assessable), ``answered``, ``outcome_missing``; ``value`` and ``low`` count a
            missing answer as not met, ``high`` counts it as met, all in percent. Of several units the indicators are
            pooled; ``units`` is how many. With nothing assessable they are NaN and flagged. ``note`` says how many
            answers are missing. No sampling interval: every indicator was assessed.

        Raises
        ------
        ValueError
            For another ``by`` or level, or when the responses do not say which indicator an answer is to.
        """
        asked, wanted = parse(by), self._level(level)
        columns = score_columns(self.counts, asked, wanted)
        if by is None and self.responses.stated:
            columns = beside_stated(columns, self.responses.stated)
        return self._table(columns, by_columns(asked), "scores")

    def thresholds(
        self,
        by: str | Sequence[str] | None = None,
        *,
        percents: Sequence[float] | float | None = None,
        level: str | None = None,
    ) -> Findings:
        """Scores held against each threshold.

        Parameters
        ----------
        by, level
            As in `scores`.
        percents
            Percents of indicators met, from 0 to 100; the level's own and the framework's unless given.

        Returns
        -------
        Findings
            The rows of `scores` once for each threshold. ``verdict``: "met" when the value is at or above it, "not met"
            when even the best missing answers would leave it below, "cannot tell" when they decide it or nothing was
            assessable. ``reference_value`` is the threshold, in percent.

        Raises
        ------
        ValueError
            As `scores`; for a percent outside 0 to 100; when no threshold was published and none is given.
        """
        asked, wanted = parse(by), self.framework.level(self._level(level))
        held = percents_of(self.framework, wanted, percents)
        scores = score_columns(self.counts, asked, wanted.id)
        return self._table(
            threshold_columns(scores, self.framework, wanted, held),
            by_columns(asked),
            "thresholds",
            f"{self.framework.name}: thresholds",
        )

    def levels(self) -> Findings:
        """The level that the organisation and each unit have reached, beside the highest level with any evidence.

        Returns
        -------
        Findings
            A row for the organisation (``unit`` None), then one a unit: ``value`` and ``low`` the number of the level
            reached with missing answers not met, ``high`` with them met, 0 for none; ``level``, ``highest_level`` and
            ``evidence`` (the highest level at which any answer is met; none where answers are met or not and levels
            share their indicators, so that one answer would be evidence of all) by name; ``levels`` all names, lowest
            first; ``verdict`` against the level aimed at. Levels without a published threshold, and those nobody
            answered for, are not judged: ``note`` says so.

        Raises
        ------
        ValueError
            When the rule holds for each section and the responses do not say which indicator an answer is to.
        """
        return self._table(level_columns(self.counts), ("unit",), "levels", f"{self.framework.name}: levels")

    def strengths(
        self,
        by: str | None = None,
        *,
        strong: float = STRONG,
        weak: float = WEAK,
        level: str | None = None,
    ) -> Findings:
        """Strengths and weaknesses by indicator, with the units that do not meet each.

        Parameters
        ----------
        by
            None for all units, or ``"area"`` or ``"kind"`` for each apart.
        strong, weak
            Percent of units at or above which an indicator is a strength, and below which it is a weakness.
        level
            As in `scores`.

        Returns
        -------
        Findings
            One row an indicator: ``count`` of ``nobs`` units meet it, ``met_by`` names them, ``exceptions`` those that
            do not (or did not answer), ``verdict`` is "strength", "weakness", "neither", or "cannot tell" (missing
            answers decide), by the limits ``strong`` and ``weak``.

        Raises
        ------
        ValueError
            For another ``by``, percents that are none, or responses that do not know the indicators.
        """
        asked = parse("indicator" if by is None else (by, "indicator"))
        columns = strength_columns(self.counts, asked, self._level(level), strong, weak)
        return self._table(columns, by_columns(asked), "strengths", f"{self.framework.name}: strengths and weaknesses")

    def answers_by_indicator(self, *, level: str | None = None) -> Findings:
        """Every answer of every unit, as a heat map draws them.

        Parameters
        ----------
        level
            As in `scores`.

        Returns
        -------
        Findings
            One row a unit and indicator, units in their order and indicators in the framework's: ``answer`` in words,
            and ``verdict`` "met", "not met", "not assessed" for an indicator the unit is exempt from, or "missing".

        Raises
        ------
        ValueError
            When the responses do not say which indicator an answer is to.

        Examples
        --------
        >>> import dueregard as dr
        >>> south_east = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
        >>> answers = south_east.answers_by_indicator().filter(unit="Bexley")
        >>> len(answers), answers["verdict"].count("met")
        (22, 17)
        """
        self._need_indicators("answers_by_indicator")
        wanted = self._level(level)
        columns = answer_columns(self.counts, wanted)
        at = f" at {self.framework.level(wanted).label}" if len(self.framework.levels) > 1 else ""
        title = f"{self.framework.name}: answers by indicator{at}"
        return self._table(columns, ("unit", "section", "indicator"), "answers", title)

    def plot(self) -> "Figure":
        """A heat map of units and indicators; bars of scores where the answers to single indicators are not known."""
        return (self.answers_by_indicator() if self.by_indicator else self.thresholds()).plot()

    def unmet(self, *, level: str | None = None) -> Findings:
        """Every assessable indicator that a unit did not meet, or did not answer.

        Returns
        -------
        Findings
            One row a unit and indicator: ``unit``, ``section``, ``indicator``, ``answer`` ("not stated" and flagged
            where there is none) and the indicator's ``text``.

        Raises
        ------
        ValueError
            When the responses do not say which indicator an answer is to.
        """
        self._need_indicators("unmet")
        columns = unmet_columns(self.counts, self._level(level))
        return self._table(columns, ("unit", "section", "indicator"), "unmet", f"{self.framework.name}: not met")

    def next_steps(self) -> Findings:
        """What holds each unit back from its next level, and the fewest indicators that reach it.

        Returns
        -------
        Findings
            One row a unit: ``level`` reached, ``next_level``, ``count`` indicators needed, ``indicators`` the first
            such in the framework's order, ``holds_back`` all that are unmet at the next level (``nobs`` of them).
            A unit at the highest level that can be judged needs none. An unanswered indicator counts as unmet.

        Raises
        ------
        ValueError
            When the responses do not say which indicator an answer is to.
        """
        self._need_indicators("next_steps")
        return self._table(
            next_step_columns(self.counts), ("unit",), "next steps", f"{self.framework.name}: next steps"
        )

    def performance(
        self,
        target: float | None = None,
        *,
        percent: float | None = None,
        by: str | None = None,
        others: Mapping[str, tuple[int, int]] | None = None,
    ) -> Findings:
        """The performance indicator: the share of units at or above a threshold, against a target.

        Parameters
        ----------
        target
            Percent of units that should be; for all units the framework's first unless given (``target_date`` says by
            when), all of them if it has none. It says nothing of kinds, areas or sections: theirs is the one given, or
            none.
        percent
            A threshold, in percent of indicators met. Unless given, the units that have reached the level aimed at by
            the framework's rule are counted; in sections those at the level's percent.
        by
            None for all units and each kind; ``"section"`` for all units in each section; ``"area"`` for each area.
        others
            Kinds of unit that were assessed elsewhere, as ``{kind: (number at or above, number assessed)}``.

        Returns
        -------
        Findings
            ``count`` of ``nobs`` units, ``value`` in percent, ``low`` and ``high`` the range left by units for which
            missing answers decide (no sampling interval: every unit was assessed), ``reference_value`` the target and
            ``verdict``, NaN and None where there is none. Without units the value is NaN, flagged. A unit with
            nothing assessable is not among them.

        Raises
        ------
        ValueError
            For a percent or target outside 0 to 100, another ``by``, or others that cannot be or are among the
            responses.

        Examples
        --------
        >>> import dueregard as dr
        >>> boroughs = dr.assess(dr.data.load("borough_answers"), dr.frameworks.esps())
        >>> row = next(boroughs.performance(others={"other unit": (39, 41)}).rows())
        >>> row["count"], row["nobs"], round(row["value"]), row["verdict"]
        (71, 73, 97, 'target met')
        """
        if by not in (None, "section", "area"):
            raise ValueError(f"by: {by!r} is not None, 'section' or 'area'")
        held = percent if percent is None else percents_of(self.framework, self.framework.aimed, percent)[0]
        wanted = target_of(self.framework.aimed, target)
        rows = self._units_reaching(by) if held is None and by != "section" else self._units_at(held, by)
        if by is None:
            named = with_others({str(kind): units for kind, units in rows.items()}, others or {})
        elif others:
            raise ValueError("others: units assessed elsewhere are known by kind alone; leave out by")
        else:
            named = rows
        column = by or "kind"
        columns = performance_columns(named, column, self.framework, held, wanted, for_each=target is not None)
        if by is not None:
            columns["kind"] = [self.responses.kind] * len(named)
        title = f"{self.framework.name}: units {at_words(self.framework, held)}"
        return self._table(columns, (column,), "performance", title)

    def _units_reaching(self, by: str | None) -> dict[str | None, Units]:
        """How many units have reached the level aimed at, by the framework's rule, by kind or area."""
        own_percent(self.framework, self.framework.aimed)  # refuses a level that has no threshold
        _, *units = self.levels().rows()
        verdicts: dict[str | None, list[str]] = {label: [] for label in self._labels_of(by or "kind")}
        for label, row in zip(self._labels_of(by or "kind"), units, strict=True):
            verdicts[label].extend([] if Flag.NO_CASES in row["flag"] else [row["verdict"]])
        return {label: units_of(found) for label, found in verdicts.items()}

    def _units_at(self, percent: float | None, by: str | None) -> dict[str | None, Units]:
        """How many units are at or above a threshold, by kind, section or area."""
        held = own_percent(self.framework, self.framework.aimed) if percent is None else percent
        rows = self.thresholds("section" if by == "section" else None, percents=held)
        labels: list[str | None] = list(rows["section"]) if by == "section" else self._labels_of(by or "kind")
        verdicts: dict[str | None, list[str]] = {}
        for label, verdict, assessable in zip(labels, rows["verdict"], rows["nobs"], strict=True):
            verdicts.setdefault(label, []).extend([verdict] if assessable else [])
        return {label: units_of(found) for label, found in verdicts.items()}

    def _labels_of(self, name: str) -> list[str | None]:
        """The kind or area of each unit; "not stated" where it has none."""
        groups = unit_groups(self.responses, name)
        place = {int(i): label for label, members in zip(*groups, strict=True) for i in members}
        return [place[i] for i in range(len(self.units))]

    def compare(self, by: str, *, seed: int = 0, confidence_level: float = 0.95) -> Findings:
        """Whether areas, or kinds of unit, differ in the mean score of their units.

        Parameters
        ----------
        by
            ``"area"`` or ``"kind"``.
        seed
            Key of the random shuffles, where there are too many to try all.
        confidence_level
            Below 1 less this an adjusted p-value gives a verdict.

        Returns
        -------
        Findings
            First whether the groups vary by more than shuffling the units between them would make them; then each
            group's mean score against that of the rest, with a p-value by shuffling and Holm's adjustment. A group of
            one unit is shown and not tested. No interval: the units are all there are, and the question is only whether
            the grouping explains anything.

        Raises
        ------
        ValueError
            For another ``by``, or a confidence level that is not between 0 and 1.
        """
        if by not in ("area", "kind"):
            raise ValueError(f"by: {by!r} is not 'area' or 'kind'")
        if not 0 < confidence_level < 1:
            raise ValueError(f"confidence_level: {confidence_level} is not between 0 and 1")
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**64:
            raise ValueError(f"seed: {seed!r} is not a whole number from 0 to 2**64 - 1")
        columns = group_columns(self.counts, by, self.framework.aim, seed, confidence_level)
        return self._table(columns, (by,), "compared scores", f"{self.framework.name}: mean scores by {by}")

    @property
    def set_aside(self) -> Findings:
        """Responses that could not be right and were left out: of ``strict=False``, otherwise none."""
        columns = dict(self.responses.set_aside.columns())
        return self._table(columns, ("unit", "indicator"), "answers set aside", "Answers set aside")

    def _level(self, level: str | None) -> str:
        return self.framework.level(self.framework.aim if level is None else level).id

    def _need_indicators(self, what: str) -> None:
        if not self.by_indicator:
            raise ValueError(f"{what}: needs to know which indicator an answer is to; these are counts by unit")

    def _table(
        self, columns: Mapping[str, Sequence[Any]], by: tuple[str, ...], kind: str, title: str | None = None
    ) -> Findings:
        aside = len(self.responses.set_aside)
        words = f"{aside} answer{'' if aside == 1 else 's'} set aside, and in no figure"
        return Findings(
            columns,
            by=by,
            provenance=self.provenance,
            native=self.native,
            title=title or self.framework.name,
            higher_is_better=True,
            notes=[words] if aside else [],
            kind=kind,
        )
