"""What the source distribution and the wheel hold: what it takes to build and test, and the package alone."""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import dueregard

ROOT = Path(__file__).parents[2]
NOT_IN_THE_SDIST = (".ci/", ".git")
ADDED_TO_THE_SDIST = ("PKG-INFO", "setup.cfg", "python/dueregard.egg-info/")


def kept_files():
    """The files of the repository, with those that are new and not ignored."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git repository")
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()})


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A folder with the sdist, and the wheel built from it: built once, whichever test process comes first."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "distributions"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "dist").exists():
            for name in kept_files():
                target = folder / "source" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
            command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), "source"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder / "dist"


@pytest.fixture(scope="session")
def sdist(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = [member.name for member in archive.getmembers() if member.isfile()]
    stem = f"dueregard-{dueregard.__version__}/"
    assert all(name.startswith(stem) for name in names)
    return {name.removeprefix(stem) for name in names}


@pytest.fixture(scope="session")
def wheel(built):
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_sdist_holds_the_repository(sdist):
    expected = {name for name in kept_files() if not name.startswith(NOT_IN_THE_SDIST)}
    added = {name for name in sdist if name.startswith(ADDED_TO_THE_SDIST)}
    assert sdist - added == expected


@pytest.mark.parametrize(
    "name",
    [
        "Makefile", "constraints.txt", "setup.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md",
        "csrc/kernels/counting/cell_counts.h", "csrc/binding/methods.h", "tests/kernels/Makefile",
        "tests/kernels/harness.h",
        "tests/faults/test_nasty_codes.py", "tests/packaging/test_distributions.py", "benchmarks/run.py",
        "notebooks/01-satisfaction-gap.ipynb",
    ],
)  # fmt: skip
def test_the_sdist_holds_what_is_needed_to_build_and_test(sdist, name):
    assert name in sdist


def test_the_wheel_holds_the_package_alone(wheel):
    about = {name for name in wheel if name.startswith(f"dueregard-{dueregard.__version__}.dist-info/")}
    compiled = {name for name in wheel if name.startswith("dueregard/_core.") and name.endswith(".so")}
    kept = {name.removeprefix("python/") for name in kept_files() if name.startswith("python/dueregard/")}
    assert len(compiled) == 1
    assert wheel - about - compiled == kept


@pytest.mark.parametrize(
    "pattern",
    [
        "py.typed", "_core.pyi", "data/**/*.csv", "data/*.toml", "assessment/standards/*.toml",
        "publish/report/*.html", "publish/report/*.css",
    ],
)  # fmt: skip
def test_the_wheel_holds_what_the_package_reads(wheel, pattern):
    package = ROOT / "python"
    there = {path.relative_to(package).as_posix() for path in (package / "dueregard").glob(pattern)}
    assert there and there <= wheel


def test_the_wheel_has_its_licence_and_its_command(built, wheel):
    about = f"dueregard-{dueregard.__version__}.dist-info/"
    assert about + "licenses/LICENSE" in wheel
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        assert "dueregard = dueregard.cli:main" in archive.read(about + "entry_points.txt").decode()
