"""What is asked of the stages of work, and one stage made ready to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.gaps.gaps import INFERENCES
from dueregard.measures.grouped import as_labels, by_names, position
from dueregard.measures.rates.matched import Together, match
from dueregard.measures.rates.pools import Pool
from dueregard.measures.rates.rate_rows import RateQuestion
from dueregard.measures.thresholds import Threshold, read_threshold
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.stage_catalogue import OWN_BASES, Stage, stage_named
from dueregard.measures.workforce.stage_counts import Reading
from dueregard.tallies import Tally

BASE_WORDS = {
    "previous-stage": "people at the previous stage",
    "eligible-pool": "people eligible",
    "headcount": "staff",
    "person-time": "person-years",
}
ABOUT = ("stage", "better", "convention")
"""Columns that every row of a stage has."""


@dataclass(frozen=True)
class Asked:
    """What is the same for every stage."""

    reading: Reading
    reference: Any
    per: float
    no_events: tuple[Any, ...]
    method: str
    adjust: str
    practical: Threshold
    period: str | None
    chance: bool
    levels: tuple[float, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        levels = self.levels if self.chance else self.levels[:1]
        return tuple(Rule(level, self.practical.size, "ratio") for level in levels)

    def stage(self, stage: Any, basis: str | None = None, name: str | None = None) -> Stage:
        """The stage that is named, with another basis or other words where they are given."""
        chosen = stage_named(stage)
        if basis is not None and basis != chosen.basis:
            checked.one_of("basis", basis, OWN_BASES)
            chosen = replace(chosen, basis=basis, base=BASE_WORDS[basis])
        checked.one_of("method", self.method, chosen.denominator.methods)
        return replace(chosen, events=checked.words("name", name) or chosen.events)


@dataclass(frozen=True)
class Answered:
    """One stage: both sides, and the question to them."""

    matched: Together
    pool: Pool
    question: RateQuestion
    stage: Stage


def read_asked(
    function: str,
    reading: Reading,
    *,
    reference: Any,
    by: str | Sequence[str] | None,
    per: float,
    mapping: Any,
    no_events: Any,
    method: str,
    adjust: str,
    threshold: Any,
    period: str | None,
    inference: str,
    confidence_level: Any,
) -> Asked:
    """The arguments, each refused by name where it is wrong."""
    if reference is None:
        raise TypeError(f"{function} needs reference=: one of the groups, dr.REST or dr.OVERALL")
    checked.one_of("adjust", adjust, [each for each in ADJUSTMENTS if each != "maximum"])
    checked.one_of("inference", inference, INFERENCES)
    names = by_names(by, {"group": reading.group})
    if taken := [name for name in names if name in ABOUT]:
        raise ValueError(f"by: {taken[0]!r} is the name of a column of the findings; rename it in the data")
    return Asked(
        reading=replace(reading, by=names, mapping=_mapping(mapping)),
        reference=reference,
        per=checked.between("per", per, 0, float("inf")),
        no_events=tuple(as_labels(no_events)),
        method=method,
        adjust=adjust,
        practical=read_threshold(threshold, "ratio"),
        period=checked.words("period", period),
        chance=inference == "chance",
        levels=checked.levels(confidence_level),
    )


def _mapping(mapping: Any) -> Any:
    if mapping is None:
        return None
    from dueregard.records.classifications import mapping as mapping_named

    return mapping_named(mapping)


def answered(events: Tally, pool: Pool, stage: Stage, asked: Asked) -> Answered:
    """Those who reached the stage beside those who could have, and what is asked of the two."""
    reading = asked.reading
    matched = match(events, pool, group=reading.group, by=reading.by, no_events=asked.no_events)
    if not stage.denominator.is_rate:
        _refuse_too_many(matched, stage)
    return Answered(matched, pool, _question(matched, stage, asked), stage)


def _refuse_too_many(matched: Together, stage: Stage) -> None:
    """Refuse more who reached the stage than there were."""
    for side in (matched.total, matched.areas):
        too_many = None if side is None else side.known_group & (side.count > side.exposure)
        if side is not None and too_many is not None and too_many.any():
            area, i = (int(index[0]) for index in too_many.nonzero())
            place = ", ".join(str(label) for label in side.areas[area] if label is not None)
            raise ValueError(
                f"{stage.events} of {side.groups[i]!r}{f' in {place}' if place else ''} are {side.count[area, i]:,}, "
                f"and {stage.base} {side.exposure[area, i]:,.0f}; to count each person once name person="
            )


def _question(matched: Together, stage: Stage, asked: Asked) -> RateQuestion:
    reference, groups, characteristic = asked.reference, matched.total.groups, asked.reading.group
    basis = stage.denominator
    place = None if isinstance(reference, Reference) else position("reference", reference, groups, characteristic)
    per = f"per {asked.per:,.10g} {stage.base}" if basis.is_rate else f"as a share of {stage.base}"
    mapping = asked.reading.mapping
    return RateQuestion(
        name=f"{stage.events} {per}",
        basis=basis,
        per=asked.per,
        method=asked.method,
        adjust=asked.adjust,
        characteristic=characteristic,
        by=asked.reading.by,
        reference=reference,
        position=place,
        rules=tuple(
            Rule(level, asked.practical.size, "ratio") for level in asked.levels[: None if asked.chance else 1]
        ),
        period=asked.period,
        chance=asked.chance,
        practical=asked.practical,
        higher_is_better=stage.higher_is_better,
        about={
            "mapping": None if mapping is None else mapping.name,
            "stage": stage.name,
            "better": "higher" if stage.higher_is_better else "lower",
            "convention": stage.convention,
        },
    )


def findings_of(columns: Columns, asked: Asked, stages: Sequence[Answered], first: Tally) -> Findings:
    """The rows with what they have in common."""
    ways = {each.stage.higher_is_better for each in stages}
    notes = [each.stage.note for each in stages if each.stage.note]
    return Findings(
        columns,
        by=asked.reading.by,
        provenance=first.provenance,
        native=first.native,
        higher_is_better=ways.pop() if len(ways) == 1 else None,
        threshold=asked.practical.size if asked.chance else None,
        notes=list(dict.fromkeys(notes)),
        kind="stages",
    )
