"""Numbers with derivatives: those that calculus gives them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.decomposition.changing import Changing

NUMBERS = st.floats(0.5, 3) | st.floats(-3, -0.5)


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_sums_products_and_quotients(first, second):
    """As functions of one number t at 0: a + a' t for the group, and the same for the reference."""
    (a, da), (b, db) = first, second
    one, other = (Changing(np.array([v]), np.array([[d]]), np.array([[2 * d]])) for v, d in (first, second))
    for found, value, slope in (
        (one + other, a + b, da + db),
        (one - other, a - b, da - db),
        (one * other, a * b, da * b + a * db),
        (one / other, a / b, da / b - a * db / b**2),
    ):
        assert found.value[0] == pytest.approx(value)
        assert found.group[0, 0] == pytest.approx(slope, abs=1e-12)
        assert found.reference[0, 0] == pytest.approx(2 * slope, abs=1e-12)


def test_one_number_goes_with_many_and_many_are_put_together():
    one = Changing(np.array([2.0]), np.ones((3, 1)), np.zeros((1, 1)))
    many = Changing(np.array([1.0, 5.0]), np.zeros((3, 2)), np.ones((1, 2)))
    product = one * many
    assert product.value.tolist() == [2, 10]
    assert product.group.tolist() == [[1, 5]] * 3 and product.reference.tolist() == [[2, 2]]
    assert product.total().value.tolist() == [12] and product.total().reference.tolist() == [[4]]
    assert many.followed_by(one).value.tolist() == [1, 5, 2]
    assert many.taken(slice(1, None)).value.tolist() == [5]


def test_nothing_over_nothing_is_not_a_number():
    nothing = Changing.fixed(np.zeros(1), 2, 1)
    assert np.isnan((nothing / nothing).value).all()
