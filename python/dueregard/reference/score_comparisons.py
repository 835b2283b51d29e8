"""Two proportions compared by the score statistic, from the likelihood itself.

Everything is looked for by halving intervals: the most likely proportions that stand in a given relation, and the
lowest value of that relation which the data do not reject. Nothing is solved by formula.
"""

from collections.abc import Callable
from math import inf, isnan, sqrt

from dueregard.reference.two_proportions import Comparison, Question, Table, exchanged, pvalue

HALVINGS = 60  # for proportions
STEPS, HALVINGS_OF_A_STEP = 64, 42  # for limits


def score(table: Table, question: Question) -> Comparison:
    return compare(table, question, with_factor)


def score_uncorrected(table: Table, question: Question) -> Comparison:
    return compare(table, question, without_factor)


def skewness_corrected(table: Table, question: Question) -> Comparison:
    return compare(table, question, with_skewness)


Statistic = Callable[[Table, str, float], float]


def compare(table: Table, question: Question, statistic: Statistic) -> Comparison:
    measure, z = question.measure, question.z
    at_null = statistic(table, measure, question.null)
    low, high = question.ends
    if question.alternative != "less":
        low = lowest(table, measure, z, statistic)
    if question.alternative != "greater":
        high = seen_from_the_other_group(lowest(exchanged(table), measure, z, statistic), measure)
    return Comparison(table.estimate(measure), low, high, at_null, pvalue(at_null, question.alternative))


def seen_from_the_other_group(value: float, measure: str) -> float:
    if measure == "difference":
        return -value
    return inf if value == 0 else 1 / value


def lowest(table: Table, measure: str, z: float, statistic: Statistic) -> float:
    """The lowest null value at which the statistic is not above z.

    It is looked for in steps from the end of the range, then by halving; the estimate itself is never rejected.
    """

    def value(place: float) -> float:
        return 2 * place - 1 if measure == "difference" else place / (1 - place)

    estimate = table.estimate(measure)
    last = 1.0 if isnan(estimate) or estimate == inf else place_of(estimate, measure)
    places = [step / STEPS for step in range(STEPS) if step / STEPS < last]
    rejected = None
    for place in places:
        if statistic(table, measure, value(place)) <= z:
            break
        rejected = place
    else:
        place = last
    if rejected is None:
        return value(place)
    for _ in range(HALVINGS_OF_A_STEP):
        middle = (rejected + place) / 2
        if statistic(table, measure, value(middle)) <= z:
            place = middle
        else:
            rejected = middle
    return value(place if rejected > 0 else 0.0)  # or nothing short of the end was rejected


def place_of(value: float, measure: str) -> float:
    """Where a value of the measure lies on a scale from 0 to 1."""
    return (value + 1) / 2 if measure == "difference" else value / (1 + value)


def restricted(table: Table, measure: str, null: float) -> tuple[float, float]:
    """The most likely p1 and p2 with this difference, ratio or odds ratio, strictly inside the measure's range."""
    low, high = 0.0, 1.0
    if measure == "difference":
        low, high = max(0.0, -null), min(1.0, 1.0 - null)
    elif measure == "ratio":
        high = min(1.0, 1.0 / null)

    def first(p2: float) -> tuple[float, float]:
        """p1, and how fast it grows with p2."""
        if measure == "difference":
            return p2 + null, 1.0
        if measure == "ratio":
            return p2 * null, null
        below = 1 - p2 + null * p2
        return null * p2 / below, null / below**2

    def rises(p2: float) -> bool:
        """Whether the log likelihood grows with p2."""
        p1, growth = first(p2)
        up = share(table.x1, p1) * growth + share(table.x2, p2)
        down = share(table.y1, 1 - p1) * growth + share(table.y2, 1 - p2)
        return up > down

    if not rises(low):
        return first(low)[0], low
    if rises(high):
        return first(high)[0], high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if rises(middle):
            low = middle
        else:
            high = middle
    return first(high)[0], high


def share(count: float, probability: float) -> float:
    if count == 0:
        return 0.0
    return count / probability if probability > 0 else inf


def impossible(table: Table, measure: str) -> bool:
    """Whether the data cannot be if the measure is at the lower end of its range."""
    if measure == "difference":
        return table.x1 > 0 or table.y2 > 0
    return table.x1 > 0 and (measure == "ratio" or table.y2 > 0)


def moments(table: Table, measure: str, null: float) -> tuple[float, float, float]:
    """How far the data are from the null value, and the variance and third moment of that if the null value is true."""
    p1, p2 = restricted(table, measure, null)
    n1, n2 = table.n1, table.n2
    v1, v2 = p1 * (1 - p1), p2 * (1 - p2)
    if measure == "odds-ratio":
        if v1 == 0 or v2 == 0:
            return 0.0, 0.0, 0.0
        distance = (table.x1 / n1 - p1) / v1 - (table.x2 / n2 - p2) / v2
        third = (1 - 2 * p1) / (n1 * v1) ** 2 - (1 - 2 * p2) / (n2 * v2) ** 2
        return distance, 1 / (n1 * v1) + 1 / (n2 * v2), third
    times = null if measure == "ratio" else 1.0
    away = 0.0 if measure == "ratio" else null
    distance = table.x1 / n1 - times * table.x2 / n2 - away
    third = v1 * (1 - 2 * p1) / n1**2 - times**3 * v2 * (1 - 2 * p2) / n2**2
    return distance, v1 / n1 + times**2 * v2 / n2, third


def at_an_end(table: Table, measure: str, null: float) -> float | None:
    """The statistic at the ends of the range, where the restricted proportions are 0 or 1."""
    if null in ((-1,) if measure == "difference" else (0,)):
        return inf if impossible(table, measure) else 0.0
    if null in ((1,) if measure == "difference" else (inf,)):
        return -inf if impossible(exchanged(table), measure) else 0.0
    return None


def factor(table: Table) -> float:
    n = table.n1 + table.n2
    return n / (n - 1) if n > 1 else inf


def without_factor(table: Table, measure: str, null: float) -> float:
    """Mee (1984) for differences, Koopman (1984) for ratios."""
    end = at_an_end(table, measure, null)
    if end is not None:
        return end
    distance, variance, _ = moments(table, measure, null)
    return distance / sqrt(variance) if variance > 0 else 0.0


def with_factor(table: Table, measure: str, null: float) -> float:
    """Miettinen and Nurminen (1985)."""
    plain = without_factor(table, measure, null)
    return plain if abs(plain) == inf else plain / sqrt(factor(table))


def with_skewness(table: Table, measure: str, null: float) -> float:
    """Laud (2017): the z with statistic = z + a (z^2 - 1), a being a sixth of the skewness."""
    end = at_an_end(table, measure, null)
    if end is not None:
        return end
    distance, variance, third = moments(table, measure, null)
    if variance == 0 or factor(table) == inf:
        return 0.0
    error = sqrt(variance * factor(table))
    plain, a = distance / error, third / error**3 / 6
    inside = 1 + 4 * a * (plain + a)
    if inside < 0:
        return 2 * (plain + a)
    if abs(a) < 1e-4:
        return plain - a * (plain**2 - 1) + 2 * a**2 * plain * (plain**2 - 1)
    return (sqrt(inside) - 1) / (2 * a)
