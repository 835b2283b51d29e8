"""Where stop and search files are found: a file, a folder, a glob, a list, a zip file."""

import zipfile

import pytest

import dueregard as dr
from dueregard.data.stop_search_forces import FORCES as GENERATED
from dueregard.records.known_files.force_names import FORCES, force_name

MAY, JUNE = "2016-05-kent-stop-and-search.csv", "2016-06-kent-stop-and-search.csv"
OTHER = "2016-06-kent-street.csv"


@pytest.fixture
def archive(published, tmp_path):
    """Two months of one force as the published archive unpacks, with a file of crimes."""
    published({}, {}, name=MAY, folder="data/2016-05")
    published({}, name=JUNE, folder="data/2016-06")
    (tmp_path / "data" / "2016-06" / OTHER).write_text("Crime ID,Month\n,2016-06\n")
    return tmp_path / "data"


def zipped(folder, path, **options):
    with zipfile.ZipFile(path, "w", **options) as file:
        for inner in sorted(folder.rglob("*.*")):
            file.write(inner, inner.relative_to(folder.parent))
    return path


def counts(source):
    tally = dr.tally(dr.read_stop_search(source), ["force", "month"])
    return tally.labels, tally.counts.tolist()


EXPECTED = {"force": ["Kent"], "month": ["2016-05", "2016-06"]}, [[2, 1]]


def test_every_kind_of_source_gives_the_same(archive, tmp_path):
    assert counts(archive) == EXPECTED
    assert counts(str(archive)) == EXPECTED
    assert counts(str(archive / "*" / "*stop-and-search.csv")) == EXPECTED
    assert counts(str(archive / "*")) == EXPECTED
    assert counts(str(archive / "**")) == EXPECTED
    assert counts([archive / "2016-06" / JUNE, archive / "2016-05"]) == EXPECTED
    assert counts(zipped(archive, tmp_path / "all.zip", compression=zipfile.ZIP_DEFLATED)) == EXPECTED
    assert counts([zipped(archive / "2016-05", tmp_path / "may.zip"), archive / "2016-06"]) == EXPECTED


def test_order_of_files_and_what_they_say_of_themselves(archive):
    found = dr.read_stop_search(archive)
    assert [path.rpartition("/")[2] for path in found.files] == [MAY, JUNE]
    assert (found.period, found.months, found.forces) == ("2016-05 to 2016-06", ("2016-05", "2016-06"), ("Kent",))
    assert dr.read_stop_search(archive / "2016-06").period == "2016-06"


def test_other_files_of_a_folder_are_passed_over_and_said(archive, tmp_path):
    said = f"Passed over, for they are not stop and search files: {OTHER}."
    assert said in dr.read_stop_search(archive).notes
    assert said in dr.read_stop_search(zipped(archive, tmp_path / "all.zip")).notes
    assert not any("Passed over" in note for note in dr.read_stop_search(archive / "2016-05").notes)


def test_a_force_and_month_twice_is_refused(archive, published):
    with pytest.raises(ValueError, match=r"Kent, 2016-06: two files, whose searches would count twice: .*named twice"):
        dr.read_stop_search([archive / "2016-06", archive / "2016-06" / JUNE])
    published({}, name=JUNE, folder="data/again")
    with pytest.raises(ValueError, match=r"Kent, 2016-06: two files.*2016-06/2016-06-kent.* and .*again/2016-06-kent"):
        dr.read_stop_search(archive)


def test_a_file_of_another_name_is_refused(published):
    path = published({}, name="june.csv")
    with pytest.raises(
        ValueError, match=r"june\.csv: not the name of .* expected 2016-06-metropolitan-stop-and-search"
    ):
        dr.read_stop_search(path)


@pytest.mark.parametrize("name", ["2016-13-kent-stop-and-search.csv", "kent-stop-and-search.csv", "2016-06-street.csv"])
def test_names_that_are_none(published, name):
    with pytest.raises(ValueError, match="not the name of a stop and search file"):
        dr.read_stop_search(published({}, name=name))


def test_nothing_to_be_found(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no stop and search file in .*: expected names such as"):
        dr.read_stop_search(tmp_path)
    (tmp_path / OTHER).write_text("a\n")
    with pytest.raises(FileNotFoundError, match=rf"found {OTHER}"):
        dr.read_stop_search(tmp_path)
    with pytest.raises(FileNotFoundError, match="no file matches"):
        dr.read_stop_search(tmp_path / "*.parquet")
    with pytest.raises(FileNotFoundError, match=r"did you mean .*2016-06-kent-street\.csv"):
        dr.read_stop_search(tmp_path / "2016-06-kant-street.csv")


@pytest.mark.parametrize("source", [None, 7, {"a": 1}, []])
def test_what_is_no_path(source):
    with pytest.raises(TypeError, match="source must be a path"):
        dr.read_stop_search(source)


def test_an_empty_file(tmp_path):
    (tmp_path / JUNE).touch()
    with pytest.raises(ValueError, match=rf"{JUNE}: the file is empty"):
        dr.read_stop_search(tmp_path)


def test_damaged_zip_files(archive, tmp_path):
    (tmp_path / "text.zip").write_text("no zip file")
    with pytest.raises(ValueError, match=r"text\.zip: not a zip file, or a damaged one"):
        dr.read_stop_search(tmp_path / "text.zip")
    path = zipped(archive / "2016-06", tmp_path / "bad.zip")
    path.write_bytes(path.read_bytes().replace(b"Controlled drugs", b"Controlled drags"))
    with pytest.raises(ValueError, match=rf"bad\.zip/2016-06/{JUNE}: damaged in its zip file"):
        dr.tally(dr.read_stop_search(path), "Outcome")


def test_an_encrypted_zip_file(archive, tmp_path):
    path = zipped(archive / "2016-05", tmp_path / "secret.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of the member in the directory
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"secret\.zip: .* is encrypted"):
        dr.read_stop_search(path)


def test_what_a_mac_adds_to_a_zip_file_is_passed_over(archive, tmp_path):
    path = zipped(archive / "2016-06", tmp_path / "mac.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(f"__MACOSX/2016-06/{JUNE}", "\0")
    assert dr.read_stop_search(path).n_rows == 1


def test_made_up_records_say_so_wherever_they_are(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path / "made", forces=1, months=1, rows=20)
    (path,) = folder.rglob("*.csv")
    for source in (folder, path, path.parent, zipped(folder, tmp_path / "made.zip")):
        searches = dr.read_stop_search(source)
        assert searches.provenance.startswith("Synthetic: ")
        assert searches.provenance in repr(searches).replace("\n  ", " ")
        assert dr.tally(searches, "Outcome").provenance == searches.provenance


def test_another_readme_says_nothing(published, tmp_path):
    path = published({})
    (tmp_path / "README.txt").write_text("Downloaded in July\nSynthetic: no\n")
    assert dr.read_stop_search(path).provenance is None


def test_forces_of_generated_files_are_those_of_real_ones():
    assert sorted(GENERATED) == sorted(FORCES)
    assert len(set(FORCES)) == 43


def test_names_of_forces_are_those_of_tables_of_forces(real):
    path = real("census-2011-police-force-population-by-ethnic-group.csv")
    names = [line.partition(",")[0] for line in path.read_text().splitlines()[1:]]
    assert sorted(map(force_name, FORCES)) == sorted(names)
    assert force_name("btp") == "British Transport Police"
