"""The report on the south east boroughs of February 2011, from the responses upward: each figure with its line.

What the responses cannot give is named in `test_what_cannot_be_derived`.
"""

import csv
from pathlib import Path

import pytest

import dueregard as dr
from dueregard.assessment.rounding import rounded

SHARED = Path(__file__).parents[3] / "shared" / "seed-tables"
ESPS = dr.frameworks.esps()
SECTIONS = dict(zip(("operational", "people", "organisational"), ESPS.sections.values(), strict=True))


@pytest.fixture(scope="module")
def review():
    """The example answers after review, which are set to what was published."""
    return dr.assess_rounds(dr.data.example("self_assessment"), ESPS)["after review"]


@pytest.fixture(scope="module")
def boroughs(review):
    """The boroughs alone, as an assessment of their own."""
    answers = dr.data.example("self_assessment")
    kept = (answers["round"] == "after review") & (answers["kind"] == "borough")
    return dr.assess({name: values[kept] for name, values in answers.items() if name != "round"}, ESPS)


@pytest.fixture(scope="module")
def south_east():
    return dr.assess(dr.data.load("south_east_indicators"), ESPS)


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def of(findings, **equal):
    return next(findings.filter(**equal).rows())


def test_line_70_units_that_meet_the_baseline(review):
    row = of(review.performance(), kind=None)
    assert (row["count"], row["nobs"], rounded(row["value"])) == (71, 73, 97)
    assert (row["reference_value"], row["verdict"]) == (80, "target met")
    assert of(review.performance(100), kind=None)["verdict"] == "target not met"


def test_line_74_every_borough_is_at_half_or_more_of_18(boroughs):
    assert {len(ESPS.assessable("borough")) for _ in boroughs.units} == {18}
    row = of(boroughs.performance(), kind="borough")
    assert (row["count"], row["nobs"]) == (32, 32)


@pytest.mark.parametrize(("section", "met"), [("operational", 32), ("people", 24), ("organisational", 22)])
def test_lines_78_to_90_boroughs_that_meet_each_section(boroughs, section, met):
    row = of(boroughs.performance(by="section"), section=SECTIONS[section])
    assert (row["count"], row["nobs"]) == (met, 32)


def test_line_80_operational_delivery_over_80_percent_and_at_100(boroughs):
    held = boroughs.thresholds(by="section", percents=[80, 100]).filter(section=SECTIONS["operational"], verdict="met")
    assert len(held.filter(reference_value=80.0)) == 27
    assert set(held.filter(reference_value=100.0)["unit"]) == {
        "Tower Hamlets", "Croydon", "Sutton", "Kensington & Chelsea", "Hammersmith & Fulham", "Brent", "Ealing",
        "Kingston upon Thames", "Enfield",
    }  # fmt: skip


def test_line_82_strong_and_weak_indicators(boroughs):
    share = {row["indicator"]: row["value"] for row in boroughs.strengths().rows()}
    assert min(share[i] for i in ("1B", "2B", "3B", "4B", "5B", "9B", "11B")) > max(
        share[i] for i in ("6B", "7B", "8B")
    )


def test_table_1_from_the_answers_to_single_indicators(boroughs):
    published = {row["borough"]: row for row in dr.data.load("borough_answers").rows()}
    codes = boroughs.answers
    for unit, row in zip(boroughs.units, codes, strict=True):
        given = [int((row == code).sum()) for code in range(4)]
        assert given == [published[unit][answer] for answer in ESPS.answer_ids]
        assert rounded(of(boroughs.scores(), unit=unit)["value"]) == published[unit]["stated_percent"]


def test_the_shared_tables_of_boroughs_and_sections(south_east):
    table = {row["borough"]: row for row in shared("table1-boroughs.csv")}
    every = dr.assess(dr.data.load("borough_answers"), ESPS).scores()
    for row in every.rows():
        stated = table[row["unit"]]
        assert (row["count"], row["nobs"]) == (int(stated["met"]), 18)
        assert row["value"] == pytest.approx(float(stated["pct_of_18"]), abs=1e-4)
    matrix = {row["borough"]: row for row in shared("se-matrix-6x18.csv")}
    assert len(matrix) == 6
    for unit, codes in zip(south_east.units, south_east.answers, strict=True):
        met = {i: int(south_east.scale.met[code]) for i, code in zip(ESPS.indicator_ids, codes, strict=True)}
        assert all(met[i] == int(matrix[unit][i]) for i in ESPS.indicator_ids if i in matrix[unit])
        for short, label in SECTIONS.items():
            score = of(south_east.scores(by="section"), unit=unit, section=label)
            assert (score["count"], score["nobs"]) == (
                int(matrix[unit][f"{short}_met"]),
                int(matrix[unit][f"{short}_n"]),
            )
            assert score["value"] == pytest.approx(float(matrix[unit][f"{short}_pct"]), abs=1e-4)


def test_table_2_sections_at_or_above_half(south_east):
    held = south_east.thresholds(by="section", percents=50)
    published = {row["borough"]: row for row in shared("table2-se-sections.csv")}
    for row in held.rows():
        short = next(name for name, label in SECTIONS.items() if label == row["section"])
        percent = int(published[row["unit"]][f"{short}_pct"])
        assert rounded(row["value"]) == percent
        assert row["verdict"] == ("met" if percent >= 50 else "not met")


def test_lines_175_to_180_weaknesses_and_the_principles_they_touch(south_east):
    unmet = south_east.unmet()
    weak = {unit: unmet.filter(unit=unit, section=SECTIONS["operational"])["indicator"] for unit in south_east.units}
    assert weak == {
        "Lambeth": ["6B", "8B"],
        "Southwark": ["6B", "7B"],  # the report leaves out 7B
        "Lewisham": ["3B", "6B", "9B"],
        "Bromley": ["8B"],
        "Greenwich": ["8B"],
        "Bexley": ["8B"],
    }
    principles = {indicator.id: indicator.principles for indicator in ESPS.indicators}
    assert {p for i in weak["Lambeth"] for p in principles[i]} == {"value_for_money", "effectiveness"}


def test_what_is_wrong_in_the_report_is_found(boroughs, south_east):
    wrong = dr.audit(dr.data.esps_claims(), against=dr.assess(dr.data.load("borough_answers"), ESPS))
    lines = set(wrong.filter(verdict="inconsistent")["line"])
    assert {90, 232, 181, 252} <= lines
    narrow = dr.audit(dr.data.esps_claims("South East Area"), against=south_east).filter(verdict="inconsistent")
    assert 176 in set(narrow["line"])


def test_what_cannot_be_derived():
    """Sections, strengths and weaknesses do not follow from Table 1's counts, and say so."""
    counts = dr.assess(dr.data.load("borough_answers"), ESPS)
    for ask in (lambda: counts.scores("section"), counts.strengths, counts.unmet, counts.next_steps):
        with pytest.raises(ValueError, match="which indicator an answer is to"):
            ask()
    row = of(counts.scores(), unit="Kensington & Chelsea")
    assert (row["low"], row["high"], row["note"]) == (1500 / 18, 1600 / 18, "1 answer missing")
