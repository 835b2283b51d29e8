"""`dueregard.decompose_gap_change`: how much of the change of a gap is who answered, and how much is rates."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.decomposition.rates.gap_change_parts import AFTER, BEFORE
from dueregard.inference.decomposition.rates.gap_parts import Plan
from dueregard.inference.random_keys import SEED
from dueregard.inference.references import Chosen, Reference
from dueregard.inference.surveys.ratios import totals_of
from dueregard.measures.cannot_say import notes
from dueregard.measures.decomposition.area_tables import check_unit
from dueregard.measures.decomposition.changes.change_part_rows import Told, change_blocks
from dueregard.measures.decomposition.changes.change_precision import DecomposedChange, decomposed_change
from dueregard.measures.decomposition.changes.changed_groups import ChangedGroups, pairs_of, read_two_times
from dueregard.measures.decomposition.part_rows import PartWords, part_columns
from dueregard.measures.decomposition.part_verdicts import Judging, adjusted_words
from dueregard.measures.decomposition.rates.crossed_groups import CrossedGroups, cross
from dueregard.measures.decomposition.rates.decomposed import check_size
from dueregard.measures.decomposition.rates.decomposition_flags import flags_of
from dueregard.measures.decomposition.rates.decomposition_options import (
    check_options,
    draw_notes,
    factor_names,
    method_words,
    read_draws,
    refuse_reference,
    refuse_weighted,
)
from dueregard.measures.decomposition.rates.factor_checks import check_factors, factor_notes, readable
from dueregard.measures.decomposition.rates.gap_decompositions import UNIT, without_design_columns
from dueregard.measures.decomposition.rates.part_replicates import Draws
from dueregard.measures.decomposition.whole_gaps import whole_gaps, whole_question
from dueregard.measures.gaps.chosen_groups import chosen_group
from dueregard.measures.grouped import by_names, position, refuse_nobody, words_for
from dueregard.measures.survey_tallies import is_full_count
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.trends.breaks import read_breaks
from dueregard.measures.verdicts import Rule
from dueregard.tallies import Tally


def decompose_gap_change(
    data: Any,
    *,
    outcome: str,
    positive: Any,
    group: str,
    reference: Any = None,
    factors: Sequence[str],
    time: str,
    before: Any = None,
    after: Any = None,
    window: int | str | None = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    breaks: Any = None,
    method: str = "shapley",
    parts: int = 2,
    empty: str = "borrow",
    interval: str = "linearised",
    n_resamples: int = 2000,
    rng: Any = SEED,
    adjust: str = "holm",
    threshold: float | None = None,
    higher_is_better: bool = True,
    name: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    unit: str = "people",
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Take the change of a gap apart: change in who answered, on either side, and change in rates among people alike.

    Parameters
    ----------
    data, outcome, positive, exclude, group, factors, by
        As in `dueregard.decompose_gap`. Of a Tally, time is a dimension.
    reference : label, OVERALL, REST, LARGEST or BEST
        Required. What each group is compared with at both times; the last two are chosen once, over both.
    time : str
        The column of time.
    before, after : label
        Without ``window``, two labels of that column, such as "2009/10" and "2010/11". With it, the last months or
        quarters of two windows, as in `dueregard.gap_change`.
    window : int or str, optional
        How long both windows are: a number of periods, or words such as "12 months". They may share periods.
    breaks : Break or list of Break, optional
        Where the series stops being one (`dueregard.Break`): with one between the windows, or in one of them, there is
        no change. With ``window`` only.
    method, parts, empty, interval, n_resamples, rng, adjust, threshold, higher_is_better, name
        As in `dueregard.decompose_gap`; ``empty`` is about cells in which a side has people at one of the times only.
    inference, confidence_level, unit, count, missing, where, weight, design, labels, threads
        As in `dueregard.decompose_gap`.

    Returns
    -------
    Findings
        Of kind "gap change parts". For each area and group the rows "gap before" and "gap after" (``value`` and
        ``reference_value`` are the shares then), "change", which is the second less the first, and its parts
        "composition" and "rates", as in `dueregard.decompose_gap`, which sum to it. Each part is there for both sides
        together (``side`` None), and for each: the group, and the reference, whose rows say what its own change adds to
        the gap, group minus reference. Rows with a ``factor`` split the composition; their levels are of both sides.

        ``before`` and ``after`` say when, ``before_end`` and ``window_end`` name the last periods; ``share_of_gap`` is
        in percent of the change, NaN where its interval holds 0. The reference, and people whose group is missing, have
        the rows "gap before" and "gap after", with their shares.

    Raises
    ------
    TypeError
        As `dueregard.decompose_gap`; if ``before`` or ``after`` is not given without ``window``.
    ValueError
        As `dueregard.decompose_gap` and `dueregard.gap_change`; if both times are the same.

    Notes
    -----
    Each side's share after less its share before is split as a gap is (see `dueregard.decompose_gap`), with the time
    before as the reference; the parts of the change of the gap are those of the group less those of the reference. So
    what changes alike on both sides cancels, and each side's composition is priced at its own rates.

    The group and the reference, before and after, are four samples apart. Where windows share periods, people of these
    are in both: their scores before and after add up, and a bootstrap draws those who left, stayed and joined apart.
    With a design scores are added up by cluster, whatever the windows share.

    The rows "gap before" and "gap after" have the intervals and p-values of `dueregard.gap` at these times.

    A change in who answered may be one of who was asked, or was willing to answer: see `dueregard.survey_response`.

    At zero: where a side has no case at one of the times there is no change: NaN, and a flag. A period missing from the
    data, and a break, leave no change either.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"year": ["2009/10"] * 8 + ["2010/11"] * 8, "group": (["White"] * 4 + ["Minority ethnic"] * 4) * 2,
    ...          "age": ["16-34", "16-34", "35+", "35+"] * 4, "satisfied": [True, False] * 8,
    ...          "people": [210, 90, 595, 105, 246, 114, 192, 48, 205, 95, 590, 110, 168, 72, 288, 72]}
    >>> found = dr.decompose_gap_change(table, outcome="satisfied", positive=True, group="group", reference="White",
    ...                                 factors=["age"], time="year", before="2009/10", after="2010/11", count="people")
    >>> for row in found.filter(group="Minority ethnic", side=None, factor=None).rows():
    ...     print(row["part"], f"{row['estimate']:.1f} ({row['low']:.1f} to {row['high']:.1f})")
    gap before -7.5 (-11.9 to -3.2)
    gap after -3.5 (-7.8 to 0.7)
    change 4.0 (-2.1 to 10.1)
    composition 2.2 (0.8 to 3.5)
    rates 1.8 (-4.2 to 7.9)
    """
    refuse_reference("decompose_gap_change", reference)
    check_options(method=method, parts=parts, empty=empty, interval=interval, adjust=adjust, inference=inference)
    checked.true_or_false("higher_is_better", higher_is_better)
    level, matters = checked.level(confidence_level), read_threshold(threshold).size
    said = checked.words("name", name) or words_for(outcome, positive)
    chosen = factor_names(factors)
    taken = {"outcome": outcome, "time": time, "group": group} | {f"factors[{i}]": f for i, f in enumerate(chosen)}
    names = by_names(by, taken)
    draws = read_draws(interval, n_resamples, rng, threads, weight=weight, design=design)
    if design is not None:
        check_design(data, design, weight)
    if not isinstance(data, Tally) and count is None:
        check_unit(data, unit, where=where, without=design.columns if design is not None else ())
    options = {
        "weight": weight, "where": where, "labels": labels, "count": count, "missing": missing, "threads": threads,
        "design": design,
    }  # fmt: skip
    with readable(data, chosen):
        times = read_two_times(
            data, [*names, *chosen], time=time, before=before, after=after, window=window, breaks=read_breaks(breaks),
            group=group, outcome=outcome, options=options,
        )  # fmt: skip
    check_factors(times.tally, chosen, group=group, outcome=outcome, positive=positive, exclude=exclude)
    check_size(tuple(len(times.tally.labels[each]) for each in chosen), tuple(chosen), method)
    refuse_weighted(times.tally, interval)
    crossed = cross(
        times.tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=(times.time, *names),
        factors=chosen,
    )  # fmt: skip
    label = chosen_group(reference, crossed.grouped, higher_is_better)
    is_one = not isinstance(label, Reference)
    place = position("reference", label, crossed.grouped.groups, group) if is_one else None
    refuse_nobody(group, crossed.grouped.groups, place)
    chance = inference == "chance" and not is_full_count(times.tally)
    changed = ChangedGroups.of(crossed, names)
    found = _decomposed(
        changed, place, Plan(crossed.sizes, method, parts), label is Reference.OVERALL, empty, draws, chance=chance
    )
    judging = Judging(
        rule=Rule(level, matters),
        adjust=adjust,
        method=f"{method_words(method, parts, empty, len(chosen))}{adjusted_words(adjust, len(found))}",
        chance=chance,
        also=int(Flag.CHOSEN_FROM_DATA) if reference is Chosen.BEST else 0,
    )
    text = label if is_one else label.value
    words = PartWords(
        name=said, characteristic=group, by=names, period=times.after.words, unit=UNIT, reference=text,
        level=level if chance else float("nan"),
    )  # fmt: skip
    question = whole_question(names, label, place, rule=judging.rule, adjust=adjust, design=design, chance=chance)
    ends = {
        BEFORE: whole_gaps(changed.counted.before, question),
        AFTER: whole_gaps(changed.counted.after, question),
    }
    blocks = change_blocks(
        Told(changed, times, judging, str(text), ends), found, _flags(changed, label, place, chance=chance), place
    )
    return Findings(
        without_design_columns(part_columns(blocks, words), sampled=design is not None or times.tally.weighted),
        by=names,
        provenance=times.tally.provenance,
        native=times.tally.native,
        higher_is_better=higher_is_better,
        threshold=matters if chance else None,
        notes=[
            *times.notes,
            *draw_notes(draws),
            *notes("gap change parts", chosen, unit=unit),
            *factor_notes(times.tally, chosen),
        ],
        kind="gap change parts",
    )


def _decomposed(
    changed: ChangedGroups, place: int | None, base: Plan, overall: bool, empty: str, draws: Draws | None, *,
    chance: bool,
) -> list[DecomposedChange]:  # fmt: skip
    """Every compared group in every area."""
    pairs = pairs_of(changed, place, overall=overall)
    survey = changed.crossed.survey
    totals = totals_of(survey.cells, 0) if chance and survey is not None and survey.cells is not None else None
    found = [
        decomposed_change(changed, pair, base, apart=empty == "apart", totals=totals, draws=draws, at=at, chance=chance)
        for at, pair in enumerate(pairs)
    ]
    if empty == "refuse":
        for each in found:
            _refuse(changed.crossed, each)
    return found


def _refuse(crossed: CrossedGroups, one: DecomposedChange) -> None:
    for which, lonely in enumerate(one.lonely):
        after, before = one.sides[which]
        if lonely.any() and after.nobs and before.nobs:
            cell = int(lonely.argmax())
            when = "before" if after.in_cells[cell] else "after"
            side = repr(crossed.grouped.groups[one.pair.group]) if which == 0 else "the reference"
            raise ValueError(
                f"empty: {side} has nobody with {crossed.cell_words(cell)} in the time {when}; pass empty='borrow' or "
                "'apart', put levels together, or take fewer factors"
            )


def _flags(changed: ChangedGroups, label: Any, place: int | None, *, chance: bool) -> dict[tuple[int, int], int]:
    """What there is to know at either time, but that a group is empty only if it is at both."""
    windows = (changed.counted.before, changed.counted.after)
    before, after = (flags_of(each, label, place, chance=chance) for each in windows)
    empty = int(Flag.EMPTY_GROUP)
    return {at: (before[at] | after[at]) & ~(0 if before[at] & after[at] & empty else empty) for at in before}
