"""What drivers and parts of a gap do not say, as notes that go with every result."""

from collections.abc import Sequence

CAUSES = (
    "Drivers are associations: people who think well of one thing tend to think well of others. A driver that is "
    "raised may move the outcome by less than its gain, or not at all, and what was not asked has no share."
)
HELD = (
    "Held equal: {factors}, as recorded. What was not measured, or not measured well, stays in what remains or is put "
    "down to what was."
)
NOT_DISCRIMINATION = (
    "What remains unexplained is not a measure of discrimination, and what is explained is not excused: an explanation "
    "such as an earlier opinion, or where people live, may itself come from how people have been treated."
)
CHANGED = (
    "A change in who answered may be one in who was asked or willing to answer; it says nothing of whether the change "
    "was right."
)
AREAS = (
    "Results are about areas, not people: each row is an area, and what holds between areas need not hold between the "
    "people in them, nor even have the same sign (Robinson 1950)."
)
KINDS = ("key drivers", "compared drivers", "gap parts", "gap change parts")
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
    >>> notes("gap parts", ["age", "prior opinion"])[0][:48]
    'Held equal: age and prior opinion, as recorded. '
    """
    if kind not in KINDS:
        raise ValueError(f"kind: {kind!r} is not one of {', '.join(map(repr, KINDS))}")
    said = [AREAS] if unit == "areas" else []
    if kind in ("key drivers", "compared drivers"):
        said.append(CAUSES)
        return [*said, *([f"Held equal beside the drivers: {_listed(held_equal)}."] if held_equal else [])]
    said += [HELD.format(factors=_listed(held_equal) or "nothing"), NOT_DISCRIMINATION]
    return [*said, *([CHANGED] if kind == "gap change parts" else [])]


def _listed(names: Sequence[str]) -> str:
    """Names as one reads them out."""
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    shown = [*map(str, names[:MOST]), *more]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
