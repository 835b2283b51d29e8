"""The order of labels, and joining two lists of them."""

import pytest

from dueregard.labels import arrange, join


def test_unordered_labels_are_sorted_and_missing_ones_come_last() -> None:
    assert arrange(["refused", "b", "not stated", "a", "b"], ordered=False) == [
        "a",
        "b",
        "not stated",
        "refused",
    ]


def test_numbers_sort_as_numbers_and_before_text() -> None:
    assert arrange([10, "a", 9, True], ordered=False) == [True, 9, 10, "a"]


def test_ordered_labels_keep_their_order_but_not_of_the_missing() -> None:
    assert arrange(["not stated", "low", "high"], ordered=True) == ["low", "high", "not stated"]


def test_two_unordered_lists_give_the_sorted_union() -> None:
    assert join(["c", "a"], ["b", "not stated"], ordered=(False, False), name="x") == [
        "a",
        "b",
        "c",
        "not stated",
    ]


@pytest.mark.parametrize("swap", [False, True])
def test_the_longer_of_two_ordered_lists_wins(swap: bool) -> None:
    long, short = ["low", "middle", "high", "not stated"], ["low", "high", "refused"]
    first, second = (short, long) if swap else (long, short)
    assert join(first, second, ordered=(True, True), name="x") == [
        "low",
        "middle",
        "high",
        "not stated",
        "refused",
    ]


def test_an_ordered_list_takes_an_unordered_one_it_contains() -> None:
    assert join(["high", "low"], ["low", "middle", "high"], ordered=(False, True), name="x") == [
        "low",
        "middle",
        "high",
    ]


@pytest.mark.parametrize("ordered", [(True, True), (True, False)])
def test_orders_that_do_not_fit_are_refused(ordered: tuple[bool, bool]) -> None:
    second = ["high", "low"] if all(ordered) else ["low", "unheard of"]
    with pytest.raises(ValueError, match="'scale': the labels"):
        join(["low", "middle", "high"], second, ordered=ordered, name="scale")
