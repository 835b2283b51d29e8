"""code_objects against its twin, and what it refuses."""

import gc
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import text_coding


def code(values, first_row=0):
    array = np.empty(len(values), object)
    array[:] = values
    codes = np.full(len(values), -9, np.int32)
    labels = _core.code_objects(array, codes, "x", first_row)
    return codes.tolist(), labels


class Text(str):
    """A subclass of str, whose instances are labels like any other."""


values = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(codec="utf-8"), max_size=5).map(lambda text: text + "\ud800"),
    st.sampled_from(["a", "a\0", "a\0\0", "", "慡", "aa", Text("a"), np.str_("a"), "x" * 32, "x" * 33]),
    st.sampled_from([None, float("nan"), np.nan, np.float32("nan"), pd.NA, pd.NaT]),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(values, max_size=50))
def test_equals_the_twin(column):
    codes, labels = code(column)
    assert (codes, labels) == text_coding.code(column)
    assert all(type(label) is str for label in labels)


@pytest.mark.parametrize("step", [3, -2, 0])
def test_any_stride(step):
    array = np.array([f"label {i % 7}" for i in range(90)], object)
    view = np.lib.stride_tricks.as_strided(array, (30,), (0,)) if step == 0 else array[::step]
    codes = np.zeros(len(view), np.int32)
    labels = _core.code_objects(view, codes, "x", 0)
    assert (codes.tolist(), labels) == text_coding.code(view.tolist())


def test_distinct_objects_of_equal_text_are_one_label():
    column = ["".join(["la", "bel ", str(i % 5)]) for i in range(200_000)]
    assert code(column) == text_coding.code(column)


def test_slots_never_filled_are_missing():
    array = np.empty(3, object)
    codes = np.zeros(3, np.int32)
    assert _core.code_objects(array, codes, "x", 0) == []
    assert codes.tolist() == [-1] * 3


@pytest.mark.parametrize(
    "value, said", [(7, "int 7"), (2.5, "float 2.5"), (b"a", "bytes b'a'"), (True, "bool True"), (["a"], "list")]
)
def test_anything_else_is_refused_with_its_row(value, said):
    with pytest.raises(TypeError, match=rf"column 'x': row 5 holds {said}.* where text is expected"):
        code(["a", None, "b", value], first_row=2)


def test_an_object_whose_repr_raises_passes_its_error_on():
    class Bad:
        def __repr__(self):
            raise RuntimeError("no repr")

    with pytest.raises(RuntimeError, match="no repr"):
        code(["a", Bad()])


def test_it_checks_its_arguments():
    with pytest.raises(TypeError, match="array of objects"):
        _core.code_objects(np.zeros(2), np.zeros(2, np.int32), "x", 0)
    with pytest.raises(ValueError, match="shape"):
        _core.code_objects(np.array(["a"], object), np.zeros(2, np.int32), "x", 0)
    with pytest.raises(InterruptedError):
        _core.code_objects(np.array(["a"], object), np.zeros(1, np.int32), "x", 0, np.ones(1, np.uint8))


def test_references_are_kept_in_balance():
    label = "a label " + str(len(sys.argv))
    array = np.array([label, None, label], object)
    before = sys.getrefcount(label)
    for _ in range(100):
        _core.code_objects(array, np.zeros(3, np.int32), "x", 0)
        with pytest.raises(TypeError):
            code([label, 7])
    gc.collect()
    assert sys.getrefcount(label) == before
