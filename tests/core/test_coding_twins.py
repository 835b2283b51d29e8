"""The functions that make codes, each against the twin of its name: the same codes, labels and errors."""

import struct

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import text_coding

BOTH = (_core, text_coding)
ROUNDS = settings(max_examples=60, deadline=None, derandomize=True)
LAYOUTS = {"utf8": pa.string(), "large_utf8": pa.large_string(), "views": pa.string_view()}

texts = st.one_of(
    st.sampled_from(["", "a", "a\0", "White British", "x" * 12, "x" * 13, "x" * 40]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


def results(function, n_rows, *arguments, before=0):
    """Codes and labels, or the error, of the compiled function and of its twin."""
    for module in BOTH:
        codes = np.full(n_rows, -9, np.int32)
        try:
            labels = getattr(module, function)(*arguments[:before], codes, *arguments[before:])
            yield codes.tolist(), getattr(labels, "tolist", lambda found=labels: found)(), type(labels)
        except (TypeError, ValueError) as error:
            yield type(error), str(error)


def assert_same(function, n_rows, *arguments, before=1):
    compiled, twin = results(function, n_rows, *arguments, before=before)
    assert compiled == twin
    return compiled


@ROUNDS
@given(st.lists(texts, max_size=40), st.sampled_from("<>"), st.sampled_from([1, -1, 3]))
def test_code_fixed(values, order, step):
    array = np.array(values, str).astype(f"{order}U41")[::step]
    assert_same("code_fixed", len(array), array, "x", 0)


@ROUNDS
@given(st.lists(st.one_of(texts, st.sampled_from([None, float("nan"), "\ud800", 7, b"a", True])), max_size=12))
def test_code_objects(values):
    array = np.empty(len(values), object)
    array[:] = values
    assert_same("code_objects", len(array), array, "x", 5)


@ROUNDS
@given(st.lists(st.one_of(st.none(), st.integers(0, 2**63 - 1)), max_size=40), st.integers(0, 20), st.booleans())
def test_code_integers(values, offset, signed):
    numbers = np.array([value or 0 for value in values], np.int64 if signed else np.uint64)
    present = [True] * offset + [value is not None for value in values]
    valid = np.packbits(np.array(present, bool), bitorder="little")
    assert_same("code_integers", len(numbers), numbers, "x", valid, offset)
    assert_same("code_integers", len(numbers), numbers, "x")


@pytest.mark.parametrize("layout", LAYOUTS)
@ROUNDS
@given(values=st.lists(st.none() | texts, max_size=30), cut=st.integers(0, 30))
def test_code_text(layout, values, cut):
    array = pa.array(values, LAYOUTS[layout]).slice(cut)
    buffers = [np.frombuffer(b, np.uint8) if b and b.size else np.empty(0, np.uint8) for b in array.buffers()]
    valid = buffers[0] if array.null_count else None
    rest = tuple(buffers[2:])
    found = assert_same("code_text", len(array), layout, buffers[1], rest, valid, array.offset, "x", 0, before=5)
    assert [None if code < 0 else found[1][code] for code in found[0]] == array.to_pylist()


OFFSETS = [[0, 5, 2], [-1, 0, 1], [0, 1, 99], [0, 2**31 - 1, 2**31 - 1], [0, 1, 2]]


@pytest.mark.parametrize("text", [b"abc", b"a\xffc"])
@pytest.mark.parametrize("offsets", OFFSETS)
@pytest.mark.parametrize(("layout", "width"), [("utf8", 4), ("large_utf8", 8)])
def test_damaged_offsets_and_text(layout, width, offsets, text):
    index = np.array(offsets, f"i{width}").view(np.uint8)
    assert_same("code_text", 2, layout, index, (np.frombuffer(text, np.uint8),), None, 0, "x", 10, before=5)


@pytest.mark.parametrize("length", [-(2**31), -1, 13, 2**31 - 1])
@pytest.mark.parametrize("place", [(0, 0), (0, 1), (1, 0), (-1, 0), (0, -1)])
def test_damaged_views(length, place):
    index = np.frombuffer(struct.pack("<i12s", 2, b"ok") + struct.pack("<i4sii", length, b"abcd", *place), np.uint8)
    texts = (np.frombuffer(b"abcdefghijklm", np.uint8),)
    assert_same("code_text", 2, "views", index, texts, None, 0, "x", 3, before=5)
