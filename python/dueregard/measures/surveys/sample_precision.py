"""`dueregard.precision`: what a sample will be able to say, before money is spent on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.two_groups.detectable_gaps import detectable_gap
from dueregard.inference.two_groups.planning import comparison_power
from dueregard.inference.two_groups.precision import Precision, gap_precision, share_precision
from dueregard.inference.two_groups.precision_sizes import precision_sample_size

NOTE = (
    "Nothing is measured here: intervals are those to be expected if shares are as assumed. A half-width is half of "
    "the interval's width."
)
GROUPS = ("first group", "second group")


def precision(
    nobs: float | Mapping[str, float],
    *,
    p1: float,
    p2: float | None = None,
    share: float | None = None,
    groups: Sequence[str] = GROUPS,
    design_effect: float | Mapping[str, float] = 1.0,
    clusters: int | Mapping[str, int] | None = None,
    strata: int | Mapping[str, int] = 1,
    power: float = 0.8,
    name: str = "share",
    confidence_level: float = 0.95,
) -> Findings:
    """What samples will be able to say of a share, or of the gap between two groups in them.

    Parameters
    ----------
    nobs : float, or dict of str to float
        Cases that answer: of one sample, or of several by their names, such as a force's and a borough's.
    p1 : float
        The share to expect, from 0 to 1; of a gap, in the first group.
    p2, share : float, optional
        Of a gap: the share to expect in the second group, and the first group's part of all cases, between 0 and 1.
    groups : pair of str
        What the two groups are called.
    design_effect, clusters, strata : number, or dict of str to number
        As in `dueregard.share_precision`; for all samples or for each by its name. A design effect is at least 1 here.
    power : float
        The probability with which ``smallest_gap`` is found, between 0 and 1.
    name : str
        What is measured, in words.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Findings
        For each sample one row, or of a gap two, the second of type "reference". ``value`` is the share assumed, with
        ``value_half_width``, in percentage points. Of a gap the first row has ``estimate`` (first less second) with
        the interval to be expected, ``low`` and ``high``, its ``half_width``, the ``power`` with which such a gap is
        found, and ``smallest_gap``, the smallest in the same direction that is found with the probability asked for,
        ``wanted_power``. ``sampled_nobs`` are the cases of both groups, ``needed_nobs`` those with which the half-width
        is no wider than the gap assumed, so that its interval leaves out 0 (NaN where the shares do not differ). Of a
        share ``low``, ``high`` and ``half_width`` are its own.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is outside its range, only one of ``p2`` and ``share`` is given, or a dict
        does not name the same samples as ``nobs``.

    Notes
    -----
    `dueregard.share_precision`, `dueregard.gap_precision`, `dueregard.comparison_power` and `dueregard.detectable_gap`.

    Examples
    --------
    Why 3,000 of 51,000 interviews cannot speak for a borough:

    >>> import dueregard as dr
    >>> samples = {"England and Wales": 51_000, "London": 3_000, "a borough": 3_000 / 32}
    >>> found = dr.precision(samples, p1=0.74, p2=0.81, share=0.29, groups=("Minority ethnic", "White"))
    >>> for row in found.filter(row_type="group").rows():
    ...     print(f"{row['sample']}: -7 points +- {row['half_width']:.1f}; found with probability {row['power']:.2f}")
    England and Wales: -7 points +- 0.8; found with probability 1.00
    London: -7 points +- 3.4; found with probability 0.99
    a borough: -7 points +- 18.9; found with probability 0.13
    """
    level = checked.level(confidence_level)
    checked.between("power", power, 0, 1)
    if (p2 is None) != (share is None):
        raise TypeError("p2, share: a gap needs both, a share neither")
    first, second = _names(groups)
    samples = nobs if isinstance(nobs, Mapping) else {"the sample": nobs}
    if not samples:
        raise ValueError("nobs: there is no sample")
    rows: list[dict[str, Any]] = []
    for label, cases in samples.items():
        options = {
            "design_effect": checked.number("design_effect", _of("design_effect", design_effect, label, samples)),
            "clusters": _of("clusters", clusters, label, samples),
            "strata": _of("strata", strata, label, samples),
        }
        if not options["design_effect"] >= 1:
            raise ValueError(f"design_effect: {options['design_effect']:g} is below 1")
        about = {"measure": checked.words("name", name), "sample": label, "confidence_level": level}
        if p2 is None or share is None:
            rows.append(about | _share_row(p1, cases, options, level))
        else:
            rows += [about | row for row in _gap_rows((p1, p2), cases, share, (first, second), options, level, power)]
    names = list(dict.fromkeys(column for row in rows for column in row))
    return Findings(
        {column: [row.get(column) for row in rows] for column in names}, by="sample", notes=[NOTE], kind="precision"
    )


def _names(groups: Sequence[str]) -> tuple[str, str]:
    if isinstance(groups, str) or len(groups) != 2 or groups[0] == groups[1]:
        raise ValueError(f"groups: {groups!r} are not two names")
    return str(groups[0]), str(groups[1])


def _of(argument: str, value: Any, label: str, samples: Mapping[str, Any]) -> Any:
    """The value for one sample; a dict must have the samples and no others."""
    if not isinstance(value, Mapping):
        return value
    for other in [*samples, *value]:
        if other not in value or other not in samples:
            raise ValueError(
                f"{argument}: {other!r} is {'a sample, and is not there' if other in samples else 'no sample of nobs'}"
            )
    return value[label]


def _share_row(p: float, nobs: float, options: Mapping[str, Any], level: float) -> dict[str, Any]:
    found = share_precision(p, nobs, confidence_level=level, **options)
    return _sized(found, options) | {
        "row_type": "group",
        "value": 100 * p,
        "value_half_width": 100 * found.half_width,
        "low": 100 * found.low,
        "high": 100 * found.high,
        "half_width": 100 * found.half_width,
        "unit_of_measure": "percent",
        "method": "Wilson at the share assumed",
    }


def _gap_rows(
    shares: tuple[float, float],
    nobs: float,
    part: float,
    groups: tuple[str, str],
    options: Mapping[str, Any],
    level: float,
    power: float,
) -> list[dict[str, Any]]:
    """The first group with the gap, then the second, which it is compared with."""
    gap = gap_precision(*shares, nobs, share=part, confidence_level=level, **options)
    sides = [
        _share_row(p, nobs * size, options, level) | {"group": group}
        for p, size, group in zip(shares, (part, 1 - part), groups, strict=True)
    ]
    first, second = ({name: side[name] for name in _OF_A_SIDE} for side in sides)
    cases = [max(1, round(nobs * size)) for size in (part, 1 - part)]
    effect = options["design_effect"]
    return [
        first
        | {
            "row_type": "group",
            "reference": groups[1],
            "reference_nobs": second["nobs"],
            "reference_value": second["value"],
            "estimate": 100 * (shares[0] - shares[1]),
            "low": 100 * gap.low,
            "high": 100 * gap.high,
            "half_width": 100 * gap.half_width,
            "sampled_nobs": round(nobs),
            "needed_nobs": _needed(shares, part, effect, level),
            "wanted_power": power,
            "power": comparison_power(*shares, *cases, confidence_level=level, design_effect=effect),
            "smallest_gap": 100
            * detectable_gap(
                shares[1], *cases, lower=shares[0] <= shares[1], power=power, confidence_level=level,
                design_effect=effect,
            ),
            "unit_of_measure": "percentage points",
            "method": "Miettinen-Nurminen score at the shares assumed",
        },
        second | {"row_type": "reference", "reference": groups[1], "unit_of_measure": "percentage points"},
    ]  # fmt: skip


def _needed(shares: tuple[float, float], part: float, effect: float, level: float) -> float:
    """How many cases give a half-width of the gap itself; NaN where no number does, or any."""
    gap = abs(shares[0] - shares[1])
    if not 0 < gap < 1:
        return float("nan")
    try:
        found = precision_sample_size(gap, *shares, share=part, design_effect=effect, confidence_level=level)
    except ValueError:  # two cases are enough
        return float("nan")
    return found.nobs


_OF_A_SIDE = (
    "group", "nobs", "effective_nobs", "design_effect", "degrees_of_freedom", "value", "value_half_width", "flag",
)  # fmt: skip
"""What a row has of its own group, of a gap."""


def _sized(found: Precision, options: Mapping[str, Any]) -> dict[str, Any]:
    """How many cases there are, and what they are worth."""
    clusters = options["clusters"]
    return {
        "nobs": round(found.nobs),
        "effective_nobs": found.effective_nobs,
        "design_effect": options["design_effect"],
        "degrees_of_freedom": float("nan") if clusters is None else clusters - options["strata"],
        "flag": Flag.SMALL_BASE if found.effective_nobs < SMALL_BASE else Flag(0),
    }
