"""Rounds of one assessment: how many met the level in each, who moved, and what was crossed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dueregard.findings import Findings
from dueregard.publish.readings import fixed, known, label, remade, rows_of, whole
from dueregard.publish.report.pages.parts import Finding, Point, joined
from dueregard.publish.report.pages.units import number_of, units_word
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.assessment import Rounds
    from dueregard.publish.readings import Row

ROUNDS = (
    "Every unit assessed is counted in each round: the share that meets the level, against its target. No sampling "
    "interval, since no unit was left out."
)
MOVED = (
    "The score of the last round less that of the first. A unit picked because it began low would be expected to rise "
    "without any action, by the regression of its score towards the mean of all: what is beyond that is shown beside "
    "it."
)

WAYS = {"not met to met": "up", "met to not met": "down"}
UNTOLD = "to or from where it cannot be told"


def by_round(rounds: Rounds, key: str) -> list[Finding]:
    """The performance indicator of every round; nothing where no threshold was published."""
    last = list(rounds.values())[-1]
    if last.framework.aimed.percent is None:
        return []
    rows = [{**rows_of(one.performance())[0], "round": name} for name, one in rounds.items()]
    found = Findings(
        {name: [row[name] for row in rows] for name in rows[0]}, by="round", provenance=last.provenance,
        native=last.native, kind="performance",
    )  # fmt: skip
    first, final = rows[0], rows[-1]
    level = last.framework.aimed.words
    statement = f"{first['count']} of {first['nobs']} units met {level} at first, {final['count']} in the last round"
    return [
        Finding(
            key=key,
            statement=statement,
            what=f"Units that meet {level}, by round of the assessment",
            sentences=[_of_round(row) for row in rows],
            findings=found,
            method=ROUNDS,
            caption=f"Units that meet {level}, by round",
            table={
                "columns": ["round", "count", "nobs", "value", "reference_value", "verdict"],
                "headings": {"round": "Round", "count": f"Meet {level}", "nobs": "Units", "value": "Percent",
                             "reference_value": "Target (%)"},
            },
            drawn=False,
        )
    ]  # fmt: skip


def _of_round(row: Row) -> str:
    target = f", against a target of {whole(row['reference_value'])}%" if known(row["reference_value"]) else ""
    return (
        f"{label(row['round'])}: {row['count']} of {row['nobs']} units ({fixed(row['value'], 0)}%){target}: "
        f"{row['verdict']}."
    )


def crossing_points(rounds: Rounds) -> list[Point]:
    """How many units crossed the threshold, up and down."""
    crossed = [row for row in rows_of(rounds.crossings()) if row["reference_value"] == _aimed(rounds)]
    if not crossed:
        return []
    ways: dict[str, set[str]] = {}
    for row in crossed:
        ways.setdefault(WAYS.get(str(row["verdict"]), UNTOLD), set()).add(row["unit"])
    said = joined([f"{len(ways[way])} {way}" for way in (*WAYS.values(), UNTOLD) if way in ways])
    many, units = len({row["unit"] for row in crossed}), units_word(list(rounds.values())[-1])
    words = f"crossed {whole(_aimed(rounds) or 0)}% of indicators met from one round to the next: {said}."
    return [Point(f"{many:,}", units.removesuffix("s") if many == 1 else units, words)]


def _aimed(rounds: Rounds) -> float | None:
    return list(rounds.values())[-1].framework.aimed.percent


def movement(rounds: Rounds, key: str) -> list[Finding]:
    """What every unit gained from the first round to the last, and every threshold that was crossed."""
    if len(rounds) < 2:
        return []
    found, crossed = rounds.progress(), rounds.crossings()
    units = units_word(list(rounds.values())[-1])
    verdicts = Counter(found["verdict"])
    names = list(rounds)
    risen = f"{verdicts.get('risen', 0)} of {number_of(len(found), units)} rose from {names[0]} to {names[-1]}"
    made = [
        Finding(
            key=f"{key}-progress",
            statement=risen,
            what=f"Percent of indicators met, {names[0]} and {names[-1]}",
            sentences=_moved(found),
            findings=found,
            method=MOVED,
            caption=f"Progress of {len(found)} {units}",
        )
    ]
    if len(crossed):
        made.append(_crossings(crossed, units, f"{key}-crossings"))
    return made


def _moved(found: Findings) -> list[str]:
    """How many moved which way; then each unit of which a rise would be expected without any action."""
    low = [row for row in rows_of(found) if known(row["expected_rise"])]
    return [*sentences(found)[:1], *(sentences(remade(found, low))[-len(low) :] if low else [])]


def _crossings(crossed: Findings, units: str, key: str) -> Finding:
    named = sorted({row["reference_value"] for row in rows_of(crossed)})
    thresholds = ", ".join(f"{whole(value)}%" for value in named)
    many = len({row["unit"] for row in rows_of(crossed)})
    return Finding(
        key=key,
        statement=f"{number_of(many, units)} crossed a threshold; {number_of(len(crossed), 'crossings')} in all",
        what=f"Every crossing of {thresholds} of indicators met from one round to the next",
        sentences=sentences(crossed),
        findings=crossed,
        method=ROUNDS,
        caption="Thresholds crossed between rounds",
        drawn=False,
        listed=False,
    )
