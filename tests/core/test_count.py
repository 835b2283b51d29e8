"""Counting: the compiled kernel against its plain twin, and the laws that any count obeys."""

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.records.coded import CodedColumn
from dueregard.reference import cell_counts

DTYPES = ["?", "i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8"]


def counted(columns, implementation=_core, n_cells=None):
    counts = np.zeros(prod(c.n_levels for c in columns) if n_cells is None else n_cells, np.int64)
    implementation.count(columns, counts)
    return counts.tolist()


def plain(name, codes, n_levels, base=0):
    return CodedColumn(name, np.asarray(codes), base, n_levels)


@st.composite
def column_of(draw, n_rows, index):
    """A good column of any type, base, layout and nulls."""
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    info = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    low = draw(st.integers(*info))
    high = draw(st.integers(low, min(info[1], low + 40)))
    has_nulls = draw(st.booleans())
    codes = np.array(draw(st.lists(st.integers(low, high), min_size=n_rows, max_size=n_rows)), dtype)
    base = low - draw(st.integers(1 if has_nulls else 0, 3))
    column = CodedColumn(f"c{index}", laid_out(codes, draw(st.sampled_from(sorted(LAYOUTS)))), base, high - base + 1)
    return with_nulls(draw, column, n_rows) if has_nulls else column


def with_nulls(draw, column, n_rows):
    offset = draw(st.integers(0, 17))
    bits = draw(st.lists(st.booleans(), min_size=n_rows + offset, max_size=n_rows + offset))
    return column._replace(valid=np.packbits(np.array(bits, bool), bitorder="little"), valid_offset=offset)


def strided(codes):
    wide = np.zeros((len(codes), 3), codes.dtype)
    wide[:, 1] = codes
    return wide[:, 1]


def unaligned(codes):
    memory = np.zeros(codes.nbytes + 1, np.uint8)
    view = memory[1:].view(codes.dtype)
    view[:] = codes
    return view


def read_only(codes):
    copy = codes.copy()
    copy.flags.writeable = False
    return copy


LAYOUTS = {
    "contiguous": np.copy,
    "strided": strided,
    "backwards": lambda codes: codes[::-1].copy()[::-1],
    "swapped": lambda codes: codes.astype(codes.dtype.newbyteorder()),
    "unaligned": unaligned,
    "read-only": read_only,
}


def laid_out(codes, layout):
    return LAYOUTS[layout](codes)


@st.composite
def tables(draw):
    n_rows = draw(st.integers(0, 50))
    return [draw(column_of(n_rows, index)) for index in range(draw(st.integers(1, 3)))]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(tables())
def test_equals_the_twin(columns):
    before = [c.codes.tobytes() for c in columns]
    assert counted(columns) == counted(columns, cell_counts)
    assert before == [c.codes.tobytes() for c in columns]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 6000))
def test_any_order_and_any_parts_give_the_same(seed, split):
    rng = np.random.default_rng(seed)
    arrays = [rng.integers(0, n, 6000).astype("u1") for n in (5, 7)]
    whole = counted([plain("a", arrays[0], 5), plain("b", arrays[1], 7)])
    order = rng.permutation(6000)
    assert counted([plain("a", arrays[0][order], 5), plain("b", arrays[1][order], 7)]) == whole
    parts = np.zeros(35, np.int64)
    for part in (slice(0, split), slice(split, None)):
        _core.count([plain("a", arrays[0][part], 5), plain("b", arrays[1][part], 7)], parts)
    assert parts.tolist() == whole


@settings(max_examples=50, derandomize=True, deadline=None)
@given(tables())
def test_every_set_of_instructions_gives_the_same(columns):
    for cpu in _core.cpu_names():
        counts = np.zeros(prod(c.n_levels for c in columns), np.int64)
        _core.count(columns, counts, cpu=cpu)
        assert counts.tolist() == counted(columns)


@pytest.mark.parametrize("cpu", _core.cpu_names())
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_set_of_instructions_over_many_blocks(cpu, dtype):
    rng = np.random.default_rng(8)
    arrays = [rng.integers(0, 2, 20_011).astype(dtype) for _ in range(2)]
    for n_levels, shape in (([2, 2], (2, 2)), ([2, 40_000], (2, 40_000))):
        counts = np.zeros(prod(shape), np.int64)
        columns = [plain(str(i), array, n) for i, (array, n) in enumerate(zip(arrays, n_levels, strict=True))]
        _core.count(columns, counts, cpu=cpu)
        cells = np.ravel_multi_index([a.astype(np.intp) for a in arrays], shape)
        assert (counts == np.bincount(cells, minlength=prod(shape))).all()
        arrays[0][20_000] = 1
        with pytest.raises(IndexError, match=r"column '0': code .* at row 20000 is outside 0 to 0"):
            _core.count(
                [plain("0", np.where(np.arange(20_011) == 20_000, arrays[0], 0).astype(dtype), 1)],
                np.zeros(1, np.int64),
                cpu=cpu,
            )


def test_a_set_of_instructions_that_is_not_there():
    for cpu, error in (("avx9", ValueError), ("", ValueError), (2, TypeError)):
        with pytest.raises(error):
            _core.count([plain("a", np.zeros(3, "u1"), 3)], np.zeros(3, np.int64), cpu=cpu)
    assert _core.cpu_names()[0] == "baseline"


def test_relabelling_moves_the_cells():
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 9, 40_000).astype("i2")
    relabel = rng.permutation(9)
    counts = np.array(counted([plain("a", codes, 9)]))
    moved = np.array(counted([plain("a", relabel[codes].astype("u4"), 9)]))
    assert (moved[relabel] == counts).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("n_rows", [2047, 2048, 2049, 40_000])
def test_every_layout_of_every_type_over_many_blocks(dtype, layout, n_rows):
    codes = np.random.default_rng(n_rows).integers(0, 2, n_rows).astype(dtype)
    expected = np.bincount(codes.astype(np.intp), minlength=2).tolist()
    assert counted([CodedColumn("a", laid_out(codes, layout), 0, 2)]) == expected


@pytest.mark.parametrize("n_levels", [(16384, 1), (256, 256), (257, 256), (65536, 1), (65537, 1), (2, 100_000)])
def test_sizes_of_table_about_where_the_kernel_changes(n_levels):
    rng = np.random.default_rng(0)
    arrays = [rng.integers(0, n, 30_000) for n in n_levels]
    expected = np.bincount(np.ravel_multi_index(arrays, n_levels), minlength=prod(n_levels))
    columns = [plain(str(i), a, n) for i, (a, n) in enumerate(zip(arrays, n_levels, strict=True))]
    assert counted(columns) == expected.tolist()


def test_packed_booleans():
    bits = np.random.default_rng(1).integers(0, 2, 5000).astype(bool)
    packed = np.packbits(np.concatenate([[True] * 5, bits]), bitorder="little")
    column = CodedColumn("yes", packed, 0, 2, bit_offset=5, n_rows=5000)
    assert counted([column]) == np.bincount(bits, minlength=2).tolist() == counted([column], cell_counts)
    nulls = column._replace(base=-1, n_levels=3, valid=packed, valid_offset=5)
    assert counted([nulls]) == counted([nulls], cell_counts)


def test_empty_columns_and_columns_without_levels():
    assert counted([plain("a", np.array([], "u1"), 3)]) == [0, 0, 0]
    assert counted([plain("a", np.array([], "i8"), 0)]) == []
    with pytest.raises(IndexError, match="column 'a': row 7 has a code but the column has no levels"):
        _core.count([plain("a", np.zeros(1, "u1"), 0)], np.zeros(0, np.int64), 7)


@pytest.mark.parametrize(
    ("codes", "base", "message"),
    [
        (np.array([1, 7, 9], "u1"), 0, "column 'a': code 7 at row 101 is outside 0 to 5"),
        (np.array([1, -1], "i2"), 0, "column 'a': code -1 at row 101 is outside 0 to 5"),
        (np.array([1, -(2**31)], "i4"), 0, "column 'a': code -2147483648 at row 101 is outside 0 to 5"),
        (np.array([1, 2**63 + 1], "u8"), 0, "column 'a': code 9223372036854775809 at row 101 is outside 0 to 5"),
        (np.array([1, 2**64 - 1], "u8"), -1, "column 'a': code 18446744073709551615 at row 101 is outside -1 to 4"),
        (np.array([1, 2**16 + 1], "i8"), 0, "column 'a': code 65537 at row 101 is outside 0 to 5"),
        (np.array([1, 2**16 + 1], "u4"), 0, "column 'a': code 65537 at row 101 is outside 0 to 5"),
        (np.array([1, 2**32 + 1], "i8"), 0, "column 'a': code 4294967297 at row 101 is outside 0 to 5"),
        (np.array([127, -128], "i1"), 126, "column 'a': code -128 at row 101 is outside 126 to 131"),
        (np.array([2**63, 5], ">u8"), 2**63, f"column 'a': code 5 at row 101 is outside {2**63} to {2**63 + 5}"),
    ],
)
def test_a_code_out_of_range_names_the_first_bad_row(codes, base, message):
    column, counts = CodedColumn("a", codes, base, 6), np.arange(6)
    with pytest.raises(IndexError) as error:
        _core.count([column], counts, 100)
    assert str(error.value) == message
    assert counts.tolist() == list(range(6)), "counts change only when every row was good"
    with pytest.raises(IndexError) as slow:
        cell_counts.count([column], counts, 100)
    assert str(slow.value) == message


def test_bits_beyond_a_32_bit_cell_number_are_seen():
    with pytest.raises(IndexError, match="code 4294967297 at row 1 is outside 0 to 99999"):
        _core.count([plain("a", np.array([1, 2**32 + 1]), 100_000)], np.zeros(100_000, np.int64))


def test_of_two_bad_columns_the_earlier_row_then_the_first_column():
    good, counts = np.zeros(9000, "u1"), np.zeros(4, np.int64)
    early, late = good.copy(), good.copy()
    early[5000], late[5001] = 2, 2
    with pytest.raises(IndexError, match="column 'b': code 2 at row 5000"):
        _core.count([plain("a", late, 2), plain("b", early, 2)], counts)
    late[5000] = 3
    with pytest.raises(IndexError, match="column 'a': code 3 at row 5000"):
        _core.count([plain("a", late, 2), plain("b", early, 2)], counts)
    assert not counts.any()


@pytest.mark.parametrize(
    "codes",
    [
        np.zeros(3),
        np.zeros(3, "f4"),
        np.zeros(3, "f2"),
        np.zeros(3, np.longdouble),
        np.zeros(3, "c16"),
        np.zeros(3, "O"),
        np.zeros(3, "U3"),
        np.zeros(3, "S3"),
        np.zeros(3, "M8[D]"),
        np.zeros(3, "m8[s]"),
        np.zeros(3, [("x", "i4")]),
    ],
    ids=lambda codes: str(codes.dtype),
)
def test_what_is_no_integer_is_refused(codes):
    with pytest.raises(TypeError) as error:
        _core.count([plain("a", codes, 3)], np.zeros(3, np.int64))
    assert str(error.value) == f"column 'a': codes must be integers or bools, not {codes.dtype}"


COUNTS = np.zeros(3, np.int64)
CODES = np.zeros(4, "u1")
BITMAP = np.zeros(1, "u1")


@pytest.mark.parametrize(
    ("columns", "counts", "error", "message"),
    [
        ([], COUNTS, ValueError, "at least one column"),
        (5, COUNTS, TypeError, "not iterable"),
        ([5], COUNTS, AttributeError, "name"),
        ([plain("a", CODES, 3), plain("b", CODES[:2], 1)], COUNTS, ValueError, "'a' has 4 rows but column 'b' has 2"),
        ([plain("a", CODES.reshape(2, 2), 3)], COUNTS, ValueError, "column 'a': codes must have one dimension, not 2"),
        ([CodedColumn("a", [1, 2], 0, 3)], COUNTS, TypeError, "column 'a': codes must be a NumPy array, not list"),
        ([plain("a", CODES, -1)], COUNTS, ValueError, "column 'a': n_levels must be at least 0"),
        ([plain("a", CODES, 2.5)], COUNTS, TypeError, "float"),
        ([plain("a", CODES, 3, base=0.5)], COUNTS, TypeError, "float"),
        ([plain("a", CODES, 3, base=2**200)], COUNTS, OverflowError, "too large|too big"),
        ([plain("a", CODES, 4)], COUNTS, ValueError, r"counts must have the shape \(4,\), not \(3,\)"),
        ([plain("a", CODES, 2**31)] * 2, COUNTS, ValueError, r"more than 2\*\*32 cells"),
        ([plain("a", CODES, 2**62)] * 3, COUNTS, ValueError, r"more than 2\*\*32 cells"),
        ([plain("a", CODES, 3)], [0, 0, 0], TypeError, "counts must be a NumPy array, not list"),
        ([plain("a", CODES, 3)], np.zeros(3), TypeError, "counts must be an array of"),
        ([plain("a", CODES, 3)], np.zeros(3, ">i8"), TypeError, "counts must be an array of"),
        ([plain("a", CODES, 3)], np.zeros(6, "i8")[::2], ValueError, "counts must be C-contiguous"),
        ([plain("a", CODES, 3)], read_only(COUNTS), ValueError, "writeable"),
        ([plain("a", CODES, 3)._replace(valid=[1])], COUNTS, TypeError, "column 'a': valid must be a NumPy array"),
        ([plain("a", CODES, 3)._replace(valid=BITMAP.view("i1"))], COUNTS, TypeError, "contiguous array of uint8"),
        ([plain("a", CODES, 3)._replace(valid=BITMAP, valid_offset=5)], COUNTS, ValueError, "has 3 bits from bit 5"),
        ([plain("a", CODES, 3)._replace(valid=BITMAP, valid_offset=-1)], COUNTS, ValueError, "valid_offset must be"),
        ([CodedColumn("a", BITMAP, 0, 3, bit_offset=0, n_rows=9)], COUNTS, ValueError, "has 8 bits from bit 0"),
        ([CodedColumn("a", BITMAP, 0, 3, bit_offset=0)], COUNTS, ValueError, "n_rows must be at least 0"),
    ],
)
def test_wrong_arguments(columns, counts, error, message):
    with pytest.raises(error, match=message):
        _core.count(columns, counts)


def test_counts_that_share_memory_with_codes_are_refused():
    counts = np.zeros(3, np.int64)
    with pytest.raises(ValueError, match="counts shares memory with column 'a'"):
        _core.count([plain("a", counts[1:], 3)], counts)
    with pytest.raises(ValueError, match="counts shares memory with column 'a'"):
        _core.count([plain("a", CODES, 3)._replace(valid=counts.view("u1"))], counts)


@pytest.mark.slow
def test_more_rows_than_32_bits_can_number():
    n = 2**31 + 10
    column = plain("a", np.broadcast_to(np.uint8(1), n), 2)
    assert counted([column]) == [0, n]
