"""A measure: what is counted out of what, for whom, against whom, and which way is better."""

from dataclasses import dataclass

from dueregard.plans.context import Context, one_of
from dueregard.records.toml_files import TomlTable

PERCENT, POINTS, RATIO, RATE_RATIO, RATE, NUMBER = UNITS = (
    "percent", "percentage points", "ratio", "rate ratio", "rate", "number",
)  # fmt: skip
COMPARED = (POINTS, RATIO, RATE_RATIO)
"""Units of measures that hold one group against another, so that a reading has two counts."""
LOGARITHMIC = (RATIO, RATE_RATIO)
PEOPLE, EXPOSURE = BASES = ("people", "exposure")
"""What a rate is of: as many people in a month as in a year, or what grows with the period, such as years in post."""


@dataclass(frozen=True)
class Measure:
    """One measure.

    Parameters
    ----------
    id, objective, title
        What it is called, and the objective that it measures.
    unit : {"percent", "percentage points", "ratio", "rate ratio", "rate", "number"}
        Of counts: count of nobs; the difference, or the ratio, of two such shares; the ratio of two rates, each a
        count over a base; count over base, times ``per``; a count.
    numerator, denominator, breakdown, comparator
        In words: what is counted, out of what, by which characteristic, and against whom.
    higher_is_better
        None where neither way is.
    full_count
        Whether all there are were counted, so that no sample stands between a reading and the truth.
    per
        What a rate is given per.
    base : {"people", "exposure"}
        Of rates and rate ratios, what events are counted over: those there are, such as residents, so that a year has
        more events to each than a quarter; or what grows with the period, such as person-years or searches.
    source
        Where it is said, as a document and its line.
    computed_by, not_computed
        The call that computes it from records; or why none can.
    """

    id: str
    objective: str
    title: str
    unit: str
    numerator: str | None = None
    denominator: str | None = None
    breakdown: str | None = None
    comparator: str | None = None
    higher_is_better: bool | None = None
    full_count: bool = False
    per: float = 1.0
    base: str = PEOPLE
    source: str | None = None
    computed_by: str | None = None
    not_computed: str | None = None

    @property
    def logarithmic(self) -> bool:
        """Whether its values are ratios, whose differences are factors."""
        return self.unit in LOGARITHMIC

    @property
    def compares(self) -> bool:
        """Whether it holds one group against another."""
        return self.unit in COMPARED

    @property
    def accrues(self) -> bool:
        """Whether a longer period has more of it: counts, and rates of people."""
        return self.unit == NUMBER or (self.unit == RATE and self.base == PEOPLE)

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most a value can be."""
        return {PERCENT: (0.0, 100.0), POINTS: (-100.0, 100.0)}.get(self.unit, (0.0, float("inf")))


TEXTS = ("numerator", "denominator", "breakdown", "comparator", "source", "computed_by", "not_computed")


def read_measure(row: TomlTable, context: Context) -> Measure:
    """A measure from its row."""
    row.only("id", "objective", "title", "unit", *TEXTS, "higher_is_better", "full_count", "per", "base")
    unit = one_of(row, "unit", UNITS)
    if "per" in row and unit != RATE:
        raise row.fail(f"'per' is for rates; the unit is {unit!r}", "per")
    if "base" in row and unit not in (RATE, RATE_RATIO):
        raise row.fail(f"'base' is for rates and rate ratios; the unit is {unit!r}", "base")
    per = row.number("per", default=1.0)
    if per <= 0:
        raise row.fail(f"'per' is {per:g}; it is more than 0", "per")
    return Measure(
        id=context.new_id(row, "measures"),
        objective=context.known(row, "objective", "objectives"),
        title=row.text("title"),
        unit=unit,
        higher_is_better=row.flag("higher_is_better", None),
        full_count=row.flag("full_count", False),
        per=per,
        base=one_of(row, "base", BASES, PEOPLE),
        **{key: row.text(key, None) for key in TEXTS},
    )
