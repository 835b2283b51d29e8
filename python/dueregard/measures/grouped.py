"""A tally arranged for comparing groups: areas down, groups across, and how many had the property."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.findings import check_by
from dueregard.hints import did_you_mean
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.surveys.intervals.edge_intervals import SurveyShares
from dueregard.inference.surveys.intervals.likeness import likeness
from dueregard.measures.non_answers import is_absent_non_answer
from dueregard.measures.survey_tallies import SurveyTally, survey_tally
from dueregard.measures.surveyed import Surveyed
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Grouped:
    """Counts by area and group; every array has the shape (areas, groups).

    ``count`` cases with the property among ``nobs`` stated cases outside ``exclude``; ``outcome_missing`` others, of
    whom those not applicable are no part. ``weight_count``, ``weight`` and ``squares`` are the sums of weights behind
    ``count`` and ``nobs`` and of squared weights behind ``nobs``: the counts themselves when there are no weights.
    Of a survey with a design, ``survey`` has the cells of each share by cluster.
    """

    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    known_group: NDArray[np.bool_]
    known_area: NDArray[np.bool_]
    count: Counts
    nobs: Counts
    outcome_missing: Counts
    weight_count: Floats
    weight: Floats
    squares: Floats
    weighted: bool
    survey: Surveyed | None = None

    @classmethod
    def of_counts(
        cls, groups: list[Any], count: Counts, nobs: Counts, outcome_missing: Counts, *,
        by: tuple[str, ...] = (), areas: Sequence[tuple[Any, ...]] = ((),), base: Floats | None = None,
    ) -> "Grouped":  # fmt: skip
        """Cases without weights, of ``nobs``, or of a ``base`` that is no whole number of them."""
        base = nobs.astype(np.float64) if base is None else base
        return cls(
            by=by,
            areas=list(areas),
            groups=groups,
            known_group=np.array([not is_missing(label) for label in groups], bool),
            known_area=np.array([not any(map(is_missing, area)) for area in areas], bool),
            count=count,
            nobs=nobs,
            outcome_missing=outcome_missing,
            weight_count=count.astype(np.float64),
            weight=base,
            squares=base,
            weighted=False,
        )

    @property
    def has_weights(self) -> bool:
        """Whether cases have weights; a design alone also has effective numbers of cases."""
        return self.weighted if self.survey is None else self.survey.weighted

    def size_at(self, confidence_level: float) -> Floats:
        """The size, of a survey less what is not known of its variance; see `SurveyShares.adjusted_size`."""
        return self.size if self.precision is None else self.precision.adjusted_size(normal_quantile(confidence_level))

    @property
    def share(self) -> Floats:
        """Share of cases with the property; NaN where there are none."""
        nothing = np.full(self.weight.shape, np.nan)
        share = np.divide(self.weight_count, self.weight, out=nothing, where=self.weight > 0)
        return np.where(self._all & (self.weight > 0), 1.0, share)

    @property
    def size(self) -> Floats:
        """Number of cases the share rests on: when weighted Kish's; with a design the one of its variance, if fewer."""
        return self.kish if self.precision is None else self.precision.capped.size

    @property
    def kish(self) -> Floats:
        """Kish's effective number of cases, (sum w)^2 / sum w^2."""
        square = np.square(self.weight)
        return np.asarray(np.divide(square, self.squares, out=np.zeros(square.shape), where=self.squares > 0))

    @property
    def cases(self) -> Floats:
        """Number of cases with the property among ``size``: ``count`` itself when there are no weights."""
        if self.survey is not None:
            return np.where(self.size > 0, self.share * self.size, 0.0)
        ratio = np.divide(self.weight, self.squares, out=np.zeros(self.weight.shape), where=self.squares > 0)
        return np.where(self._all, self.size, self.weight_count * ratio)

    @property
    def _all(self) -> NDArray[np.bool_]:
        """Where every case, or all that weigh anything, has the property: sums of weights may be rounded otherwise."""
        return np.asarray((self.count == self.nobs) | (self.weight_count >= self.weight))

    @cached_property
    def precision(self) -> SurveyShares | None:
        """The shares with their effective sizes, of a survey with a design."""
        return None if self.survey is None else self.survey.shares(self.share, self.nobs, self.kish)

    def summed(self) -> "Grouped":
        """All areas together, as one area."""
        arrays = {name: getattr(self, name).sum(axis=0, keepdims=True) for name in _ARRAYS}
        every = np.arange(self.nobs.size)
        arrays["survey"] = self._united(every % max(len(self.groups), 1), every, len(self.groups))
        return self._with(areas=[(None,) * len(self.by)], known_area=np.array([True]), **arrays)

    def of_areas(self, keep: NDArray[np.bool_]) -> "Grouped":
        """Some of the areas."""
        areas = [area for area, kept in zip(self.areas, keep, strict=True) if kept]
        arrays = {name: getattr(self, name)[keep] for name in _ARRAYS}
        places = np.flatnonzero(np.repeat(keep, len(self.groups)))
        arrays["survey"] = self._united(np.arange(len(places)), places, len(places))
        return self._with(areas=areas, known_area=self.known_area[keep], **arrays)

    def opposite(self, position: int | None, *, own: bool = False) -> "Grouped":
        """For each group, what it is compared with, in its place.

        That is the group at ``position``; without one, all other known groups together, with ``own`` the group too.
        """
        if position is not None:
            among = np.zeros((len(self.groups), len(self.groups)), bool)
            among[:, position] = True
        else:
            among = self.known_group & (own | ~np.eye(len(self.groups), dtype=bool))
        arrays = {name: np.where(among, getattr(self, name)[:, np.newaxis, :], 0).sum(axis=-1) for name in _ARRAYS}
        if self.survey is not None:
            first = len(self.groups) * np.arange(len(self.areas))[:, np.newaxis]  # of the shares of each area
            to, source = np.nonzero(among)
            arrays["survey"] = self._united(first + to, first + source, self.nobs.size)
        return self._with(**arrays)

    def _united(self, new: Any, old: Any, n: int) -> Surveyed | None:
        return None if self.survey is None else self.survey.united(new, old, n)

    def _with(self, **changes: Any) -> "Grouped":
        return replace(self, **changes)

    def of_survey(self, survey: Surveyed | None) -> "Grouped":
        """With the cells that the shares are made of, which say how alike answers of one cluster are."""
        if survey is None:
            return self
        found = survey.shares(self.share, self.nobs, self.kish)
        estimates = survey.estimates
        shape = self.nobs.shape
        alike = likeness(
            self.share,
            np.reshape(estimates.quotients.variance, shape),
            self.nobs.astype(np.float64),
            self.kish,
            np.reshape(estimates.clusters, shape).astype(np.float64),
            (found.size > 0) & ~found.edge,
        )
        return self._with(survey=replace(survey, alike=alike), weighted=True)


_ARRAYS = ("count", "nobs", "outcome_missing", "weight_count", "weight", "squares")


def arrange(
    tally: Tally, *, outcome: str, positive: Any, exclude: Any, group: str | None, by: Sequence[str]
) -> Grouped:  # fmt: skip
    """The tally of by x group x outcome as counts of cases with and without the property; without groups, of all."""
    margin = tally.margin(*by, *([] if group is None else [group]), outcome)
    answers = margin.labels[outcome]
    positives, kept = answer_positions(outcome, answers, positive=positive, exclude=exclude)
    asked = [i for i, label in enumerate(answers) if label != NOT_APPLICABLE]
    groups = [None] if group is None else margin.labels[group]
    areas = list(product(*(margin.labels[name] for name in by)))
    shape = (len(areas), len(groups), len(answers))
    counts = margin.counts.reshape(shape)
    sums = margin.sums.reshape(shape) if margin.weighted else counts.astype(np.float64)
    squares = margin.squares.reshape(shape) if margin.weighted else sums
    nobs = counts[..., kept].sum(axis=-1)
    survey = None
    if isinstance(margin, SurveyTally):
        survey = margin.surveyed(positives, kept)
    return Grouped(
        by=tuple(by),
        areas=areas,
        groups=groups,
        known_group=np.array([not is_missing(label) for label in groups], bool),
        known_area=np.array([not any(map(is_missing, area)) for area in areas], bool),
        count=counts[..., positives].sum(axis=-1),
        nobs=nobs,
        outcome_missing=counts[..., asked].sum(axis=-1) - nobs,
        weight_count=sums[..., positives].sum(axis=-1),
        weight=sums[..., kept].sum(axis=-1),
        squares=squares[..., kept].sum(axis=-1),
        weighted=margin.weighted,
    ).of_survey(survey)


def divided(tally: Tally, *, of: str, by: Sequence[str], left_out: Sequence[int]) -> Grouped:
    """The tally of by x of as counts of each label out of all stated ones; ``known_group`` marks those in the whole."""
    margin = tally.margin(*by, of)
    names = margin.labels[of]
    areas = list(product(*(margin.labels[name] for name in by)))
    counts = margin.counts.reshape(len(areas), len(names))
    sums = margin.sums.reshape(counts.shape) if margin.weighted else counts.astype(np.float64)
    squares = margin.squares.reshape(counts.shape) if margin.weighted else sums
    inside = np.array([i not in left_out and not is_missing(label) for i, label in enumerate(names)], bool)
    asked = np.array([label != NOT_APPLICABLE for label in names], bool)

    def whole(values: NDArray[Any]) -> NDArray[Any]:
        return np.repeat(values[:, inside].sum(axis=1)[:, np.newaxis], len(names), axis=1)

    return Grouped(
        by=tuple(by),
        areas=areas,
        groups=names,
        known_group=inside,
        known_area=np.array([not any(map(is_missing, area)) for area in areas], bool),
        count=counts,
        nobs=whole(counts),
        outcome_missing=np.repeat(counts[:, asked].sum(axis=1)[:, np.newaxis], len(names), axis=1) - whole(counts),
        weight_count=sums,
        weight=whole(sums),
        squares=whole(squares),
        weighted=margin.weighted,
    ).of_survey(margin.divided(np.flatnonzero(inside)) if isinstance(margin, SurveyTally) else None)


def tally_of(
    data: Any,
    columns: Sequence[str],
    *,
    outcome: str | None,
    weight: Any,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
    count: str | None = None,
    design: Any = None,
) -> Tally:
    """The data as a tally that has every column asked for; a Tally stays as it is."""
    if design is not None:
        return survey_tally(
            data, list(columns), design, outcome=outcome, weight=weight, where=where, labels=labels, missing=missing,
            threads=threads, count=count,
        )  # fmt: skip
    options: dict[str, Any] = {
        "weight": weight,
        "where": where,
        "labels": labels,
        "missing": missing,
        "threads": threads,
        "count": count,
    }
    if not isinstance(data, Tally):
        from dueregard.counting import tally

        counted = tally(data, list(columns), outcome=outcome, **options)
        if not counted.counts.size:
            raise ValueError("there are no rows to count" if where is None else "where: no row is left to count")
        return counted
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise TypeError(f"{given[0]}: data is a Tally, which is already counted; pass {given[0]} to dr.tally")
    for name in [*columns, *([] if outcome is None else [outcome])]:
        if name not in data.dims:
            raise ValueError(f"no dimension {name!r}{did_you_mean(name, data.dims)} in the tally; .dims is {data.dims}")
    return data


def by_names(by: str | Sequence[str] | None, taken: Mapping[str, str]) -> tuple[str, ...]:
    """The by columns as a tuple, none of which is used for something else (``taken``: argument to column)."""
    if by is not None and not isinstance(by, Iterable):
        raise TypeError(f"by: {by!r} is not the name of a column")
    names = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"by: {name!r} is not the name of a column")
    check_by(names)
    uses = [*taken.items(), *(("by", name) for name in names)]
    for i, (argument, name) in enumerate(uses):
        if not isinstance(name, str):
            raise TypeError(f"{argument}: {name!r} is not the name of a column")
        for other, same in uses[:i]:
            if name == same:
                raise ValueError(f"{argument}: {name!r} is already given as {other}")
    return names


def as_labels(labels: Any) -> list[Any]:
    """One label or several, as a list."""
    return list(labels) if isinstance(labels, Iterable) and not isinstance(labels, (str, bytes)) else [labels]


def answer_positions(
    outcome: str, answers: Sequence[Any], *, positive: Any, exclude: Any
) -> tuple[list[int], list[int]]:
    """Where the answers that count stand among those of an outcome, and where all of its base: stated, not excluded."""
    counts = positions("positive", as_labels(positive), answers, outcome)
    left_out = positions("exclude", as_labels(exclude), answers, outcome)
    both = [answers[i] for i in counts if i in left_out]
    if both:
        raise ValueError(f"positive and exclude: {both[0]!r} is in both")
    return counts, [i for i, label in enumerate(answers) if i not in left_out and not is_missing(label)]


def positions(argument: str, wanted: Sequence[Any], labels: Sequence[Any], column: str) -> list[int]:
    """Where the labels named in an argument stand among those of a column; each must be there.

    To exclude a kind of missing, or a known non-answer such as "Don't know", that does not occur is no mistake.
    """
    absent = [label for label in wanted if argument == "exclude" and _is_absent(label, labels)]
    found = [position(argument, label, labels, column) for label in wanted if label not in absent]
    if argument == "positive" and not found:
        raise ValueError("positive: no label is named")
    return sorted(set(found))


def _is_absent(label: Any, labels: Sequence[Any]) -> bool:
    return label not in labels if is_missing(label) else is_absent_non_answer(label, labels)


def refuse_nobody(group: str, groups: Sequence[Any], place: int | None) -> None:
    """Refuse a column of groups of which none is left to compare: with that at ``place``, or with all others."""
    known = [label for i, label in enumerate(groups) if i != place and not is_missing(label)]
    if len(known) <= (place is None):
        alone = [groups[place]] if place is not None else known
        said = f"is {alone[0]!r} in every row that states it" if alone else "is stated in no row"
        raise ValueError(
            f"group: {group!r} {said}, so that nobody is left to compare; keep the rows of two groups at least (see "
            "where=)"
        )


def position(argument: str, label: Any, labels: Sequence[Any], column: str) -> int:
    """Where one label stands among those of a column."""
    if is_missing(label) and argument != "exclude":
        raise ValueError(f"{argument}: {label!r} is a kind of missing, not a label of {column!r}")
    for i, known in enumerate(labels):
        if type(known) is type(label) and known == label:
            return i
    for i, known in enumerate(labels):  # a NumPy scalar, or 1 for 1.0; but never 1 for True
        if isinstance(known, (bool, np.bool_)) == isinstance(label, (bool, np.bool_)) and known == label:
            return i
    names = ", ".join(repr(known) for known in labels if not is_missing(known))
    hint = did_you_mean(label, labels)
    there = f"its labels are {names}" if names else "it has none, for no row states one"
    raise ValueError(f"{argument}: {label!r} is not a label of {column!r}{hint}; {there}")


def words_for(outcome: str, positive: Any) -> str:
    """What is measured, in words: the outcome and the answers that count, of more than two only the first by name."""
    labels = list(dict.fromkeys(map(str, as_labels(positive))))
    if labels == ["True"]:
        return outcome
    if len(labels) > 2:
        labels[1:] = [f"{len(labels) - 1} other answers"]
    return f"{outcome} ({' or '.join(labels)})"
