"""Numbers computed from the rows of two groups, together with what each row changes them by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dueregard.inference.checked import Floats


@dataclass(frozen=True, eq=False)
class Changing:
    """Numbers ``value`` (k,) and their derivatives by the weight of each row of the group and of the reference, (n, k).

    Sums, differences, products and quotients have the derivatives that calculus gives them; one number (k = 1) goes
    with many.

    Examples
    --------
    >>> half = Changing(np.array([2.0]), np.array([[1.0]]), np.array([[0.0]]))
    >>> (half * half).group.tolist(), (half / half).group.tolist()
    ([[4.0]], [[0.0]])
    """

    value: Floats
    group: Floats
    reference: Floats

    @classmethod
    def fixed(cls, value: Floats, n_group: int, n_reference: int) -> Changing:
        """Numbers that no row changes."""
        return cls(value, np.zeros((n_group, len(value))), np.zeros((n_reference, len(value))))

    def __add__(self, other: Changing) -> Changing:
        return Changing(self.value + other.value, self.group + other.group, self.reference + other.reference)

    def __sub__(self, other: Changing) -> Changing:
        return Changing(self.value - other.value, self.group - other.group, self.reference - other.reference)

    def __mul__(self, other: Changing) -> Changing:
        return Changing(
            self.value * other.value,
            self.group * other.value + self.value * other.group,
            self.reference * other.value + self.value * other.reference,
        )

    def __truediv__(self, other: Changing) -> Changing:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.value / other.value
            group = (self.group - value * other.group) / other.value
            reference = (self.reference - value * other.reference) / other.value
        return Changing(value, group, reference)

    def total(self) -> Changing:
        """The sum of the numbers, as one."""
        parts = (each.sum(axis=-1, keepdims=True) for each in (self.value, self.group, self.reference))
        return Changing(*parts)

    def taken(self, columns: slice) -> Changing:
        """Some of the numbers."""
        return Changing(self.value[columns], self.group[:, columns], self.reference[:, columns])

    def followed_by(self, other: Changing) -> Changing:
        """Both, one after the other."""
        pairs = zip((self.value, self.group, self.reference), (other.value, other.group, other.reference), strict=True)
        return Changing(*(np.concatenate(pair, axis=-1) for pair in pairs))
