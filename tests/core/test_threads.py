"""Calls from several threads, arrays that change meanwhile, and a fork."""

import os
import threading

import numpy as np
import pytest

from dueregard import _core
from dueregard.records.coded import CodedColumn

RNG = np.random.default_rng(8)
CODES = RNG.integers(0, 40, 300_000).astype("u1")
EXPECTED = np.bincount(CODES, minlength=40)


def count(codes):
    counts = np.zeros(40, np.int64)
    _core.count([CodedColumn("a", codes, 0, 40)], counts)
    return counts


@pytest.mark.parametrize("n_threads", range(1, 9))
def test_ranges_counted_apart_add_to_the_whole(n_threads):
    parts = np.array_split(CODES, n_threads)
    results = [None] * n_threads
    barrier = threading.Barrier(n_threads)

    def work(i):
        barrier.wait()
        results[i] = count(parts[i])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(sum(results), EXPECTED)


@pytest.mark.parametrize("n_rows", [16_383, 16_384, 16_385])
def test_both_sides_of_the_size_that_drops_the_lock(n_rows):
    assert np.array_equal(count(CODES[:n_rows]), np.bincount(CODES[:n_rows], minlength=40))


@pytest.mark.parametrize("dtype", ["u1", "i2", "u4", "i8"])
def test_codes_that_change_while_they_are_counted_do_no_harm(dtype):
    codes = np.zeros(500_000, dtype)
    stop = threading.Event()

    def change():
        while not stop.is_set():
            codes[::7] = np.iinfo(dtype).max
            codes[::7] = 0

    thread = threading.Thread(target=change)
    thread.start()
    outcomes = set()
    for _ in range(30):
        counts = np.zeros(40, np.int64)
        try:
            _core.count([CodedColumn("a", codes, 0, 40)], counts)
            outcomes.add(int(counts.sum()))
        except (IndexError, RuntimeError):
            outcomes.add(int(counts.sum()))
    stop.set()
    thread.join()
    assert outcomes <= {0, len(codes)}


@pytest.mark.parametrize("n_answers", [3, 30])
def test_answers_that_change_while_they_are_counted_do_no_harm(n_answers):
    answers, groups = np.zeros((5000, 100), np.uint8), np.zeros(100, np.int32)
    stop = threading.Event()

    def change():
        while not stop.is_set():
            answers[::7] = 255
            answers[::7] = 0

    thread = threading.Thread(target=change)
    thread.start()
    refusals, totals = set(), {500_000}
    for _ in range(100):
        try:
            totals.add(int(_core.count_answers(answers, groups, 1, n_answers).sum()))
        except (ValueError, RuntimeError) as error:
            refusals.add(str(error).partition(":")[0])
    stop.set()
    thread.join()
    assert refusals <= {"answers", "answers changed while they were counted"}
    assert totals == {500_000}


def test_a_child_process_counts_the_same():
    count(CODES)
    child = os.fork() if threading.active_count() == 1 else None
    if child is None:
        pytest.skip("other threads are running")
    if child == 0:
        os._exit(0 if np.array_equal(count(CODES), EXPECTED) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
