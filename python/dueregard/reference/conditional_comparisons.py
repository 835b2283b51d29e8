"""Exact comparison of two odds given the margins: every table they allow is written down with its probability."""

from collections.abc import Callable
from functools import partial
from math import comb, exp, inf, log, log1p, nan

from dueregard.reference.two_proportions import Comparison, Question, Table, exchanged

HALVINGS = 80
FURTHEST = 60.0  # the largest logarithm of an odds ratio that is looked at
TIE = 1e-7  # probabilities closer than this, relatively, are equal


class Tables:
    """The tables with the same margins, by their first cell, and the first cell that was seen."""

    def __init__(self, table: Table) -> None:
        x1, n1, x2, n2 = map(int, table)
        self.seen = x1
        self.possible = range(max(0, x1 + x2 - n2), min(n1, x1 + x2) + 1)
        self.log_weight = {k: log(comb(n1, k) * comb(n2, x1 + x2 - k)) for k in self.possible}

    def probabilities(self, log_odds_ratio: float) -> dict[int, float]:
        heights = {k: self.log_weight[k] + k * log_odds_ratio for k in self.possible}
        top = max(heights.values())
        weights = {k: exp(height - top) for k, height in heights.items()}
        total = sum(weights.values())
        return {k: weight / total for k, weight in weights.items()}

    def tie(self, k: int) -> float:
        """The log odds ratio at which table k is as probable as the one seen, up to the tolerance."""
        return (self.log_weight[k] - self.log_weight[self.seen] - log1p(TIE)) / (self.seen - k)


def central(table: Table, question: Question) -> Comparison:
    return compare(table, question, 1.0)


def mid_p(table: Table, question: Question) -> Comparison:
    return compare(table, question, 0.5)


def fisher(table: Table, question: Question) -> Comparison:
    """Two-sided by likelihood, one-sided the central method."""
    tables = Tables(table)
    if question.alternative != "two-sided" or len(tables.possible) == 1:
        return central(table, question)
    at_null = tables.probabilities(log(question.null))
    not_more_probable = (p for p in at_null.values() if p <= at_null[tables.seen] * (1 + TIE))
    outside = 2 * question.tail
    high = lowest_not_rejected(Tables(exchanged(table)), outside)
    return Comparison(
        most_likely(tables),
        lowest_not_rejected(tables, outside),
        inf if high == 0 else 1 / high,
        nan,
        min(sum(not_more_probable), 1.0),
    )


def compare(table: Table, question: Question, own: float) -> Comparison:
    """`own` is how much of the probability of the table that is seen belongs to its tails."""
    tables, other = Tables(table), Tables(exchanged(table))
    if len(tables.possible) == 1:
        return Comparison(nan, 0.0, inf, nan, 1.0)
    more, less = tail(tables, own, log(question.null)), tail(other, own, -log(question.null))
    low = 0.0 if question.alternative == "less" else limit(tables, own, question.tail)
    high = 0.0 if question.alternative == "greater" else limit(other, own, question.tail)
    pvalue = {"greater": more, "less": less, "two-sided": min(2 * more, 2 * less, 1.0)}[question.alternative]
    return Comparison(most_likely(tables), low, inf if high == 0 else 1 / high, nan, pvalue)


def tail(tables: Tables, own: float, log_odds_ratio: float) -> float:
    """The probability of a larger first cell, with the table's own share."""
    probabilities = tables.probabilities(log_odds_ratio)
    return sum(p for k, p in probabilities.items() if k > tables.seen) + own * probabilities[tables.seen]


def limit(tables: Tables, own: float, reached: float) -> float:
    """The odds ratio at which the upper tail is as given."""
    if tables.seen == tables.possible[0] and reached <= own:
        return 0.0
    return exp(halve(lambda t: tail(tables, own, t) < reached, -FURTHEST, FURTHEST))


def most_likely(tables: Tables) -> float:
    """The odds ratio at which the mean of the first cell is the one seen."""
    if tables.seen == tables.possible[0]:
        return 0.0
    if tables.seen == tables.possible[-1]:
        return inf

    def mean_below_seen(log_odds_ratio: float) -> bool:
        return sum((k - tables.seen) * p for k, p in tables.probabilities(log_odds_ratio).items()) < 0

    return exp(halve(mean_below_seen, -FURTHEST, FURTHEST))


def lowest_not_rejected(tables: Tables, outside: float) -> float:
    """Goes up from an odds ratio of 0, at which only the tables with more than is seen count against it.

    At each tie one table from below joins them and p jumps up; before the next one p sinks and rises again. So the
    first odds ratio that is not rejected is on a rise before a tie, or at it.
    """
    if tables.seen == tables.possible[0]:
        return 0.0

    def pvalue(log_odds_ratio: float, joined: int) -> float:
        probabilities = tables.probabilities(log_odds_ratio)
        return sum(p for k, p in probabilities.items() if k >= tables.seen or k < joined)

    def rejected(log_odds_ratio: float, joined: int) -> bool:
        return pvalue(log_odds_ratio, joined) < outside

    before = -FURTHEST
    for k in tables.possible:
        tie = tables.tie(k)
        if not rejected(tie, k):
            return exp(halve(partial(rejected, joined=k), before, tie))
        if not rejected(tie, k + 1):
            return exp(tie)
        before = tie
    raise AssertionError("at the last tie all tables have joined")


def halve(below: Callable[[float], bool], low: float, high: float) -> float:
    """Where something that holds at the lower end ends to hold."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return high
