"""Stages of work in charts: their labels, with the way that is worse, and a title that counts where it is."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.measures.verdicts import CLEAR
from dueregard.publish.readings import Row, clean, known
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.ratios import times

HIGHER, LOWER = "higher", "lower"


def stage_label(row: Row) -> str:
    """A stage with the way that is worse.

    >>> stage_label({"stage": "change-selection", "better": "higher"})
    'change selection (lower is worse)'
    """
    return f"{spoken_stage(row)} ({worse_way(row)} is worse)"


def spoken_stage(row: Row) -> str:
    return clean(row["stage"]).replace("-", " ")


def worse_way(row: Row) -> str:
    """Which way is worse for the group."""
    return HIGHER if row["better"] == LOWER else LOWER


def is_worse(row: Row) -> bool:
    """Whether a group is clearly worse off than the reference."""
    return str(row["verdict"] or "").startswith(worse_way(row))


def stage_title(rows: Sequence[Row], reference: str) -> str:
    """At how many stages a group is worse off, beyond chance, and where most; of several groups, of each."""
    compared = [row for row in rows if known(row["estimate"]) and row["row_type"] == "group"]
    groups = list(dict.fromkeys(row["group"] for row in compared))
    return "; ".join(
        _of_group(group, [row for row in compared if row["group"] == group], reference) for group in groups
    )


def _of_group(group: object, rows: Sequence[Row], reference: str) -> str:
    worse = [row for row in rows if is_worse(row)]
    if not worse:
        better = any(str(row["verdict"] or "").startswith(CLEAR) for row in rows)
        said = "better off at some, worse at none" if better else "not clearly worse off at any"
        return f"{clean(group)}: {said} of {len(rows)} stages than {reference}"
    most = max(worse, key=lambda row: unit_of(row).distance(row["estimate"]))
    return (
        f"{clean(group)}: worse off than {reference} at {len(worse)} of {len(rows)} stages, most at "
        f"{spoken_stage(most)} ({times(most['estimate'], exact=False)} times as likely)"
    )
