"""Arrays, buffers and Arrow data that lie about themselves, raise, or change others while they are read.

Items 13 and 15 of the list of nasty inputs. The Arrow C interface hands over addresses without sizes, so what a
producer says of its buffers can only be believed; whatever is said twice is compared.
"""

import array as bytes_array

import nanoarrow as na
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import dueregard as dr


class Liar(np.ndarray):
    """Says that it is long, and of floats, and gives away others than its own elements."""

    shape = property(lambda self: (10**12,))
    dtype = property(lambda self: np.dtype("f8"))
    size = property(lambda self: 10**12)

    def __len__(self):
        return 10**12

    def __getitem__(self, key):
        raise AssertionError("asked for an element")


class Producer:
    """Gives what a function returns, by every protocol that it is asked by."""

    def __init__(self, *protocols, give):
        for protocol in protocols:
            setattr(type(self), protocol, lambda self, *_, **__: give())

    def __new__(cls, *_, **__):
        return object.__new__(type("Producer", (cls,), {}))

    def __len__(self):
        return 99


def fail():
    raise RuntimeError("the disk is gone")


@pytest.mark.parametrize("values", [np.arange(3), np.array(["x", "y", "x"]), np.array(["x", None, "x"], object)])
def test_what_a_subclass_says_of_itself_is_not_believed(values):
    plain = dr.tally({"a": values, "b": np.arange(3)}, ["a", "b"], weight=np.ones(3), where=np.ones(3, bool))
    told = dr.tally(
        {"a": values.view(Liar), "b": np.arange(3).view(Liar)},
        ["a", "b"],
        weight=np.ones(3).view(Liar),
        where=np.ones(3, bool).view(Liar),
    )
    assert (told.labels, told.counts.tolist()) == (plain.labels, plain.counts.tolist())
    assert told.sums.tolist() == plain.sums.tolist()


PROTOCOLS = ["__array__", "__arrow_c_stream__", "__arrow_c_array__"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_error_of_the_producer_is_passed_on(protocol):
    broken = Producer(protocol, give=fail)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        dr.tally({"a": broken}, "a")
    with pytest.raises(RuntimeError, match="the disk is gone"):
        dr.tally({"a": [1]}, "a", weight=broken)
    if protocol != "__array__":
        with pytest.raises(RuntimeError, match="the disk is gone"):
            dr.tally(broken, "a")


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "given", [None, "text", 7, (1, 2), object()], ids=["None", "text", "number", "tuple", "object"]
)
def test_what_is_no_array_is_refused(protocol, given):
    with pytest.raises((TypeError, ValueError)):
        dr.tally({"a": Producer(protocol, give=lambda: given)}, "a")


def test_an_array_has_the_length_it_has():
    assert dr.tally({"a": Producer("__array__", give=lambda: np.arange(3))}, "a").counts.sum() == 3


def resizing(values, refcheck):
    """An array to be read, whose reading makes ``values`` short."""

    def give():
        values.resize(1, refcheck=refcheck)
        return np.ones(3, bool)

    return Producer("__array__", give=give)


@pytest.mark.parametrize("asked", ["column", "weight", "where"])
def test_another_array_cannot_be_resized_while_it_is_read(asked):
    data = {"a": np.arange(3)}
    with pytest.raises(ValueError, match="cannot resize an array that references or is referenced"):
        ask(data, asked, resizing(data["a"], True))


@pytest.mark.parametrize("asked", ["column", "weight", "where"])
def test_another_array_that_is_resized_all_the_same_has_another_length(asked):
    data = {"a": np.arange(3)}
    with pytest.raises(ValueError, match="the columns differ in length: 'a' has 1"):
        ask(data, asked, resizing(data["a"], False))


def ask(data, asked, producer):
    if asked == "column":
        return dr.tally(data | {"b": producer}, ["a", "b"])
    if asked == "weight":
        return dr.tally(data, "a", weight=Weight(producer))
    return dr.tally(data, "a", where=producer)


class Weight:
    """Numbers in place of the booleans of another producer."""

    def __init__(self, producer):
        self.producer = producer

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.producer).astype(float)


def test_a_buffer_is_held_while_it_is_read():
    numbers = bytes_array.array("b", [1, 2, 1])
    column = np.frombuffer(numbers, np.int8)

    def give():
        numbers.append(3)

    with pytest.raises(BufferError):
        dr.tally({"a": column, "b": Producer("__array__", give=give)}, ["a", "b"])


class Text(str):
    """Text that empties the array it stands in as soon as it is compared."""

    __slots__ = ("array",)
    __hash__ = str.__hash__

    def __eq__(self, other):
        self.array[:] = [None] * len(self.array)
        return str.__eq__(self, other)


def test_objects_that_change_the_array_they_stand_in_do_no_harm():
    values = np.empty(2000, object)
    for i in range(len(values)):
        values[i] = Text(f"label {i % 5}")
        values[i].array = values
    found = dr.tally({"a": values}, "a")
    assert found.counts.sum() == 2000


def struct_of(child, length):
    """A table that says it is longer than its column."""
    schema = na.struct({"a": child.schema})
    return na.c_array_from_buffers(schema, length, [None], children=[child], move=True, validation_level="none")


CHILDREN = {
    "integers": lambda: na.c_array([1, 2, 3], na.int32()),
    "booleans": lambda: na.c_array([True, False, True], na.bool_()),
    "text": lambda: na.c_array(["x", "y", "z"], na.string()),
    "dictionary": lambda: na.c_array(pa.array(["x", "y", "x"]).dictionary_encode()),
    "nulls": lambda: na.c_array_from_buffers(na.null(), 3, []),
}


@pytest.mark.parametrize("kind", CHILDREN)
def test_an_arrow_column_that_is_shorter_than_its_table_is_refused(kind):
    with pytest.raises(ValueError, match="column 'a' has 3 rows in an Arrow table of 10"):
        dr.tally(struct_of(CHILDREN[kind](), 10), "a")


def test_an_arrow_weight_that_is_shorter_than_its_table_is_refused():
    child, weight = na.c_array([1, 2, 3], na.int32()), na.c_array([1.0, 2.0], na.float64())
    schema = na.struct({"a": child.schema, "w": weight.schema})
    table = na.c_array_from_buffers(schema, 3, [None], children=[child, weight], move=True, validation_level="none")
    with pytest.raises(ValueError, match="weight 'w' has 2 rows in an Arrow table of 3"):
        dr.tally(table, "a", weight="w")


@pytest.mark.parametrize("middle", [-1, 3, 2**30])
def test_arrow_offsets_outside_the_text_are_refused(middle):
    offsets = np.array([0, middle, 2], np.int32)
    text = na.c_array_from_buffers(na.string(), 2, [None, offsets, b"xy"], validation_level="none")
    with pytest.raises(ValueError, match="column 'a'"):
        dr.tally({"a": text}, "a")


def test_an_error_in_the_middle_of_a_stream_is_passed_on():
    table = pa.table({"a": ["x", "y"]})

    def batches():
        yield table.to_batches()[0]
        raise OSError("the network is gone")

    reader = pa.RecordBatchReader.from_batches(table.schema, batches())
    with pytest.raises(RuntimeError, match="the network is gone"):
        dr.tally(reader, "a")


def test_a_capsule_of_another_kind_is_refused():
    schema = pa.schema({"a": pa.int8()})
    with pytest.raises(ValueError, match="PyCapsule"):
        dr.tally(Producer("__arrow_c_stream__", give=schema.__arrow_c_schema__), "a")


def test_a_tally_shares_no_memory_with_its_input():
    codes = pd.Categorical(["x", "y", "x"])
    weight = np.ones(3)
    found = dr.tally({"a": codes}, "a", weight=weight)
    together = found + found
    for array in (found.counts, found.sums, together.counts, found.margin("a").counts, found.cube().counts):
        assert not np.shares_memory(array, codes.codes)
        assert not np.shares_memory(array, weight)
    assert not np.shares_memory(together.counts, found.counts)
    assert (found.counts.tolist(), together.counts.tolist()) == ([2, 1], [4, 2])
