"""Every frame library gives the tally of the plain arrays."""

from itertools import pairwise

import duckdb
import nanoarrow
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dueregard as dr
from dueregard import records

COLUMNS = ["ethnicity", "met", "visits"]
WIDE_TEXT = ["White British", "Mixed", "x" * 45, "", "naïve", None]


def plain(n=900, nulls=True):
    rng = np.random.default_rng(7)
    texts = WIDE_TEXT if nulls else WIDE_TEXT[:-1]
    columns = {
        "ethnicity": [texts[i] for i in rng.integers(0, len(texts), n)],
        "met": [[True, False, None][i] for i in rng.integers(0, 3 if nulls else 2, n)],
        "visits": [None if nulls and i == 5 else int(i) - 2 for i in rng.integers(0, 6, n)],
    }
    return columns | {"weight": (rng.integers(0, 80, n) / 8).tolist()}


def uneven(table):
    """The same pyarrow table with its columns cut at different rows."""
    columns = {}
    for i, name in enumerate(table.column_names):
        cuts = [0, 0, 100 + 37 * i, 500 + i, len(table)]
        pieces = [table[name].slice(a, b - a).combine_chunks() for a, b in pairwise(cuts)]
        columns[name] = pa.chunked_array([piece for part in pieces for piece in pa.chunked_array(part).chunks])
    return pa.table(columns)


def encoded(table):
    """Text as dictionaries, a different one in each chunk."""
    pieces = [table.slice(start, 300).combine_chunks() for start in range(0, len(table), 300)]
    chunks = [pa.chunked_array(piece["ethnicity"]).combine_chunks().dictionary_encode() for piece in pieces]
    return table.set_column(0, "ethnicity", pa.chunked_array(chunks))


FORMS = {
    "dict of arrays": lambda c: {
        name: np.array(values) if None not in values else values for name, values in c.items()
    },
    "dict of pandas": lambda c: dict(pd.DataFrame(c).convert_dtypes().items()),
    "dict of polars": lambda c: {name: pl.Series(values) for name, values in c.items()},
    "dict of pyarrow": lambda c: {name: pa.array(values) for name, values in c.items()},
    "pandas": lambda c: pd.DataFrame(c).convert_dtypes(),
    "pandas, str": lambda c: pd.DataFrame(c).convert_dtypes().astype({"ethnicity": "str"}),
    "pandas, text of Python": lambda c: (
        pd.DataFrame(c).convert_dtypes().astype({"ethnicity": pd.StringDtype("python")})
    ),
    "pandas, objects": lambda c: pd.DataFrame(c).convert_dtypes().astype({"ethnicity": object}),
    "pandas, Arrow": lambda c: pd.DataFrame(c).convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.DataFrame,
    "polars, lazy": pl.LazyFrame,
    "polars, categorical": lambda c: pl.DataFrame(c).with_columns(pl.col("ethnicity").cast(pl.Categorical)),
    "polars, in chunks": lambda c: pl.concat([pl.DataFrame(c)[:301], pl.DataFrame(c)[301:]], rechunk=False),
    "pyarrow": pa.table,
    "pyarrow, sliced": lambda c: pa.table({n: [v[5], *v, v[0]] for n, v in c.items()}).slice(1, len(c["met"])),
    "pyarrow, uneven chunks": lambda c: uneven(pa.table(c)),
    "pyarrow, views": lambda c: pa.table(c | {"ethnicity": pa.array(c["ethnicity"], pa.string_view())}),
    "pyarrow, large": lambda c: pa.table(c | {"ethnicity": pa.array(c["ethnicity"], pa.large_string())}),
    "pyarrow, dictionaries": lambda c: encoded(pa.table(c)),
    "pyarrow, small integers": lambda c: pa.table(c | {"visits": pa.array(c["visits"], pa.int8())}),
    "record batch": pa.RecordBatch.from_pydict,
    "sliced record batch": lambda c: pa.RecordBatch.from_pydict({n: [v[5], *v] for n, v in c.items()}).slice(1),
    "record batch reader": lambda c: pa.table(c).to_reader(max_chunksize=77),
    "nanoarrow": lambda c: nanoarrow.c_array_stream(pa.table(c)),
    "duckdb": lambda c: duckdb.from_arrow(pa.table(c)),
    "narwhals": lambda c: nw.from_native(pl.DataFrame(c)),
    "narwhals, lazy": lambda c: nw.from_native(pl.LazyFrame(c)),
}
ONCE = {"record batch reader", "nanoarrow"}


def same(tally, expected):
    assert tally.labels == expected.labels
    assert np.array_equal(tally.counts, expected.counts)


@pytest.mark.parametrize("nulls", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_gives_the_tally_of_lists(form, nulls):
    columns = plain(nulls=nulls)
    same(dr.tally(FORMS[form](columns), COLUMNS), dr.tally(columns, COLUMNS))


@pytest.mark.parametrize("form", FORMS)
def test_with_a_weight_column_and_threads(form):
    columns = plain(nulls=False)
    expected = dr.tally(columns, COLUMNS, weight="weight")
    found = dr.tally(FORMS[form](columns), COLUMNS, weight="weight", threads=3)
    same(found, expected)
    assert np.array_equal(found.sums, expected.sums)
    assert np.array_equal(found.squares, expected.squares)


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"nanoarrow"}))
def test_where_as_an_expression_or_an_array(form):
    columns = plain()
    kept = np.array([value is not None and value > 0 for value in columns["visits"]])
    rest = {name: [v for v, k in zip(values, kept, strict=True) if k] for name, values in columns.items()}
    expected = dr.tally(rest, COLUMNS[:2])
    found = dr.tally(FORMS[form](columns), COLUMNS[:2], where=nw.col("visits") > 0)
    same(found, expected)
    if form not in ONCE:
        same(dr.tally(FORMS[form](columns), COLUMNS[:2], where=kept), expected)


def test_a_weight_array_is_filtered_with_the_rows():
    frame = pl.DataFrame({"a": ["x", "y", "x"]})
    found = dr.tally(frame, "a", weight=[1.0, 2.0, 4.0], where=[True, True, False])
    assert found.sums.tolist() == [1.0, 2.0]


def test_native_and_provenance():
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["provenance"] = "Synthetic: made up"
    assert records.provenance_of(frame) == "Synthetic: made up"
    assert records.provenance_of(pl.DataFrame({"provenance": ["x"]})) is None
    assert [records.native_of(FORMS[f](plain(9))) for f in ("pandas", "polars, lazy", "pyarrow", "narwhals")] == [
        "pandas",
        "polars",
        "pyarrow",
        "polars",
    ]
    assert records.native_of({"a": [1]}) is None


# What is handed on as it lies in memory


def coded(data, name, **options):
    rows = next(records.read(data, [name], **options))
    return rows.code(0, rows.n_rows)


def test_dictionary_indices_are_not_copied():
    for type_ in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
        indices = pa.array([1, 0, None, 1], type_)
        table = pa.table({"a": pa.DictionaryArray.from_arrays(indices, ["x", "y"])})
        batch = coded(table, "a")
        assert batch.columns[0].codes.__array_interface__["data"][0] == indices.buffers()[1].address
        assert batch.labels == [[None, "x", "y"]]


def test_pandas_codes_are_not_copied():
    frame = pd.DataFrame({"a": pd.Categorical(["x", None, "y"], categories=["y", "x", "z"])})
    batch = coded(frame, "a")
    assert np.shares_memory(batch.columns[0].codes, frame["a"].array.codes)
    assert batch.labels == [[None, "y", "x", "z"]] and batch.ordered == [True]


def test_polars_enums_and_arrow_integers_and_booleans_are_not_copied():
    frame = pl.DataFrame(
        {"c": pl.Series(["a", "b"] * 9, dtype=pl.Enum(["b", "a"])), "i": pl.Series([3, 4] * 9, dtype=pl.Int8)}
    )
    assert np.shares_memory(coded(frame, "i").columns[0].codes, frame["i"].to_numpy(allow_copy=False))
    physical = frame["c"].to_physical().to_numpy(allow_copy=False)
    assert np.shares_memory(coded(frame, "c").columns[0].codes, physical)
    array = pa.array([True, None, False])
    column = coded(pa.table({"b": array}), "b").columns[0]
    assert column.codes.__array_interface__["data"][0] == array.buffers()[1].address
    assert (column.bit_offset, column.n_rows) == (0, 3)


# The order of labels


def test_categoricals_and_enums_keep_order_and_unused_levels():
    levels = ["low", "high", "middle"]
    values = ["high", "low", None, "high"]
    forms = [
        pd.DataFrame({"a": pd.Categorical(values, categories=levels)}),
        pl.DataFrame({"a": pl.Series(values, dtype=pl.Enum(levels))}),
        pa.table({"a": pa.DictionaryArray.from_arrays([1, 0, None, 1], levels, ordered=True)}),
    ]
    for form in forms:
        found = dr.tally(form, "a")
        assert found.labels["a"] == [*levels, "not stated"]
        assert found.counts.tolist() == [1, 2, 0, 1]


def test_a_plain_dictionary_is_only_an_encoding():
    array = pa.DictionaryArray.from_arrays([1, 0, None, 3], ["b", "a", "unused", "b", None])
    found = dr.tally(pa.table({"a": array}), "a")
    assert found.labels["a"] == ["a", "b", "not stated"]
    assert found.counts.tolist() == [1, 2, 1]


def test_a_large_dictionary_is_coded_by_what_is_used():
    labels = [f"ward {i:05}" for i in range(60_000)]
    indices = pa.array([5, 59_999, None, 5], pa.int32())
    batch = coded(pa.table({"a": pa.DictionaryArray.from_arrays(indices, labels)}), "a")
    assert batch.labels == [[None, "ward 00005", "ward 59999"]]
    assert batch.columns[0].codes.tolist() == [0, 1, -1, 0]


def test_dictionaries_of_integers_and_of_nulls_alone():
    found = dr.tally(pa.table({"a": pa.array([7, 3, 7]).dictionary_encode()}), "a")
    assert found.labels["a"] == [3, 7] and found.counts.tolist() == [1, 2]
    nothing = pa.DictionaryArray.from_arrays(pa.array([None, None], pa.int8()), pa.array([], pa.string()))
    assert dr.tally(pa.table({"a": nothing}), "a").counts.tolist() == [2]


def test_corrupt_dictionary_indices_are_refused():
    for labels in (["x"], [str(i) for i in range(2000)]):
        indices = pa.array([0, 2001, 1], pa.int16())
        array = pa.DictionaryArray.from_arrays(indices, labels, safe=False)
        for options in ({}, {"where": [False, True, True]}):
            with pytest.raises(IndexError, match="column 'a': code 2001 at row 1 is outside 0 to"):
                dr.tally(pa.table({"a": array}), "a", **options)


def test_all_null_and_empty_columns():
    for frame in (pa.table({"a": pa.nulls(3)}), pl.DataFrame({"a": [None] * 3}), pd.DataFrame({"a": [None] * 3})):
        found = dr.tally(frame, "a")
        assert found.labels["a"] == ["not stated"] and found.counts.tolist() == [3]
    for frame in (pa.table({"a": pa.array([], pa.string())}), pl.DataFrame({"a": pl.Series([], dtype=pl.String)})):
        assert dr.tally(frame, "a").counts.sum() == 0


# What is refused


def test_a_missing_column_names_the_nearest():
    for form in ("pandas", "polars", "pyarrow", "duckdb", "polars, lazy", "record batch", "dict of arrays"):
        with pytest.raises(ValueError, match="no column 'ethnicty' in the data; did you mean 'ethnicity'"):
            dr.tally(FORMS[form](plain(9)), "ethnicty")


def test_two_columns_of_one_name():
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(ValueError, match="two columns are named 'a'"):
        dr.tally(frame, "a")
    with pytest.raises(ValueError, match="two columns are named 'a'"):
        dr.tally(pa.RecordBatch.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), "a")


@pytest.mark.parametrize(
    "values, said",
    [
        (pa.array([1.5]), "float64 cannot be used as groups; cut it into classes"),
        (pa.array([1], pa.date32()), "dates or times cannot be used as groups; turn dates into periods"),
        (pa.array([1], pa.duration("s")), "durations cannot be used"),
        (pa.array([b"x"]), "binary cannot be used as groups"),
        (pa.array([[1]]), "cannot be used as groups"),
    ],
)
def test_arrow_types_that_are_no_groups(values, said):
    with pytest.raises(TypeError, match=f"column 'a': .*{said}"):
        dr.tally(pa.table({"a": values}), "a")


def test_pandas_types_that_are_no_groups():
    with pytest.raises(TypeError, match=r"column 'a': .* whole numbers: convert it with .astype\('Int64'\)"):
        dr.tally(pd.DataFrame({"a": [1.0, None]}), "a")
    with pytest.raises(TypeError, match="column 'a': float64 cannot be used as groups; cut it"):
        dr.tally(pd.DataFrame({"a": [1.5]}), "a")
    with pytest.raises(TypeError, match="column 'a': datetime64"):
        dr.tally(pd.DataFrame({"a": pd.to_datetime(["2024-01-01"])}), "a")
    with pytest.raises(TypeError, match="column 'a': period"):
        dr.tally(pd.DataFrame({"a": pd.period_range("2024-01", periods=1, freq="M")}), "a")
    with pytest.raises(TypeError, match="column 'a': row 1 holds int 7 where text is expected"):
        dr.tally(pd.DataFrame({"a": pd.Series(["x", 7], dtype=object)}), "a")


def test_missing_weights_name_their_row():
    for frame in (
        pa.table({"a": ["x"] * 3, "w": pa.chunked_array([[1.0, 2.0], [None]], pa.float64())}),
        pl.DataFrame({"a": ["x"] * 3, "w": [1.0, 2.0, None]}),
        pd.DataFrame({"a": ["x"] * 3, "w": pd.array([1, 2, None], "Int64")}),
        {"a": ["x"] * 3, "w": [1.0, 2.0, None]},
        {"a": ["x"] * 3, "w": np.ma.array([1.0, 2.0, 3.0], mask=[0, 0, 1])},
    ):
        with pytest.raises(ValueError, match="weight 'w': missing at row 2"):
            dr.tally(frame, "a", weight="w")


def test_lengths_of_weight_and_where_are_checked():
    for form in ("pandas", "polars", "pyarrow", "duckdb", "record batch reader"):
        for option in ({"weight": np.ones(8)}, {"weight": np.ones(10)}, {"where": [True] * 8}, {"where": [True] * 10}):
            with pytest.raises(ValueError, match=r"(weight|where) has .* values and the data"):
                dr.tally(FORMS[form](plain(9)), "met", **option)


def test_where_must_say_true_or_false():
    frame = pl.DataFrame({"a": ["x", "y"]})
    with pytest.raises(TypeError, match="another library; write it with narwhals"):
        dr.tally(frame, "a", where=pl.col("a") == "x")
    with pytest.raises(TypeError, match="where: row 1 holds None"):
        dr.tally(frame, "a", where=[True, None])
    with pytest.raises(TypeError, match="not float64"):
        dr.tally(frame, "a", where=[1.0, 0.0])
    with pytest.raises(TypeError, match="where must say True or False"):
        dr.tally(frame, "a", where=nw.col("a"))


def test_what_is_no_table():
    for data in (5, pa.array([1]), None, object()):
        with pytest.raises(TypeError, match=r"data (must be|is an Arrow array)"):
            dr.tally(data, "a")


def test_an_expression_over_a_column_that_is_not_there():
    for form in (pl.DataFrame, pd.DataFrame, dict):
        with pytest.raises(ValueError, match=r"where: .*nothing"):
            dr.tally(form({"a": ["x"]}), "a", where=nw.col("nothing") > 0)


def test_an_expression_does_not_look_under_a_mask():
    data = {"a": ["x", "y"], "b": np.ma.array([1, 1], mask=[0, 1])}
    assert dr.tally(data, "a", where=nw.col("b") == 1).labels["a"] == ["x"]


def test_null_structs_are_no_rows():
    array = pa.StructArray.from_arrays([pa.array(["x", "y"])], names=["a"], mask=pa.array([False, True]))
    with pytest.raises(ValueError, match="data: row 1 is a null struct"):
        dr.tally(array, "a")
    assert dr.tally(array[:1], "a").counts.tolist() == [1]


def test_objects_that_pandas_makes_of_booleans():
    for nothing in (None, pd.NA, pd.NaT, float("nan")):
        data = pd.DataFrame({"a": pd.Series([True, nothing, False], dtype=object)})
        assert dr.tally(data, "a").to_dict() == {"a": [False, True, "not stated"], "count": [1, 1, 1]}


@pytest.mark.parametrize(
    "make",
    [
        lambda numbers: pd.DataFrame({"a": ["x", "y"], "w": numbers}),
        lambda numbers: {"a": ["x", "y"], "w": pd.array(numbers, dtype="Int64")},
        lambda numbers: pl.DataFrame({"a": ["x", "y"], "w": numbers}),
        lambda numbers: pa.table({"a": ["x", "y"], "w": numbers}),
    ],
)
def test_whole_weights_of_any_frame_must_be_exact(make):
    assert dr.tally(make([1, 2**53]), "a", weight="w").sums.tolist() == [1.0, 2.0**53]
    with pytest.raises(ValueError, match=r"weight 'w': 9007199254740993 at row 1 is a whole number above 2\*\*53"):
        dr.tally(make([1, 2**53 + 1]), "a", weight="w")


def test_a_filter_of_arrow_booleans():
    data = {"a": ["x", "y"]}
    for where in (pa.array([True, False]), pa.chunked_array([[True], [False]])):
        assert dr.tally(data, "a", where=where).to_dict() == {"a": ["x"], "count": [1]}
    with pytest.raises(TypeError, match="where: row 1 holds None"):
        dr.tally(data, "a", where=pa.array([True, None]))


def test_one_column_is_not_a_table():
    with pytest.raises(TypeError, match="data is one column"):
        dr.tally(pd.Series([1], name="a"), "a")
