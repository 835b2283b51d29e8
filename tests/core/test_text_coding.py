"""code_text and code_fixed against their twin, over every layout, and what they refuse."""

import gc
import struct
import sys
import threading

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import text_coding

LAYOUTS = {"utf8": pa.string(), "large_utf8": pa.large_string(), "views": pa.string_view()}

texts = st.one_of(
    st.none(),
    st.sampled_from(["", "a", "White British", "x" * 31, "x" * 32, "x" * 33, "x" * 40, "x" * 40 + "y", "a\0", "a\0\0"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
)


def buffers_of(array):
    """Index, texts and validity of a pyarrow array, as the binding takes them."""
    valid, index, *rest = array.buffers()
    as_bytes = [np.frombuffer(b, np.uint8) if b and b.size else np.empty(0, np.uint8) for b in (index, *rest)]
    return as_bytes[0], tuple(as_bytes[1:]), None if valid is None else np.frombuffer(valid, np.uint8)


def code(array, layout, start=0, stop=None, first_row=0, interrupt=None):
    stop = len(array) if stop is None else stop
    index, rest, valid = buffers_of(array)
    codes = np.full(stop - start, -9, np.int32)
    labels = _core.code_text(layout, index, rest, valid, array.offset + start, codes, "x", first_row, interrupt)
    return codes.tolist(), labels


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(values=st.lists(texts, max_size=60), data=st.data())
def test_equals_the_twin_in_any_slice(layout, values, data):
    array = pa.array(values, LAYOUTS[layout])
    cut = data.draw(st.integers(0, len(values)))
    sliced = array.slice(cut)
    stop = data.draw(st.integers(0, len(sliced)))
    start = data.draw(st.integers(0, stop))
    assert code(sliced, layout, start, stop) == text_coding.code(values[cut:][start:stop])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_million_distinct_labels(layout):
    values = [f"label {i * 7919 % 1_000_003} of a million" for i in range(1_000_000)]
    codes, labels = code(pa.array(values, LAYOUTS[layout]), layout)
    assert codes == list(range(1_000_000))
    assert labels == values


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_missing_empty_and_no_rows(layout):
    assert code(pa.array([None] * 9, LAYOUTS[layout]), layout) == ([-1] * 9, [])
    assert code(pa.array(["", "", None], LAYOUTS[layout]), layout) == ([0, 0, -1], [""])
    assert code(pa.array([], LAYOUTS[layout]), layout) == ([], [])


@pytest.mark.parametrize("offsets", [[0, 5, 2], [-1, 0, 1], [0, 1, 99], [0, 2**31 - 1, 2**31 - 1]])
@pytest.mark.parametrize("width", [4, 8])
def test_offsets_outside_the_text_are_refused(offsets, width):
    index = np.array(offsets, f"i{width}").view(np.uint8)
    bad_row = next(i for i in range(2) if not 0 <= offsets[i] <= offsets[i + 1] <= 3)
    codes = np.zeros(2, np.int32)
    layout = "utf8" if width == 4 else "large_utf8"
    with pytest.raises(ValueError, match=f"column 'x': the offset of row {10 + bad_row} lies outside"):
        _core.code_text(layout, index, (np.frombuffer(b"abc", np.uint8),), None, 0, codes, "x", 10)


@pytest.mark.parametrize(
    "view",
    [
        struct.pack("<i4sii", 13, b"abcd", 0, 1),  # one byte past the end
        struct.pack("<i4sii", 13, b"abcd", 1, 0),  # no such buffer
        struct.pack("<i4sii", 13, b"abcd", -1, 0),
        struct.pack("<i4sii", 13, b"abcd", 0, -1),
        struct.pack("<i4sii", -1, b"abcd", 0, 0),
        struct.pack("<i4sii", 2**31 - 1, b"abcd", 0, 0),
    ],
)
def test_views_outside_their_buffer_are_refused(view):
    good = struct.pack("<i12s", 2, b"ok")
    index = np.frombuffer(good + view, np.uint8)
    codes = np.zeros(2, np.int32)
    with pytest.raises(ValueError, match="column 'x': the offset of row 4 lies outside"):
        _core.code_text("views", index, (np.frombuffer(b"abcdefghijklm", np.uint8),), None, 0, codes, "x", 3)


def test_corrupt_offsets_under_a_null_are_not_looked_at():
    index = np.array([0, 1, 99, 2], np.int32)  # row 1 is null; row 2 starts where it ends
    valid = np.array([0b001], np.uint8)
    codes = np.zeros(3, np.int32)
    text = (np.frombuffer(b"ab", np.uint8),)
    assert _core.code_text("utf8", index.view(np.uint8), text, valid, 0, codes, "x", 0) == ["a"]
    assert codes.tolist() == [0, -1, -1]


def test_text_that_is_not_utf8_names_its_row():
    index = np.array([0, 1, 2, 3], np.int32).view(np.uint8)
    with pytest.raises(ValueError, match="column 'x': the text in row 7 is not UTF-8"):
        _core.code_text("utf8", index, (np.frombuffer(b"a\xffa", np.uint8),), None, 0, np.zeros(3, np.int32), "x", 6)


def test_buffers_that_are_too_short_are_refused():
    index = np.zeros(4 * 3, np.uint8)
    none = (np.empty(0, np.uint8),)
    for rows, offset, valid in [(3, 0, None), (1, 2, None), (2, 0, np.empty(0, np.uint8)), (1, 2**62, None)]:
        with pytest.raises(ValueError, match="buffers are too short"):
            _core.code_text("utf8", index, none, valid, offset, np.zeros(rows, np.int32), "x", 0)
    with pytest.raises(ValueError, match="offset must not be negative"):
        _core.code_text("utf8", index, none, None, -1, np.zeros(1, np.int32), "x", 0)
    with pytest.raises(ValueError, match="one text buffer, not 0"):
        _core.code_text("utf8", index, (), None, 0, np.zeros(1, np.int32), "x", 0)
    with pytest.raises(ValueError, match="layout must be"):
        _core.code_text("utf16", index, none, None, 0, np.zeros(1, np.int32), "x", 0)


def test_the_flag_of_another_thread_stops_it():
    array = pa.array(["a"] * 1000)
    with pytest.raises(InterruptedError):
        code(array, "utf8", interrupt=np.ones(1, np.uint8))


def test_many_threads_code_the_same_column():
    values = [f"label {i % 700}" for i in range(300_000)]
    array = pa.array(values)
    results = [None] * 4

    def work(i):
        results[i] = code(array, "utf8")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = text_coding.code(values)
    assert all(result == expected for result in results)


def test_offsets_changed_by_another_thread_never_crash():
    index = np.arange(0, 4 * 200_001, 4, dtype=np.int32)
    text = np.full(4 * 200_000, ord("a"), np.uint8)
    stop = threading.Event()

    def scramble():
        while not stop.is_set():
            index[1000:] = np.random.default_rng(1).integers(-(2**31), 2**31 - 1, len(index) - 1000)

    thread = threading.Thread(target=scramble)
    thread.start()
    try:
        for _ in range(20):
            with pytest.raises(ValueError, match="lies outside the text"):
                for _ in range(1000):
                    _core.code_text("utf8", index.view(np.uint8), (text,), None, 0, np.zeros(200_000, np.int32), "x", 0)
    finally:
        stop.set()
        thread.join()


def test_errors_leak_nothing():
    index = np.array([0, 9], np.int32).view(np.uint8)
    text = (np.frombuffer(b"abc", np.uint8),)
    bad = np.array([0, 3], np.int32).view(np.uint8)
    not_utf8 = (np.frombuffer(b"\xff\xff\xff", np.uint8),)

    def fail(offsets, data, codes):
        try:
            _core.code_text("utf8", offsets, data, None, 0, codes, "x", 0)
        except (ValueError, TypeError):
            return
        raise AssertionError("not refused")

    every_codes = (np.zeros(1, np.int32), np.zeros(1, np.int64), np.zeros(5, np.int32))
    held = []
    for _ in range(4):
        for _ in range(200):
            for offsets, data in ((index, text), (bad, not_utf8)):
                for codes in every_codes:
                    fail(offsets, data, codes)
        gc.collect()
        held.append(sys.getallocatedblocks())
    assert held[-1] - held[1] < 400  # of 2,400 calls


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    values=st.lists(st.text(max_size=12), max_size=40),
    order=st.sampled_from("<>"),
    step=st.sampled_from([1, 3, -1]),
)
def test_fixed_text_of_any_stride_and_byte_order(values, order, step):
    array = np.array(values, "U").astype(np.dtype("U12").newbyteorder(order))[::step]
    array.flags.writeable = False
    codes = np.zeros(len(array), np.int32)
    labels = _core.code_fixed(array, codes, "x", 0)
    assert (codes.tolist(), labels) == text_coding.code(array.tolist())


def test_fixed_text_refuses_what_is_not_a_character():
    array = np.array([1, 0x110000], np.uint32).view("U1")
    with pytest.raises(ValueError, match="row 8 holds a number that is not a character"):
        _core.code_fixed(array, np.zeros(2, np.int32), "x", 7)


def test_fixed_text_checks_its_arguments():
    codes = np.zeros(2, np.int32)
    with pytest.raises(TypeError, match="text of a fixed width"):
        _core.code_fixed(np.zeros(2), codes, "x", 0)
    with pytest.raises(ValueError, match="2 rows need as many codes"):
        _core.code_fixed(np.array(["a", "b"]), codes[:1].copy(), "x", 0)
    with pytest.raises(ValueError, match="one dimension"):
        _core.code_fixed(np.array([["a"]]), codes, "x", 0)
    with pytest.raises(ValueError, match="codes of their own"):
        _core.code_fixed(codes.view("U1"), codes, "x", 0)
