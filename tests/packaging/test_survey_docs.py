"""What the pages on surveys, trends and nonresponse say of figures, defaults and flags is true."""

import csv
import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.surveys.clusters import LONELY, Clusters
from dueregard.inference.surveys.replicates.replicate_designs import make

ROOT = Path(__file__).parents[2]
SURVEYS, TRENDS, NONRESPONSE = (
    (ROOT / "docs" / f"{name}.md").read_text() for name in ("surveys", "trends", "nonresponse")
)
WARDS = [f"w{i % 10}" for i in range(40)]
ANSWERS = ["Yes"] * 6 + ["No"] * 14


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the table whose header begins so, without the header."""
    lines = page.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_argument_of_a_design_is_explained_but_those_of_replicates_alone() -> None:
    named = set(re.findall(r"`(\w+)`", "".join(row[0] for row in table(SURVEYS, "argument"))))
    of_replicates = {"n_replicates", "fay", "scale", "replicate_scales", "mse", "rng", "degrees_of_freedom"}
    assert named == set(inspect.signature(dr.survey_design).parameters) - of_replicates


def test_every_rule_for_strata_with_one_cluster_is_there() -> None:
    rows = table(SURVEYS, "`lonely=`")
    assert [row[0].strip("`") for row in rows] == list(LONELY)
    assert "the default" in rows[0][1] and dr.survey_design().lonely == LONELY[0]


def test_refusing_a_stratum_with_one_cluster_names_it() -> None:
    data = {"yes": ["Y", "N", "Y"], "area": ["North", "North", "South"], "ward": ["a", "b", "c"]}
    design = dr.survey_design(stratum="area", psu="ward", lonely="refuse")
    with pytest.raises(ValueError, match="South"):
        dr.survey_estimate(data, outcome="yes", positive="Y", design=design)


TAKE_A_DESIGN = ["gap", "survey_estimate", "share", "ordinal_gap", "crossings", "proportionality", "multiple_responses"]


@pytest.mark.parametrize("function", TAKE_A_DESIGN)
def test_the_functions_said_to_take_a_design_do(function: str) -> None:
    assert f"`dr.{function}" in SURVEYS and "design" in inspect.signature(getattr(dr, function)).parameters


def test_coverage_is_that_of_the_simulation() -> None:
    page = " ".join((ROOT / "docs" / "coverage.md").read_text().split())
    low, high, wald = re.search(
        r"gap of an area ([\d.]+)% to\s+([\d.]+)% of the time, and R's t as little as ([\d.]+)%", SURVEYS
    ).groups()  # type: ignore[union-attr]
    assert re.search(rf"mover \(default\) \| [\d.]+ \| {low} \| {high} \|", page)
    assert re.search(rf"R's t\) \| [\d.]+ \| {wald} \|", page)


def sample(**columns: Any) -> dict[str, Any]:
    return {"team": ["A"] * 20 + ["B"] * 20, "ward": WARDS, "number": list(range(20)) + [3.0] * 20, **columns}


EDGES = {
    "0% or 100%": (sample(answer=ANSWERS + ["Yes"] * 20), None),
    "one respondent, or all in one cluster": (
        sample(answer=ANSWERS * 2, ward=[*WARDS[:20], *["w0"] * 20]),
        "ONE_CLUSTER",
    ),
    "no variance in the sample": (sample(answer=ANSWERS + ["Yes"] * 20), "NO_VARIANCE"),
    "a cluster in each stratum, and no more": (sample(answer=ANSWERS * 2, stratum=WARDS), "FEW_DEGREES"),
}


@pytest.mark.parametrize("case", EDGES)
def test_the_table_of_samples_that_say_nothing_of_themselves_is_true(case: str) -> None:
    data, flag = EDGES[case]
    row = next(row for row in table(SURVEYS, "what") if row[0] == case)
    design = dr.survey_design(psu="ward", stratum="stratum" if "stratum" in data else None)
    share = dr.survey_estimate(data, outcome="answer", positive="Yes", by="team", design=design).filter(team="B")
    gap = dr.gap(data, outcome="answer", positive="Yes", group="team", reference="A", design=design).filter(group="B")
    for found in (next(share.rows()), next(gap.rows())):
        assert found["low"] < found["high"], found
        assert dr.Flag.BORROWED_PRECISION in dr.Flag(int(found["flag"]))
    if flag:
        assert flag in row[2]
        mean = next(dr.survey_estimate(data, value="number", by="team", design=design).filter(team="B").rows())
        assert np.isfinite(mean["value"]) and np.isnan(mean["low"]) and dr.Flag[flag] in dr.Flag(int(mean["flag"]))


def test_a_replicate_of_the_bootstrap_is_the_same_however_many_follow() -> None:
    clusters = Clusters(np.repeat(np.arange(3, dtype=np.int32), 4), np.zeros(3))
    few, many = (make("bootstrap", clusters, n, rng=7).multipliers_of(0, 8) for n in (8, 40))
    assert np.array_equal(few, many) and "replicate 7 is the same however many follow" in " ".join(SURVEYS.split())


def test_published_half_widths_are_those_of_the_table() -> None:
    with (ROOT / "docs" / "tables" / "published_gaps.csv").open() as file:
        expected = list(csv.DictReader(file))
    names = ("force", "gap", "half_width", "effective_nobs", "effective_nobs1", "effective_nobs2")
    shown = [[cell.replace(",", "") for cell in row] for row in table(TRENDS, "force")]
    assert shown == [[row[name] for name in names] for row in expected]
    assert f"a design effect of {expected[0]['design_effect']}" in TRENDS
    for row in expected:
        found = dr.gap_precision(0.81, 0.74, int(row["effective_nobs"]), share=0.71)
        assert round(100 * found.half_width, 1) == float(row["half_width"])


def test_what_samples_can_say_is_what_they_can() -> None:
    for name, nobs, half_width, power in table(TRENDS, "sample"):
        size = 3_000 / 32 if name == "a borough" else float(nobs.replace(",", ""))
        found = next(dr.precision(size, p1=0.74, p2=0.81, share=0.29).rows())
        assert f"{found['half_width']:.1f}" == half_width and f"{found['power']:.2f}" == power
    assert "12.7 points" in TRENDS
    assert round(100 * dr.detectable_gap(0.81, 186, 454, design_effect=1.5), 1) == 12.7


def test_windows_that_are_not_whole_have_the_flags_of_the_table() -> None:
    months = ["2010-01", "2010-02", "2010-04", "2010-05"]
    data = {"month": months * 2, "yes": ["Y", "N"] * 4, "area": ["North"] * 4 + ["South"] * 4, "n": [5] * 7 + [0]}
    counted = dr.tally(data, ["month", "area", "yes"], count="n")
    ask = {"outcome": "yes", "positive": "Y", "time": "month", "window": 2}
    missing = next(dr.rolling(counted, **ask, ends="2010-04").rows())
    empty = next(dr.rolling(counted, **ask, by="area", ends="2010-05").filter(area="South").rows())
    broken = next(dr.rolling(counted, **ask, ends="2010-05", breaks=dr.Break("2010-05", "mode")).rows())
    expected = [row[1] for row in table(TRENDS, "in the window")]
    for found, text, name in zip(
        (missing, empty, broken), expected, ("MISSING_PERIOD", "EMPTY_PERIOD", "BREAK_IN_SERIES"), strict=True
    ):
        assert name in text and dr.Flag[name] in dr.Flag(int(found["flag"]))
        assert np.isnan(found["value"]) == ("no values" in text)


def test_ranks_are_withheld_with_both_flags_and_shown_on_request() -> None:
    areas = {"borough": list("ABCD"), "satisfied": [30, 32, 29, 31], "asked": [40] * 4}
    ask = {"by": "borough", "count": "satisfied", "nobs": "asked", "higher_is_better": True}
    for options, withheld in (({}, True), ({"insist": "asked for by the board"}, False)):
        row = next(dr.rank(areas, **ask, **options).filter(borough="A").rows())
        flag = dr.Flag(int(row["flag"]))
        assert np.isnan(row["rank"]) == withheld == (dr.Flag.RANK_WITHHELD in flag)
        assert dr.Flag.NOT_SHOWN_TO_DIFFER in flag


def test_rates_of_response_are_the_lowest_and_the_highest() -> None:
    cases = {"came_to": ["complete"] * 50 + ["no answer"] * 30 + ["unknown eligibility"] * 20}
    rates = [f"RR{i}" for i in range(1, 7)]
    found = [row["value"] for row in dr.survey_response(cases, disposition="came_to", rates=rates).rows()]
    assert min(found) == found[0] and max(found) == found[5]
    assert inspect.signature(dr.minimum_group).parameters["minimum"].default == 10
    assert "with fewer respondents than the minimum, 10 unless said" in " ".join(NONRESPONSE.split())


def test_the_comment_beside_bounds_is_what_comes_out() -> None:
    code = NONRESPONSE.split("```python\n")[2].split("```")[0]
    shown: dict[str, Any] = {}
    exec(compile(code, "nonresponse.md", "exec"), shown)
    names = ("estimate", "bound_low", "bound_high", "needed_points")
    assert "# " + ", ".join(f"{shown['row'][name]:.1f}" for name in names) in code
