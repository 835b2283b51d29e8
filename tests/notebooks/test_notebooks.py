"""Every notebook runs from top to bottom, shows what it promises, and is stored without outputs."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

PROMISES = {
    "01-satisfaction-gap": [
        "percentage points lower",
        "Internal: not checked for disclosure",
        "Synthetic",
        "<svg",
    ],
    "02-stop-and-search": [
        "3.06 times the rate (95% interval 2.92 to 3.21)",
        "does not measure discrimination",
        "99 of a vehicle alone, outside the base",
        "the rate for the Black group is 2.74 to 3.57 times that for the White group",
        "not available for the Mixed group, which the source does not record",
        "The find rate is not available",
        "Encounter 2.45 (2.363 to 2.549)",
        "standardised by Borough (Mantel-Haenszel)",
        "<svg",
        "where population group is",
        "Internal: not checked for disclosure",
        "Synthetic",
    ],
    "03-self-assessment": [
        "71 of 73",
        "18 answers missing",
        "who can learn from whom",
        "Havering",
        "Level 3",
        "29 of 576",
        "weighted kappa was 0.73 (95% interval 0.66 to 0.80)",
        "22 of 32 is 68.75%, not the 67% printed",
        "no whole count; the nearest is 21, 65.63%",
        "No target was set",
        "<svg",
        "Internal: not checked for disclosure",
        "Synthetic",
    ],
    "04-confidence-survey": [
        "was 63.8% (95% interval 62.8 to 64.7; 20,183 answers, worth 10,175)",
        "differs by borough beyond chance",
        "not compared across January 2009",
        "The gap widened by 2.6 percentage points (95% interval 0.3 to 4.9 wider)",
        "Chance alone would hardly do that (p = 0.027): the gap has changed, but by no more than the 5",
        "It is not shown that boroughs changed differently",
        "the gap is shown to have changed in one borough: Hammersmith & Fulham",
        "The two share 6 months, which the interval allows for",
        "standard error 0.82 points; as if nothing were shared 1.15",
        "Change of the gap in good job (Excellent or Good), the Minority ethnic group against the White group: ",
        "so no ranks are shown",
        "2=",
        "design effect 1.92",
        "depends on what they would have said",
        "<svg",
        "Internal: not checked for disclosure",
        "Synthetic",
    ],
    "05-why-is-there-a-gap": [
        "most goes with fair treatment and engagement",
        "fair treatment is first, engagement second, dealing with crime third and worry about disorder fourth",
        "Fair treatment matters more for good job to people in the Minority ethnic group than to those in the White",
        "its gain is -0.1 to 0.1",
        "(95% interval 4.7 to 1.7 lower) instead of 8.0, 40% of the gap",
        "What goes with who is in the groups comes to 4.8 points lower (95% interval 5.5 to 4.1 lower), 60% of the gap",
        "gap -7.0, composition -5.0, rates -2.0",
        "The change in who answered goes with a gap that is narrower by 3.3 points",
        "'needed_effect': 16",
        "'e_value': 1.2",
        "each of the 32 rows is another 'borough', an area and not a person",
        "<svg",
        "Internal: not checked for disclosure",
        "Synthetic",
    ],
    "06-comparing-groups": [
        "52.9% (31.0% to 73.8%)",
        "difference: -29.8 points (-55.3 to -2.5), p 0.032",
        "ratio:      0.64 times (0.36 to 0.97), p 0.032",
        "nan times (0.00 to inf)",
        "image/png",
        "per 1,000 residents",
        "557 in each group",
        "times as high (95% interval",
        "<svg",
        "exact: difference of two binomials",
        "Internal: not checked for disclosure",
        "Synthetic",
    ],
}


def executed(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return notebook


def outputs(notebook: Any) -> str:
    parts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            parts.append(output.get("text", ""))
            parts += [f"{kind}: {value}" for kind, value in output.get("data", {}).items()]
    return "\n".join(parts)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_without_warnings_and_shows_what_it_promises(path: Path) -> None:
    notebook = executed(path)
    cells = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output.text for output in cells if output.get("name") == "stderr"]
    shown = outputs(notebook)
    for promise in PROMISES[path.stem]:
        assert promise in shown
