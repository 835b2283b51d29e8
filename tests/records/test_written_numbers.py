"""Numbers written out in files without types."""

import numpy as np
import polars as pl
import pytest

import dueregard as dr
from dueregard.records.written_numbers import written_numbers


def test_numbers_blanks_and_texts_for_no_number() -> None:
    found = written_numbers(pl.Series(["1", " 2.5 ", "", None, "-3e2", "Don't know"]), ["Don't know"])
    assert found is not None
    np.testing.assert_array_equal(found, [1, 2.5, np.nan, np.nan, -300, np.nan])


@pytest.mark.parametrize("texts", [["1", "one"], ["1.000", "2"], ["", None], ["North"]])
def test_what_is_no_column_of_numbers(texts: list[str | None]) -> None:
    assert written_numbers(pl.Series(texts, dtype=pl.String)) is None


@pytest.mark.parametrize(
    "column", [np.array(["1", "2"]), ["1"], pl.Series([1, 2]), pl.Series(["1"], dtype=pl.Categorical)]
)
def test_only_text_of_a_frame_is_read(column: object) -> None:
    assert written_numbers(column) is None


def test_models_take_numbers_of_files_as_numbers_and_text_in_memory_as_text(tmp_path) -> None:
    rng = np.random.default_rng(2)
    first, second = rng.normal(50, 9, (2, 300)).round(1)
    outcome = (0.5 * first + rng.normal(0, 5, 300)).round(1)
    frame = pl.DataFrame({"y": outcome, "a": first, "b": second, "c": rng.integers(1, 4, 300)})
    frame.write_csv(tmp_path / "r.csv")
    frame.write_parquet(tmp_path / "r.parquet")
    asked = {"outcome": "y", "drivers": ["a", "b", "c"]}
    ours = [dr.key_drivers(data, **asked)["gain"] for data in (frame, tmp_path / "r.csv", tmp_path / "r.parquet")]
    assert ours[0][1:] == pytest.approx(ours[1][1:]) and ours[0][1:] == pytest.approx(ours[2][1:])
    texts = frame.with_columns(pl.col("c").cast(pl.String))
    assert np.isnan(dr.key_drivers(texts, **asked)["gain"][3])
    texts.write_parquet(tmp_path / "t.parquet")
    assert np.isnan(dr.key_drivers(tmp_path / "t.parquet", **asked)["gain"][3])


def test_of_a_file_with_answers_for_no_number(tmp_path) -> None:
    (tmp_path / "r.csv").write_text(
        "y,a,b\n" + "".join(f"{i % 7},{i % 5},{(i * i) % 11}\n" for i in range(99)) + "Don't know,3,NA\n"
    )
    found = dr.key_drivers(
        tmp_path / "r.csv", outcome="y", drivers=["a", "b"], exclude="Don't know", missing={"NA": "not stated"}
    )
    assert (found["nobs"][0], found["outcome_missing"][0]) == (99, 1)
