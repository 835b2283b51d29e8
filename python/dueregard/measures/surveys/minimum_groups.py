"""`dueregard.minimum_group`: figures of groups with too few respondents are withheld, and the groups stay."""

from collections.abc import Container, Mapping
from typing import Any

from dueregard.findings import COUNTS, NUMBERS, RESERVED, Findings
from dueregard.flags import Flag
from dueregard.inference import checked

MINIMUM = 10
STAY = frozenset({"confidence_level", "per", "exposure", "reference_exposure", "population", "practical_threshold"})
"""Numbers of a row that no answer is in."""
REFERENCE = ("reference_count", "reference_nobs", "reference_value", "reference_missing")
"""What is said of the reference, which stays where only the group has too few."""
VERDICTS = frozenset({"verdict", "practical_verdict", "bounds_verdict", "rank_words"})
OWN = ("count", "nobs", "outcome_missing", "value", "effective_nobs")
"""What is said of the group itself, which stays where only the reference has too few."""


def minimum_group(findings: Findings, minimum: int = MINIMUM) -> Findings:
    """Findings without the figures of groups that have fewer respondents than a minimum; every group keeps its row.

    This is the rule of staff surveys, not disclosure control: what is withheld may still follow by subtraction, from
    the figure of all together or from that of the only other group.

    Parameters
    ----------
    findings : Findings
        Of people who answered, such as `dueregard.gap`, `dueregard.share`, `dueregard.survey_response` or
        `dueregard.multiple_responses` give.
    minimum : int
        The fewest respondents (``nobs``) of a group whose figures are shown: 10 in the Civil Service People Survey, 11
        in the NHS Staff Survey.

    Returns
    -------
    Findings
        The same rows. Where ``nobs`` is below the minimum all numbers and verdicts of the row are missing, the number
        of respondents too, and it is flagged; where only ``reference_nobs`` is, those of the reference and of the
        comparison are. The rows on how the gap of a group varies are missing if any of its areas is withheld, since the
        largest may be its gap. A note says what the minimum is.

    Raises
    ------
    TypeError
        If findings are no findings, or the minimum is not a whole number.
    ValueError
        If the minimum is below 1.

    Notes
    -----
    The Civil Service People Survey reports no results of teams with fewer than 10 responses, the NHS Staff Survey none
    of organisations' groups with fewer than 11. A row of which the number of respondents is not known is left as it is.

    At zero: a group without respondents is withheld too, so that nobody can tell none from few.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"satisfied": [True] * 30 + [False] * 10 + [True] * 4, "team": ["A"] * 40 + ["B"] * 4}
    >>> found = dr.minimum_group(dr.gap(staff, outcome="satisfied", positive=True, group="team", reference="A"))
    >>> [(row["group"], row["nobs"], row["value"]) for row in found.rows()]
    [('A', 40, 75.0), ('B', None, nan)]
    """
    if not isinstance(findings, Findings):
        raise TypeError(f"findings must be Findings, such as dr.gap gives, not {type(findings).__name__}")
    least = checked.at_least_one("minimum", minimum)
    few = {
        _varying(row) for row in findings.rows() if any(_few(row, name, least) for name in ("nobs", "reference_nobs"))
    }
    rows = [_shown(row, least, few, findings.by) for row in findings.rows()]
    note = f"Figures of fewer than {least} respondents are not shown; that alone is no disclosure control."
    return findings.with_columns({name: [row[name] for row in rows] for name in findings.columns}).with_notes(note)


def _varying(row: Mapping[str, Any]) -> tuple[Any, Any]:
    """What the rows on how areas vary are of, each group by itself."""
    return row["measure"], row["group"]


def _few(row: Mapping[str, Any], name: str, least: int) -> bool:
    """Whether a number of respondents is known and below the minimum."""
    number = row.get(name)
    return number is not None and number < least


def _shown(row: dict[str, Any], least: int, few: Container[Any], by: tuple[str, ...]) -> dict[str, Any]:
    """A row with what may be shown of it."""
    own, reference = _few(row, "nobs", least), _few(row, "reference_nobs", least)
    if row["row_type"] == "variation":
        own = own or _varying(row) in few
    if not own and not reference:
        return row
    stay = {*by, *STAY, *(OWN if not own else ()), *(REFERENCE if not reference else ())}
    kept = {name: value if name in stay or not _is_figure(name, value) else None for name, value in row.items()}
    return kept | {"flag": row["flag"] | Flag.BELOW_MINIMUM}


def _is_figure(name: str, value: Any) -> bool:
    """Whether a cell is a number or a verdict that answers were made into."""
    if name in NUMBERS or name in COUNTS or name in VERDICTS:
        return True
    return name not in RESERVED and isinstance(value, (int, float)) and not isinstance(value, bool)
