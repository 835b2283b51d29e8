"""Assessment: scores, levels and unmet indicators of units that were assessed against a framework."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.assessment import performance, published, responses
from dueregard.assessment.answers import Scale
from dueregard.assessment.cells import Cells
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.totals import Totals
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.notices import notices

MEETS, DOES_NOT_MEET, CANNOT_TELL = "meets the baseline", "does not meet the baseline", "cannot tell"


class Assessment:
    """What `dueregard.assess` gives: every result is a Findings.

    Parameters
    ----------
    counted
        The responses, counted.
    framework
        What they were assessed against.
    scale
        How the levels of the answers are read.
    provenance, native
        As in `dueregard.tally`.

    Examples
    --------
    >>> import dueregard as dr
    >>> south_east = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    >>> south_east.scores()["unit"][0], round(south_east.scores()["value"][0], 1)
    ('Lambeth', 77.8)
    >>> section = south_east.levels(by="section").filter(unit="Lambeth", section="Organisational Processes")
    >>> section["verdict"], south_east.unmet().filter(unit="Lambeth")["indicator"]
    (['does not meet the baseline'], ['6B', '8B', '18B', '19B'])
    """

    def __init__(
        self,
        counted: responses.Responses,
        framework: Framework,
        scale: Scale,
        *,
        provenance: str | None = None,
        native: str | None = None,
    ) -> None:
        self.framework = framework
        self.units = list(counted.units)
        self.kinds = list(counted.kinds)
        self.by_indicator = counted.by_indicator
        self.stated = dict(counted.stated)
        self.provenance = provenance
        self.native = native
        self._cells = Cells(counted, framework, scale)

    @property
    def _percent(self) -> float:
        return 100.0 if self.framework.aimed.percent is None else self.framework.aimed.percent

    def __repr__(self) -> str:
        what = f"Assessment of {len(self.units):,} units against the {self.framework.name}"
        return "\n".join([f"{what}: see .scores(), .levels(), .unmet(), .indicator()", *notices(self.provenance)])

    def scores(self, by: str | None = None) -> Findings:
        """Percent of the assessable indicators met, with the range that missing answers leave.

        Parameters
        ----------
        by
            None: one row a unit. ``"section"``: one row a unit and section. ``"indicator"``: one row an indicator,
            the percent of the units asked that met it.

        Returns
        -------
        Findings
            ``unit``, ``section`` or ``indicator``; ``count`` (met), ``nobs`` (assessable), ``answered``,
            ``outcome_missing``; ``value`` and ``low`` count a missing answer as not met, ``high`` counts it as met,
            all in percent. With nothing assessable they are NaN and flagged. ``note`` says how many are missing.

        Raises
        ------
        ValueError
            For another ``by``, or when the responses do not say which indicator an answer is to.
        """
        if by is None:
            return self._by_unit()
        if by == "section":
            return self._by_section()
        if by == "indicator":
            return self._by_each_indicator()
        raise ValueError(f"by: {by!r} is not None, 'section' or 'indicator'")

    def _by_unit(self) -> Findings:
        """One row a unit, beside the percentages that came with the responses, if any did."""
        findings = self._findings(self._cells.sums(axis=1), {"unit": self.units})
        if not self.stated:
            return findings
        columns = findings.to_dict()
        columns["stated_percent"] = [self.stated.get(unit) for unit in self.units]
        for i, (stated, value) in enumerate(zip(columns["stated_percent"], columns["value"], strict=True)):
            if stated is not None and stated == stated and published.rounded(value) != stated:
                columns["flag"][i] |= Flag.INCONSISTENT_SOURCE
                words = f"{stated:g}% came with the responses"
                columns["note"][i] = "; ".join(filter(None, [columns["note"][i], words]))
        return self._table(columns, ("unit",))

    def _by_section(self) -> Findings:
        self._need_indicators("section")
        of_indicator = np.array([indicator.section for indicator in self.framework.indicators])
        parts = [self._cells.sums(axis=1, chosen=of_indicator == section) for section in self.framework.sections]
        totals = Totals(*(np.stack(count, axis=1).ravel() for count in zip(*parts, strict=True)))
        labels = list(self.framework.sections.values())
        units = [unit for unit in self.units for _ in labels]
        return self._findings(totals, {"unit": units, "section": labels * len(self.units)})

    def _by_each_indicator(self) -> Findings:
        self._need_indicators("indicator")
        indicators = self.framework.indicators
        sections = [self.framework.sections[indicator.section] for indicator in indicators]
        ids = [indicator.id for indicator in indicators]
        return self._findings(self._cells.sums(axis=0), {"section": sections, "indicator": ids})

    def _need_indicators(self, by: str) -> None:
        if not self.by_indicator:
            raise ValueError(f"by: {by!r} needs to know which indicator an answer is to; these are counts by unit")

    def _findings(self, totals: Totals, labels: Mapping[str, list[str]]) -> Findings:
        columns = {"measure": ["indicators met"] * len(totals.met), **labels, **totals.columns()}
        return self._table(columns, tuple(labels))

    def _table(self, columns: Mapping[str, Sequence[Any]], by: tuple[str, ...], title: str | None = None) -> Findings:
        return Findings(
            columns,
            by=by,
            provenance=self.provenance,
            native=self.native,
            title=title or self.framework.name,
            higher_is_better=True,
        )

    def levels(self, by: str | None = None) -> Findings:
        """Whether each unit meets the baseline.

        Parameters
        ----------
        by
            None or ``"section"``, as in `scores`.

        Returns
        -------
        Findings
            The rows of `scores` with ``verdict``: "meets the baseline" when the value is at or above it, "does not
            meet the baseline" when even the best missing answers would leave it below, "cannot tell" when they
            decide it or nothing was assessable. ``reference_value`` is the baseline, in percent.
        """
        if by not in (None, "section"):
            raise ValueError(f"by: {by!r} is not None or 'section'")
        columns = self.scores(by).to_dict()
        columns["reference"] = ["baseline"] * len(columns["value"])
        columns["reference_value"] = [self._percent] * len(columns["value"])
        columns["verdict"] = [
            self._verdict(low, high) for low, high in zip(columns["low"], columns["high"], strict=True)
        ]
        return self._table(columns, ("unit",) if by is None else ("unit", "section"))

    def _verdict(self, low: float, high: float) -> str:
        if low >= self._percent:
            return MEETS
        return DOES_NOT_MEET if high < self._percent else CANNOT_TELL

    def unmet(self) -> Findings:
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
        if not self.by_indicator:
            raise ValueError("unmet: needs to know which indicator an answer is to; these are counts by unit")
        cells = self._cells
        unmet = np.argwhere((cells.totals.assessable > 0) & (cells.totals.met == 0)).tolist()
        indicators = [self.framework.indicators[i] for _, i in unmet]
        none = [cells.totals.answered[unit, indicator] == 0 for unit, indicator in unmet]
        columns: dict[str, Sequence[Any]] = {
            "measure": ["answer"] * len(unmet),
            "unit": [self.units[unit] for unit, _ in unmet],
            "section": [self.framework.sections[indicator.section] for indicator in indicators],
            "indicator": [indicator.id for indicator in indicators],
            "row_type": ["group"] * len(unmet),
            "flag": [Flag.MISSING_ANSWERS if gone else Flag(0) for gone in none],
            "answer": [cells.answer(unit, indicator) for unit, indicator in unmet],
            "text": [indicator.text for indicator in indicators],
        }
        return self._table(columns, ("unit", "section", "indicator"), f"{self.framework.name}: not met")

    def indicator(
        self, target: float | None = None, *, others: Mapping[str, tuple[int, int]] | None = None
    ) -> Findings:
        """The performance indicator: the share of all units that meet the baseline, against a target.

        Parameters
        ----------
        target
            Percent of units that should; the framework's own unless given.
        others
            Kinds of unit that were assessed elsewhere, as ``{kind: (number meeting the baseline, number assessed)}``.

        Returns
        -------
        Findings
            A row for all units (``kind`` None), then one for each kind: ``count`` of ``nobs`` units, ``value`` in
            percent, ``low`` and ``high`` the range left by units for which missing answers decide (no sampling
            interval: every unit was assessed), ``reference_value`` the target and ``verdict``. Without units the
            value is NaN, flagged.

        Raises
        ------
        ValueError
            For a target outside 0 to 100, or others that cannot be or are among the responses.

        Examples
        --------
        >>> import dueregard as dr
        >>> from dueregard.assessment import assess, frameworks
        >>> boroughs = assess(dr.data.load("borough_answers"), frameworks.esps())
        >>> row = next(boroughs.indicator(others={"other unit": (39, 41)}).rows())
        >>> row["count"], row["nobs"], round(row["value"]), row["verdict"]
        (71, 73, 97, 'target met')
        """
        verdicts = self.levels()["verdict"]
        kinds: dict[str, performance.Units] = {}
        for kind in dict.fromkeys(self.kinds):
            own = [verdict for verdict, other in zip(verdicts, self.kinds, strict=True) if other == kind]
            kinds[kind] = performance.Units(own.count(MEETS), len(own), own.count(CANNOT_TELL))
        columns = performance.columns(kinds, others or {}, self.framework, target)
        return self._table(columns, ("kind",), f"{self.framework.name}: units that meet the baseline")

    def comparisons(self, claims: Mapping[str, Any]) -> Findings:
        """Every published figure beside what the responses give; see `disagreements`."""
        return self._table(
            published.columns(self, claims), ("unit", "section"), f"{self.framework.name}: published and computed"
        )

    def disagreements(self, claims: Mapping[str, Any]) -> Findings:
        """Where published figures disagree with the responses, with the framework or with each other.

        Parameters
        ----------
        claims
            Published tables by what they hold, as `dueregard.assessment.esps_claims` gives them: ``"scores"`` (percent
            met by unit, perhaps with the counts behind it), ``"section_scores"`` (unit by section), ``"average"``,
            ``"section_results"`` (units meeting the baseline by section), ``"section_indicators"`` (the indicators a
            section is said to hold) and ``"unmet"`` (the indicators a unit is said not to meet).

        Returns
        -------
        Findings
            One row a disagreement: ``measure`` (what was compared), ``value`` (computed), ``reference_value``
            (published), ``verdict``, ``note`` in plain English, and the ``document`` and ``line`` of the claim.

        Raises
        ------
        ValueError
            For an unknown kind of claim, or a claim about a unit that is not in the responses.
        """
        return self.comparisons(claims).filter(verdict=published.DISAGREES)
