"""What qualifies a figure: one bit for each reason, so that reasons add up and none is lost."""

import enum
from typing import Any


class Flag(enum.IntFlag):
    """Reasons to read a figure with care. They combine: ``Flag.NO_CASES | Flag.FULL_COUNT``.

    Examples
    --------
    >>> (Flag.SMALL_BASE | Flag.MISSING_ANSWERS).describe()
    ['fewer than 30 cases', 'some answers missing']
    """

    NO_CASES = 1
    EMPTY_GROUP = 2
    SMALL_BASE = 4
    NO_REFERENCE = 8
    SMALL_REFERENCE = 16
    MISSING_ANSWERS = 32
    MISSING_GROUP = 64
    EFFECTIVE_SIZE = 128
    ZERO_WEIGHT = 256
    FULL_COUNT = 512
    CHOSEN_FROM_DATA = 1024
    AREAS_LEFT_OUT = 2048
    TOO_FEW_AREAS = 4096
    INCONSISTENT_SOURCE = 8192
    UNDEFINED = 16384
    REJECTED_INSIDE = 32768
    STRATA_LEFT_OUT = 65536
    NOT_REACHED = 131072
    FEW_EVENTS = 262144
    BY_ENCOUNTER = 524288
    ESTIMATED_POPULATION = 1048576
    NOT_RECORDED = 2097152
    NO_VARIATION = 4194304
    WIDER_LIMITS = 8388608
    NO_POPULATION = 16777216
    NONE_OF_MANY = 33554432
    CLUSTERED = 67108864
    MISSING_PERIOD = 134217728
    BREAK_IN_SERIES = 268435456
    EMPTY_PERIOD = 536870912
    ONE_CLUSTER = 1073741824
    NO_VARIANCE = 2147483648
    LONELY_STRATUM = 4294967296
    FEW_DEGREES = 8589934592
    BORROWED_PRECISION = 17179869184
    LIMIT_OUTSIDE = 34359738368
    NOT_SHOWN_TO_DIFFER = 68719476736
    RANK_WITHHELD = 137438953472
    NO_INTERVAL = 274877906944
    BELOW_MINIMUM = 549755813888
    PRECISION_CAPPED = 1099511627776
    COLLINEAR = 2199023255552
    ALL_ALIKE = 4398046511104
    SAMPLED_ORDERS = 8796093022208
    NOT_FITTED = 17592186044416
    EMPTY_CELL = 35184372088832
    NO_COUNTERPART = 70368744177664
    MANY_LEVELS = 140737488355328

    def describe(self) -> list[str]:
        """Short English words for each reason, in the order of the members; empty when there is none."""
        return [_DESCRIPTIONS[member] for member in Flag if member in self]


SMALL_BASE = 30
"""Below this many cases a base is flagged as small."""

FEW_EVENTS = 10
"""Below this many events a rate is flagged as resting on few."""

_DESCRIPTIONS = {
    Flag.NO_CASES: "no cases",
    Flag.EMPTY_GROUP: "nobody in this group",
    Flag.SMALL_BASE: f"fewer than {SMALL_BASE} cases",
    Flag.NO_REFERENCE: "no cases to compare with",
    Flag.SMALL_REFERENCE: f"fewer than {SMALL_BASE} cases in the reference",
    Flag.MISSING_ANSWERS: "some answers missing",
    Flag.MISSING_GROUP: "group not known, so not compared",
    Flag.EFFECTIVE_SIZE: "weighted: uses the effective number of cases",
    Flag.ZERO_WEIGHT: "weights add up to zero",
    Flag.FULL_COUNT: "full count, not a sample",
    Flag.CHOSEN_FROM_DATA: "reference chosen from the data",
    Flag.AREAS_LEFT_OUT: "areas without cases left out",
    Flag.TOO_FEW_AREAS: "too few areas to compare",
    Flag.INCONSISTENT_SOURCE: "the published source disagrees with itself",
    Flag.UNDEFINED: "not defined for these counts, such as 0 against 0",
    Flag.REJECTED_INSIDE: "the interval holds values that the test rejects",
    Flag.STRATA_LEFT_OUT: "strata with only one of the two groups left out",
    Flag.NOT_REACHED: "the median was not reached",
    Flag.FEW_EVENTS: f"fewer than {FEW_EVENTS} events",
    Flag.BY_ENCOUNTER: "events of one encounter counted together",
    Flag.ESTIMATED_POPULATION: "the population is itself an estimate",
    Flag.NOT_RECORDED: "not recorded in the source, so not available",
    Flag.NO_VARIATION: "areas vary no more than chance would make them",
    Flag.WIDER_LIMITS: "limits widened for variation beyond chance",
    Flag.NO_POPULATION: "nobody in this population group",
    Flag.NONE_OF_MANY: "none, where many would be expected: perhaps not recorded",
    Flag.CLUSTERED: "allows for answers of one unit being alike",
    Flag.MISSING_PERIOD: "a period of the window is missing from the data",
    Flag.BREAK_IN_SERIES: "not compared across a break in the series",
    Flag.EMPTY_PERIOD: "no cases here in some period of the window",
    Flag.ONE_CLUSTER: "all cases are in one cluster, so chance cannot be told",
    Flag.NO_VARIANCE: "no variance in the sample, so chance cannot be told",
    Flag.LONELY_STRATUM: "some strata have one cluster, in which nothing can vary",
    Flag.FEW_DEGREES: "too few clusters for an interval",
    Flag.BORROWED_PRECISION: "says nothing of its own precision, which is taken from other groups",
    Flag.NOT_SHOWN_TO_DIFFER: "areas not shown to differ beyond chance",
    Flag.RANK_WITHHELD: "not ranked",
    Flag.NO_INTERVAL: "no interval, so not known how much is chance",
    Flag.LIMIT_OUTSIDE: "the sample is too small for a limit on this side",
    Flag.BELOW_MINIMUM: "fewer respondents than the minimum asked for",
    Flag.PRECISION_CAPPED: "varies far less than chance alone would make it, which the interval does not count on",
    Flag.COLLINEAR: "drivers are made of one another here, so that nobody can tell them apart",
    Flag.ALL_ALIKE: "the same for everybody here, so that it explains nothing",
    Flag.SAMPLED_ORDERS: "averaged over orders drawn by chance, not over all",
    Flag.NOT_FITTED: "the model cannot be fitted: too few people, or too much alike",
    Flag.EMPTY_CELL: "some combinations of factors are in one of the two groups only",
    Flag.NO_COUNTERPART: "some people are unlike anybody in the other group",
    Flag.MANY_LEVELS: "a category of many levels, or of few rows a level, which takes up much that is chance",
}


def words(flag: Any) -> list[str]:
    """The words of what a flag column holds: a ``Flag``, its integer, one text, a list of texts, or None."""
    if flag is None:
        return []
    if isinstance(flag, str):
        return [flag] if flag else []
    if isinstance(flag, (list, tuple)):
        return [word for part in flag for word in words(part)]
    return Flag(int(flag)).describe()
