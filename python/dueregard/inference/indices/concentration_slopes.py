"""How fast an index of inequality changes with the weight of each unit: what linearised standard errors rest on."""

import numpy as np

from dueregard.inference.checked import Floats


def slopes(value: Floats, weight: Floats, index: str, parameter: float | None) -> Floats:
    """The derivative of an index in the weight of each unit, along one axis."""
    if index == "gini":
        return _gini(value, weight)
    if index == "hoover":
        return _hoover(value, weight)
    if index == "atkinson":
        assert parameter is not None
        return _atkinson(value, weight, parameter)
    return _entropy(value, weight, {"theil": 1.0, "mean-log-deviation": 0.0}.get(index, parameter or 0.0))


def _mean(value: Floats, weight: Floats) -> tuple[float, Floats]:
    """The weighted mean and its derivative."""
    total = float(weight.sum())
    middle = float((weight * value).sum()) / total
    return middle, (value - middle) / total


def _gini(value: Floats, weight: Floats) -> Floats:
    order = np.argsort(value, kind="stable")
    v, w = value[order], weight[order]
    people, amount = w.sum(), (w * v).sum()
    below, amount_below = np.cumsum(w), np.cumsum(w * v)
    distances = np.empty(len(value))
    distances[order] = v * (2 * below - people) - (2 * amount_below - amount)
    gini = float((weight * distances).sum()) / (2 * people * amount)
    return np.asarray(distances / (people * amount) - gini / people - gini * value / amount)


def _hoover(value: Floats, weight: Floats) -> Floats:
    middle, rise = _mean(value, weight)
    amount, above = float((weight * value).sum()), value > middle
    hoover = float((weight * np.where(above, value - middle, 0.0)).sum()) / amount
    excess = np.where(above, value - middle, 0.0)
    return np.asarray((excess - float(weight[above].sum()) * rise - hoover * value) / amount)


def _entropy(value: Floats, weight: Floats, parameter: float) -> Floats:
    middle, rise = _mean(value, weight)
    if parameter == 0:
        _, logs = _mean(np.log(value), weight)
        return rise / middle - logs
    if parameter == 1:
        products = value * np.log(np.where(value > 0, value, 1.0))
        mean, of_products = _mean(products, weight)
        return of_products / middle - mean * rise / middle**2 - rise / middle
    with np.errstate(divide="ignore"):
        power, of_power = _mean(np.power(value, parameter), weight)
    relative = middle**-parameter
    change = of_power * relative - parameter * power * rise * relative / middle
    return np.asarray(change / (parameter * (parameter - 1)))


def _atkinson(value: Floats, weight: Floats, parameter: float) -> Floats:
    middle, rise = _mean(value, weight)
    if parameter == 1:
        log_mean, logs = _mean(np.log(value), weight)
        equal, of_equal = float(np.exp(log_mean)), np.exp(log_mean) * logs
    else:
        exponent = 1 - parameter
        power, of_power = _mean(np.power(value, exponent), weight)
        equal = power ** (1 / exponent)
        of_equal = equal / (exponent * power) * of_power
    return np.asarray(-of_equal / middle + equal * rise / middle**2)
