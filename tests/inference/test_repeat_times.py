"""Times from an event to the next one of the same person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.distributions.event_times import still_open
from dueregard.inference.repeats.repeat_times import EventHistory, clustered_sizes, counts_by_time, follow_up


def ints(*values):
    return np.array(values, np.int64)


def history(together=True):
    return EventHistory.of(
        ints(1, 0, 1, 0, 1, 2), ints(5, 9, 5, 2, 7, 1), ints(3, 0, 1, 0, 2, 0), together=together
    )  # fmt: skip


def test_events_are_in_the_order_of_persons_and_days_and_of_cells_within_a_day():
    found = history(together=False)
    assert found.person.tolist() == [0, 0, 1, 1, 1, 2]
    assert found.day.tolist() == [2, 9, 5, 5, 7, 1]
    assert found.cell.tolist() == [0, 0, 1, 3, 2, 0]
    assert found.waits.tolist() == [7, -1, 0, 2, -1, -1]
    assert found.events.tolist() == [2, 3, 1]


def test_events_of_one_day_together_are_the_one_of_the_lowest_cell():
    found = history()
    assert (found.day.tolist(), found.cell.tolist()) == ([2, 9, 5, 7, 1], [0, 0, 1, 2, 0])
    assert found.waits.tolist() == [7, -1, 2, -1, -1]
    assert found.first_cells.tolist() == [0, 1, 0]


def test_no_events_at_all():
    found = EventHistory.of(ints(), ints(), ints(), together=True)
    assert found.events.tolist() == found.waits.tolist() == found.first_cells.tolist() == []


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 9), st.integers(0, 3)), max_size=30), st.booleans())
def test_large_numbers_sort_like_small_ones(rows, together):
    person, day, cell = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    small = EventHistory.of(person, day, cell, together=together)
    large = EventHistory.of(person * 2**40, day * 2**20, cell, together=together)  # beyond one whole number
    assert large.person.tolist() == (small.person * 2**40).tolist()
    assert large.day.tolist() == (small.day * 2**20).tolist()
    assert large.cell.tolist() == small.cell.tolist()


def test_what_was_seen_of_each_window():
    wait = ints(4, 10, 11, -1, -1, -1, 0)
    seen = ints(20, 20, 20, 20, 10, 9, 3)
    found = follow_up(wait, seen, np.full(7, 10))
    assert found.happened.tolist() == [True, True, False, False, False, False, True]
    assert found.time.tolist() == [4, 10, 11, 11, 11, 9, 0]


def test_windows_of_different_lengths_end_together():
    found = follow_up(ints(366, 366, -1, -1), ints(400, 400, 365, 365), ints(366, 365, 365, 366))
    assert found.window == 366
    assert found.happened.tolist() == [True, False, False, False]
    assert found.time.tolist() == [366, 367, 367, 365]


def survival(time, happened, weights, target):
    """The product-limit share still open, of weighted events, straight from its definition."""
    left = 1.0
    for t in sorted(set(time[happened].tolist())):
        if t <= target:
            left *= 1 - weights[happened & (time == t)].sum() / weights[time >= t].sum()
    return left


events = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.booleans()), min_size=2, max_size=12)


@given(events)
def test_the_variance_is_that_of_leaving_persons_out_a_little(rows):
    person, time, happened = (np.array([row[i] for row in rows]) for i in range(3))
    wait, seen = np.where(happened, time, -1), np.where(happened, 99, time)
    followed = follow_up(wait.astype(np.int64), seen.astype(np.int64), np.full(len(rows), 6))
    cell = np.zeros(len(rows), np.int64)
    size = clustered_sizes(followed, person.astype(np.int64), cell, 1)[0]
    left = survival(followed.time, followed.happened, np.ones(len(rows)), 6)
    step = 1e-5

    def moved(one, by):
        return survival(followed.time, followed.happened, np.where(person == one, 1 + by, 1.0), 6)

    answers = [(moved(one, step) - moved(one, -step)) / (2 * step) for one in set(person.tolist())]
    variance = sum(answer**2 for answer in answers)
    if variance > 1e-12 and 0 < left < 1:
        assert size == pytest.approx(left * (1 - left) / variance, rel=1e-4)
    else:
        assert size == len(set(person.tolist()))


def test_a_single_person_is_a_single_case():
    followed = follow_up(ints(-1, -1, 0), ints(0, 0, 99), np.full(3, 6))
    assert clustered_sizes(followed, np.zeros(3, np.int64), np.zeros(3, np.int64), 1)[0] == 1


@given(events)
def test_with_one_event_a_person_it_is_greenwoods(rows):
    _, time, happened = (np.array([row[i] for row in rows]) for i in range(3))
    followed = follow_up(np.where(happened, time, -1), np.where(happened, 99, time), np.full(len(rows), 6))
    cell = np.zeros(len(rows), np.int64)
    counts = counts_by_time(followed, cell, 1).astype(float)
    open_, sizes = still_open(counts[:, 1, :], counts[:, 0, :])
    if 0 < open_[0, -1] < 1:
        assert clustered_sizes(followed, np.arange(len(rows)), cell, 1)[0] == pytest.approx(sizes[0, -1])


def test_without_open_cases_it_is_the_variance_of_a_share_in_clusters():
    person, happened = ints(0, 0, 1, 1, 2), np.array([True, True, True, False, False])
    followed = follow_up(np.where(happened, 2, -1), np.full(5, 99), np.full(5, 6))
    share = 3 / 5
    sums = [2 - 2 * share, 1 - 2 * share, 0 - share]  # of each person: events less expected
    variance = sum(each**2 for each in sums) / 25
    assert clustered_sizes(followed, person, np.zeros(5, np.int64), 1)[0] == pytest.approx(0.24 / variance)
