"""When events happened: the file's months, what is said, months without a file, and rates of one month each."""

import pytest

import dueregard as dr

PEOPLE = {"group": ["Asian", "Black", "Mixed", "White", "Other"], "people": [1500, 1100, 400, 4900, 300]}
CITY = dr.population(PEOPLE, group="group", count="people", date="2011")
ASK = {"group": "Self-defined ethnicity", "reference": "White", "mapping": "16+1 to 5+1 (2011)"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two months of one force, and one month missing between them."""
    months = ["2016-04", "2016-06"]
    return dr.data.write_stop_search_files(tmp_path_factory.mktemp("files"), forces=["surrey"], months=months, rows=900)


def test_a_month_without_a_file_takes_the_length_away(folder):
    found = dr.proportionality(folder, CITY, **ASK)
    assert found["period"][0] == "April 2016 to June 2016" and found["months"][0] is None
    assert found["measure"][0] == "searches per 1,000 residents in the period"


def test_rows_of_one_month_are_rates_of_one_month(folder):
    found = dr.proportionality(folder, CITY, **ASK, events_by="month")
    whole = [row for row in found.rows() if row["month"] is None and row["row_type"] == "group"]
    months = [row for row in found.rows() if row["month"] is not None]
    assert {row["measure"] for row in whole} == {"searches per 1,000 residents in the period"}
    assert {row["measure"] for row in months} == {"searches per 1,000 residents in 1 month"}
    assert {row["months"] for row in months} == {1}
    black = [row["count"] for row in months if row["group"] == "Black"]
    assert sum(black) == next(row["count"] for row in whole if row["group"] == "Black")


def test_what_is_given_must_agree_with_the_file(folder):
    with pytest.raises(ValueError, match="period: '2016-06' is given, and the file is of '2016-04 to 2016-06'"):
        dr.proportionality(folder, CITY, **ASK, period="2016-06")
    with pytest.raises(ValueError, match="period: '2016-06' is given"):
        dr.unknowns(folder, CITY, **ASK, period="2016-06")


def test_of_a_part_of_a_file_what_is_given_is_taken(folder):
    import narwhals as nw

    june = nw.col("month") == "2016-06"
    found = dr.proportionality(folder, CITY, **ASK, period="2016-06", where=june)
    assert found["period"][0] == "June 2016" and found["measure"][0].endswith("in 1 month")


@pytest.mark.parametrize(("date", "said"), [("2011", True), ("2015", False), ("2016-03-27", False)])
def test_a_population_of_years_ago_is_noted(folder, date, said):
    city = dr.population(PEOPLE, group="group", count="people", date=date)
    notes = " ".join(dr.proportionality(folder, city, **ASK).notes)
    assert ("The events are of 2016, 5 years from it" in notes) == said
