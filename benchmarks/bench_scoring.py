"""How fast are answers counted and levels found, beside plain Python and beside reading the answers?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal

from dueregard import _core
from dueregard.reference import answer_counts, reached_levels

ROUNDS, AREAS, QUESTIONS = 1_000, 132, 142
SECTION_ROUNDS, BOROUGHS, SECTIONS = 3_000, 32, (11, 4, 3)
PYTHON_ROUNDS = 5
READING = "reading the answers (own kernel that only sums them)"
OURS = "dueregard: counts, then levels"

# Six answers, from no evidence to level 5, then three kinds of missing and one that is not assessable.
STATES = np.array([0] * 6 + [1] * 3 + [2], np.uint8)
N_ANSWERS, N_LEVELS = len(STATES), 5
MEETS = np.array([[1 <= level <= answer < 6 for answer in range(N_ANSWERS)] for level in range(1, 6)], np.uint8)
MINIMUM, MOST = np.full(N_LEVELS, 100.0), np.full(N_LEVELS, 80.0)

Levels = tuple[Any, Any, Any]


def make(rounds: int) -> Any:
    """Rows of questions by area, most areas steady at a level of their own."""
    rng = np.random.default_rng(2011)
    usual = rng.integers(0, 6, (rounds * AREAS, 1))
    answers = np.minimum(usual + rng.integers(0, 3, (rounds * AREAS, QUESTIONS)), 5).astype(np.uint8)
    strange = rng.random(answers.shape) < 0.01
    answers[strange] = rng.integers(0, N_ANSWERS, int(strange.sum()))
    return answers


def scored(
    count: Callable[..., Any],
    reach: Callable[..., Levels],
    answers: Any,
    groups: Any,
    every_group: bool = False,
    thresholds: Any = MINIMUM,
) -> Levels:
    n_groups = int(groups.max()) + 1
    counts = count(answers, groups, n_groups, N_ANSWERS)
    return reach(counts, MEETS, np.ones((N_LEVELS, n_groups), np.uint8), STATES, thresholds, every_group)


def with_set(cpu: str) -> Callable[..., Levels]:
    return partial(scored, partial(_core.count_answers, cpu=cpu), partial(_core.reached_levels, cpu=cpu))


with_dueregard = partial(scored, _core.count_answers, _core.reached_levels)
with_python = partial(scored, answer_counts.count_answers, reached_levels.reached_levels)


def as_lists(levels: Levels) -> list[list[int]]:
    return [kind.tolist() for kind in levels]


def run() -> Question:
    question = Question(
        "Scoring answers",
        f"{ROUNDS:,} rounds x {AREAS} areas x {QUESTIONS} questions in one group, {N_ANSWERS} answers, "
        f"{N_LEVELS} levels with the minimum rule, one thread; plain Python on {PYTHON_ROUNDS} rounds.",
    )
    groups = np.zeros(QUESTIONS, np.int32)
    time_python(question, groups)
    answers = make(ROUNDS)
    counts = _core.count_answers(answers, groups, 1, N_ANSWERS)
    for code in range(N_ANSWERS):
        check_equal(f"answer {code}", np.array_equal(counts[:, 0, code], (answers == code).sum(axis=1)), True)
    time_sets(question, answers, groups)
    time_sections(question)
    return question


def time_sets(question: Question, answers: Any, groups: Any) -> None:
    """Each set of instructions that this machine has; the promise is of the fastest, which is the one taken."""
    *others, best = _core.cpu_names()
    counting = partial(_core.count_answers, answers, groups, 1, N_ANSWERS)
    functions: dict[str, Callable[[], Any]] = {READING: partial(_core.byte_sum, answers.reshape(-1))}
    for cpu in (*others, best):
        functions |= {
            f"{OURS}, {cpu}": partial(with_set(cpu), answers, groups),
            f"{OURS}, {cpu}, thresholds of 80 percent": partial(with_set(cpu), answers, groups, thresholds=MOST),
            f"of which counts, {cpu}": partial(counting, cpu=cpu),
        }
    seconds = question.race(functions)
    question.at_most(f"dueregard / reading the answers, {best}", seconds[f"{OURS}, {best}"] / seconds[READING], 4)
    for cpu in others:
        question.report(f"dueregard / reading the answers, {cpu}", seconds[f"{OURS}, {cpu}"] / seconds[READING])


def time_python(question: Question, groups: Any) -> None:
    answers = make(PYTHON_ROUNDS)
    check_equal("plain Python", as_lists(with_python(answers, groups)), as_lists(with_dueregard(answers, groups)))
    python, ours = f"plain Python, {PYTHON_ROUNDS} rounds", f"{OURS}, {PYTHON_ROUNDS} rounds"
    seconds = question.race(
        {python: partial(with_python, answers, groups), ours: partial(with_dueregard, answers, groups)}
    )
    question.at_least("plain Python / dueregard", seconds[python] / seconds[ours], 200)


def time_sections(question: Question) -> None:
    """Eighteen of 22 indicators in three sections, the rest left out: short runs, every one with counts of its own."""
    groups = np.full(22, -1, np.int32)
    groups[: sum(SECTIONS)] = np.repeat(np.arange(3), SECTIONS)
    answers = np.ascontiguousarray(make(SECTION_ROUNDS * BOROUGHS // AREAS + 1)[: SECTION_ROUNDS * BOROUGHS, :22])
    few = answers[:500]
    for every_group in (False, True):
        expected = as_lists(with_python(few, groups, every_group))
        check_equal("sections", as_lists(with_dueregard(few, groups, every_group)), expected)
    name = f"{SECTION_ROUNDS:,} rounds x {BOROUGHS} boroughs x 22 indicators in sections of 11, 4 and 3"
    question.race(
        {
            f"{name}, together": partial(with_dueregard, answers, groups),
            f"{name}, every section": partial(with_dueregard, answers, groups, True),
        }
    )
