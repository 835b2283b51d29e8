"""Counting answers: the compiled kernel against its plain twin, for every set of instructions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import answer_counts

CPUS = _core.cpu_names()


def sheet(seed, n_rows, n_indicators, n_groups, n_answers, run=1):
    """Answers, and groups in runs of about that length, in any order and with indicators left out."""
    rng = np.random.default_rng(seed)
    answers = rng.integers(0, n_answers, (n_rows, n_indicators), dtype=np.uint8)
    groups = np.repeat(rng.integers(-1, n_groups, n_indicators // run + 1), run)[:n_indicators]
    return answers, groups.astype(np.int32), n_groups, n_answers


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(0, 9),
    st.integers(0, 300),
    st.integers(0, 5),
    st.sampled_from([1, 2, 4, 8, 10, 15, 16, 17, 255]),
    st.sampled_from([1, 5, 20, 70, 300]),
)
def test_equals_the_twin(seed, n_rows, n_indicators, n_groups, n_answers, run):
    arguments = sheet(seed, n_rows, n_indicators, n_groups, n_answers, run)
    before = arguments[0].copy()
    expected = answer_counts.count_answers(*arguments)
    for cpu in CPUS:
        counts = _core.count_answers(*arguments, cpu=cpu)
        assert counts.dtype == np.int32 and counts.shape == (n_rows, n_groups, n_answers)
        assert np.array_equal(counts, expected)
    assert np.array_equal(arguments[0], before)


@pytest.mark.parametrize("cpu", CPUS)
def test_every_length_of_one_run(cpu):
    """Also with one answer to all, where the counts of a byte are largest."""
    for n_indicators in range(1, 400):
        answers = np.random.default_rng(n_indicators).integers(0, 16, (4, n_indicators), dtype=np.uint8)
        answers[1], answers[2] = 14, 15
        counts = _core.count_answers(answers, np.zeros(n_indicators, np.int32), 1, 16, cpu=cpu)
        assert np.array_equal(counts[:, 0], [np.bincount(row, minlength=16) for row in answers])


@pytest.mark.parametrize("cpu", CPUS)
@pytest.mark.parametrize("n_answers", [10, 16, 40])
def test_many_blocks_of_rows(cpu, n_answers):
    answers, groups, *sizes = sheet(1, 3001, 142, 3, n_answers, 30)
    counts = _core.count_answers(answers, groups, *sizes, cpu=cpu)
    for group in range(3):
        for answer in range(n_answers):
            assert np.array_equal(counts[:, group, answer], (answers[:, groups == group] == answer).sum(axis=1))


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([4, 10, 20]))
def test_the_order_of_indicators_and_of_rows_does_not_matter(seed, n_answers):
    answers, groups, *sizes = sheet(seed, 20, 60, 4, n_answers, 10)
    rng = np.random.default_rng(seed)
    indicators, rows = rng.permutation(60), rng.permutation(20)
    counts = _core.count_answers(answers, groups, *sizes)
    moved = _core.count_answers(np.ascontiguousarray(answers[rows][:, indicators]), groups[indicators], *sizes)
    assert np.array_equal(moved, counts[rows])
    assert np.array_equal(counts.sum(axis=(1, 2)), np.full(20, (groups >= 0).sum()))


@pytest.mark.parametrize("cpu", CPUS)
@pytest.mark.parametrize(
    ("n_answers", "code"), [(1, 1), (4, 4), (10, 10), (10, 128), (16, 16), (16, 255), (30, 30), (255, 255)]
)
@pytest.mark.parametrize("where", [(0, 0), (0, 141), (1499, 63), (1500, 64), (2999, 141)])
def test_the_first_code_that_is_no_answer_is_named(cpu, n_answers, code, where):
    answers, groups, *sizes = sheet(2, 3000, 142, 3, n_answers, 12)
    answers[where] = code
    answers.reshape(-1)[where[0] * 142 + where[1] + 1 :][:500:100] = 255
    message = f"answers: code {code} of row {where[0]}, indicator {where[1]} is outside 0 to {n_answers - 1}"
    with pytest.raises(ValueError) as error:
        _core.count_answers(answers, groups, *sizes, cpu=cpu)
    assert str(error.value) == message
    with pytest.raises(ValueError) as slow:
        answer_counts.count_answers(answers[where[0] :], groups, *sizes)
    assert str(slow.value) == message.replace(f"row {where[0]}", "row 0")


@pytest.mark.parametrize("cpu", CPUS)
@pytest.mark.parametrize("run", [1, 40])
def test_an_indicator_left_out_is_checked_too(cpu, run):
    answers, groups = np.zeros((5, 80), np.uint8), np.repeat(np.array([0, -1], np.int32), 40)
    groups = groups if run == 40 else np.tile(groups[::40], 40)
    assert _core.count_answers(answers, groups, 1, 3, cpu=cpu)[:, 0, 0].tolist() == [40] * 5
    answers[3, np.flatnonzero(groups < 0)[7]] = 9
    with pytest.raises(ValueError, match=rf"code 9 of row 3, indicator {np.flatnonzero(groups < 0)[7]} "):
        _core.count_answers(answers, groups, 1, 3, cpu=cpu)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
def test_nothing_to_count(shape):
    counts = _core.count_answers(np.zeros(shape, np.uint8), np.zeros(shape[1], np.int32), 2, 3)
    assert counts.shape == (shape[0], 2, 3) and not counts.any()


def test_a_read_only_sheet_and_strided_groups():
    answers, groups, *sizes = sheet(3, 10, 40, 2, 5, 10)
    answers.flags.writeable = False
    assert np.array_equal(
        _core.count_answers(answers, np.repeat(groups, 2)[::2], *sizes), _core.count_answers(answers, groups, *sizes)
    )


ANSWERS, GROUPS = np.zeros((4, 3), np.uint8), np.zeros(3, np.int32)


@pytest.mark.parametrize(
    ("answers", "groups", "sizes", "error", "message"),
    [
        ([[0]], GROUPS, (1, 2), TypeError, "answers must be a uint8 array of units x indicators"),
        (ANSWERS.astype("i1"), GROUPS, (1, 2), TypeError, "answers must be a uint8 array of units x indicators"),
        (ANSWERS[0], GROUPS, (1, 2), TypeError, "answers must be a uint8 array of units x indicators"),
        (np.zeros((4, 6), "u1")[:, ::2], GROUPS, (1, 2), ValueError, "answers must be C-contiguous"),
        (np.zeros((0, 2**31), "u1"), GROUPS, (1, 2), ValueError, r"answers must have at most 2\*\*31 - 1 indicators"),
        (ANSWERS, [0, 0, 0], (1, 2), TypeError, "groups must be a one-dimensional array of int32"),
        (ANSWERS, GROUPS.astype("i8"), (1, 2), TypeError, "groups must be a one-dimensional array of int32"),
        (ANSWERS, GROUPS[None], (1, 2), TypeError, "groups must be a one-dimensional array of int32"),
        (ANSWERS, GROUPS[:2], (1, 2), ValueError, "groups has 2 indicators but answers has 3"),
        (ANSWERS, np.array([0, 1, 2], "i4"), (1, 2), ValueError, "groups: 1 of indicator 1 is outside -1 to 0"),
        (ANSWERS, np.array([0, -1, -2], "i4"), (1, 2), ValueError, "groups: -2 of indicator 2 is outside -1 to 0"),
        (ANSWERS, GROUPS, (-1, 2), ValueError, r"n_groups must lie from 0 to 2\*\*31 - 1, not -1"),
        (ANSWERS, GROUPS, (2**31, 2), ValueError, r"n_groups must lie from 0 to 2\*\*31 - 1, not 2147483648"),
        (ANSWERS, GROUPS, (1, 0), ValueError, "n_answers must lie from 1 to 255, not 0"),
        (ANSWERS, GROUPS, (1, 256), ValueError, "n_answers must lie from 1 to 255, not 256"),
        (ANSWERS, GROUPS, (1.5, 2), TypeError, "float"),
    ],
)
def test_wrong_arguments(answers, groups, sizes, error, message):
    with pytest.raises(error, match=message):
        _core.count_answers(answers, groups, *sizes)


def test_a_set_of_instructions_that_is_not_there():
    with pytest.raises(ValueError, match=r"cpu must be one of those in cpu_names\(\), not 'avx9'"):
        _core.count_answers(ANSWERS, GROUPS, 1, 2, cpu="avx9")
