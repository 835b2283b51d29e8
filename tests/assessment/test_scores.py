"""The published scores come out, in every shape that responses have."""

import csv
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from dueregard import Tally, data
from dueregard.assessment import assess, frameworks
from dueregard.flags import Flag

ESPS = frameworks.esps()
SHARED = Path(__file__).parents[3] / "shared" / "seed-tables"


def boroughs():
    return assess(data.load("borough_answers"), ESPS)


def south_east():
    return assess(data.load("south_east_indicators"), ESPS)


def half_up(value):
    return int(value + 0.5)


def row_of(findings, **equal):
    return next(findings.filter(**equal).rows())


def long_records():
    """The south east matrix as one row for each borough and indicator."""
    matrix = data.load("south_east_indicators")
    names = [name for name in matrix if name in ESPS.indicator_ids]
    return {
        "unit": [unit for unit in matrix["borough"].tolist() for _ in names],
        "indicator": names * 6,
        "answer": [
            "Fairly satisfactory" if met else "not_very" for row in matrix.rows() for met in map(row.get, names)
        ],
    }


def test_all_32_published_percentages():
    table = data.load("borough_answers")
    scores = boroughs().scores()
    assert scores["unit"] == table["borough"].tolist()
    assert [half_up(value) for value in scores["value"]] == table["stated_percent"].tolist()
    assert len(scores) == 32


def test_scores_of_the_shared_table():
    path = SHARED / "table1-boroughs.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(newline="") as lines:
        expected = {row["borough"]: float(row["pct_of_18"]) for row in csv.DictReader(lines)}
    scores = boroughs().scores()
    assert dict(zip(scores["unit"], scores["value"], strict=True)) == pytest.approx(expected, abs=1e-4)


def test_a_missing_answer_is_a_range():
    row = row_of(boroughs().scores(), unit="Kensington & Chelsea")
    assert (row["count"], row["nobs"], row["answered"], row["outcome_missing"]) == (15, 18, 17, 1)
    assert (row["value"], row["low"], row["high"]) == (1500 / 18, 1500 / 18, 1600 / 18)
    assert row["note"] == "1 answer missing"
    assert Flag.MISSING_ANSWERS in row["flag"]


def test_full_counts_have_no_sampling_interval():
    for row in boroughs().scores().rows():
        assert Flag.FULL_COUNT in row["flag"]
        assert isnan(row["confidence_level"]) and isnan(row["pvalue"])
        if row["unit"] != "Kensington & Chelsea":
            assert row["low"] == row["value"] == row["high"] and row["note"] is None


def test_south_east_section_scores():
    scores = south_east().scores(by="section")
    published = data.load("south_east_sections")
    assert len(scores) == 18
    for row in published.rows():
        for section, label in ESPS.sections.items():
            score = row_of(scores, unit=row["borough"], section=label)
            assert half_up(score["value"]) == row[section], (row["borough"], label)
    assert [row["nobs"] for row in scores.filter(unit="Lambeth").rows()] == [11, 4, 3]


def test_south_east_totals_agree_with_the_table_of_all_boroughs():
    every = boroughs().scores()
    for row in south_east().scores().rows():
        assert row["value"] == row_of(every, unit=row["unit"])["value"]


def test_scores_by_indicator():
    scores = south_east().scores(by="indicator")
    assert scores["indicator"] == list(ESPS.indicator_ids)
    assert row_of(scores, indicator="8B")["value"] == 100 * 2 / 6
    assert row_of(scores, indicator="6B")["count"] == 3
    exempt = row_of(scores, indicator="15B")
    assert exempt["nobs"] == 0 and isnan(exempt["value"]) and exempt["note"] == "nothing to assess"
    assert Flag.NO_CASES in exempt["flag"]


@pytest.mark.parametrize("library", ["dict", "pandas", "polars", "pyarrow", "csv"])
def test_long_records_give_the_same_scores(library, tmp_path):
    records = long_records()
    if library == "pandas":
        records = pytest.importorskip("pandas").DataFrame(records)
    elif library == "polars":
        records = pytest.importorskip("polars").DataFrame(records)
    elif library == "pyarrow":
        records = pytest.importorskip("pyarrow").table(records)
    elif library == "csv":
        path = tmp_path / "returns.csv"
        pytest.importorskip("pandas").DataFrame(records).to_csv(path, index=False)
        records = path
    result = assess(records, ESPS)
    assert result.scores()["value"] == south_east().scores()["value"]
    assert result.scores("section")["value"] == south_east().scores("section")["value"]
    assert result.native == (library if library in ("pandas", "polars", "pyarrow") else None)


def test_one_file_a_unit(tmp_path):
    records = long_records()
    for unit in dict.fromkeys(records["unit"]):
        rows = [row for row in zip(*records.values(), strict=True) if row[0] == unit]
        text = "\n".join(["unit,indicator,answer", *(",".join(row) for row in rows)])
        (tmp_path / f"{unit}.csv").write_text(text)
    scores = assess(str(tmp_path / "*.csv"), ESPS).scores()
    assert scores["unit"] == sorted(dict.fromkeys(records["unit"]))
    assert sorted(scores["value"]) == sorted(south_east().scores()["value"])


def test_the_order_of_long_records_does_not_matter():
    records = long_records()
    order = np.random.default_rng(3).permutation(len(records["unit"]))
    mixed = assess({name: [column[i] for i in order] for name, column in records.items()}, ESPS).scores()
    expected = south_east().scores()
    assert dict(zip(mixed["unit"], mixed["value"], strict=True)) == dict(
        zip(expected["unit"], expected["value"], strict=True)
    )


def test_a_tally_of_unit_by_answer():
    table = data.load("borough_answers")
    counts = np.column_stack([table[name] for name in ESPS.answer_ids])
    labels = {"unit": table["borough"].tolist(), "answer": [answer.label for answer in ESPS.answers]}
    result = assess(Tally(counts, labels, outcome="answer", provenance="here"), ESPS)
    assert result.scores()["value"] == boroughs().scores()["value"]
    assert result.provenance == "here"


def test_a_tally_with_indicators_in_another_order_and_another_dimension():
    records = long_records()
    units, indicators = sorted(set(records["unit"])), sorted(set(records["indicator"]), reverse=True)
    counts = np.zeros((2, 18, 6, 2), dtype=np.int64)
    for unit, indicator, answer in zip(*records.values(), strict=True):
        counts[len(unit) % 2, indicators.index(indicator), units.index(unit), int(answer == "not_very")] += 1
    labels = {"wave": [1, 2], "indicator": indicators, "unit": units, "answer": [True, False]}
    result = assess(Tally(counts, labels, outcome="answer"), ESPS).scores("section")
    for row in south_east().scores("section").rows():
        assert row_of(result, unit=row["unit"], section=row["section"])["value"] == row["value"]


def test_dr_tally_counts_responses_for_assess():
    import dueregard as dr

    counted = dr.tally(long_records(), ["unit", "indicator"], outcome="answer")
    scores = assess(counted, ESPS).scores()
    for row in south_east().scores().rows():
        assert row_of(scores, unit=row["unit"])["value"] == row["value"]


def test_not_applicable_leaves_the_denominator_and_other_kinds_of_missing_do_not():
    records = {
        "unit": ["A"] * 5,
        "indicator": ["1B", "2B", "3B", "4B", "5B"],
        "answer": ["very", "not applicable", "refused", None, "N/K"],
    }
    row = next(assess(records, ESPS, missing={"N/K": "not collected"}).scores().rows())
    assert (row["count"], row["nobs"], row["answered"], row["outcome_missing"]) == (1, 17, 1, 16)
    assert row["value"] == pytest.approx(100 / 17) and row["high"] == 100
    assert row["note"] == "16 answers missing"


def test_nothing_assessable_is_nan_and_flagged():
    records = {
        "unit": ["A"] * 18,
        "indicator": [indicator.id for indicator in ESPS.assessable("borough")],
        "answer": ["not applicable"] * 18,
    }
    result = assess(records, ESPS)
    row = next(result.scores().rows())
    assert row["nobs"] == 0 and isnan(row["value"]) and isnan(row["low"]) and isnan(row["high"])
    assert Flag.NO_CASES in row["flag"] and row["note"] == "nothing to assess"
    assert result.thresholds(percents=50)["verdict"] == ["cannot tell"]
    assert result.levels()["verdict"] == ["cannot tell", "cannot tell"]
    assert result.levels()["note"] == [
        "nothing to assess; 1 unit with nothing to assess, at some level or at all, left out",
        "nothing to assess",
    ]
    assert len(result.unmet()) == 0


def test_kinds_of_unit_decide_what_is_assessable():
    records = {
        "unit": ["A", "B"],
        "indicator": ["1B", "15B"],
        "answer": ["very", "very"],
        "type of unit": ["borough", "other unit"],
    }
    scores = assess(records, ESPS, kind="type of unit").scores()
    assert scores["nobs"] == [18, 22]
    assert assess({"unit": ["B"], "indicator": ["15B"], "answer": [1]}, ESPS, kind="other unit").scores()["nobs"] == [
        22
    ]


def test_published_percentages_that_came_with_the_responses():
    table = dict(data.load("borough_answers"))
    table["stated_percent"] = np.where(table["borough"] == "Camden", 65, table["stated_percent"])
    scores = assess(table, ESPS).scores()
    wrong = [row for row in scores.rows() if Flag.INCONSISTENT_SOURCE in row["flag"]]
    assert [(row["unit"], row["stated_percent"]) for row in wrong] == [("Camden", 65.0)]
    assert wrong[0]["note"] == "65% came with the responses"


def test_scores_of_areas_pool_their_indicators():
    scores = boroughs().scores(by="area")
    assert scores["area"][0] == "North Area" and scores["area"][-1] == "Westminster"
    row = row_of(scores, area="South East Area")
    assert (row["count"], row["nobs"], row["units"]) == (90, 108, 6)
    assert row_of(boroughs().scores(by="organisation"))["count"] == 449
    assert row_of(boroughs().scores(by="kind"), kind="borough")["nobs"] == 576


def test_scores_by_area_and_section_add_up_to_those_by_section():
    records = data.load("south_east_indicators") | {"area": ["A", "B", "A", "B", "A", "B"]}
    result = assess(records, ESPS)
    crossed = result.scores(by=("area", "section"))
    assert len(crossed) == 6
    for label in ESPS.sections.values():
        both = crossed.filter(section=label)
        whole = row_of(result.scores(by=("organisation", "section")), section=label)
        assert sum(both["count"]) == whole["count"] and sum(both["nobs"]) == whole["nobs"]


def test_scores_by_principle_count_the_indicators_linked_to_it():
    scores = south_east().scores(by="principle").filter(unit="Lewisham")
    linked = {principle.label: principle.id for principle in ESPS.principles}
    for row in scores.rows():
        ids = {i.id for i in ESPS.indicators if linked[row["principle"]] in i.principles}
        assert row["nobs"] == len(ids) and row["count"] == len(ids - {"3B", "6B", "9B"})


def test_scores_at_a_level_of_a_graded_framework():
    framework = frameworks.equality_framework()
    answers = ["level_5"] * 10 + ["level_3"] * 100 + ["none"] * 32
    result = assess({"unit": ["A"] * 142, "indicator": framework.indicator_ids, "answer": answers}, framework)
    assert [row_of(result.scores(level=level))["count"] for level in framework.level_ids] == [110, 110, 110, 10, 10]
    assert row_of(result.scores())["count"] == 10 and row_of(result.scores())["level"] == "Level 5"
    with pytest.raises(ValueError, match="level: '6' is not one of 1, 2, 3, 4, 5"):
        result.scores(level="6")


def test_an_answer_of_a_graded_framework_is_never_just_met():
    with pytest.raises(ValueError, match="answer at row 0: 'met' is not an answer; the answers are No evidence"):
        assess({"unit": ["A"], "indicator": ["1"], "answer": ["met"]}, frameworks.equality_framework())


def test_units_without_an_area_are_a_row_of_their_own():
    records = {"unit": ["A", "B"], "area": ["North", ""], "1B": [1, 0]}
    assert assess(records, ESPS).scores(by="area")["area"] == ["North", "not stated"]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("borough", "by: 'borough' is not one of unit, area, kind, organisation, section, indicator, principle"),
        (("area", "kind"), "by: 'area' and 'kind' cannot be crossed"),
        (("section", "indicator"), "by: 'section' and 'indicator' cannot be crossed"),
        ("area", "by: 'area' needs a column of areas; name it with area="),
    ],
)
def test_scores_by_something_else_is_refused(by, words):
    with pytest.raises(ValueError, match=words):
        south_east().scores(by=by)


def test_counts_by_unit_have_no_sections():
    with pytest.raises(
        ValueError, match="by: 'section' needs to know which indicator an answer is to; these are counts"
    ):
        boroughs().scores(by="section")


def test_a_framework_without_principles_says_so():
    framework = frameworks.equality_framework()
    with pytest.raises(ValueError, match="links no indicator to a principle"):
        assess({"unit": ["A"], "1": ["none"]}, framework).scores(by="principle")


def test_the_area_of_a_unit_is_one():
    with pytest.raises(ValueError, match="area: unit 'A' is in 'South' at row 1 and in 'North' before"):
        assess({"unit": ["A", "A"], "indicator": ["1B", "2B"], "answer": [1, 1], "area": ["North", "South"]}, ESPS)
    with pytest.raises(ValueError, match="area: no column 'region'"):
        assess({"unit": ["A"], "1B": [1]}, ESPS, area="region")
