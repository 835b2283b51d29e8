"""Answers counted by any grouping of units and indicators, by the compiled counting of codes."""

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.assessment.answers import NOT_ASSESSABLE, Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Codes, Responses
from dueregard.assessment.scores.groupings import By, Groups, indicator_groups, unit_groups
from dueregard.assessment.scores.totals import Totals


class AnswerCounts:
    """Counts of answers, and the totals they make at each level."""

    def __init__(self, responses: Responses, framework: Framework, scale: Scale) -> None:
        self.responses = responses
        self.framework = framework
        self.scale = scale

    @property
    def codes(self) -> Codes:
        """(n_units, n_indicators)."""
        if self.responses.codes is None:
            raise ValueError("needs to know which indicator an answer is to; these are counts by unit")
        return self.responses.codes

    def groups(self, by: By, level: str) -> tuple[Groups, Groups]:
        """The groups of units and of indicators."""
        if by.indicators is not None and not self.responses.by_indicator:
            raise ValueError(
                f"by: {by.indicators!r} needs to know which indicator an answer is to; these are counts by unit"
            )
        return unit_groups(self.responses, by.units), indicator_groups(self.framework, by.indicators, level)

    def totals(self, units: Groups, indicators: Groups, level: str) -> Totals:
        """(n_unit_groups, n_indicator_groups): indicators met at the level, answered and assessable."""
        counts = self._counts(units, indicators)
        met = counts[..., self.scale.meets(level)].sum(axis=-1)
        answered = counts[..., self.scale.stated].sum(axis=-1)
        return Totals(met, answered, counts[..., self.scale.states != NOT_ASSESSABLE].sum(axis=-1))

    def _counts(self, units: Groups, indicators: Groups) -> NDArray[np.int64]:
        """(n_unit_groups, n_indicator_groups, n_codes)."""
        if self.responses.codes is None:
            by_unit = self.responses.counts[:, None, :]
        elif len(indicators.labels) > len(units.labels):  # the fewer groups, the fewer counts to add up
            turned = self._by_group(np.ascontiguousarray(self.codes.T), units)
            return np.stack([turned[one].sum(axis=0, dtype=np.int64) for one in indicators.members], axis=1)
        else:
            by_unit = self._by_group(self.codes, indicators)
        return np.stack([by_unit[one].sum(axis=0, dtype=np.int64) for one in units.members])

    def _by_group(self, codes: Codes, groups: Groups) -> NDArray[np.int32]:
        """(n_rows, n_groups, n_codes): the columns of each group counted; a column may be in several."""
        columns = np.concatenate([np.empty(0, dtype=np.int64), *groups.members])
        group_of = np.repeat(np.arange(len(groups.members), dtype=np.int32), [len(one) for one in groups.members])
        chosen = (
            codes if np.array_equal(columns, np.arange(codes.shape[1])) else np.ascontiguousarray(codes[:, columns])
        )
        return _core.count_answers(chosen, group_of, len(groups.members), len(self.scale.levels))
