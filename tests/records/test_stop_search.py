"""Stop and search files: blanks told apart, columns that come and go, rows checked, counts as a plain count has."""

import csv
from collections import Counter

import narwhals as nw
import numpy as np
import pytest

import dueregard as dr
from dueregard.records.known_files import stop_search_coding, stop_search_records
from dueregard.records.known_files.stop_search_columns import OPTIONAL, PERSON, REQUIRED

SELF, OFFICER, LINK = "Self-defined ethnicity", "Officer-defined ethnicity", "Outcome linked to object of search"
COLUMNS = [*REQUIRED, *OPTIONAL]
MET = "2016-06-metropolitan-stop-and-search.csv"


def counts(source, *columns, **options):
    """The cells that are not empty, by their labels, or their one label."""
    table = dr.tally(dr.read_stop_search(source), list(columns), **options).to_dict()
    cells = zip(*(table[name] for name in columns), strict=True)
    found = {key: n for key, n in zip(cells, table["count"], strict=True) if n}
    return {key[0]: n for key, n in found.items()} if len(columns) == 1 else found


def test_what_a_vehicle_leaves_blank_does_not_apply(published, vehicle):
    path = published({}, vehicle, vehicle | {SELF: "Not Stated (NS)", "Gender": "Male"}, {"Gender": "", OFFICER: ""})
    assert counts(path, "Gender") == {"Male": 2, "not stated": 1, "not applicable": 1}
    assert counts(path, SELF) == {"White - White British (W1)": 2, "not applicable": 2}
    assert counts(path, OFFICER) == {"White": 1, "not stated": 1, "not applicable": 2}
    assert counts(path, "Age range") == {"18-24": 2, "not applicable": 2}


@pytest.mark.parametrize(
    "text", ["Not Stated (NS)", "Not stated", "Other ethnic group - Not stated", "Unknown", "N/A", ""]
)
def test_texts_that_say_nothing_are_not_stated(published, text):
    assert counts(published({SELF: text}, {}), SELF) == {"White - White British (W1)": 1, "not stated": 1}


def test_other_texts_stay(published):
    path = published({"Age range": "under 10", "Gender": "Other", OFFICER: "Not white"})
    assert counts(path, "Age range", "Gender", OFFICER) == {("under 10", "Other", "Not white"): 1}


def test_a_search_of_person_and_vehicle_has_a_person(published):
    assert counts(published({"Type": "Person and Vehicle search", "Gender": ""}), "Gender") == {"not stated": 1}


def test_a_link_that_a_file_does_not_record_is_not_collected(published, tmp_path):
    published({LINK: ""}, {LINK: ""}, folder="2016-06")
    published({LINK: ""}, {LINK: "True"}, name="2016-06-kent-stop-and-search.csv", folder="2016-06")
    assert counts(tmp_path, "force", LINK) == {
        ("Kent", "True"): 1,
        ("Kent", "not stated"): 1,
        ("Metropolitan", "not collected"): 2,
    }


def test_a_blank_column_that_every_force_fills_in_is_not_stated(published):
    assert counts(published({"Outcome": "", OFFICER: ""}), "Outcome", OFFICER) == {("not stated", "not stated"): 1}


def test_columns_come_and_go(published, tmp_path):
    published({}, columns=[name for name in COLUMNS if name not in (LINK, "Latitude")])
    published({"Self-harm": "no"}, name="2016-07-metropolitan-stop-and-search.csv", columns=["Self-harm", *COLUMNS])
    searches = dr.read_stop_search(tmp_path)
    assert {"force", "month", LINK, "Latitude", "Self-harm", *COLUMNS} == set(searches.columns)
    assert counts(tmp_path, "month", LINK, "Self-harm") == {
        ("2016-06", "not collected", "not collected"): 1,
        ("2016-07", "False", "no"): 1,
    }


def test_order_of_columns_does_not_matter(published):
    assert counts(published({}, columns=COLUMNS[::-1]), "Gender", "Type") == {("Male", "Person search"): 1}


def test_a_byte_order_mark_and_windows_line_ends(published):
    path = published({}, {"Gender": "Female"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert counts(path, "Gender", "Removal of more than just outer clothing") == {
        ("Female", "False"): 1,
        ("Male", "False"): 1,
    }


def test_commas_quotes_and_line_ends_inside_a_cell(published):
    names = ['Operation "Blunt", part 2', "two\nlines"]
    path = published(*({"Policing operation": name, "Part of a policing operation": "True"} for name in names))
    assert counts(path, "Policing operation") == dict.fromkeys(names, 1)


def test_a_header_alone_is_no_searches(published):
    searches = dr.read_stop_search(published())
    assert searches.n_rows == 0
    tally = dr.tally(searches, ["force", "Gender"])
    assert tally.counts.sum() == 0
    assert searches.to_frame().shape == (0, 17)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda b: b + b"a,b\n", "line 4 has 2 cells, the header 15"),
        (lambda b: b + b"\n", "line 4 is blank"),
        (lambda b: b.replace(b"Male", b"M,ale", 1), "line 2 has 16 cells, the header 15; a text that holds a comma"),
        (lambda b: b.replace(b"Male", b"M\xe9le", 1), r"line 2 is not UTF-8 \(byte 0xE9\); it may be Latin-1"),
        (lambda b: b.replace(b"Male", b'"Male', 1), "line 2 begins a row in which a quote is not closed"),
        (lambda b: b.replace(b"Male", b'"Ma"le', 1), "line 2 has text after the quote that ends a cell"),
        (lambda b: b[:-1] + b"\r", "line 3 has a carriage return without a line feed"),
        (lambda b: b.decode().encode("utf-16"), "line 1 is not UTF-8 .* it looks like UTF-16"),
        (lambda b: b"\n" + b, "there is no 'Type', 'Date', .* found no columns"),
        (
            lambda b: b.replace(b"Gender", b"Sex", 1),
            "expected the columns of a stop and search file .* is no 'Gender'; found 'Type', .* 'Sex', ",
        ),
        (
            lambda b: b.replace(b"Self-defined ethn", b"Self defined ethn", 1),
            "no 'Self-defined ethnicity' .did you mean 'Self defined",
        ),
        (lambda b: b.replace(b"Latitude", b"Longitude", 1), "two columns are named 'Longitude'"),
        (lambda b: b.replace(b"Latitude", b"month", 1), "it has a column 'month', which is taken from the name"),
    ],
)
def test_bad_files_are_refused_by_name_and_line(published, change, message):
    path = published({}, {})
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=message) as error:
        dr.tally(dr.read_stop_search(path), "Outcome")
    assert MET in str(error.value)


def test_a_bad_row_is_found_whatever_columns_are_asked_for(published):
    path = published({})
    path.write_bytes(path.read_bytes() + b",,\n")
    for ask in (lambda s: dr.tally(s, "force"), lambda s: s.notes, lambda s: s.to_frame(["month"])):
        with pytest.raises(ValueError, match="line 3 has 3 cells"):
            ask(dr.read_stop_search(path))


def test_a_file_that_changed_meanwhile(published):
    searches = dr.read_stop_search(published({}))
    published({}, columns=COLUMNS[::-1])
    with pytest.raises(ValueError, match="has changed since its header was read"):
        dr.tally(searches, "Outcome")


def test_a_column_that_is_not_there(published):
    searches = dr.read_stop_search(published({}))
    with pytest.raises(ValueError, match="no column 'outcome' in the stop and search files; did you mean 'Outcome'"):
        dr.tally(searches, "outcome")
    with pytest.raises(ValueError, match="no column 'x'"):
        searches.to_frame(["x"])


def test_only_some_rows(published, vehicle):
    path = published({}, vehicle, {"Gender": "Female"}, {"Gender": ""})
    assert counts(path, OFFICER, where=nw.col("Gender") == "not stated") == {"White": 1}
    assert counts(path, "Gender", where=np.array([True, True, False, False])) == {"Male": 1, "not applicable": 1}
    for length, said in ((3, "the files have more rows"), (5, "the files 4 rows")):
        with pytest.raises(ValueError, match=f"where has {length} values and {said}"):
            counts(path, "Gender", where=np.ones(length, bool))
    with pytest.raises(ValueError, match="where"):
        counts(path, "Gender", where=nw.col("nothing") == "")


def test_weights_and_labels_have_no_place(published):
    searches = dr.read_stop_search(published({}))
    with pytest.raises(TypeError, match="weight: stop and search records have no weights"):
        dr.tally(searches, "Gender", weight="Latitude")
    with pytest.raises(TypeError, match="labels: column 'Gender' is text"):
        dr.tally(searches, "Gender", labels={"Gender": ["a"]})


def test_frames_and_batches(published, tmp_path, vehicle):
    published({}, vehicle)
    published({"Gender": "Female"}, name="2016-07-kent-stop-and-search.csv")
    searches = dr.read_stop_search(tmp_path)
    frame = searches.to_frame()
    assert frame.columns == list(searches.columns)
    assert frame["Gender"].to_list() == ["Male", "not applicable", "Female"]
    assert frame["month"].to_list() == ["2016-06", "2016-06", "2016-07"]
    assert [batch.shape for batch in searches] == [(3, 17)]
    assert [batch.rows() for batch in searches.batches(["force"])] == [
        [("Metropolitan",), ("Metropolitan",), ("Kent",)]
    ]


def test_frames_without_polars(published, monkeypatch):
    path = published({}, {"Gender": ""})
    monkeypatch.setattr(stop_search_records, "installed", lambda: "pandas")
    searches = dr.read_stop_search(path)
    assert searches.to_frame(["Gender", "force"]).values.tolist() == [
        ["Male", "Metropolitan"],
        ["not stated", "Metropolitan"],
    ]
    assert dr.tally(searches, "Gender", where=nw.col("Gender") == "Male").counts.tolist() == [1]


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("group", [1, 3000, 1 << 29])
def test_the_same_in_any_number_of_pieces(tmp_path, monkeypatch, threads, group):
    folder = dr.data.write_stop_search_files(tmp_path, forces=5, months=2, rows=400)
    columns = ["force", "month", *PERSON, "Outcome"]
    expected = dr.tally(dr.read_stop_search(folder).to_frame(), columns)
    monkeypatch.setattr(stop_search_records, "GROUP_BYTES", group)
    monkeypatch.setattr(stop_search_records, "WIDE_BYTES", group)
    monkeypatch.setattr(stop_search_coding.threads, "choose", lambda asked, n_rows: threads)
    searches = dr.read_stop_search(folder)
    found = dr.tally(searches, columns)
    assert found.labels == expected.labels
    assert (found.counts == expected.counts).all()
    assert searches.n_rows == 400
    keep = np.arange(400) % 3 == 0
    assert dr.tally(searches, columns, where=keep).counts.sum() == keep.sum()
    assert len(searches.to_frame(["force"])) == 400


def test_every_measure_takes_them(published):
    rows = [
        {OFFICER: group, "Outcome": outcome} for group in ("White", "Black") for outcome in ("Suspect arrested", "None")
    ]
    searches = dr.read_stop_search(published(*rows * 5))
    found = dr.gap(searches, outcome="Outcome", positive="Suspect arrested", group=OFFICER, reference="White").to_dict()
    assert found["value"] == [50.0, 50.0]
    assert dr.tally(searches, "Outcome").native is None


def test_it_says_what_it_is_in_eighty_columns(published, tmp_path):
    path = published({})
    shown = repr(dr.read_stop_search(path))
    assert shown.startswith("Stop and search records of Metropolitan, 2016-06: 1 file\n")
    assert max(map(len, shown.splitlines())) <= 80
    dr.data.write_stop_search_files(tmp_path / "many", months=2, rows=100)
    shown = repr(dr.read_stop_search(tmp_path / "many"))
    assert shown.startswith("Stop and search records of 43 forces, 2016-05 to 2016-06: 86 files\n")
    assert max(map(len, shown.splitlines())) <= 80


# The real file, counted independently.


def plain_counts(path, columns):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return Counter(tuple(row[name] for name in columns) for row in csv.DictReader(file))


def test_the_real_file_is_counted_to_the_row(real):
    path = real(MET)
    columns = ["Type", *PERSON, "Legislation", "Object of search", "Outcome"]
    expected: Counter = Counter()
    for cells, n in plain_counts(path, columns).items():
        row = dict(zip(columns, cells, strict=True))
        for name in PERSON:
            if row[name] in ("", "Not Stated (NS)"):
                row[name] = "not applicable" if row["Type"] == "Vehicle search" else "not stated"
        expected[tuple(row.values())] += n
    assert counts(path, *columns) == expected
    assert expected.total() == 10_490


def test_the_real_file_by_ethnicity(real):
    path = real(MET)
    assert counts(path, OFFICER) == {
        "Asian": 1382,
        "Black": 4205,
        "Other": 305,
        "White": 4474,
        "not stated": 30,
        "not applicable": 94,
    }
    own = counts(path, SELF)
    assert (own["not stated"], own["not applicable"]) == (1029, 103)
    assert counts(path, LINK, "force", "month") == {("not collected", "Metropolitan", "2016-06"): 10_490}
    assert counts(path, "Age range")["under 10"] == 2
