"""What the pages of docs/ show works as it stands, and what they link to exists."""

import re
from pathlib import Path

import pytest

import dueregard as dr

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def test_there_are_pages() -> None:
    assert {page.name for page in PAGES} >= {"comparisons.md", "coverage.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # some pages write files
    for code in re.findall(r"```python\n(.*?)```", page.read_text(), re.S):
        exec(compile(code, page.name, "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_exists(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_public_name_on_a_page_exists(page: Path) -> None:
    for name in re.findall(r"`dr\.(\w+)", page.read_text()):
        assert hasattr(dr, name), name


def test_every_method_of_two_proportions_is_in_the_guide() -> None:
    from dueregard.inference.two_groups.comparisons import METHODS

    guide = (ROOT / "docs" / "comparisons.md").read_text()
    for method in {method for methods in METHODS.values() for method in methods}:
        assert f"`{method}`" in guide, method


ZERO = {
    "nobody": ((0, 0, 5, 10), "NaN NaN NaN", "NaN NaN NaN", "NaN NaN NaN"),
    "0 in both": ((0, 10, 0, 20), "0 finite finite", "NaN 0 inf", "NaN 0 inf"),
    "0 in the first": ((0, 10, 5, 20), "finite finite finite", "0 0 finite", "0 0 finite"),
    "0 in the second": ((5, 10, 0, 20), "finite finite finite", "inf finite inf", "inf finite inf"),
    "all in both": ((10, 10, 20, 20), "0 finite finite", "1 finite finite", "NaN 0 inf"),
}


def kind(value: float) -> str:
    return {"nan": "NaN", "inf": "inf", "0.0": "0", "1.0": "1"}.get(str(abs(value)), "finite")


@pytest.mark.parametrize("case", ZERO)
@pytest.mark.parametrize("method", ["score", "score-uncorrected", "skewness-corrected"])
def test_the_guides_table_of_zeros_is_true(case: str, method: str) -> None:
    counts, *expected = ZERO[case]
    for measure, kinds in zip(("difference", "ratio", "odds-ratio"), expected, strict=True):
        found = dr.compare_proportions(*counts, measure=measure, method=method)
        assert " ".join(map(kind, found[:3])) == kinds, measure


def test_every_public_name_in_a_docstring_exists() -> None:
    package = ROOT / "python" / "dueregard"
    rooms = {path.stem for path in package.iterdir()}
    for path in sorted(package.rglob("*.py")):
        for name in re.findall(r"`dueregard\.(\w+)`", path.read_text()):
            assert name in rooms or hasattr(dr, name), f"{path.name}: {name}"
