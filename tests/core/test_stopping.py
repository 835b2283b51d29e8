"""A long call stops: at Ctrl-C, or when another thread asks it to."""

import statistics
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest

from dueregard import _core
from dueregard.records.coded import CodedColumn

N = 2**33  # one value repeated: no memory, and half a minute's work
CODES = np.broadcast_to(np.uint8(1), N)
WEIGHT = np.broadcast_to(1.0, N)
RANKED = np.arange(300, dtype=np.int32)
UNITS = (np.zeros(300), np.ones(300), np.empty((300, 0)))
MILLIONS = np.full((2, 4), 2**27)
KEY = np.zeros(2, np.uint64)
SHEET = np.zeros((2**20, 2**10), np.uint8)  # never written to: no memory either
SCORED = np.zeros((2**18, 2**6, 2**4), np.int32)
RULES = (np.ones((127, 2**4), "u1"), np.ones((127, 2**6), "u1"), np.zeros(2**4, "u1"), np.zeros(127))

CLUSTERS = np.broadcast_to(np.int32(1), N)

TABLE = np.indices((1500, 1500), np.int32)  # 1,500 clusters that have a score of 1,500 statistics each
PAIRS = np.zeros(2**23, np.int32)

CORRELATED = (np.broadcast_to(np.eye(26), (100, 26, 26)).copy(), np.zeros((100, 25)), np.ones(25, np.int32))
SETS = np.zeros((2**8, 2**20))  # never written to either

CALLS = {
    "add_covariance": lambda flag: _core.add_covariance(
        *TABLE.reshape(2, -1),
        np.zeros(TABLE[0].size),
        np.array([0, 1500]),
        np.ones(1500),
        np.array([0, 1500]),
        np.zeros(1500**2),
        None,
        flag,
    ),
    "bootstrap_multipliers": lambda flag: _core.bootstrap_multipliers(np.array([2**22]), np.zeros(1), KEY, 0, 16, flag),
    "replicate_totals": lambda flag: _core.replicate_totals(
        PAIRS, PAIRS, PAIRS.astype(float), np.zeros((1, 2000)), 1, flag
    ),
    "sum_clusters": lambda flag: _core.sum_clusters(
        CLUSTERS, CLUSTERS, 2, 2, [WEIGHT], np.array([[0, -1, -1]], np.int32), np.zeros(1, np.int32), 0, flag
    ),
    "count": lambda flag: _core.count([CodedColumn("a", CODES, 0, 2)], np.zeros(2, np.int64), 0, flag),
    "count_weighted": lambda flag: _core.count_weighted(
        [CodedColumn("a", CODES, 0, 2)],
        np.zeros(2, np.int64),
        WEIGHT,
        "w",
        0,
        np.zeros((2, 2), np.uint64),
        np.zeros((2, 2), np.uint64),
        0,
        flag,
    ),
    "weight_exponents": lambda flag: _core.weight_exponents(WEIGHT, "w", 0, flag),
    "resample_counts": lambda flag: _core.resample_counts(MILLIONS, KEY, 0, 10**6, "permutation", flag),
    "count_ranks": lambda flag: _core.count_ranks(*UNITS, KEY, 0, 10**7, flag),
    "count_exceeded": lambda flag: _core.count_exceeded(
        *UNITS, RANKED, RANKED[::-1].copy(), np.ones(300), np.ones(300), np.array([0, 300]), KEY, 0, 10**8, flag
    ),
    "difference_quantiles": lambda flag: _core.difference_quantiles(2**30, 2**31 - 1, 2**30, 2**31 - 1, 0.025, flag),
    "integer_range": lambda flag: _core.integer_range(CODES, flag),
    "count_answers": lambda flag: _core.count_answers(SHEET, np.zeros(SHEET.shape[1], np.int32), 1, 17, flag),
    "reached_levels": lambda flag: _core.reached_levels(SCORED, *RULES, True, flag),
    "subset_shares": lambda flag: _core.subset_shares(*CORRELATED, flag),
    "shapley_average": lambda flag: _core.shapley_average(SETS, flag),
    "compare_unconditional": lambda flag: _core.compare_unconditional(
        *np.array([[500.0], [5000.0], [600.0], [4999.0], [0.0]]), "agresti-min", 0.95, "two-sided", flag
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_another_thread_stops_a_call(name):
    flag = np.zeros(1, np.uint8)
    timer = threading.Timer(0.05, flag.__setitem__, (0, 1))
    timer.start()
    with pytest.raises(InterruptedError, match="stopped by another thread"):
        CALLS[name](flag)
    timer.join()


@pytest.mark.parametrize("flag", [np.zeros(2, "u1"), np.zeros(1, "i8"), [0], np.zeros((1, 1), "u1")])
def test_what_is_no_flag_is_refused(flag):
    with pytest.raises((TypeError, ValueError), match="interrupt must"):
        _core.integer_range(np.zeros(3, "u1"), flag)


CTRL_C = """
    import os, signal, sys, threading, time
    sys.path.insert(0, {tests!r})
    import test_stopping as t
    for repeat in range({times}):
        sent = []
        def interrupt():
            time.sleep(0.02)
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)
        thread = threading.Thread(target=interrupt)
        try:
            thread.start()
            t.CALLS[{name!r}](None)
        except KeyboardInterrupt:
            print(time.perf_counter() - sent[0])
        thread.join()
"""


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("count", 20),
        ("count_weighted", 5),
        ("sum_clusters", 5),
        ("add_covariance", 5),
        ("replicate_totals", 5),
        ("weight_exponents", 5),
        ("count_answers", 5),
        ("reached_levels", 5),
        ("compare_unconditional", 5),
        ("resample_counts", 5),
        ("count_ranks", 5),
        ("count_exceeded", 5),
        ("difference_quantiles", 5),
        ("subset_shares", 5),
        ("shapley_average", 5),
    ],
)
def test_ctrl_c_stops_a_call_at_once(name, times):
    script = textwrap.dedent(CTRL_C).format(tests=__file__.rsplit("/", 1)[0], name=name, times=times)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    delays = [float(line) for line in run.stdout.split()]
    assert len(delays) == times
    assert statistics.median(delays) < 0.05
    assert max(delays) < 0.25
