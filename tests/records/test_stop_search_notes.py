"""What stop and search files say of themselves: what was relabelled, with counts, and what is not there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.records.known_files.stop_search_columns import OPTIONAL, REQUIRED
from dueregard.records.known_files.stop_search_facts import london_month

COLUMNS = [*REQUIRED, *OPTIONAL]
SELF, LINK = "Self-defined ethnicity", "Outcome linked to object of search"
NOTHING_ELSE = (  # the made-up files leave out what is not asked for
    "Policing operation: blank in all",
    "Latitude: blank in all",
    "Longitude: blank in all",
)


def notes(source):
    return [note for note in dr.read_stop_search(source).notes if not note.startswith(NOTHING_ELSE)]


def test_nothing_to_note(published):
    assert notes(published({}, {})) == []


def test_blanks_of_people_and_vehicles(published, vehicle):
    path = published({}, vehicle, vehicle | {SELF: "Not Stated (NS)", "Gender": "Male"}, {SELF: ""}, {"Gender": ""})
    assert notes(path) == [
        "Gender: blank in 2 of 5 searches: 1 of a vehicle alone, outside the base as "
        '"not applicable", and 1 "not stated".',
        "Age range: blank in 2 of 5 searches: 2 of a vehicle alone, outside the base as "
        '"not applicable", and 0 "not stated".',
        'Self-defined ethnicity: nothing stated in 3 of 5 searches (blank in 2, "Not Stated (NS)" in 1): 2 of a '
        'vehicle alone, outside the base as "not applicable", and 1 "not stated".',
        "Officer-defined ethnicity: blank in 2 of 5 searches: 2 of a vehicle alone, outside the base as "
        '"not applicable", and 0 "not stated".',
        "2 searches are of a vehicle alone; what is stated of a person all the same is kept: Gender 1.",
    ]


def test_a_person_column_that_a_file_leaves_blank(published):
    found = notes(published({"Gender": ""}))
    assert found[1] == "Gender: nothing is stated in any search of 2016-06-metropolitan-stop-and-search.csv."


def test_columns_that_are_not_collected(published, tmp_path):
    published({LINK: ""}, {LINK: ""}, name="2016-06-kent-stop-and-search.csv")
    published({LINK: ""}, {}, name="2016-06-essex-stop-and-search.csv")
    published({}, name="2016-06-surrey-stop-and-search.csv", columns=[name for name in COLUMNS if name != LINK])
    assert notes(tmp_path) == [
        f'{LINK}: blank in every search of 2016-06-kent-stop-and-search.csv: "not collected" there.',
        f'{LINK}: no such column in 2016-06-surrey-stop-and-search.csv: "not collected" there.',
        f'{LINK}: blank in 1 of 2 other searches: "not stated".',
    ]
    assert notes(tmp_path / "2016-06-kent-stop-and-search.csv") == [
        f'{LINK}: blank in all 2 searches: "not collected".'
    ]


def test_dates_of_another_month_stay_in_the_file_and_are_said(published):
    dates = ["2016-05-31T23:00:00+00:00", "2016-05-31T22:59:59+00:00", "2016-06-30T23:00:00+00:00", "2016-07-09"]
    path = published(*({"Date": date} for date in dates))
    assert notes(path) == [
        "3 searches are dated outside the month of the file, in London time, in "
        "2016-06-metropolitan-stop-and-search.csv; the file's month stands."
    ]
    assert dr.tally(dr.read_stop_search(path), "month").labels == {"month": ["2016-06"]}


def test_dates_that_cannot_be_read(published):
    path = published({"Date": "June"}, {"Date": ""}, {})
    assert notes(path) == [
        "2 searches are without a date that can be read, in 2016-06-metropolitan-stop-and-search.csv."
    ]


def test_missing_months_and_forces_are_not_zero(published, tmp_path):
    for month in ("01", "03", "05"):
        published({"Date": f"2016-{month}-10"}, name=f"2016-{month}-kent-stop-and-search.csv")
    published({"Date": "2016-05-10"}, name="2016-05-essex-stop-and-search.csv")
    assert notes(tmp_path) == [
        "No file at all of 2016-02 and 2016-04: the searches are missing, not none.",
        "No file of Essex for 2016-01 and 2016-03: the searches are missing, not none.",
    ]


def test_forces_that_a_nearly_full_set_lacks(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path, forces=41, months=1, rows=4000)
    said = "No file of City of London and Cumbria, of the 43 forces: the searches are missing, not none."
    assert said in dr.read_stop_search(folder).notes
    few = dr.data.write_stop_search_files(tmp_path / "few", forces=21, months=1, rows=400)
    assert not any("43 forces" in note for note in dr.read_stop_search(few).notes)


def test_a_file_with_a_header_alone(published, tmp_path):
    published()
    published({}, name="2016-06-kent-stop-and-search.csv")
    assert notes(tmp_path) == ["No searches, a header alone, in 2016-06-metropolitan-stop-and-search.csv."]


def test_many_files_are_counted_not_listed(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path / "one", forces=["metropolitan"], months=7, rows=700)
    some = sorted(folder.rglob("*.csv"))[:6]
    (note,) = [note for note in dr.read_stop_search(some).notes if note.startswith(LINK)]
    assert note == f'{LINK}: blank in all 600 searches: "not collected".'
    other = dr.data.write_stop_search_files(tmp_path / "other", forces=["kent"], months=1, rows=200)
    (note,) = [
        note for note in dr.read_stop_search([folder, other]).notes if note.startswith(f"{LINK}: blank in every")
    ]
    assert "2016-02-metropolitan-stop-and-search.csv and 4 more files" in note


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(1996, 1, 1), datetime(2037, 12, 31, 23, 59, 59)).map(lambda at: at.replace(microsecond=0)),
    st.sampled_from([0, 60, -300]),
    st.booleans(),
)
def test_months_in_london_are_those_of_the_time_zone(moment, minutes, is_edge):
    if is_edge:  # around the ends of months, where the clocks matter
        moment = moment.replace(day=1, hour=0) + timedelta(minutes=moment.minute - 30)
    local = moment.replace(tzinfo=UTC)
    text = (local + timedelta(minutes=minutes)).replace(tzinfo=None).isoformat() + f"{minutes // 60:+03}:00"
    assert london_month(text) == local.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m")


@pytest.mark.parametrize(
    "moment", ["2016-03-27T00:59:59+00:00", "2016-03-31T23:00:00+00:00", "2015-10-31T23:59:59+00:00"]
)
def test_months_around_the_changes_of_clocks(moment):
    there = datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/London"))
    assert london_month(moment) == there.strftime("%Y-%m")


def test_what_is_no_date_has_no_month():
    assert [london_month(text) for text in ("", "June", "2016-06-31T00:00:00+00:00", "2016-06-10")] == [
        None,
        None,
        None,
        "2016-06",
    ]


def test_the_real_file_says_what_it_cannot_say(real):
    assert dr.read_stop_search(real("2016-06-metropolitan-stop-and-search.csv")).notes == (
        "Gender: blank in 118 of 10,490 searches: 112 of a vehicle alone, outside the base as "
        '"not applicable", and 6 "not stated".',
        "Age range: blank in 465 of 10,490 searches: 99 of a vehicle alone, outside the base as "
        '"not applicable", and 366 "not stated".',
        'Self-defined ethnicity: nothing stated in 1,132 of 10,490 searches (blank in 104, "Not Stated (NS)" in '
        '1,028): 103 of a vehicle alone, outside the base as "not applicable", and 1,029 "not stated".',
        "Officer-defined ethnicity: blank in 124 of 10,490 searches: 94 of a vehicle alone, outside the base as "
        '"not applicable", and 30 "not stated".',
        "128 searches are of a vehicle alone; what is stated of a person all the same is kept: Gender 16, "
        "Age range 29, Self-defined ethnicity 25, Officer-defined ethnicity 34.",
        'Policing operation: blank in all 10,490 searches: "not collected".',
        'Outcome linked to object of search: blank in all 10,490 searches: "not collected".',
        'Removal of more than just outer clothing: blank in all 10,490 searches: "not collected".',
    )
