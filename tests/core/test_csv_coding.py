"""`code_csv` against its twin, and the twin against Python's own reader of CSV."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import csv_coding

ROUNDS = settings(max_examples=200, deadline=None, derandomize=True)
BROKEN = st.text(st.sampled_from(list('a",\n\r "é\0')), max_size=60)
CELLS = st.text(st.sampled_from(list('ab ,"\n\ré')), max_size=9) | st.just("x" * 40)


def result(module, text, start, n_columns, wanted, most_rows=100, is_last=True):
    """Rows, where they end, labels, codes, and whether the others were left alone; or the error."""
    codes = np.full((len(wanted), most_rows), -9, np.int32)
    try:
        n_rows, stop, labels = module.code_csv(text, start, is_last, n_columns, np.array(wanted, np.int32), codes)
    except ValueError as error:
        return str(error)
    return n_rows, stop, labels, codes[:, :n_rows].tolist(), (codes[:, n_rows:] == -9).all()


def assert_same(*arguments, **options):
    compiled, twin = (result(module, *arguments, **options) for module in (_core, csv_coding))
    assert compiled == twin
    return compiled


@ROUNDS
@given(BROKEN, st.integers(1, 3), st.integers(0, 3), st.booleans(), st.sampled_from([0, 1, 2, 100]))
def test_any_text(text, n_columns, start, is_last, most_rows):
    data = text.encode()
    begin = len(text[:start].encode())
    assert_same(data, begin, n_columns, list(range(n_columns)), is_last=is_last, most_rows=most_rows)
    assert_same(data, begin, n_columns, [n_columns - 1], is_last=is_last)


@ROUNDS
@given(BROKEN, st.integers(1, 2), st.integers(0, 60))
def test_a_text_in_two_parts_is_the_text(text, n_columns, cut):
    """What the first part leaves over, before what follows, gives the other rows, or the same error."""
    data = text.encode()
    whole = result(_core, data, 0, n_columns, [0])
    first = assert_same(data[: len(text[:cut].encode())], 0, n_columns, [0], is_last=False)
    if isinstance(first, str):
        assert first == whole
        return
    rest = assert_same(data, first[1], n_columns, [0])
    if isinstance(whole, str):
        assert rest == whole
    else:
        assert labelled(whole) == labelled(first) + labelled(rest)


def labelled(found):
    """The first column of the rows."""
    _, _, labels, codes, _ = found
    return [labels[0][code] for code in codes[0]]


@ROUNDS
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_python_writes(rows, end, always):
    if not always:  # Python leaves a carriage return alone without quotes, and would not read it back
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    data = file.getvalue().encode()
    n_rows, stop, labels, codes, _ = assert_same(data, 0, 3, [2, 0])
    assert (n_rows, stop) == (len(rows), len(data))
    for i, column in enumerate([2, 0]):
        assert [labels[i][code] for code in codes[i]] == [row[column] for row in rows]


@ROUNDS
@given(BROKEN.map(lambda text: text.replace("\r", "").replace("\0", "")))
def test_the_twin_reads_what_python_reads(text):
    try:
        expected = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        with pytest.raises(ValueError, match="line"):
            list(csv_coding.rows(text, 0, 2))
        return
    if all(len(row) == 2 for row in expected):
        assert [cells for cells, _ in csv_coding.rows(text, 0, 2)] == expected
    else:
        with pytest.raises(ValueError, match=r"line \d+ (has|is blank)"):
            list(csv_coding.rows(text, 0, 2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a,b\nc\n", "line 2 has 1 cell, the header 2"),
        (b"a,b\n\nc,d\n", "line 2 is blank; take blank lines out, for they would count as rows"),
        (b'a,"b\n\nc"\nc,d,e\n', "line 4 has 3 cells, the header 2; a text that holds a comma must stand in quotes"),
        (b"a,b\rc,d\n", "line 1 has a carriage return without a line feed; save the file with line ends"),
        (b'a,b\n"c"d,e\n', "line 2 has text after the quote that ends a cell"),
        (b'a,b\nc,"d\n', "line 2 begins a row in which a quote is not closed"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text, message):
    assert assert_same(text, 0, 2, [0]) == message


def test_many_rows_in_pieces():
    rows = b"".join(b"%d,%s\n" % (i % 7, b"y" * (i % 50)) for i in range(70_000))
    codes = np.zeros((2, 70_000), np.int32)
    n_rows, stop, labels = _core.code_csv(rows, 0, True, 2, np.array([0, 1], np.int32), codes)
    assert (n_rows, stop) == (70_000, len(rows))
    assert [labels[0][code] for code in codes[0].tolist()] == [str(i % 7) for i in range(70_000)]
    assert [len(labels[1][code]) for code in codes[1].tolist()] == [i % 50 for i in range(70_000)]


def test_more_rows_than_room_are_left():
    assert assert_same(b"a\nb\n", 0, 1, [0], most_rows=1) == (1, 2, [["a"]], [[0]], True)
    assert assert_same(b'a\n"b', 0, 1, [0], most_rows=1) == (1, 2, [["a"]], [[0]], True)
    assert assert_same(b"a\n", 0, 1, [0], most_rows=0) == (0, 0, [[]], [[]], True)
    assert assert_same(b"a,b\nc,d\n", 0, 2, [], most_rows=1) == (1, 4, [], [], True)


@pytest.mark.parametrize(
    "text", [b"a,b\nc,d", b"a,b\nc,d\r", b'a,b\nc,"d\n', b'a,b\nc,"d"', b"a,b\nc", b'a,b\n"c,d\n"']
)
def test_a_row_that_may_go_on_is_left(text):
    assert assert_same(text, 0, 2, [0], is_last=False) == (1, 4, [["a"]], [[0]], True)


def test_text_that_is_not_utf8():
    for module in (_core, csv_coding):
        with pytest.raises(ValueError, match=r"UTF-8|utf-8"):
            module.code_csv(b"a,\xff\n", 0, True, 2, np.array([1], np.int32), np.zeros((1, 1), np.int32))


WANTED, CODES = np.array([0], np.int32), np.zeros((1, 3), np.int32)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"text": "a,b"}, TypeError, "bytes"),
        ({"start": 9}, ValueError, "start must be 0 to 3, is 9"),
        ({"start": -1}, ValueError, "start must be"),
        ({"n_columns": 0}, ValueError, "n_columns must be"),
        ({"wanted": np.array([2], np.int32)}, ValueError, "wanted: 2 is not one of the columns 0 to 1"),
        ({"wanted": np.array([-1], np.int32)}, ValueError, "wanted: -1"),
        ({"wanted": np.array([1, 1], np.int32), "codes": np.zeros((2, 3), np.int32)}, ValueError, "named twice"),
        ({"wanted": np.array([0])}, TypeError, "wanted must be an aligned array of int32"),
        ({"wanted": [0]}, TypeError, "wanted must be a NumPy array"),
        ({"codes": np.zeros((2, 3), np.int32)}, ValueError, "codes must have the shape"),
        ({"codes": np.zeros(3, np.int32)}, ValueError, "codes must have the shape"),
        ({"codes": np.zeros((1, 3))}, TypeError, "codes must be an array of"),
        ({"codes": WANTED.reshape(1, 1)}, ValueError, "share memory"),
        ({"interrupt": np.ones(1, np.uint8)}, InterruptedError, "stopped"),
    ],
)
def test_bad_arguments(changes, error, message):
    arguments = {
        "text": b"a,b",
        "start": 0,
        "is_last": True,
        "n_columns": 2,
        "wanted": WANTED,
        "codes": CODES,
    } | changes
    with pytest.raises(error, match=message):
        _core.code_csv(**arguments)
