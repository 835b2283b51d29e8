"""Reached levels: the compiled kernel against its plain twin, for every set of instructions, and what levels obey."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import reached_levels as reference

CPUS = _core.cpu_names()
THRESHOLDS = st.one_of(
    st.sampled_from([0.0, 100.0, 50.0, 100 / 3, 200 / 3, 5e-324, np.nextafter(100, 0), np.nextafter(50, 51)]),
    st.floats(0, 100),
)


def bytes_of(*rows):
    return np.array(rows, np.uint8)


@st.composite
def scored(draw):
    n_rows, n_groups = draw(st.integers(0, 70)), draw(st.integers(0, 4))
    n_answers = draw(st.sampled_from([0, 1, 3, 10, 16, 17, 40]))
    n_levels = draw(st.sampled_from([1, 2, 5, 8, 9]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    largest = draw(st.sampled_from([1, 3, 50, 10**6]))
    counts = rng.integers(0, largest, (n_rows, n_groups, n_answers), np.int32, endpoint=True)
    counts *= rng.random((n_rows, n_groups, 1)) < 0.8  # groups without an answer
    thresholds = draw(st.lists(THRESHOLDS, min_size=n_levels, max_size=n_levels))
    return (
        counts,
        (rng.random((n_levels, n_answers)) < draw(st.sampled_from([0.3, 0.9]))).astype(np.uint8),
        (rng.random((n_levels, n_groups)) < 0.7).astype(np.uint8),
        rng.choice(3, n_answers, p=[0.7, 0.2, 0.1]).astype(np.uint8),
        np.array(thresholds, float),
        draw(st.booleans()),
    )


def as_lists(levels):
    assert all(kind.dtype == np.int8 and kind.ndim == 1 for kind in levels)
    return [kind.tolist() for kind in levels]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(scored())
def test_equals_the_twin(arguments):
    before = [np.array(argument) for argument in arguments]
    expected = as_lists(reference.reached_levels(*arguments))
    for cpu in CPUS:
        assert as_lists(_core.reached_levels(*arguments, cpu=cpu)) == expected
    assert all(np.array_equal(old, new) for old, new in zip(before, arguments, strict=True))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(scored())
def test_the_laws_of_levels(arguments):
    counts, meets, asked, states, thresholds, every_group = arguments
    lowest, highest, evidence = _core.reached_levels(*arguments)
    assert (lowest <= highest).all() and (lowest >= 0).all()
    assert (highest <= len(thresholds)).all() and (evidence <= len(thresholds)).all()
    if not (states == 1).any():
        assert np.array_equal(lowest, highest)
    lower = _core.reached_levels(counts, meets, asked, states, thresholds / 2, every_group)
    assert (lower[0] >= lowest).all() and (lower[1] >= highest).all()
    if every_group:
        pooled = _core.reached_levels(counts, meets, asked, states, thresholds, False)
        assert (pooled[0] >= lowest).all(), "what each group reaches, all reach together"


@settings(max_examples=100, derandomize=True, deadline=None)
@given(scored(), st.integers(0, 2**32))
def test_missing_answers_that_are_filled_in_stay_within_the_limits(arguments, seed):
    """Whatever stated answers take the place of the missing ones, the level lies between the lowest and the highest."""
    counts, meets, asked, states, thresholds, every_group = arguments
    stated = np.flatnonzero(states == 0)
    if len(stated) == 0:
        return
    lowest, highest, _ = _core.reached_levels(*arguments)
    filled = counts.copy()
    for answer in np.flatnonzero(states == 1):
        filled[:, :, np.random.default_rng(seed + answer).choice(stated)] += filled[:, :, answer]
        filled[:, :, answer] = 0
    level = _core.reached_levels(filled, meets, asked, states, thresholds, every_group)[0]
    assert (lowest <= level).all() and (level <= highest).all()


# Answers: none, level 1, level 2, not stated, not applicable.
MEETS = bytes_of([0, 1, 1, 0, 0], [0, 0, 1, 0, 0])
STATES = np.array([0, 0, 0, 1, 2], np.uint8)
MINIMUM = np.array([100.0, 100.0])
ONE_GROUP = bytes_of([1], [1])


def levels_of(row, asked=ONE_GROUP, thresholds=MINIMUM, every_group=False):
    counts = np.array([row], np.int32).reshape(1, asked.shape[1], 5)
    return [int(kind[0]) for kind in _core.reached_levels(counts, MEETS, asked, STATES, thresholds, every_group)]


@pytest.mark.parametrize(
    ("row", "lowest", "highest", "evidence"),
    [
        ([0, 0, 4, 0, 0], 2, 2, 2),
        ([0, 1, 3, 0, 0], 1, 1, 2),
        ([1, 0, 3, 0, 0], 0, 0, 2),
        ([0, 0, 3, 1, 0], 0, 2, 2),
        ([0, 1, 2, 1, 0], 0, 1, 2),
        ([0, 0, 3, 0, 9], 2, 2, 2),
        ([0, 0, 0, 4, 0], 0, 2, 0),
        ([0, 0, 0, 0, 4], 0, 0, 0),
        ([4, 0, 0, 0, 0], 0, 0, 0),
        ([0, 0, 0, 0, 0], 0, 0, 0),
    ],
)
def test_the_minimum_rule(row, lowest, highest, evidence):
    assert levels_of(row) == [lowest, highest, evidence]


def test_the_weakest_group_decides_where_every_group_must_reach():
    asked, half = bytes_of([1, 1], [1, 1]), np.array([50.0, 50.0])
    row = [[0, 0, 9, 0, 0], [3, 0, 1, 0, 0]]
    assert levels_of(row, asked, half) == [2, 2, 2]
    assert levels_of(row, asked, half, True) == [0, 0, 2]
    row[1] = [0, 0, 0, 0, 7]  # nothing to assess: the other group decides
    assert levels_of(row, asked, half, True) == [2, 2, 2]


def test_a_level_of_which_nothing_is_asked_is_not_reached():
    assert levels_of([0, 0, 4, 0, 0], bytes_of([1], [0])) == [1, 1, 1]
    assert levels_of([0, 0, 4, 0, 0], bytes_of([0], [1])) == [0, 0, 2], "nor is one above it"


def test_a_threshold_of_zero_needs_something_to_assess():
    zero = np.zeros(2)
    assert levels_of([4, 0, 0, 0, 0], thresholds=zero) == [2, 2, 0]
    assert levels_of([0, 0, 0, 0, 4], thresholds=zero) == [0, 0, 0]


@pytest.mark.parametrize("cpu", CPUS)
def test_thresholds_at_every_share(cpu):
    """A share equal to the threshold reaches it; the next float above does not."""
    rows = np.array([(n - k, k, 0) for n in range(1, 60) for k in range(n + 1)], np.int32)
    for k, n in ((1, 3), (2, 3), (1, 7), (29, 58), (7, 10)):
        percent = 100.0 * k / n
        for threshold in (percent, np.nextafter(percent, 0), np.nextafter(percent, 100)):
            lowest = _core.reached_levels(
                rows.reshape(-1, 1, 3),
                bytes_of([0, 1, 0]),
                bytes_of([1]),
                np.zeros(3, "u1"),
                np.array([threshold]),
                False,
                cpu=cpu,
            )[0]
            assert np.array_equal(lowest, 100.0 * rows[:, 1] >= threshold * rows[:, :2].sum(axis=1))


@pytest.mark.parametrize("cpu", CPUS)
def test_the_largest_counts_and_the_most_levels(cpu):
    counts = np.zeros((130, 2, 3), np.int32)
    counts[::2, 0, 1] = 2**31 - 2
    counts[::2, 1, 2] = 1
    meets, asked = np.tile(bytes_of([0, 1, 0]), (127, 1)), np.ones((127, 2), np.uint8)
    thresholds = np.append(np.full(126, 99.0), 100.0)
    for every_group in (False, True):
        arguments = counts, meets, asked, np.zeros(3, np.uint8), thresholds, every_group
        levels = as_lists(_core.reached_levels(*arguments, cpu=cpu))
        assert levels == as_lists(reference.reached_levels(*arguments))
        assert levels[0][:2] == [0 if every_group else 126, 0] and levels[2][:2] == [127, 0]


@pytest.mark.parametrize("cpu", CPUS)
def test_counts_that_are_none_name_the_first(cpu):
    counts = np.ones((200, 2, 5), np.int32)
    counts[130, 1, 3], counts[150, 0, 0] = -7, -8
    arguments = [MEETS, bytes_of([1, 1], [1, 1]), STATES, MINIMUM, False]
    for function, options in ((_core.reached_levels, {"cpu": cpu}), (reference.reached_levels, {})):
        with pytest.raises(ValueError) as error:
            function(counts, *arguments, **options)
        assert str(error.value) == "counts: -7 of row 130, group 1, answer 3 is negative"
    counts[120, 1] = 2**30
    for function, options in ((_core.reached_levels, {"cpu": cpu}), (reference.reached_levels, {})):
        with pytest.raises(ValueError) as error:
            function(counts, *arguments, **options)
        assert str(error.value) == "counts: row 120 has more than 2**31 - 1 answers"


COUNTS = np.zeros((4, 1, 5), np.int32)
GOOD = {
    "counts": COUNTS, "meets": MEETS, "asked": ONE_GROUP, "states": STATES, "thresholds": MINIMUM, "every_group": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"counts": [[[1]]]}, TypeError, "counts must be an int32 array of units x groups x answers"),
        ({"counts": COUNTS.astype("i8")}, TypeError, "counts must be an int32 array of units x groups x answers"),
        ({"counts": COUNTS[0]}, TypeError, "counts must be an int32 array of units x groups x answers"),
        ({"counts": COUNTS[::2]}, ValueError, "counts must be C-contiguous, aligned and of native byte order"),
        ({"counts": COUNTS.astype(">i4")}, ValueError, "counts must be C-contiguous, aligned and of native byte order"),
        ({"counts": np.zeros((1, 1, 256), "i4")}, ValueError, "counts must have at most 255 answers, not 256"),
        ({"meets": [[1]]}, TypeError, "meets must be a NumPy array, not list"),
        ({"meets": MEETS.astype("i8")}, TypeError, r"meets must be an array of dtype\('uint8'\)"),
        ({"meets": MEETS[:1]}, ValueError, r"meets must have the shape \(2, 5\), not \(1, 5\)"),
        ({"meets": MEETS * 3}, ValueError, "meets: 3 of level 0, answer 1 is outside 0 to 1"),
        ({"asked": ONE_GROUP.T}, ValueError, r"asked must have the shape \(2, 1\), not \(1, 2\)"),
        ({"asked": bytes_of([1], [2])}, ValueError, "asked: 2 of level 1, group 0 is outside 0 to 1"),
        ({"states": STATES[:4]}, ValueError, r"states must have the shape \(5,\), not \(4,\)"),
        ({"states": STATES + np.uint8(1)}, ValueError, "states: 3 of answer 4 is outside 0 to 2"),
        ({"thresholds": [100.0, 100.0]}, TypeError, "thresholds must be a NumPy array, not list"),
        ({"thresholds": MINIMUM[None]}, ValueError, "thresholds must have one dimension, not 2"),
        ({"thresholds": MINIMUM.astype("f4")}, TypeError, r"thresholds must be an array of dtype\('float64'\)"),
        ({"thresholds": MINIMUM[:0]}, ValueError, "thresholds must hold 1 to 127 levels, not 0"),
        ({"thresholds": np.ones(128)}, ValueError, "thresholds must hold 1 to 127 levels, not 128"),
        ({"thresholds": np.array([50, np.nan])}, ValueError, "thresholds: nan of level 1 is outside 0 to 100"),
        ({"thresholds": np.array([-0.5, np.nan])}, ValueError, "thresholds: -0.5 of level 0 is outside 0 to 100"),
        ({"thresholds": np.array([50, 100.5])}, ValueError, "thresholds: 100.5 of level 1 is outside 0 to 100"),
        ({"cpu": "avx9"}, ValueError, r"cpu must be one of those in cpu_names\(\), not 'avx9'"),
        ({"interrupt": np.zeros(2, "u1")}, ValueError, "interrupt must be None or a uint8 array of length 1"),
    ],
)  # fmt: skip
def test_wrong_arguments(changes, error, message):
    with pytest.raises(error, match=message):
        _core.reached_levels(**(GOOD | changes))


def test_strided_tables_are_read():
    strided = {name: np.repeat(table, 2, axis=0)[::2] for name, table in GOOD.items() if name in ("meets", "states")}
    counts = np.array([[[0, 1, 3, 0, 0]]], np.int32)
    assert as_lists(_core.reached_levels(**(GOOD | strided | {"counts": counts}))) == [[1], [1], [2]]
