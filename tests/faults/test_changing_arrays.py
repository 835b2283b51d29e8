"""Another thread writes into the arrays while they are counted.

Item 14 of the list of nasty inputs: what is counted is unspecified, but every row is counted once, or the call raises.
"""

import threading
from contextlib import contextmanager

import numpy as np
import pytest

import dueregard as dr

N = 400_000
NAMES = {"a": [f"label {i}" for i in range(5)]}


@contextmanager
def writing(array, good, bad):
    """Another thread puts bad values in and takes them out again, without end."""
    stop = threading.Event()

    def write():
        while not stop.is_set():
            array[N // 2 :: 3] = bad
            array[N // 2 :: 3] = good

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def outcomes(array, good, bad, errors, times=15, **options):
    """The number of rows counted, or the type of the error, of each of several calls."""
    found = []
    with writing(array, good, bad):
        for i in range(times):
            try:
                found.append(int(dr.tally({"a": array}, "a", threads=1 + i % 3, **options).counts.sum()))
            except errors as error:
                found.append(type(error))
    return found


@pytest.mark.parametrize("dtype", ["i1", "u2", ">i4", "i8", "u8"])
def test_codes(dtype):
    codes = np.zeros(N, dtype)
    found = outcomes(codes, 0, np.iinfo(dtype).max, (IndexError, RuntimeError), labels=NAMES)
    assert set(found) <= {N, IndexError, RuntimeError}


@pytest.mark.parametrize("bad", [100, 2**40])
def test_integers_that_are_their_own_labels(bad):
    """Their range is found first; it may be another one when they are counted."""
    found = outcomes(np.zeros(N, np.int64), 0, bad, (IndexError, RuntimeError))
    assert set(found) <= {N, IndexError, RuntimeError}


def test_text():
    assert set(outcomes(np.full(N, "a"), "a", "b", ())) == {N}


def test_objects():
    values = np.full(N, "a", object)
    assert set(outcomes(values, "a", "b" * 100, ())) == {N}
    assert set(outcomes(values, "a", 2.5, TypeError)) <= {N, TypeError}


@pytest.mark.parametrize("bad", [-1.0, np.nan, 1e-300, 1e300])
def test_weights(bad):
    """Their exponents are found first; a weight outside them is not summed."""
    weight = np.ones(N)
    with writing(weight, 1.0, bad):
        for _ in range(8):
            try:
                found = dr.tally({"a": np.zeros(N, np.int8)}, "a", weight=weight, labels=NAMES, threads=2)
                assert found.counts.sum() == N
            except (ValueError, RuntimeError) as error:
                assert "weight" in str(error)


def test_filters():
    where = np.ones(N, bool)
    found = outcomes(np.zeros(N, np.int8), 0, 1, (), labels=NAMES)
    assert set(found) == {N}
    with writing(where, True, False):
        for _ in range(8):
            try:
                counts = dr.tally({"a": np.zeros(N, np.int8)}, "a", weight=np.ones(N), where=where, threads=2).counts
                assert N // 2 <= counts.sum() <= N
            except (ValueError, RuntimeError) as error:
                assert "length" in str(error)


def test_scores_of_clusters():
    """Statistics place numbers in memory: they are looked at again when they are used."""
    from dueregard import _core

    cluster, statistic = np.arange(N, dtype=np.int32), np.zeros(N, np.int32)
    groups, blocks, factor, score = np.array([0, N]), np.array([0, 3]), np.ones(N), np.arange(float(N))
    found = []
    with writing(statistic, 0, 2**31 - 1):
        for _ in range(15):
            covariance = np.zeros(9)
            try:
                _core.add_covariance(cluster, statistic, score, groups, factor, blocks, covariance)
                found.append(None)
            except ValueError as error:
                found.append(type(error))
    assert set(found) <= {None, ValueError}
