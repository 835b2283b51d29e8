"""Nothing leaks on any path, and a failed allocation is a MemoryError that changes nothing."""

import contextlib
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from dueregard import _core
from dueregard.records.coded import CodedColumn

N = 100_000
CODES = np.zeros(N, "u1")
COLUMN = CodedColumn("a", CODES, 0, 3)
WEIGHT = np.ones(N)
COUNTS = np.array([[300, 100, 3], [150, 90, 0]])
KEY = np.array([1, 2], np.uint64)
UNITS = (np.arange(3.0), np.ones(3), np.ones((3, 2)))
PAIRS = (np.array([0, 1], np.int32), np.array([1, 2], np.int32), np.ones(2), np.ones(2), np.array([0, 1, 2]))
SHEET = np.ones((300, 300), np.uint8)
SECTIONS = np.arange(300) // 150
SCORED = np.ones((300, 2, 3), np.int32)
MEETS = np.ones((2, 3), np.uint8)
STATES = np.arange(3, dtype=np.uint8)
THRESHOLDS = np.array([50.0, 100.0])


def digits(n=2):
    return np.zeros((3, n), np.uint64)


def bad_last(value, dtype):
    array = np.ones(N, dtype)
    array[-1] = value
    return array


CLUSTER = np.zeros(N, np.int32)
BAD_CLUSTER = bad_last(9, np.int32)
BAD_CODES = COLUMN._replace(codes=bad_last(9, "u1"))
NEGATIVE = bad_last(-1, float)

CALLS = {
    "count": lambda: _core.count([COLUMN], np.zeros(3, np.int64)),
    "count: bad code": lambda: _core.count([COLUMN, BAD_CODES], np.zeros(9, np.int64)),
    "count: no columns": lambda: _core.count([], np.zeros(3, np.int64)),
    "count: not columns": lambda: _core.count([COLUMN, 5], np.zeros(3, np.int64)),
    "count: not a sequence": lambda: _core.count(5, np.zeros(3, np.int64)),
    "count: floats": lambda: _core.count([COLUMN._replace(codes=WEIGHT)], np.zeros(3, np.int64)),
    "count: list": lambda: _core.count([COLUMN._replace(codes=[1])], np.zeros(3, np.int64)),
    "count: lengths": lambda: _core.count([COLUMN, COLUMN._replace(codes=CODES[:1])], np.zeros(9, np.int64)),
    "count: base": lambda: _core.count([COLUMN._replace(base="x")], np.zeros(3, np.int64)),
    "count: huge base": lambda: _core.count([COLUMN._replace(base=2**200)], np.zeros(3, np.int64)),
    "count: levels": lambda: _core.count([COLUMN._replace(n_levels=None)], np.zeros(3, np.int64)),
    "count: valid": lambda: _core.count([COLUMN._replace(valid=CODES[:1])], np.zeros(3, np.int64)),
    "count: cells": lambda: _core.count([COLUMN._replace(n_levels=2**40)], np.zeros(3, np.int64)),
    "count: shape": lambda: _core.count([COLUMN], np.zeros(4, np.int64)),
    "count: type": lambda: _core.count([COLUMN], np.zeros(3)),
    "count: interrupt": lambda: _core.count([COLUMN], np.zeros(3, np.int64), 0, np.ones(1, "u1")),
    "count: not an interrupt": lambda: _core.count([COLUMN], np.zeros(3, np.int64), 0, np.ones(2, "u1")),
    "weighted": lambda: weighted(),
    "weighted: bad code": lambda: weighted(column=BAD_CODES),
    "weighted: negative": lambda: weighted(weight=NEGATIVE),
    "weighted: digits": lambda: weighted(n=0),
    "weighted: lengths": lambda: weighted(weight=WEIGHT[:5]),
    "weighted: type": lambda: weighted(weight=CODES),
    "exponents": lambda: _core.weight_exponents(WEIGHT, "w"),
    "exponents: negative": lambda: _core.weight_exponents(NEGATIVE, "w"),
    "exponents: type": lambda: _core.weight_exponents(CODES, "w"),
    "round": lambda: _core.round_digits(np.ones((N, 2), np.uint64), 0),
    "round: copied": lambda: _core.round_digits(np.ones((2, N), np.uint64).T, 0),
    "round: digit": lambda: _core.round_digits(np.full((2, 2), 2**40, np.uint64), 0),
    "cube": lambda: _core.cube(np.zeros(N, np.int64), (N,)),
    "cube: copied": lambda: _core.cube(np.zeros(2 * N, np.int64)[::2], (N,)),
    "cube: overflow": lambda: _core.cube(np.full(2, 2**62), (2,)),
    "cube: shape": lambda: _core.cube(np.zeros(2, np.int64), (1, "a")),
    "resample": lambda: _core.resample_counts(COUNTS, KEY, 0, 50, "bootstrap"),
    "resample: shuffled": lambda: _core.resample_counts(COUNTS, KEY, 0, 50, "permutation"),
    "resample: negative": lambda: _core.resample_counts(-COUNTS, KEY, 0, 50, "bootstrap"),
    "resample: type": lambda: _core.resample_counts(WEIGHT, KEY, 0, 50, "bootstrap"),
    "resample: key": lambda: _core.resample_counts(COUNTS, KEY[:1], 0, 50, "bootstrap"),
    "resample: first": lambda: _core.resample_counts(COUNTS, KEY, -1, 50, "bootstrap"),
    "resample: interrupt": lambda: _core.resample_counts(COUNTS, KEY, 0, 50, "bootstrap", np.ones(2, "u1")),
    "ranks": lambda: _core.count_ranks(*UNITS, KEY, 0, 50),
    "ranks: negative": lambda: _core.count_ranks(UNITS[0], -UNITS[1], UNITS[2], KEY, 0, 50),
    "ranks: shape": lambda: _core.count_ranks(*UNITS[:2], UNITS[2][:2], KEY, 0, 50),
    "ranks: key": lambda: _core.count_ranks(*UNITS, KEY[:1], 0, 50),
    "ranks: interrupt": lambda: _core.count_ranks(*UNITS, KEY, 0, 50, np.ones(1, "u1")),
    "exceeded": lambda: _core.count_exceeded(*UNITS, *PAIRS, KEY, 0, 50),
    "exceeded: unit": lambda: _core.count_exceeded(*UNITS, PAIRS[0] + np.int32(3), *PAIRS[1:], KEY, 0, 50),
    "exceeded: starts": lambda: _core.count_exceeded(*UNITS, *PAIRS[:4], PAIRS[4][:1], KEY, 0, 50),
    "exceeded: interrupt": lambda: _core.count_exceeded(*UNITS, *PAIRS, KEY, 0, 50, np.ones(1, "u1")),
    "philox": lambda: _core.philox_words(KEY, 2**63, 50),
    "quantiles": lambda: _core.difference_quantiles(3, 9, 2, 8, 0.025),
    "quantiles: counts": lambda: _core.difference_quantiles(10, 9, 2, 8, 0.025),
    "tails": lambda: _core.permutation_tails(3, 9, 2, 8),
    "tails: counts": lambda: _core.permutation_tails(10, 9, 2, 8),
    "range": lambda: _core.integer_range(CODES),
    "range: type": lambda: _core.integer_range(WEIGHT),
    "unconditional": lambda: unconditional(),
    "unconditional: two-sided": lambda: unconditional(method="agresti-min"),
    "unconditional: too large": lambda: unconditional(nobs=6000.0),
    "unconditional: method": lambda: unconditional(method="none"),
    "unconditional: lengths": lambda: unconditional(null=WEIGHT[:2]),
    "unconditional: interrupt": lambda: unconditional(interrupt=np.ones(1, "u1")),
    "answers": lambda: answers(),
    "answers: by indicator": lambda: answers(groups=np.arange(300) % 2),
    "answers: bad code": lambda: answers(n_answers=1),
    "answers: type": lambda: answers(np.zeros((3, 300))),
    "answers: groups": lambda: answers(groups=np.full(300, 9)),
    "answers: too few groups": lambda: answers(groups=np.zeros(3)),
    "answers: interrupt": lambda: answers(interrupt=np.ones(2, "u1")),
    "levels": lambda: levels(),
    "levels: negative": lambda: levels(-SCORED),
    "levels: type": lambda: levels(WEIGHT),
    "levels: meets": lambda: levels(meets=2 * MEETS),
    "levels: shape": lambda: levels(meets=MEETS[:, :2]),
    "levels: states": lambda: levels(states=np.full(3, 9, np.uint8)),
    "levels: thresholds": lambda: levels(thresholds=np.array([50, np.nan])),
    "covariance": lambda: covariance(),
    "covariance: order": lambda: covariance(cluster=np.ones(N, np.int32)),
    "covariance: type": lambda: covariance(score=CODES),
    "covariance: groups": lambda: covariance(groups=np.array([0, -1])),
    "covariance: factor": lambda: covariance(factor=np.ones(N - 1)),
    "covariance: blocks": lambda: covariance(blocks=np.array([1])),
    "covariance: output": lambda: covariance(covariance=np.zeros(2)),
    "covariance: centre": lambda: covariance(centre=np.zeros(2)),
    "covariance: interrupt": lambda: covariance(interrupt=np.ones(1, "u1")),
    "multipliers": lambda: multipliers(),
    "multipliers: negative": lambda: multipliers(sizes=np.array([50, -1])),
    "multipliers: fractions": lambda: multipliers(fractions=np.array([0, 2.0])),
    "multipliers: lengths": lambda: multipliers(fractions=np.zeros(3)),
    "multipliers: interrupt": lambda: multipliers(interrupt=np.ones(1, "u1")),
    "totals": lambda: replicate_totals(),
    "totals: domain": lambda: replicate_totals(n_domains=0),
    "totals: type": lambda: replicate_totals(multipliers=CODES),
    "totals: interrupt": lambda: replicate_totals(interrupt=np.ones(1, "u1")),
    "clusters": lambda: clusters(),
    "clusters: parts": lambda: _core.read_cluster_sums([clusters(), clusters(), clusters()]),
    "clusters: bad code": lambda: clusters(cluster=BAD_CLUSTER),
    "clusters: not finite": lambda: clusters(columns=[bad_last(np.nan, float)]),
    "clusters: columns": lambda: clusters(columns=[WEIGHT, CODES]),
    "clusters: terms": lambda: clusters(columns=[]),
    "clusters: interrupt": lambda: clusters(interrupt=np.ones(2, "u1")),
    "clusters: other parts": lambda: _core.read_cluster_sums([clusters(), clusters(n_domains=3)]),
    "clusters: not parts": lambda: _core.read_cluster_sums([clusters(), 5]),
    "shares": lambda: shares(),
    "shares: matrices": lambda: shares(matrices=np.ones((2, 3, 4))),
    "shares: floors": lambda: shares(floors=np.ones((2, 3))),
    "shares: sizes": lambda: shares(sizes=np.ones(9, np.int32)),
    "shares: type": lambda: shares(sizes=np.ones(2)),
    "shares: interrupt": lambda: shares(interrupt=np.ones(2, "u1")),
    "average": lambda: _core.shapley_average(np.ones((50, 8))),
    "average: sets": lambda: _core.shapley_average(np.ones((50, 9))),
    "average: type": lambda: _core.shapley_average(COUNTS),
    "average: interrupt": lambda: _core.shapley_average(np.ones((50, 8)), np.ones(2, "u1")),
    "csv": lambda: csv(b"a,b\nc,d\n" * 999),
    "csv: quotes": lambda: csv(b'"a""b",x\n' * 999),
    "csv: long labels": lambda: csv(b"".join(b"%d%s,x\n" % (i, b"y" * 40) for i in range(20))),
    "csv: ragged": lambda: csv(b"a,b\n" * 999 + b"c\n"),
    "csv: open quote": lambda: csv(b'"a""b",x\n' * 999 + b'"'),
    "csv: not text": lambda: csv(b"a\xff,b\n" * 9),
    "csv: columns": lambda: csv(b"a,b\n", wanted=[0, 5]),
    "csv: codes": lambda: csv(b"a,b\n", codes=np.zeros(3, np.int32)),
    "csv: interrupt": lambda: csv(b"a,b\n", interrupt=np.ones(1, "u1")),
    "byte sum": lambda: _core.byte_sum(CODES),
    "byte sum: type": lambda: _core.byte_sum(WEIGHT),
}


def weighted(column=COLUMN, weight=WEIGHT, n=2):
    _core.count_weighted([column], np.zeros(3, np.int64), weight, "w", 0, digits(n), digits(n))


def unconditional(method="chan-zhang", nobs=5.0, null=WEIGHT[:1] * 0, interrupt=None):
    one = WEIGHT[:1]
    _core.compare_unconditional(one, one * nobs, one, one * 4, null, method, 0.9, "two-sided", interrupt)


def answers(sheet=SHEET, groups=SECTIONS, n_answers=3, interrupt=None):
    _core.count_answers(sheet, groups.astype(np.int32), 2, n_answers, interrupt)


def levels(counts=SCORED, meets=MEETS, states=STATES, thresholds=THRESHOLDS):
    _core.reached_levels(counts, meets, np.ones((2, 2), np.uint8), states, thresholds, True)


def covariance(**changed):
    arguments = {
        "cluster": np.arange(N, dtype=np.int32),
        "statistic": CLUSTER,
        "score": WEIGHT,
        "groups": np.array([0, N]),
        "factor": WEIGHT,
        "blocks": np.array([0, 1]),
        "covariance": np.zeros(1),
    }
    return _core.add_covariance(**(arguments | changed))


def multipliers(**changed):
    arguments = {"sizes": np.full(2, 500), "fractions": np.zeros(2), "key": KEY, "first": 0, "n_replicates": 50}
    return _core.bootstrap_multipliers(**(arguments | changed))


def replicate_totals(**changed):
    arguments = {"cluster": CLUSTER, "domain": CLUSTER, "sums": WEIGHT, "multipliers": np.ones((1, 20)), "n_domains": 1}
    return _core.replicate_totals(**(arguments | changed))


def shares(**changed):
    matrices = np.broadcast_to(np.eye(4), (50, 4, 4)).copy()
    arguments = {"matrices": matrices, "floors": np.zeros((50, 3)), "sizes": np.array([2, 1], np.int32)}
    return _core.subset_shares(**(arguments | changed))


def clusters(cluster=CLUSTER, columns=(WEIGHT,), n_domains=2, interrupt=None):
    terms, lows = np.array([[0, 0, -1]], np.int32), np.array([-80], np.int32)
    return _core.sum_clusters(cluster, CLUSTER, 2, n_domains, columns, terms, lows, 0, interrupt)


def csv(text, wanted=(0, 1), codes=None, interrupt=None):
    codes = np.zeros((2, 1000), np.int32) if codes is None else codes
    _core.code_csv(text, 0, True, 2, np.array(wanted, np.int32), codes, interrupt)


REFUSALS = (TypeError, ValueError, IndexError, AttributeError, RuntimeError, OverflowError, InterruptedError)


def repeat(call, times):
    for _ in range(times):
        with contextlib.suppress(*REFUSALS):
            call()


def run_script(script):
    """The lines that a script prints, run apart from the test runner's own threads and allocations."""
    script = textwrap.dedent(script).format(tests=str(Path(__file__).parent))
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


BLOCKS = """
    import gc, sys
    sys.path.insert(0, {tests!r})
    import test_memory as t
    def growth(call):
        gc.collect()
        before = sys.getallocatedblocks()
        t.repeat(call, 100)
        gc.collect()
        return sys.getallocatedblocks() - before
    for name, call in t.CALLS.items():
        t.repeat(call, 20)
        attempts = []
        while len(attempts) < 3 or (min(attempts) >= 50 and len(attempts) < 12):
            attempts.append(growth(call))  # other work of the interpreter can hide in a few of them
        print(name, min(attempts), sep="=")
"""


def test_no_block_is_left_behind():
    growth = dict(line.split("=") for line in run_script(BLOCKS))
    assert growth.keys() == CALLS.keys()
    leaks = {name: int(blocks) for name, blocks in growth.items() if int(blocks) >= 50}
    assert leaks == {}  # a hundred calls that leak leave a hundred blocks every time


GROWTH = """
    import resource, sys
    sys.path.insert(0, {tests!r})
    import test_memory as t
    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    for name, call in t.CALLS.items():
        t.repeat(call, 20)
    before = resident()
    for name, call in t.CALLS.items():
        t.repeat(call, 100)
    print(resident() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_resident_memory_does_not_grow():
    assert int(run_script(GROWTH)[0]) < 2**20


NO_MEMORY = """
    import sys
    import _testcapi
    sys.path.insert(0, {tests!r})
    import test_memory as t
    for name, call in t.CALLS.items():
        t.repeat(call, 2)
        for allocations in range(200):
            _testcapi.set_nomemory(allocations, allocations + 1)
            try:
                call()
                done = True
            except MemoryError:
                done = False
            except Exception:
                done = allocations > 60
            finally:
                _testcapi.remove_mem_hooks()
            if done:
                break
        else:
            raise SystemExit(name + " never came to an end")
    print("survived")
"""


def test_every_allocation_may_fail():
    pytest.importorskip("_testcapi")
    assert run_script(NO_MEMORY) == ["survived"]
