"""Returns that were opened and saved by LibreOffice are read as they were written."""

import shutil
import subprocess

import pytest

import dueregard as dr

ESPS = dr.frameworks.esps()
pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def convert(path, kind, folder):
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder / "out"), str(path)], check=True, capture_output=True, timeout=300)
    return folder / "out" / path.with_suffix(f".{kind}").name


@pytest.mark.slow
def test_a_round_through_libreoffice_changes_nothing(tmp_path, filled):
    before = dr.read_return(filled, ESPS).responses
    after = dr.read_return(convert(filled, "xlsx", tmp_path), ESPS).responses
    for name in before:
        if name != "file":
            assert after[name] == before[name], name


@pytest.mark.slow
def test_a_blank_form_is_still_known_as_such_after_a_round_through_open_document(tmp_path):
    form = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", due="2011-03-31")
    twice = convert(convert(form, "ods", tmp_path), "xlsx", tmp_path)
    assert "not filled in" in dr.read_return(twice, ESPS).set_aside["note"][0]
    with pytest.raises(ValueError, match=r"a.ods: neither .xlsx nor .csv; save it as .xlsx"):
        dr.read_return(tmp_path / "out" / "a.ods", ESPS)
