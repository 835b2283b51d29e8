"""Which published form a file has."""

import zipfile

import pytest

import dueregard as dr
from dueregard.records import known_files

SURVEY = "Area,Are they fair?,Are they fair?\n,Asian,Black\n,% Good,% Good\nNorth,1,2\n"
FORCE = "Police Force,Type of force,Tactic,White,Number of times tactic reported\nKent,Restraint,Ground restraint,1,1\n"


def write(path, text):
    path.write_text(text)
    return path


def test_each_form_is_known_and_read(published, tmp_path):
    searches, survey = published({}), write(tmp_path / "s.csv", SURVEY)
    force = write(tmp_path / "f.csv", FORCE)
    for path, form, kind in (
        (searches, "stop-and-search", known_files.StopSearchRecords),
        (survey, "perceptions", known_files.TidyRecords),
        (force, "use-of-force", known_files.TidyRecords),
    ):
        for source in (path, str(path), [path]):
            assert known_files.recognise(source) == form
            assert isinstance(known_files.read(source, form), kind)


def test_folders_globs_lists_and_zip_files_by_their_names(published, tmp_path):
    path = published({}, folder="data/2016-06")
    other = published({}, name="2016-05-kent-stop-and-search.csv", folder="data/2016-05")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as file:
        file.write(path, path.name)
    for source in (tmp_path / "data", str(tmp_path / "data" / "*" / "*.csv"), [path, other], tmp_path / "all.zip"):
        assert known_files.recognise(source) == "stop-and-search"


def test_a_name_or_a_header_is_enough_so_that_the_reader_can_say_what_is_wrong(published, tmp_path):
    assert known_files.recognise(published({}, name="june.csv")) == "stop-and-search"
    assert known_files.recognise(write(tmp_path / "2016-06-kent-stop-and-search.csv", "a\n")) == "stop-and-search"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Area,b\nNorth,1\n", "a,a\n1,2\n", 'a,"b\n', "\n", "é"])
def test_other_files_are_none(tmp_path, text):
    (tmp_path / "x.csv").write_bytes(text.encode("latin-1"))
    assert known_files.recognise(tmp_path / "x.csv") is None


def test_what_is_no_file(tmp_path):
    write(tmp_path / "x.parquet", "")
    write(tmp_path / "x.zip", "")
    for source in (
        {"a": [1]},
        None,
        tmp_path,
        tmp_path / "none.csv",
        [],
        "",
        tmp_path / "x.parquet",
        tmp_path / "x.zip",
    ):
        assert known_files.recognise(source) is None


def test_real_files(real):
    assert known_files.recognise(real("2016-06-metropolitan-stop-and-search.csv")) == "stop-and-search"
    assert known_files.recognise(real("pas-2016-neighbourhood-perceptions.csv")) == "perceptions"
    by_group = "pas-2015-2021-neighbourhood-perceptions-by-ethnic-group.csv"
    assert known_files.recognise(real(by_group)) == "perceptions"
    assert known_files.recognise(real("use-of-force-2019-20-by-force-and-ethnic-group.csv")) == "use-of-force"
    assert known_files.recognise(real("census-2011-london-population-by-ethnic-group.csv")) is None
    assert known_files.recognise(real("census-2011-police-force-population-by-ethnic-group.csv")) is None


def test_generated_files_are_known(tmp_path):
    assert (
        known_files.recognise(dr.data.write_stop_search_files(tmp_path, forces=1, months=1, rows=1))
        == "stop-and-search"
    )
