"""`dueregard.assess_rounds`: the same units assessed in several rounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dueregard.assessment import response_table
from dueregard.assessment.assessing import assess, native_of
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.results import Assessment
from dueregard.assessment.rounds.progress import progress
from dueregard.assessment.rounds.round_changes import BY_ANSWERS, Pair, change_rows, crossing_rows, paired
from dueregard.findings import Findings
from dueregard.hints import did_you_mean
from dueregard.missing import is_missing, resolve
from dueregard.notices import notices
from dueregard.records import provenance_of


class Rounds(Mapping[str, Assessment]):
    """What `dueregard.assess_rounds` gives: the assessment of each round, by its label, in order.

    Examples
    --------
    >>> import dueregard as dr
    >>> rounds = dr.assess_rounds(dr.data.example("self_assessment"), dr.frameworks.esps())
    >>> list(rounds)
    ['first answer', 'after further evidence', 'after review']
    >>> crossed = rounds.crossings(percents=50).filter(unit="Havering")
    >>> crossed["to_round"], crossed["verdict"]
    (['after further evidence'], ['not met to met'])
    """

    def __init__(self, assessments: Mapping[str, Assessment]) -> None:
        self._assessments = dict(assessments)

    def __getitem__(self, label: str) -> Assessment:
        if label not in self._assessments:
            raise KeyError(f"no round {label!r}{did_you_mean(label, list(self))}; rounds: {', '.join(self)}")
        return self._assessments[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._assessments)

    def __len__(self) -> int:
        return len(self._assessments)

    def __repr__(self) -> str:
        named = f"Rounds {', '.join(self)} of the {self._last.framework.name}"
        return "\n".join(
            [f"{named}: see .scores(), .crossings(), .changes(), .progress()", *notices(self._last.provenance)]
        )

    @property
    def _last(self) -> Assessment:
        return list(self._assessments.values())[-1]

    def scores(self, by: str | Sequence[str] | None = None) -> Findings:
        """The scores of every round, with a column ``round``; as `Assessment.scores`."""
        parts = [(label, one.scores(by)) for label, one in self.items()]
        names = [name for name in parts[0][1].columns if name != "stated_percent"]
        columns = {name: [value for _, part in parts for value in part[name]] for name in names}
        columns["round"] = [label for label, part in parts for _ in range(len(part))]
        return self._table(columns, (*parts[0][1].by, "round"), "scores", "scores by round")

    def crossings(self, by: str | None = None, *, percents: Sequence[float] | float | None = None) -> Findings:
        """Every threshold that a unit crossed from one round to the next, up or down.

        Parameters
        ----------
        by
            None for units, ``"section"`` for the sections of units.
        percents
            As in `Assessment.thresholds`.

        Returns
        -------
        Findings
            One row a crossing: ``unit``, ``from_round``, ``to_round``, ``reference_value`` the threshold, ``before``
            and ``value`` the scores in percent, ``verdict`` such as "not met to met". ``gained`` and ``lost`` name the
            indicators now met or no longer, ``answers_given`` and ``answers_withdrawn`` those that were not answered
            before or are not now, ``exempted`` those that apply now or no longer; ``missing_before`` and
            ``outcome_missing`` count missing answers. None where nothing was crossed.
        """
        if by not in (None, "section"):
            raise ValueError(f"by: {by!r} is not None or 'section'")
        names = [
            "measure",
            "unit",
            "kind",
            *([by] if by else []),
            "from_round",
            "to_round",
            "row_type",
            "value",
            "reference",
        ]
        names += ["reference_value", "unit_of_measure", "verdict", "before", "called"]
        names += ["missing_before", "outcome_missing", *BY_ANSWERS]
        return self._rows(lambda pair: crossing_rows(pair, by, percents), names, "round crossings", "crossings", by)

    def changes(self) -> Findings:
        """Every answer that changed from one round to the next.

        Returns
        -------
        Findings
            One row a change: ``before`` and ``after`` the answers, ``verdict`` "gained" or "lost" (met or no longer),
            "moved" (another answer, as good), "answered" or "withdrawn" (without being met).
        """
        names = ["measure", "unit", "section", "indicator", "from_round", "to_round", "row_type", "verdict"]
        names += ["before", "after", "text"]
        aim = self._last.framework.aim
        return self._rows(
            lambda pair: change_rows(pair, aim), names, "round changes", "changes", "section", "indicator"
        )

    def progress(self, **arguments: Any) -> Findings:
        """What changed from the first round to the last; arguments as in `dueregard.progress`."""
        labels = list(self)
        return progress(self[labels[0]], self._last, names=(labels[0], labels[-1]), **arguments)

    def _rows(
        self,
        rows_of: Callable[[Pair], Iterator[dict[str, Any]]],
        names: Sequence[str],
        kind: str,
        title: str,
        *by: str | None,
    ) -> Findings:
        labels = list(self)
        rows = [row for old, new in pairwise(labels) for row in rows_of(paired(self[old], self[new], (old, new)))]
        columns = {name: [row[name] for row in rows] for name in names}
        return self._table(columns, ("unit", *(name for name in by if name)), kind, title)

    def _table(self, columns: Mapping[str, Sequence[Any]], by: tuple[str, ...], kind: str, title: str) -> Findings:
        last = self._last
        named = f"{last.framework.name}: {title}"
        return Findings(
            columns,
            by=by,
            provenance=last.provenance,
            native=last.native,
            title=named,
            higher_is_better=True,
            kind=kind,
        )


def assess_rounds(
    responses: Any,
    framework: Framework,
    *,
    round: str = "round",
    order: Sequence[str] | None = None,
    **arguments: Any,
) -> Rounds:
    """Score the same units in several rounds, such as first answers, after further evidence, after review.

    Parameters
    ----------
    responses
        As in `dueregard.assess`, with a column of rounds; or a dict of the responses of each round by its label.
    framework
        From `dueregard.frameworks`.
    round
        The column of rounds.
    order
        The rounds, first to last; in the order in which they first come unless given.
    **arguments
        As in `dueregard.assess`.

    Returns
    -------
    Rounds
        A mapping from each round to its `Assessment`, with ``scores``, ``crossings``, ``changes`` and ``progress``.

    Raises
    ------
    ValueError
        When there is no such column, a row names no round, ``order`` is not the rounds there are, or as
        `dueregard.assess` (the message begins with the round).
    """
    parts = _parts(responses, round, framework)
    if not parts:
        raise ValueError(f"{round}: there are no responses")
    labels = list(parts) if order is None else list(order)
    if sorted(labels) != sorted(parts):
        raise ValueError(f"order: {labels} are not the rounds there are: {', '.join(parts)}")
    found = {}
    for label in labels:
        try:
            found[label] = assess(parts[label], framework, **arguments)
            found[label].native = native_of(responses)
        except ValueError as error:
            raise ValueError(f"round {label!r}: {error}") from error
    return Rounds(found)


def _parts(responses: Any, round: str, framework: Framework) -> dict[str, Any]:
    """The responses of each round."""
    if isinstance(responses, Mapping) and responses and all(_is_table(part) for part in responses.values()):
        return {str(label): part for label, part in responses.items()}
    columns = response_table.read(responses, framework=framework)
    if round not in columns:
        raise ValueError(f"round: no column {round!r}{did_you_mean(round, list(columns))}")
    rows: dict[str, list[int]] = {}
    for row, value in enumerate(columns[round]):
        if is_missing(resolve(value, {})):
            raise ValueError(f"{round}: no round at row {row}")
        rows.setdefault(str(value), []).append(row)
    return {label: _part(columns, at, round, responses) for label, at in rows.items()}


def _part(columns: response_table.Columns, rows: list[int], round: str, responses: Any) -> Any:
    """The rows of one round, with the provenance of the whole."""
    from dueregard.data.example_records import ExampleRecords

    part = response_table.some_rows(columns, rows)
    del part[round]
    provenance = provenance_of(responses)
    return part if provenance is None else ExampleRecords(part, provenance=provenance)  # type: ignore[arg-type]


def _is_table(part: Any) -> bool:
    return isinstance(part, (Mapping, str)) or hasattr(part, "columns") or hasattr(part, "dims")
