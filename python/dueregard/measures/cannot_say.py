"""What drivers and parts of a gap do not say, as notes that go with every result.

Sentences end with the same words (`caution`), and where both are shown they stand once.
"""

from collections.abc import Sequence

from dueregard.measures.listed import listed

CAUSES = (
    "Drivers are associations among answers given at one time: people who think well of one thing tend to think well "
    "of others. They do not show that improving a driver would move the outcome by as much as its gain, or at all, and "
    "what was not asked may stand behind both."
)
HELD = (
    "Held equal: {factors}, as recorded. Something that was not measured, but goes with one of these, may be counted "
    "under it."
)
NOT_DISCRIMINATION = (
    "What remains is no measure of discrimination: it holds everything that was not held equal, measured or not. What "
    "goes with who is in the groups is not thereby excused: an earlier opinion, or where people live, may itself come "
    "from how people have been treated."
)
CHANGED = (
    "A change of rates among people who are alike is no measure of how treatment, or discrimination, has changed: it "
    "holds everything that was not held equal, measured or not. A change in who answered may be one in who was asked "
    "or was willing to answer, and is not thereby unimportant."
)
AREAS = (
    "Results are about areas, not people: each row is an area, and what holds between areas need not hold between the "
    "people in them, nor even have the same sign (Robinson 1950)."
)
KINDS = ("key drivers", "compared drivers", "gap parts", "gap change parts")
CAUTIONS = dict(zip(KINDS, (CAUSES, CAUSES, NOT_DISCRIMINATION, CHANGED), strict=True))
MOST = 8
"""As many factors as a note names."""


def notes(kind: str, held_equal: Sequence[str] = (), *, unit: str = "people") -> list[str]:
    """Notes in the order in which they matter.

    Parameters
    ----------
    kind : str
        Of the findings, one of `KINDS`.
    held_equal : sequence of str
        Factors of a gap, or what drivers were controlled for.
    unit : str
        "people" or "areas": what a row of the data is.

    Examples
    --------
    >>> notes("gap parts", ["age", "prior_opinion"])[0][:48]
    'Held equal: age and prior opinion, as recorded. '
    """
    said = [AREAS] if unit == "areas" else []
    if CAUTIONS.get(kind) == CAUSES:
        return [*said, CAUSES, *([f"Held equal beside the drivers: {_named(held_equal)}."] if held_equal else [])]
    return [*said, *([HELD.format(factors=_named(held_equal))] if held_equal else []), caution(kind)]


def caution(kind: str) -> str:
    """What findings of a kind do not say whatever was held equal.

    >>> caution("key drivers").partition(":")[0]
    'Drivers are associations among answers given at one time'
    """
    if kind not in KINDS:
        raise ValueError(f"kind: {kind!r} is not one of {', '.join(map(repr, KINDS))}")
    return CAUTIONS[kind]


def held_equal(said: Sequence[str]) -> str:
    """What was held equal, as one of the notes says it; nothing where none does.

    >>> held_equal(notes("gap parts", ["age", "prior_opinion"]))
    'age and prior opinion'
    """
    start, end = HELD.split("{factors}")
    return next((note[len(start) : -len(end)] for note in said if note.startswith(start) and note.endswith(end)), "")


def _named(columns: Sequence[str]) -> str:
    """Columns as one reads them out."""
    return listed([str(name).replace("_", " ") for name in columns], MOST)
