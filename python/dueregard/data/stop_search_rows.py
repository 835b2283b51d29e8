"""The rows of one generated stop and search file: one force, one month, columns and texts as published."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.stop_search import AGES, OUTCOMES, SEEN_AS, SELF_DEFINED, SIZES
from dueregard.data.stop_search_forces import Force

Column = NDArray[Any]

OFFICER_DEFINED = ("White", "Black", "Asian", "Other", "")
POWERS = {  # legislation and object of search, and the share of encounters
    ("Misuse of Drugs Act 1971 (section 23)", "Controlled drugs"): 62.0,
    ("Police and Criminal Evidence Act 1984 (section 1)", "Stolen goods"): 17.0,
    ("Police and Criminal Evidence Act 1984 (section 1)", "Offensive weapons"): 9.0,
    ("Police and Criminal Evidence Act 1984 (section 1)", "Articles for use in criminal damage"): 7.0,
    ("Criminal Justice Act 1988 (section 139B)", "Offensive weapons"): 2.0,
    ("Criminal Justice and Public Order Act 1994 (section 60)", "Anything to threaten or harm anyone"): 1.5,
    ("Firearms Act 1968 (section 47)", "Firearms"): 1.5,
}
VEHICLE_ONLY, STATED_ALL_THE_SAME = (
    0.0122,
    0.2,
)  # searches of a vehicle alone, and those of them with a driver's answers


def rows(rng: np.random.Generator, n: int, month: str, force: Force) -> dict[str, Column]:
    """``n`` made-up searches of one month in London time, in the order of their times."""
    size = 1 + draws.drawn(rng, SIZES, np.zeros(n, dtype=np.int64))
    encounter = np.repeat(np.arange(n), size)[:n]
    n_encounters = len(np.unique(encounter))
    met = {name: column[encounter] for name, column in _encounters(rng, n_encounters, month).items()}
    vehicle = rng.random(n) < VEHICLE_ONLY
    with_vehicle = np.where(met.pop("with vehicle"), "Person and Vehicle search", "Person search")
    hidden = vehicle & (rng.random(n) >= STATED_ALL_THE_SAME)
    outcome = draws.answers(rng, OUTCOMES, n)
    return {
        "Type": np.where(vehicle, "Vehicle search", with_vehicle),
        "Date": met["Date"],
        "Part of a policing operation": met["Part of a policing operation"],
        "Policing operation": np.full(n, ""),
        "Latitude": met["Latitude"],
        "Longitude": met["Longitude"],
        **{name: np.where(hidden, "", column) for name, column in _people(rng, n, force).items()},
        "Legislation": met["Legislation"],
        "Object of search": met["Object of search"],
        "Outcome": outcome,
        "Outcome linked to object of search": _linked(rng, outcome, force),
        "Removal of more than just outer clothing": _removal(rng, n, force),
    }


def _encounters(rng: np.random.Generator, n: int, month: str) -> dict[str, Column]:
    """What the searches of an encounter share."""
    first, minutes = _minutes_of(month)
    minute = np.sort(np.floor(minutes * rng.random(n)).astype(np.int64))
    stamps = np.datetime_as_string(first + minute.astype("timedelta64[m]"), unit="s")
    power = draws.drawn(rng, list(POWERS.values()), np.zeros(n, dtype=np.int64))
    place, unplaced = np.floor(4000 * rng.random((2, n))).astype(np.int64), rng.random(n) < 0.08
    return {
        "Date": np.char.add(stamps, "+00:00"),
        "Part of a policing operation": draws.answers(rng, {"False": 97.0, "True": 3.0}, n),
        "Latitude": np.where(unplaced, "", _degrees("51.", 300_000 + 100 * place[0])),
        "Longitude": np.where(unplaced, "", _degrees("-1.", 100_000 + 200 * place[1])),
        "with vehicle": rng.random(n) < 0.22,
        "Legislation": draws.labelled([law for law, _ in POWERS], power),
        "Object of search": draws.labelled([thing for _, thing in POWERS], power),
    }


def _degrees(whole: str, millionths: NDArray[np.int64]) -> Column:
    """Six decimals, the first of them not 0."""
    return np.char.add(whole, millionths.astype(np.str_))


def _minutes_of(month: str) -> tuple[np.datetime64, int]:
    """The first minute of a month in London, as UTC, and how many there are."""
    first, last = (start - _summer_hour(start) for start in _midnights(month))
    return first, int((last - first) / np.timedelta64(1, "m"))


def _midnights(month: str) -> Sequence[np.datetime64]:
    start = np.datetime64(month, "M")
    return [start.astype("datetime64[m]"), (start + 1).astype("datetime64[m]")]


def _summer_hour(start: np.datetime64) -> np.timedelta64:
    """Clocks change in the last days of March and October, never on the first of a month."""
    month = int(str(start)[5:7])
    return np.timedelta64(60 if 4 <= month <= 10 else 0, "m")


def _people(rng: np.random.Generator, n: int, force: Force) -> dict[str, Column]:
    """Who was searched, in the mix of the force."""
    codes = list(SELF_DEFINED)
    letters = [code.rpartition("(")[2][0] for code in codes]
    shares = [
        share * (force.minorities if letter in "MABO" else 1.0)
        for share, letter in zip(SELF_DEFINED.values(), letters, strict=True)
    ]
    level = draws.drawn(rng, shares, np.zeros(n, dtype=np.int64))
    seen_as = [_seen_as(letter, force) for letter in letters]
    stated = draws.labelled(codes, level)
    return {
        "Gender": draws.answers(rng, {"Male": 93.0, "Female": 6.4, "Other": 0.05, "": 0.55}, n),
        "Age range": draws.answers(rng, AGES, n),
        "Self-defined ethnicity": np.where(rng.random(n) < 0.0005, "", stated),
        "Officer-defined ethnicity": draws.labelled(OFFICER_DEFINED, draws.drawn(rng, seen_as, level)),
    }


def _seen_as(letter: str, force: Force) -> list[float]:
    """How officers describe people; those who state nothing are as mixed as the people the force searches."""
    white, *others = SEEN_AS[letter]
    scale = force.minorities if letter == "N" else 1.0
    return [white, *(share * scale for share in others[:-1]), others[-1]]


def _linked(rng: np.random.Generator, outcome: Column, force: Force) -> Column:
    """Whether the outcome has to do with what was looked for: blank where the force does not record it."""
    answer = draws.answers(rng, {"True": 70.0, "False": 25.0, "": 5.0}, len(outcome))
    return np.where((outcome == "Nothing found - no further action") | (not force.links), "", answer)


def _removal(rng: np.random.Generator, n: int, force: Force) -> Column:
    return draws.answers(rng, {"False": 96.0, "True": 4.0}, n) if force.links else np.full(n, "")
