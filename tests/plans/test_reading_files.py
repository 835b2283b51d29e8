"""Readings from files: figures become numbers, empty cells are not there, refusals name the line or the row."""

import pytest

import dueregard as dr

from .conftest import ON

HEADER = "measure,period,area,count,nobs,value,se\n"


def read(base, tmp_path, text, **options):
    path = tmp_path / "readings.csv"
    path.write_text(HEADER + text)
    return dr.plan(base, on=ON, readings=path, **options)


def test_counts_and_values_are_numbers(base, tmp_path):
    made = read(base, tmp_path, "m,2010/11 Q2,, 190 ,250,,\nm,2010/11 Q3,Barnet,,,71.5,2\n")
    found = [(reading.area, reading.figure) for reading in made.contents.readings[1:]]
    assert [(area, figure.count, figure.nobs) for area, figure in found] == [(None, 190, 250), ("Barnet", None, None)]
    assert (found[1][1].value, found[1][1].se) == (71.5, 2.0)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("m,2010/11 Q2,,190.5,250,,", "readings.csv, line 3: 'count' is 190.5, not a whole number"),
        ("m,2010/11 Q2,,1O0,250,,", "readings.csv, line 3: 'count' is '1O0', not a whole number"),
        ("m,2010/11 Q2,,-1,250,,", "readings.csv, line 3: 'count' is -1, not a number of 0 or more"),
        ("m,2010/11 Q2,,251,250,,", "readings.csv, line 3: 'count' is 251, above 'nobs', 250"),
        ("m,,,190,250,,", "readings.csv, line 3: there is no 'period'"),
        ("n,2010/11 Q2,,190,250,,", "readings.csv, line 3: 'measure' is 'n', which is not among measures"),
        ("m,2010/11 Q2,,,,nan,", "readings.csv, line 3: 'value' is nan, not a number"),
    ],
)
def test_a_row_that_cannot_be_read(base, tmp_path, row, message):
    good = "m,2010/11 Q3,,200,250,,\n"
    with pytest.raises(ValueError, match=message):
        read(base, tmp_path, good + row + "\n")
    lenient = read(base, tmp_path, good + row + "\n", strict=False)
    assert len(lenient.contents.readings) == 2 and len(lenient.rows_set_aside) == 1
    assert all(
        "1 row that could not be read is set aside, and is in no figure" in each.notes
        for each in (lenient.status(), dr.scorecard(lenient))
    )


def test_another_column_and_no_file(base, tmp_path):
    path = tmp_path / "readings.csv"
    path.write_text("measure,period,total\nm,2010/11 Q2,3\n")
    with pytest.raises(ValueError, match="line 2: unknown key 'total'; the keys are measure, period, area, count"):
        dr.plan(base, on=ON, readings=str(path))
    with pytest.raises(FileNotFoundError, match=r"no file none\.csv"):
        dr.plan(base, on=ON, readings="none.csv")


def test_parquet_holds_numbers_and_names_rows(base, tmp_path):
    polars = pytest.importorskip("polars")
    path = tmp_path / "readings.parquet"
    columns = {
        "measure": ["m", "m"],
        "period": ["2010/11 Q2", "2010/11 Q3"],
        "count": [190.0, None],
        "nobs": [250, 250],
    }
    polars.DataFrame(columns).write_parquet(path)
    with pytest.raises(ValueError, match=r"readings\.parquet, row 2: there is no 'count'"):
        dr.plan(base, on=ON, readings=path)
    polars.DataFrame(columns).head(1).write_parquet(path)
    assert dr.plan(base, on=ON, readings=path).contents.readings[-1].figure.count == 190
