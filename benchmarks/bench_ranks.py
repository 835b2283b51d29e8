"""How fast are rank intervals, and the chances of quarters, of 32 boroughs?"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal, versions

import dueregard as dr
from dueregard import _core
from dueregard.inference.areas.rank_families import families_of
from dueregard.inference.areas.uncertain_values import independent
from dueregard.inference.random_keys import key_of
from dueregard.reference import rank_draws

BOROUGHS, DRAWS = 32, 100_000
CHECKED = 200  # replicates that the twin, in plain Python, draws too
KEY = key_of(2011)


def boroughs() -> tuple[Any, Any]:
    """Shares of about 640 people in each, a little more apart than chance would put them."""
    rng = np.random.default_rng(7)
    share = rng.normal(0.78, 0.02, BOROUGHS)
    return share, np.sqrt(share * (1 - share) / 640)


def check_twins(share: Any, se: Any) -> None:
    """Counts of ranks, and of differences exceeded, are those of the plain twin."""
    nothing = np.empty((BOROUGHS, 0))
    drawn = (share, se, nothing, KEY, 0, CHECKED)
    check_equal("the twin's ranks", _core.count_ranks(*drawn).tolist(), rank_draws.count_ranks(*drawn).tolist())
    family = families_of(independent(share, se))[-1]
    asked = (family.upper, family.lower, family.weight, family.seen, np.array([0, len(family)]))
    errors = (np.zeros(BOROUGHS), se, nothing, *asked, KEY, 0, CHECKED)
    found, plain = _core.count_exceeded(*errors), rank_draws.count_exceeded(*errors)
    check_equal("the twin's differences", found.tolist(), plain.tolist())


def numpys(share: Any, se: Any) -> Any:
    """A page of NumPy in place of our draws: the largest differences, without stepping down, and ranks."""
    rng = np.random.default_rng(1)
    error = np.sqrt(se[:, np.newaxis] ** 2 + se**2)
    largest = np.empty((DRAWS, BOROUGHS))
    ranks = np.empty((DRAWS, BOROUGHS), np.int64)
    for start in range(0, DRAWS, 1000):
        z = se * rng.standard_normal((1000, BOROUGHS))
        largest[start : start + 1000] = (np.abs(z[:, :, np.newaxis] - z[:, np.newaxis]) / error).max(axis=2)
        ranks[start : start + 1000] = np.argsort(np.argsort(-(share + z), axis=1), axis=1)
    critical = np.quantile(largest, 0.95, axis=0)
    clear = (share[:, np.newaxis] - share) / error > critical[:, np.newaxis]
    return 1 + (clear.T & clear.T).sum(axis=1), BOROUGHS - clear.sum(axis=1), ranks


def check_numpys(ours: Any, theirs: Any) -> None:
    """One step never settles what all steps leave open, for the upper ends, but by what is drawn."""
    check_equal("NumPy's upper ends", bool((ours.high <= theirs[1] + 1).all()), True)


def processor_seconds(work: Callable[[], Any], runs: int = 15) -> float:
    """The least that the work takes of one processor, whatever else the machine does."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def run() -> Question:
    question = Question(
        "Ranks",
        f"{BOROUGHS} boroughs, {DRAWS:,} draws: marginal and joint intervals by stepping down, and the chances of both "
        f"quarters. {versions('numpy')}, which takes one step and draws ranks around the estimates.",
    )
    share, se = boroughs()
    check_twins(share, se)
    ask = partial(dr.rank_intervals, share, se, higher_is_better=True, n_draws=DRAWS)
    check_equal("two threads", [a.tolist() for a in ask(threads=1)], [a.tolist() for a in ask(threads=2)])
    check_numpys(ask(), numpys(share, se))
    ours = {
        "dueregard: rank_intervals": ask,
        "dueregard: rank_intervals, one thread": partial(ask, threads=1),
    }
    seconds = question.race(ours, 15)
    peer = question.race({"NumPy: one step, and ranks": partial(numpys, share, se)}, 2)
    question.at_most(
        "processor seconds of one thread", processor_seconds(ours["dueregard: rank_intervals, one thread"]), 0.2
    )
    question.report("NumPy / dueregard", peer["NumPy: one step, and ranks"] / seconds["dueregard: rank_intervals"])
    return question
