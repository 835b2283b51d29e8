"""The map in CONTRIBUTING.md is that of the house: every room is on it, and every file that it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "python" / "dueregard"
TEXT = (ROOT / "CONTRIBUTING.md").read_text()
FILES = sorted(set(re.findall(r"`([\w/*-]+(?:\.(?:py|h|c|toml|md|txt|pyi)|/))`", TEXT)))


@pytest.mark.parametrize("name", FILES)
def test_a_file_or_folder_it_names_exists(name: str) -> None:
    found = (ROOT / name).exists() or any(ROOT.glob(name)) or any(PACKAGE.rglob(name)) or any(ROOT.glob(f"csrc/{name}"))
    assert found, name


@pytest.mark.parametrize("folder", ["csrc/kernels", "python/dueregard/inference", "python/dueregard/measures"])
def test_every_room_is_on_the_map(folder: str) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{folder}/`"))
    named = {name.strip("/") for name in re.findall(r"`(\w+)/?`", row.split("|")[2])}
    rooms = {path.name for path in (ROOT / folder).iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert rooms <= named, rooms - named


def test_every_room_of_the_package_is_on_the_map() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert rooms == {room for room in rooms if f"`python/dueregard/{room}/`" in TEXT}


@pytest.mark.parametrize("name", re.findall(r"`([\w/.]+\.py)` \(`(\w+)`", TEXT), ids="-".join)
def test_a_name_that_it_looks_for_is_in_its_file(name: tuple[str, str]) -> None:
    path, word = name
    assert any(re.search(rf"\b{word}\b", file.read_text()) for file in PACKAGE.rglob(path))
