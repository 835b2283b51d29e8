"""Tables of areas are refused unless they are asked for; tables of people are not."""

import warnings

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from dueregard import data
from dueregard.measures.decomposition.area_tables import check_unit, is_place

BOROUGHS = {"borough": ["Barnet", "Bexley", "Harrow"], "good_job": [61.5, 70.2, 66.1], "informed": [50.0, 61.0, 58.0]}


@pytest.mark.parametrize("make", [dict, pl.DataFrame, pl.LazyFrame])
def test_a_table_of_areas_is_refused_whatever_holds_it(make):
    words = r"unit: each of the 3 rows is another 'borough', an area and not a person.*pass unit='areas'"
    with pytest.raises(ValueError, match=words):
        check_unit(make(BOROUGHS), "people")
    check_unit(make(BOROUGHS), "areas")


@pytest.mark.parametrize("name", ["satisfaction", "attitudes", "confidence_drivers", "explained_gap"])
def test_records_of_people_are_not(name):
    check_unit(data.example(name), "people")


def test_one_row_is_no_evidence_and_places_of_the_design_say_nothing():
    check_unit({name: values[:1] for name, values in BOROUGHS.items()}, "people")
    check_unit(BOROUGHS, "people", without=["borough"])


def test_rows_left_out_do_not_count():
    years = {"year": [2009, 2009, 2010, 2010], "borough": ["Barnet", "Bexley"] * 2}
    check_unit(years, "people")
    with pytest.raises(ValueError, match="each of the 2 rows"):
        check_unit(years, "people", where=np.array([False, False, True, True]))
    with pytest.raises(ValueError, match="each of the 2 rows"):
        check_unit(pl.LazyFrame(years), "people", where=nw.col("year") == 2010)


def test_places_that_are_not_stated_are_not_places():
    check_unit({"ward": ["a", "b", None, "a"]}, "people")
    with pytest.raises(ValueError, match="each of the 2 rows is another 'ward'"):
        check_unit({"ward": ["a", "b", "not stated", "not stated"]}, "people")


def test_numbers_with_decimals_are_no_labels_and_labels_that_look_alike_are_not_told_of():
    check_unit({"area": [12.5, 13.5, 14.5]}, "people")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_unit({"ward": ["Abbey", "abbey", "Abbey"]}, "people")


@pytest.mark.parametrize(
    "name", ["borough", "Borough name", "LSOA11CD", "msoa", "police_force", "localAuthority", "Ward"]
)
def test_names_of_places(name):
    assert is_place(name)


@pytest.mark.parametrize("name", ["workforce", "reward", "forceful", "person", "areal", 3, "age_band"])
def test_names_of_other_things(name):
    assert not is_place(name)


def test_another_unit_is_refused():
    with pytest.raises(ValueError, match="unit: 'wards' is not one of 'people', 'areas'"):
        check_unit(BOROUGHS, "wards")
