"""Two proportions compared by an estimate and its own standard error, each cell of the table by itself."""

from math import exp, inf, log, nan, sqrt

from dueregard.reference.two_proportions import Comparison, Question, Table, pvalue


def wald_difference(table: Table, question: Question) -> Comparison:
    difference, error = difference_and_error(table)
    return on_the_line(table, question, difference, error)


def agresti_caffo(table: Table, question: Question) -> Comparison:
    """One case with the property and one without are added to each group."""
    difference, error = difference_and_error(Table(table.x1 + 1, table.n1 + 2, table.x2 + 1, table.n2 + 2))
    return on_the_line(table, question, difference, error)


def difference_and_error(table: Table) -> tuple[float, float]:
    x1, n1, x2, n2 = table
    return x1 / n1 - x2 / n2, sqrt(x1 * table.y1 / n1**3 + x2 * table.y2 / n2**3)


def on_the_line(table: Table, question: Question, centre: float, error: float) -> Comparison:
    low, high = max(centre - question.z * error, -1), min(centre + question.z * error, 1)
    statistic = standardised(centre - question.null, error)
    return one_story(table, question, low, high, statistic)


def katz(table: Table, question: Question) -> Comparison:
    x1, n1, x2, n2 = table
    if x1 == 0 or x2 == 0:
        return knows_nothing(table, question)
    return on_the_log_line(table, question, sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))


def woolf(table: Table, question: Question) -> Comparison:
    cells = [table.x1, table.y1, table.x2, table.y2]
    if 0 in cells:
        return knows_nothing(table, question)
    return on_the_log_line(table, question, sqrt(sum(1 / cell for cell in cells)))


def knows_nothing(table: Table, question: Question) -> Comparison:
    return Comparison(table.estimate(question.measure), 0.0, inf, nan, 1.0)


def on_the_log_line(table: Table, question: Question, error: float) -> Comparison:
    centre = log(table.estimate(question.measure))
    low, high = exp(centre - question.z * error), exp(centre + question.z * error)
    return one_story(table, question, low, high, standardised(centre - log(question.null), error))


def standardised(distance: float, error: float) -> float:
    """In standard errors: of which there is none where both groups have only cases, or none."""
    if error == 0:
        return 0.0 if distance == 0 else inf if distance > 0 else -inf
    return distance / error


def one_story(table: Table, question: Question, low: float, high: float, statistic: float) -> Comparison:
    lowest, highest = question.ends
    return Comparison(
        table.estimate(question.measure),
        lowest if question.alternative == "less" else low,
        highest if question.alternative == "greater" else high,
        statistic,
        pvalue(statistic, question.alternative),
    )
