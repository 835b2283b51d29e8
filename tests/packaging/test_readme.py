"""What the README shows works as it stands."""

import csv
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text()
COMMANDS = [
    shlex.split(line)[1:] for line in README.replace("\\\n", " ").splitlines() if line.startswith("    dueregard ")
]


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # it writes a folder of made-up files
    code = "\n".join(re.findall(r"```python\n(.*?)```", README, re.S))
    assert "dr.gap(" in code
    shown: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), shown)
    assert "percentage points lower" in shown["gap"].sentences()[0]  # type: ignore[attr-defined]
    said = shown["searched"].filter(group="Black").sentences()[0]  # type: ignore[attr-defined]
    assert "3.06 times the rate (95% interval 2.92 to 3.21)" in said and "3.06 times (2.92 to 3.21)" in README
    assert "the ratio is 2.74 to 3.57" in said and "2.74 to 3.57" in README
    said = " ".join(shown["moved"].sentences())  # type: ignore[attr-defined]
    assert "widened by 2.6 percentage points (95% interval 0.3 to 4.9 wider)" in said
    assert "It is not shown that boroughs changed differently" in said
    assert "London's widened by 2.6 points (0.3 to 4.9); boroughs are not shown to have changed differently" in README
    said = shown["parts"].sentences()[1]  # type: ignore[attr-defined]
    assert "been 3.2 percentage points (95% interval 4.7 to 1.7 lower) instead of 8.0, 40% of the gap" in said
    assert "alike in all three they would be 3.2 points lower (1.7 to 4.7), 40% of the gap" in README


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_command_runs(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dueregard", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_its_figures_of_coverage_are_those_of_the_enumeration() -> None:
    def by_smaller_group(method: str, figure: str) -> dict[int, list[float]]:
        with (Path(__file__).parents[2] / "coverage" / "results.csv").open() as file:
            rows = [r for r in csv.DictReader(file) if (r["measure"], r["method"]) == ("difference", method)]
        sizes = {min(int(r["nobs1"]), int(r["nobs2"])) for r in rows}
        return {n: [float(r[figure]) for r in rows if min(int(r["nobs1"]), int(r["nobs2"])) == n] for n in sizes}

    text = " ".join(README.split())
    score, wald = (by_smaller_group(f"dueregard {method}", "minimum") for method in ("score", "wald"))
    means = [sum(values) / len(values) for values in by_smaller_group("dueregard score", "mean").values()]
    assert f"{min(means):.1%} to {max(means):.1%} of the time on average" in text
    assert f"it is {min(score[5]):.1%} where the smaller group has 5 people and {min(score[200]):.1%}" in text
    assert f"worst are {min(wald[5]):.1%} and {min(wald[200]):.1%}" in text
    for method in ("dueregard chan-zhang", "dueregard agresti-min"):
        assert min(min(values) for values in by_smaller_group(method, "minimum").values()) >= 0.95


def test_what_it_links_to_exists() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (Path(__file__).parents[2] / link).exists(), link
