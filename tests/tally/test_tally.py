"""dr.tally: labels, kinds of missing, selections, and what it refuses."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr
from dueregard import memory


def test_the_outcome_is_the_last_dimension() -> None:
    tally = dr.tally({"a": [1, 2, 2], "b": ["x", "y", "y"]}, "b", outcome="a")
    assert tally.dims == ("b", "a")
    assert tally.outcome == "a"
    assert tally.counts.tolist() == [[1, 0], [0, 2]]


def test_kinds_of_missing_are_kept_apart_and_last() -> None:
    answers = ["yes", None, "", "Refused (R)", "n/a", "no"]
    tally = dr.tally({"answer": answers}, "answer", missing={"Refused (R)": "refused", "n/a": "not applicable"})
    assert tally.labels["answer"] == ["no", "yes", "not stated", "refused", "not applicable"]
    assert tally.counts.tolist() == [1, 1, 2, 1, 1]


def test_text_that_is_a_kind_of_missing_is_that_kind() -> None:
    tally = dr.tally({"answer": ["yes", "not stated", None]}, "answer")
    assert tally.labels["answer"] == ["yes", "not stated"]
    assert tally.counts.tolist() == [1, 2]


def test_an_unknown_kind_of_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="missing: 'NS' is mapped to 'unknown'"):
        dr.tally({"answer": ["yes"]}, "answer", missing={"NS": "unknown"})


@pytest.mark.parametrize(
    "mapping, error, message",
    [
        ("NS", TypeError, "missing must be a dict of labels to kinds of missing, not str"),
        (["NS"], TypeError, "missing must be a dict"),
        ({None: "refused"}, ValueError, "missing: None is mapped to 'refused', but null, NaN and empty text are"),
        ({"": "not applicable"}, ValueError, "missing: '' is mapped to 'not applicable', but null"),
    ],
)
def test_a_mapping_of_missing_that_would_be_passed_over_is_refused(mapping: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        dr.tally({"a": ["x"]}, "a", missing=mapping)


@pytest.mark.filterwarnings("ignore:missing. no row has the label")
def test_true_is_not_one_and_one_is_not_true() -> None:
    assert dr.tally({"a": [True, False]}, "a", missing={1: "refused"}).labels["a"] == [False, True]
    assert dr.tally({"a": [1, 0]}, "a", missing={True: "refused"}).labels["a"] == [0, 1]
    assert dr.tally({"a": [1, 0]}, "a", missing={1: "refused", "1": "not collected"}).labels["a"] == [0, "refused"]
    assert dr.tally({"a": [True, False]}, "a", missing={True: "refused"}).labels["a"] == [False, "refused"]
    with pytest.raises(ValueError, match="'a': the labels True and 1 are a boolean and a number"):
        dr.tally({"a": [True]}, "a") + dr.tally({"a": [1]}, "a")


def test_integers_are_labels_and_unseen_ones_between_are_not_levels() -> None:
    tally = dr.tally({"year": np.array([2011, 2009, 2011], np.int32)}, "year")
    assert tally.labels["year"] == [2009, 2011]
    assert tally.counts.tolist() == [1, 2]


def test_labels_make_integers_codes_and_keep_unused_levels() -> None:
    tally = dr.tally({"grade": np.array([2, 0, 2], np.uint8)}, "grade", labels={"grade": ["PC", "Sgt", "Insp"]})
    assert tally.labels["grade"] == ["PC", "Sgt", "Insp"]
    assert tally.counts.tolist() == [1, 0, 2]


@pytest.mark.parametrize("bad", [-1, 3, 100])
@pytest.mark.parametrize("threads", [1, 3])
def test_a_code_without_a_label_names_the_column_and_the_first_bad_row(bad: int, threads: int) -> None:
    codes = np.zeros(1000, np.int8)
    codes[[617, 900]] = bad
    with pytest.raises(IndexError, match=rf"'grade'.*{bad} at row 617"):
        dr.tally({"grade": codes}, "grade", labels={"grade": ["PC", "Sgt", "Insp"]}, threads=threads)


def test_where_keeps_the_rows_that_are_true() -> None:
    data = {"area": ["N", "S", "N"], "age": np.array([1, 2, 3])}
    assert dr.tally(data, "area", where=np.array([True, False, False])).counts.tolist() == [1]


def test_a_synthetic_input_marks_the_tally() -> None:
    class Marked(dict[str, Any]):
        provenance = "Synthetic: a test"

    tally = dr.tally(Marked(area=["N"]), "area")
    assert tally.provenance == "Synthetic: a test"
    assert (tally + dr.tally({"area": ["N"]}, "area")).provenance == "Synthetic: a test"


@pytest.mark.parametrize(
    ("columns", "message"),
    [([], "columns is empty"), (["a", "a"], "'a' is named twice"), (["a", "z"], "'z'")],
)
def test_columns_must_exist_once(columns: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dr.tally({"a": ["x"], "b": ["y"]}, columns)


@pytest.mark.parametrize(("threads", "error"), [(0, ValueError), (-2, ValueError), (1.5, TypeError), (True, TypeError)])
def test_threads_must_be_a_positive_whole_number(threads: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="threads"):
        dr.tally({"a": ["x"]}, "a", threads=threads)


@pytest.mark.parametrize(("weight", "message"), [(-1.0, "negative"), (float("nan"), "row 1"), (float("inf"), "row 1")])
def test_a_bad_weight_is_named(weight: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dr.tally({"a": ["x", "y", "x"], "w": np.array([1.0, weight, -3.0])}, "a", weight="w")


def test_more_cells_than_memory_is_refused_before_anything_is_allocated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1 << 30)
    codes = np.zeros(2, np.int32)
    labels = {name: list(range(2000)) for name in "abc"}
    with pytest.raises(MemoryError, match=r"2,000 \(a\) x 2,000 \(b\) x 2,000 \(c\) cells needs .* GiB"):
        dr.tally({"a": codes, "b": codes, "c": codes}, list("abc"), labels=labels)


def test_a_table_larger_than_any_address_is_refused() -> None:
    labels = {name: list(range(100_000)) for name in "abcdefgh"}
    with pytest.raises(MemoryError, match="cells needs"):
        dr.tally({name: np.zeros(1, np.int32) for name in labels}, list(labels), labels=labels)


def test_no_rows_give_an_empty_tally() -> None:
    tally = dr.tally({"a": np.zeros(0, np.int8), "b": []}, ["a", "b"])
    assert tally.counts.shape == (0, 0)


def test_adding_what_does_not_match_is_refused() -> None:
    a = dr.tally({"a": ["x"], "b": ["y"], "w": [1.0]}, "a")
    with pytest.raises(ValueError, match="dimensions differ"):
        a + dr.tally({"b": ["y"]}, "b")
    with pytest.raises(ValueError, match="weighted and an unweighted"):
        a + dr.tally({"a": ["x"], "w": np.array([1.0])}, "a", weight="w")


def test_a_margin_of_what_is_not_there_lists_what_is() -> None:
    tally = dr.tally({"a": ["x"], "b": ["y"]}, ["a", "b"])
    with pytest.raises(ValueError, match="no dimension 'c' in the tally; it has 'a', 'b'"):
        tally.margin("c")


def test_sums_need_weights() -> None:
    with pytest.raises(ValueError, match="pass weight="):
        _ = dr.tally({"a": ["x"]}, "a").sums


def test_counts_must_fit_their_labels() -> None:
    with pytest.raises(ValueError, match="counts has shape"):
        dr.Tally(np.zeros((2, 2), np.int64), {"a": ["x", "y"]})
    with pytest.raises(TypeError, match="integers"):
        dr.Tally(np.zeros(1), {"a": ["x"]})


def test_what_is_not_a_saved_tally_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.tally"
    np.savez(path, counts=np.zeros(1))
    with pytest.raises(ValueError, match="not a saved tally"):
        dr.load_tally(path.with_suffix(".tally.npz"))


@pytest.mark.parametrize("name", ["count", "weight_sum", "weight_squares", "provenance"])
def test_a_column_with_the_name_of_the_counts_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"may not be called '{name}'"):
        dr.tally({name: ["x"]}, name)


def test_every_margin_of_a_synthetic_tally_says_so() -> None:
    cube = dr.tally(dr.data.example("workforce"), ["role", "gender"]).cube()
    assert cube.provenance and set(cube.to_dict()["provenance"]) == {cube.provenance}


@pytest.mark.parametrize(
    "labels, error, message",
    [
        ({"a": ["x", "x"]}, ValueError, "labels: 'a' has 'x' twice"),
        ({"a": [True, 1]}, ValueError, "labels: 'a' has 1 twice"),
        ({"a": "xy"}, TypeError, "labels: 'a' needs a list of labels, not 'xy'"),
    ],
)
def test_labels_are_lists_of_distinct_ones(labels: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        dr.Tally(np.array([1, 2]), labels)


def test_a_label_that_a_file_does_not_keep_is_named(tmp_path: Path) -> None:
    tally = dr.tally({"a": [0, 1]}, "a", labels={"a": [(1, 2), "x"]})
    with pytest.raises(TypeError, match=r"dimension 'a': the label \(1, 2\) is a tuple"):
        tally.save(tmp_path / "t.tally")
    assert not (tmp_path / "t.tally").exists()


def test_a_damaged_tally_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.tally"
    dr.tally({"a": ["x", "y"], "w": [1.0, 2.5]}, "a", weight="w").save(path)
    whole = path.read_bytes()
    for cut in (10, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:cut])
        with pytest.raises(ValueError, match=r"t\.tally: not a saved tally, or a damaged one"):
            dr.load_tally(path)
    for i in range(40, len(whole), 7):  # any other byte: the same tally or an error, never another tally
        path.write_bytes(whole[:i] + bytes([whole[i] ^ 255]) + whole[i + 1 :])
        try:
            found = dr.load_tally(path)
        except ValueError as error:
            assert "damaged" in str(error)
        else:
            assert (found.labels, found.counts.tolist(), found.sums.tolist()) == ({"a": ["x", "y"]}, [1, 1], [1.0, 2.5])


def test_a_label_of_missing_that_no_row_has_is_warned_about() -> None:
    with pytest.warns(UserWarning, match="no row has the label 'Prefer not say'; did you mean 'Prefer not to say'"):
        dr.tally({"a": ["x", "Prefer not to say"]}, "a", missing={"Prefer not say": "refused"})


def test_a_tally_shows_its_shape_and_its_warnings() -> None:
    counts = dr.Tally(np.array([[1200, 2], [3, 4]]), {"area": ["N", "S"], "met": [True, False]}, outcome="met")
    assert repr(counts) == "Tally of 1,209 rows: area (2) x met (2), outcome met\nInternal: not checked for disclosure"
    marked = dr.Tally(counts.counts, counts.labels, provenance="Synthetic: a test")
    assert repr(marked.cube()).splitlines() == [
        "Cube of every margin of area (2) x met (2)",
        "Internal: not checked for disclosure",
        "Synthetic: a test",
    ]
