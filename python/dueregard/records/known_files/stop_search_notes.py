"""What is to be said of stop and search files: what was set aside or relabelled, and what is not there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

import numpy as np

from dueregard.records.known_files.force_names import FORCES, force_name
from dueregard.records.known_files.stop_search_columns import OPTIONAL, PERSON
from dueregard.records.known_files.stop_search_facts import Facts

MOST_NAMED = 3
COUNTED = ("Outcome linked to object of search", "Removal of more than just outer clothing")
"""Optional columns in which some blanks among answers are worth a note."""


def notes_of(facts: Sequence[Facts], passed_over: Sequence[str]) -> tuple[str, ...]:
    """Every note there is to make."""
    return (
        *_about_people(facts),
        *_about_vehicles(facts),
        *(note for name in OPTIONAL for note in _about_optional(name, facts)),
        *_about_dates(facts),
        *_about_missing_files(facts),
        *_about_other_files(facts, passed_over),
    )


def _about_people(facts: Sequence[Facts]) -> Iterator[str]:
    n_rows = sum(one.n_rows for one in facts)
    for name in PERSON:
        texts = sum((one.blanks[name].texts for one in facts), Counter[str]())
        if texts:
            n, n_vehicles = texts.total(), sum(one.blanks[name].vehicle_only for one in facts)
            yield (
                f"{name}: {_nothing_said(texts)} {n:,} of {n_rows:,} searches{_each(texts)}: {n_vehicles:,} of a "
                f'vehicle alone, outside the base as "not applicable", and {n - n_vehicles:,} "not stated".'
            )
        whole = [one.path for one in facts if one.blanks[name].is_whole]
        if whole:
            yield f"{name}: nothing is stated in any search of {_listed(whole)}."


def _nothing_said(texts: Counter[str]) -> str:
    return "blank in" if set(texts) == {""} else "nothing stated in"


def _each(texts: Counter[str]) -> str:
    if set(texts) == {""}:
        return ""
    listed = (f'"{text}" in {n:,}' if text else f"blank in {n:,}" for text, n in sorted(texts.items()))
    return f" ({', '.join(listed)})"


def _about_vehicles(facts: Sequence[Facts]) -> Iterator[str]:
    stated = {name: sum(one.blanks[name].stated_of_vehicles for one in facts) for name in PERSON}
    if any(stated.values()):
        n = sum(one.n_vehicle_only for one in facts)
        listed = ", ".join(f"{name} {times:,}" for name, times in stated.items() if times)
        yield f"{_searches(n)} of a vehicle alone; what is stated of a person all the same is kept: {listed}."


def _about_optional(name: str, facts: Sequence[Facts]) -> Iterator[str]:
    with_rows = [one for one in facts if one.n_rows]
    whole = [one for one in with_rows if one.blanks[name].is_whole]
    absent = [one.path for one in with_rows if one.blanks[name].is_absent]
    if whole and len(whole) == len(with_rows):
        yield f'{name}: blank in all {sum(one.n_rows for one in whole):,} searches: "not collected".'
    elif whole:
        yield f'{name}: blank in every search of {_listed([one.path for one in whole])}: "not collected" there.'
    if absent:
        yield f'{name}: no such column in {_listed(absent)}: "not collected" there.'
    others = [one for one in with_rows if not (one.blanks[name].is_whole or one.blanks[name].is_absent)]
    n = sum(one.blanks[name].texts[""] for one in others)
    if n and name in COUNTED:
        yield f'{name}: blank in {n:,} of {sum(one.n_rows for one in others):,} other searches: "not stated".'


def _about_dates(facts: Sequence[Facts]) -> Iterator[str]:
    outside = [one for one in facts if one.other_months]
    if outside:
        n = sum(one.other_months for one in outside)
        yield (
            f"{_searches(n)} dated outside the month of the file, in London time, in "
            f"{_listed([one.path for one in outside])}; the file's month stands."
        )
    undated = [one for one in facts if one.undated]
    if undated:
        n = sum(one.undated for one in undated)
        yield f"{_searches(n)} without a date that can be read, in {_listed([one.path for one in undated])}."


def _about_missing_files(facts: Sequence[Facts]) -> Iterator[str]:
    """Months that a force has no file for between the first and the last, and forces of a nearly full set."""
    there = {(one.force, one.month) for one in facts}
    forces, months = sorted({one.force for one in facts}), _months(facts)
    nobody = [month for month in months if all((force, month) not in there for force in forces)]
    if nobody:
        yield f"No file at all of {_joined(nobody)}: the searches are missing, not none."
    for force in forces:
        lacking = [month for month in months if (force, month) not in there and month not in nobody]
        if lacking:
            yield f"No file of {force} for {_joined(lacking)}: the searches are missing, not none."
    absent = [force for force in map(force_name, FORCES) if force not in forces]
    if 0 < len(absent) < len(FORCES) / 2:
        yield f"No file of {_joined(absent)}, of the {len(FORCES)} forces: the searches are missing, not none."


def _months(facts: Sequence[Facts]) -> list[str]:
    first, last = (np.datetime64(pick(one.month for one in facts), "M") for pick in (min, max))
    return np.arange(first, last + 1).astype(str).tolist()


def _about_other_files(facts: Sequence[Facts], passed_over: Sequence[str]) -> Iterator[str]:
    empty = [one.path for one in facts if one.n_rows == 0]
    if empty:
        yield f"No searches, a header alone, in {_listed(empty)}."
    if passed_over:
        yield f"Passed over, for they are not stop and search files: {_listed(passed_over)}."


def _searches(n: int) -> str:
    return f"{n:,} searches are" if n != 1 else "1 search is"


def _listed(paths: Sequence[str]) -> str:
    """The names of the first few files, and how many more there are."""
    names = [PurePath(path).name for path in paths]
    more = len(names) - MOST_NAMED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:MOST_NAMED])} and {more:,} more files"


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
