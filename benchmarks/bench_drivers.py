"""How fast are the exact shares of drivers in what a regression explains, and how much memory do they take?"""

import json
import subprocess
import sys
from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.importance.relative_importance import importance_of
from dueregard.reference import subset_sweep

RESPONDENTS, REPLICATES = 640, 1000

MEMORY = """
import json, sys
import numpy as np
from dueregard import _core
def resident(what):
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(status[what].split()[0]) / 1024
p = int(sys.argv[1])
matrix = np.array(json.loads(sys.argv[2]))[np.newaxis]
arguments = matrix, np.zeros((1, p)), np.ones(p, np.int32)
before = resident("VmRSS")
shares = _core.subset_shares(*arguments)
print(json.dumps({"grown": resident("VmHWM") - before, "peak": resident("VmHWM"), "sum": float(shares.sum())}))
"""


def answers(p: int, n_samples: int = 1) -> NDArray[np.float64]:
    """Cross-products of answers to p questions that go together, and of an outcome: of one sample, drawn again."""
    rng = np.random.default_rng(p)
    rows = rng.normal(size=(RESPONDENTS, p + 2)) + rng.normal(size=(RESPONDENTS, 1))
    rows[:, 0] = 1.0
    rows[:, -1] += 0.3 * rows[:, 1:-1].sum(axis=1)
    if n_samples == 1:
        return (rows.T @ rows)[np.newaxis]
    drawn = rng.multinomial(RESPONDENTS, np.full(RESPONDENTS, 1 / RESPONDENTS), n_samples)
    return np.array([(rows * count[:, np.newaxis]).T @ rows for count in drawn])


def correlated(p: int) -> NDArray[np.float64]:
    """What is left of them once the mean is swept out, as correlations."""
    (cross,) = answers(p)
    centred = cross[1:, 1:] - np.outer(cross[0, 1:], cross[0, 1:]) / cross[0, 0]
    spread = np.sqrt(np.diag(centred))
    return np.asarray((centred / np.outer(spread, spread))[np.newaxis])


def arguments(p: int) -> tuple[Any, ...]:
    return correlated(p), np.full((1, p), 1e-9), np.ones(p, np.int32)


def explained(matrix: NDArray[np.float64]) -> float:
    return float(matrix[:-1, -1] @ np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1]))


def check(p: int) -> None:
    """Shares sum to what all columns explain, and are the twin's where it can go through all sets."""
    asked = arguments(p)
    found = _core.subset_shares(*asked)
    check_equal(f"{p} drivers: the sum", abs(found.sum() - explained(asked[0][0])) <= 1e-12, True)
    if p <= 12:
        check_equal(
            f"{p} drivers: the twin", bool((abs(found - subset_sweep.subset_shares(*asked)) < 1e-11).all()), True
        )


def growth(p: int) -> dict[str, float]:
    """Memory of a process of its own while it shares out, MiB."""
    (matrix,) = correlated(p)
    command = [sys.executable, "-c", MEMORY, str(p), json.dumps(matrix.tolist())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    check_equal("the process of its own", abs(found["sum"] - explained(matrix)) <= 1e-12, True)
    return found


def check_replicates(cross: NDArray[np.float64]) -> None:
    """A batch says of a replicate what it says of it alone, and shares of all sum to what is explained."""
    found, alone = importance_of(cross, threads=1), importance_of(cross[7])
    for name, every, one in zip(found._fields, found, alone, strict=True):
        check_equal(f"{name} of a replicate", bool(np.allclose(every[7], one, rtol=0, atol=1e-12)), True)
    check_equal("sums", bool((abs(found.lmg.sum(axis=1) - found.r_squared) <= 1e-12).all()), True)


def run() -> Question:
    question = Question(
        "Key drivers",
        "Exact Shapley (LMG) shares from cross-products, one thread: all 2^p sets of p drivers. The plain twin makes "
        "one regression (NumPy's least squares) for each set. Replicates: everything that is said of each of "
        f"{REPLICATES:,} bootstrap samples of {RESPONDENTS} respondents (shares, added first and last, Pratt, Johnson, "
        "coefficients).",
    )
    for p in (12, 20, 24):
        check(p)
    replicates = answers(10, REPLICATES)
    check_replicates(replicates)
    names = {p: f"{p} drivers, {2**p:,} sets" for p in (12, 20, 24, 25)}
    seconds = question.race({names[p]: partial(_core.subset_shares, *arguments(p)) for p in (12, 20)})
    seconds |= question.race({names[p]: partial(_core.subset_shares, *arguments(p)) for p in (24, 25)}, 3)
    batch = f"10 drivers, {REPLICATES:,} replicates, everything"
    seconds |= question.race({batch: partial(importance_of, replicates, threads=1)})
    twin = f"plain twin: 12 drivers, {2**12:,} regressions"
    seconds |= question.race({twin: partial(subset_sweep.subset_shares, *arguments(12))}, 3)
    question.at_most("seconds for 20 drivers", seconds[names[20]], 0.15)
    question.at_most("seconds for 24 drivers", seconds[names[24]], 3)
    question.at_most(f"seconds for 10 drivers and {REPLICATES:,} replicates", seconds[batch], 0.3)
    question.at_least("plain twin / dueregard, 12 drivers", seconds[twin] / seconds[names[12]], 1000)
    memory = growth(24)
    question.at_most("memory that 24 drivers take, MiB", memory["grown"], 64)
    question.report("peak of that process with Python and NumPy, MiB", memory["peak"])
    return question
