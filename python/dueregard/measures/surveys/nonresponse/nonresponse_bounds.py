"""`dueregard.bound_nonresponse`: how far those who did not answer could move a gap, and what would make it vanish."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.references import REST, Reference
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.inference.unknowns.answer_bounds import bound_answers
from dueregard.inference.unknowns.non_respondents import departure_needed
from dueregard.measures.comparison_rows import Columns, flat, only_where, percent
from dueregard.measures.gaps.compared import Compared, Question, compare
from dueregard.measures.gaps.gap_rows import gap_columns
from dueregard.measures.grouped import Grouped, arrange, by_names, position, tally_of, words_for
from dueregard.measures.surveys.nonresponse.asked import without_answer
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule

HOLDS = "holds whatever they would have said"
DEPENDS = "depends on what they would have said"
NO_GAP = "no gap among those who answered"


def bound_nonresponse(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    asked: Any = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    name: str | None = None,
    period: str | None = None,
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    design: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Bounds of a gap for everybody who was asked, and how different those who did not answer would have to be.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Those who answered; without ``asked`` everybody who was asked, the outcome missing where they did not answer.
    outcome, positive, exclude
        As in `dueregard.gap`. Those who gave an answer that is excluded, or to whom the question does not apply, did
        answer.
    group : str
        The column of groups.
    reference : label or REST
        Required. What each group is compared with: one group, or all others.
    asked : Tally or anything `dueregard.tally` takes, optional
        Everybody who was asked, such as the list of staff, with the columns ``group`` and ``by``. Groups of whom nobody
        answered have a row.
    by, adjust, threshold, higher_is_better, name, period, count, missing, where, labels, threads
        As in `dueregard.gap`; they are about ``data``.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Findings
        The rows of `dueregard.gap` of those who answered, in percent and points. ``outcome_missing`` is how many did
        not answer, ``reference_missing`` how many of the reference, ``response_percent`` and
        ``reference_response_percent`` the shares who did.

        ``bound_low`` and ``bound_high``: the gap of everybody if none of the group's silent had said so and all of the
        reference's, and the reverse. ``needed_points``: by how many percentage points the silent of both would have to
        differ from those who answered, towards each other, for the gap of everybody to be zero; ``needed_points_alone``
        if only the group's do. NaN where no difference is enough. ``bounds_verdict`` is "holds whatever they would have
        said" where both bounds are on the side of the gap, "depends on what they would have said" where not, and "no
        gap among those who answered".

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`; if more answered than were asked; for weighted data and with a design, as weights are of
        those who answered, and the bounds are made of those who did not.

    Notes
    -----
    The bounds are those of Manski (1989), Anatomy of the Selection Problem, Journal of Human Resources 24: 343-360;
    `dueregard.bound_answers`. They allow for no chance: where a sample was asked, they are of that sample. The
    difference needed is that of pattern-mixture models (Little 1994, A Class of Pattern-Mixture Models, Biometrika 81:
    471-483): where 60% answered and the gap is 7 points, the silent of a group have to differ by 17.5 points if they
    alone do.

    At zero: of a group of whom nobody answered the gap is NaN, flagged, and nothing is said of what would be needed;
    its bounds are those of any answers. Without anybody silent the bounds are the gap itself.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = {"satisfied": [True] * 74 + [False] * 26 + [None] * 50 + [True] * 162 + [False] * 38 + [None] * 50,
    ...           "ethnicity": ["Asian"] * 150 + ["White"] * 250}
    >>> found = dr.bound_nonresponse(survey, outcome="satisfied", positive=True, group="ethnicity", reference="White")
    >>> row = next(found.rows())
    >>> [round(row[name], 1) for name in ("estimate", "bound_low", "bound_high", "needed_points")]
    [-7.0, -35.5, 17.9, 13.1]
    >>> row["bounds_verdict"]
    'depends on what they would have said'
    """
    if design is not None:
        raise ValueError(
            "design: its weights stand for those who did not answer too, and bounds are made of them one by one; leave "
            "out design="
        )
    if reference is None or reference is Reference.OVERALL:
        raise TypeError("bound_nonresponse needs reference=: one of the groups, or dr.REST")
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.true_or_false("higher_is_better", higher_is_better)
    level, size = checked.level(confidence_level), practical_threshold(threshold)
    measured = checked.words("name", name)
    names = by_names(by, {"outcome": outcome, "group": group})
    tally = tally_of(
        data, [*names, group], outcome=outcome, weight=None, where=where, labels=labels, count=count, missing=missing,
        threads=threads,
    )  # fmt: skip
    if tally.weighted:
        raise ValueError("data: bounds are of people; count without weight=")
    tally, silent = without_answer(tally, [*names, group], outcome, asked)
    grouped = arrange(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=names)
    grouped = replace(grouped, outcome_missing=silent.reshape(grouped.nobs.shape))
    question = Question(
        name=measured or words_for(outcome, positive),
        measure="difference",
        method="score",
        adjust=adjust,
        characteristic=group,
        by=names,
        reference=reference,
        position=None if reference is REST else position("reference", reference, grouped.groups, group),
        rules=(Rule(level, size),),
        pool="cases",
        period=period,
        chance=True,
        higher_is_better=higher_is_better,
    )
    sides = [compare(grouped.summed(), question), *([compare(grouped, question)] if names else [])]
    return Findings(
        _beside(gap_columns(grouped, question), [_bounds(side) for side in sides]),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=higher_is_better,
        threshold=size,
        kind="unanswered bounds",
    )


def _bounds(sides: Compared) -> Columns:
    """What those who did not answer could do to each comparison."""
    own, against = sides.grouped, sides.against
    assert isinstance(against, Grouped)  # a figure that is no group has no one who did not answer
    named = sides.comparable.reshape(-1)
    asked1, asked2 = (side.nobs + side.outcome_missing for side in (own, against))
    low, high = bound_answers(
        own.count, own.nobs, own.outcome_missing, against.count, against.nobs, against.outcome_missing
    )
    silent1, silent2 = (_share(side.outcome_missing, asked) for side, asked in ((own, asked1), (against, asked2)))
    needed = departure_needed(own.share, silent1, against.share, silent2)
    shown = {
        "response_percent": 1 - silent1,
        "reference_response_percent": np.where(sides.comparable, 1 - silent2, np.nan),
        "bound_low": np.where(sides.comparable, low, np.nan),
        "bound_high": np.where(sides.comparable, high, np.nan),
        "needed_points": np.where(sides.comparable, needed.both, np.nan),
        "needed_points_alone": np.where(sides.comparable, needed.alone, np.nan),
    }
    gap = np.where(sides.comparable, own.share - against.share, np.nan)
    return {
        "reference_missing": only_where(named, flat(against.outcome_missing)),
        **{name: percent(values) for name, values in shown.items()},
        "bounds_verdict": [_verdict(*each) for each in zip(flat(gap), flat(low), flat(high), strict=True)],
    }


def _share(part: Any, whole: Any) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0))


def _verdict(gap: float, low: float, high: float) -> str | None:
    """What the bounds say of a gap; None where there is none."""
    if np.isnan(gap):
        return None
    if gap == 0:
        return NO_GAP
    return HOLDS if (low > 0 if gap > 0 else high < 0) else DEPENDS


def _beside(columns: Columns, parts: Sequence[Columns]) -> Columns:
    """The rows of a gap with more columns; the rows on how areas vary have nothing in them."""
    for name in parts[0]:
        values = iter([value for part in parts for value in part[name]])
        columns[name] = [None if kind == "variation" else next(values) for kind in columns["row_type"]]
    return columns
