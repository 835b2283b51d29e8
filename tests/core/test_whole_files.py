"""Files are written whole or not at all, by whatever writes them; links, pipes and permissions stay what they were."""

import os
import threading

import pytest

import dueregard as dr
from dueregard.publish.report.report import write_report
from dueregard.whole_files import write_whole


def findings():
    return dr.share({"sex": ["F"] * 30 + ["M"] * 70}, of="sex")


WRITERS = {
    "bytes.bin": lambda path: write_whole(path, b"as it is\r\n"),
    "findings.csv": lambda path: findings().save(path),
    "findings.json": lambda path: findings().save(path),
    "findings.parquet": lambda path: findings().save(path),
    "findings.html": lambda path: findings().save(path),
    "tally.npz": lambda path: dr.tally({"sex": ["F", "M"]}, "sex").save(path),
    "report.html": lambda path: write_report(path, findings=findings(), date="2011-03-31"),
    "return.xlsx": lambda path: dr.write_return(path, dr.frameworks.esps(), "Brent", overwrite=True),
}
EACH = pytest.mark.parametrize("name", WRITERS)


@EACH
def test_a_link_stays_a_link_and_its_file_is_written(tmp_path, name):
    target, link, plain = tmp_path / f"target-{name}", tmp_path / name, tmp_path / f"plain-{name}"
    target.write_text("old")
    link.symlink_to(target)
    for path in (link, plain):
        WRITERS[name](path)
    assert link.is_symlink() and link.resolve() == target
    assert target.read_bytes() == plain.read_bytes() != b"old"
    assert sorted(tmp_path.iterdir()) == sorted([target, link, plain])


@EACH
def test_permissions_stay_as_narrow_as_they_were(tmp_path, name):
    path, new = tmp_path / name, tmp_path / f"new-{name}"
    path.write_text("old")
    path.chmod(0o600)
    mask = os.umask(0o027)
    try:
        for each in (path, new):
            WRITERS[name](each)
    finally:
        os.umask(mask)
    assert path.read_bytes() != b"old"
    assert [each.stat().st_mode & 0o777 for each in (path, new)] == [0o600, 0o640]


@EACH
def test_a_named_pipe_is_written_to_and_not_replaced(tmp_path, name):
    pipe, found = tmp_path / name, []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    WRITERS[name](pipe)
    assert pipe.is_fifo()
    reader.join(timeout=60)
    WRITERS[name](tmp_path / f"plain-{name}")
    assert found == [(tmp_path / f"plain-{name}").read_bytes()]


@EACH
def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path, name, monkeypatch):
    path = tmp_path / name
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        WRITERS[name](path)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_text_is_utf_8_with_its_own_line_ends(tmp_path):
    write_whole(tmp_path / "a.txt", "é\r\nß\n")
    assert (tmp_path / "a.txt").read_bytes() == "é\r\nß\n".encode()


def test_a_name_as_long_as_names_may_be(tmp_path):
    path = tmp_path / f"{'n' * 251}.txt"
    write_whole(path, "long")
    assert path.read_text() == "long"


def test_what_cannot_be_written_is_named(tmp_path, monkeypatch):
    with pytest.raises(IsADirectoryError, match=f"^'{tmp_path}' is a folder, not a file$"):
        write_whole(tmp_path, "")
    with pytest.raises(FileNotFoundError, match=r"none/a.txt': there is no folder '.*/none'$"):
        write_whole(tmp_path / "none" / "a.txt", "")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "gone" / "a.txt")
    with pytest.raises(FileNotFoundError, match=r"link': there is no folder '.*/gone'$"):
        write_whole(link, "")
    kept = tmp_path / "kept.txt"
    kept.write_text("kept")
    monkeypatch.setattr(os, "access", lambda path, mode: path != kept)
    with pytest.raises(PermissionError, match=r"kept.txt' cannot be written$"):
        write_whole(kept, "")
    assert kept.read_text() == "kept"


def test_a_file_that_cannot_be_given_to_its_owner_is_closed_to_another_group(tmp_path, monkeypatch):
    from types import SimpleNamespace

    from dueregard import whole_files

    class Theirs(type(tmp_path)):
        def stat(self, **options):
            own = super().stat(**options)
            return SimpleNamespace(st_mode=0o100664, st_uid=own.st_uid + 1, st_gid=own.st_gid + 1)

    new = tmp_path / "new"
    new.touch()
    (tmp_path / "theirs").touch()

    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    whole_files._allow(new, Theirs(tmp_path / "theirs"))
    assert new.stat().st_mode & 0o777 == 0o604
