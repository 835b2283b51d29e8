"""The pages of a survey over time: levels and gaps of areas with their ranks, the trend with its break, the change."""

import csv
import re

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.pages.gap_columns import RANK
from dueregard.publish.report.pages.sampling import WHAT_INTERVALS_MEAN, breaks_said, sampled
from dueregard.publish.report.pages.trend import change_points, latest_points, trend
from dueregard.publish.report.surveys import Survey, read_once
from dueregard.publish.report.windows import Windows, pages_of, year_earlier

AREAS = [f"Area {name}" for name in "ABCDEFGH"]
OWN = {"outcome": "answer", "positive": ["Good"], "exclude": ["Don't know"], "group": "group", "reference": "White",
       "by": "borough"}  # fmt: skip
TIME = {"time": "month", "window": 12}
DESIGN = dr.survey_design(weight="weight", stratum="borough", psu="ward")


def interviews(spread=0.0, fall=0.0, months=24, seed=3, n=9600):
    """Interviews in eight boroughs; gaps of boroughs differ by ``spread``, and that of all grows by ``fall`` a year."""
    rng = np.random.default_rng(seed)
    borough, month = rng.integers(8, size=n), rng.integers(months, size=n)
    black = rng.random(n) < 0.4
    gap = spread * (borough - 3.5) / 3.5 - fall * (month >= months - 12)
    good = rng.random(n) < np.clip(0.65 + black * gap, 0.02, 0.98)
    answer = np.where(rng.random(n) < 0.02, "Don't know", np.where(good, "Good", "Bad"))
    return {
        "month": np.array([f"{2009 + i // 12}-{i % 12 + 1:02}" for i in range(months)])[month],
        "borough": np.array(AREAS)[borough],
        "ward": np.array([f"w{i}" for i in range(80)])[borough * 10 + rng.integers(10, size=n)],
        "group": np.where(rng.random(n) < 0.01, "", np.where(black, "Black", "White")),
        "answer": answer,
        "weight": np.round(rng.uniform(0.5, 2, n), 2),
    }


@pytest.fixture(scope="module")
def wide():
    """Boroughs' gaps differ, and the gap has grown."""
    return interviews(spread=0.3, fall=0.15)


@pytest.fixture(scope="module")
def alike():
    return interviews()


def written(folder, pages, records, **options):
    path = dr.write_report(folder / "own.html", data=records, date="2011-01-31", **OWN | TIME | options)
    return pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))


def section(document, key):
    return next(found for found in document.all("section") if found.attributes.get("id") == key)


def keys(document):
    return [found.attributes["id"] for found in document.all("section", "page")]


def table(part):
    head, *rows = [[cell.text for cell in row.children] for row in next(part.all("table")).all("tr")]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_survey_with_a_time_has_three_pages(tmp_path, pages, wide):
    document = written(tmp_path, pages, wide, design=DESIGN, period="2010")
    assert keys(document) == ["main-points", "areas", "gaps", "trend", "limits", "method", "control"]
    for key, charts in (("areas", 2), ("gaps", 2), ("trend", 4)):
        assert len(list(section(document, key).all("svg"))) == charts
    links = [link.attributes["href"] for link in section(document, "main-points").all("a", "more")]
    assert {"#areas", "#gaps", "#trend"} == set(links)
    assert next(section(document, "areas").all("h2")).text == "Answer by borough"
    limits = section(document, "limits").text
    assert "Why a figure moved." in limits and "A survey shows that people's answers differ" in limits


def test_the_numbers_are_those_of_the_latest_window(tmp_path, pages, wide):
    document = written(tmp_path, pages, wide, design=DESIGN)
    last = {name: column[wide["month"] >= "2010-01"] for name, column in wide.items()}
    gap = dr.gap(last, **OWN, design=DESIGN)
    for shown, row in zip(table(section(document, "gaps")), gap.filter(group="Black", row_type="group").rows(),
                          strict=True):  # fmt: skip
        assert shown["Borough"] == (row["borough"] or "All areas")
        assert shown["Black (%)"] == f"{row['value']:.1f}" and shown["Base (Black)"] == f"{row['nobs']:,}"
        assert float(shown["Effective base (Black)"].replace(",", "")) == pytest.approx(row["effective_nobs"], rel=0.03)
    people = np.isin(last["answer"], ["Good", "Bad"])
    share = 100 * np.average(last["answer"][people] == "Good", weights=last["weight"][people])
    said = section(document, "main-points").text
    assert f"{share:.1f}%" in said or f"{share:.0f}%" in said


def test_variation_stands_before_any_area_and_ranks_only_where_areas_differ(tmp_path, pages, wide, alike):
    for records, differ in ((wide, True), (alike, False)):
        gaps = section(written(tmp_path, pages, records, design=DESIGN), "gaps")
        text = gaps.text
        assert text.index("standard deviation") < text.index("Area A")
        assert ("Rank (95% interval)" in text) is differ
        assert ("Times the numbers needed for a clear verdict" in text) is not differ
        assert differ is ("each of the" in text or "could be last" in text or "is last of" in text)
        ranks = [row.get("Rank (95% interval)") for row in table(gaps)]
        if differ:
            assert ranks[0] == "[z]" and all(re.fullmatch(r"\d+ \(\d+ to \d+\)", each) for each in ranks[1:])


def test_levels_that_are_not_shown_to_differ_have_no_ranks(tmp_path, pages, alike):
    areas = section(written(tmp_path, pages, alike, design=DESIGN), "areas")
    assert "no ranks are shown" in areas.text and "Rank" not in table(areas)[0]


def test_the_change_since_a_year_before(tmp_path, pages, wide):
    document = written(tmp_path, pages, wide, design=DESIGN)
    found = dr.gap_change(wide, **OWN, **TIME, design=DESIGN)
    row = next(found.rows())
    assert row["verdict"].startswith("lower")
    text = section(document, "trend").text
    assert f"{abs(row['estimate']):.1f}" in text and "12 months to December 2009" in text
    point, areas = change_points(found)
    assert "more than chance alone would do" in point.text
    clear = [each for each in found.rows() if str(each["verdict"]).startswith(("lower", "higher"))]
    named = [each["borough"] for each in clear if each["borough"]]
    assert areas.figure == f"{len(named)} of {len(AREAS)}" and "comparisons are allowed for" in areas.text
    assert all(name in areas.text for name in named)
    assert areas.text in section(document, "main-points").text
    assert point.figure == f"{abs(row['estimate']):.1f}" or point.figure == f"{abs(row['estimate']):.0f}"
    assert unsupported_numbers(f"{point.figure} {point.text}", found) == []
    assert point.text in section(document, "main-points").text


def test_the_main_point_on_the_gap_says_of_which_window_it_is(tmp_path, pages, wide):
    points = section(written(tmp_path, pages, wide, design=DESIGN), "main-points").text
    (gap,) = [line for line in points.split("Gap") if "lower for Black than White" in " ".join(line.split())]
    assert "in the 12 months to December 2010 (95% interval" in " ".join(gap.split())


def test_a_change_that_may_be_chance_is_no_figure(alike):
    point, areas = change_points(dr.gap_change(alike, **OWN, **TIME, design=DESIGN))
    assert areas.figure.startswith("0 of ") and areas.text.endswith(" In the others it may have changed too.")
    assert (
        "it could be chance" in point.text
        and point.figure == "Unclear"
        and point.text.startswith("whether the gap of Black against White has changed")
    )


def test_a_break_is_on_the_page_of_the_trend_and_nothing_is_compared_across_it(tmp_path, pages, wide):
    split = dr.Break("2009-07", "supplier", "another company asks")
    document = written(tmp_path, pages, wide, design=DESIGN, breaks=split)
    text = section(document, "trend").text
    assert "The series breaks in July 2009: another company asks. No window spans a break" in text
    assert change_points(dr.gap_change(wide, **OWN, **TIME, breaks=split)) == []
    assert "Break in the series" not in section(document, "gaps").text
    assert "July 2009" not in section(document, "areas").text


def test_without_a_whole_year_before_there_is_no_change_and_the_latest_gap_is_the_point(tmp_path, pages):
    short = interviews(months=15, fall=0.2)
    document = written(tmp_path, pages, short)
    assert len(list(section(document, "trend").all("svg"))) == 2
    series = dr.rolling(short, **{name: value for name, value in OWN.items() if name != "by"}, **TIME)
    (point,) = latest_points(series)
    assert point.unit == "points" and "in the 12 months to March 2010" in point.text
    assert unsupported_numbers(f"{point.figure} {point.text}", series) == []


def test_without_areas_there_is_no_page_of_areas(tmp_path, pages, wide):
    document = written(tmp_path, pages, wide, by=(), design=DESIGN)
    assert keys(document)[1:-3] == ["gaps", "trend"]
    assert section(document, "gaps").text.count("The sample was drawn in clusters (ward)") == 1


def test_how_the_sample_was_drawn_is_told_once(tmp_path, pages, wide):
    document = written(tmp_path, pages, wide, design=DESIGN)
    findings = " ".join(found.text for key in ("areas", "gaps", "trend") for found in [section(document, key)])
    assert findings.count("The sample was drawn") == 1 and section(document, "method").text.count("The sample was") == 1
    plain = written(tmp_path, pages, wide)
    assert "sample was drawn" not in plain.text and "Effective base" not in plain.text


def test_a_tally_with_its_months_is_enough(tmp_path, pages, wide):
    tally = dr.tally(wide, ["month", "borough", "group"], outcome="answer")
    of_tally, of_rows = (written(tmp_path, pages, data) for data in (tally, wide))
    for key in ("areas", "gaps", "trend"):
        assert section(of_tally, key).text == section(of_rows, key).text


def test_the_order_of_records_does_not_matter(tmp_path, pages, wide):
    turned = {name: column[::-1] for name, column in wide.items()}
    one, other = (written(tmp_path, pages, data, design=DESIGN) for data in (wide, turned))
    assert one.text == other.text


def test_a_file_gives_the_same_pages_and_its_hash(tmp_path, pages, wide):
    path = tmp_path / "survey.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([list(wide), *zip(*(column.tolist() for column in wide.values()), strict=True)])
    of_file, of_rows = (written(tmp_path, pages, data, design=DESIGN) for data in (path, wide))
    assert section(of_file, "trend").text == section(of_rows, "trend").text
    assert "survey.csv" in section(of_file, "control").text


def test_a_file_is_read_as_the_columns_that_are_named(tmp_path, wide):
    path = tmp_path / "survey.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*wide, "r1", "r2", "name"])
        rows.writerows([*row, 1, 2, "x"] for row in zip(*(c[:50].tolist() for c in wide.values()), strict=True))
    survey = Survey(**OWN, **TIME, design=DESIGN)
    assert set(read_once(path, survey)) == {*wide}
    repeated = dr.survey_design(weight="weight", replicate_weights="r*", replicates="brr")
    assert {"r1", "r2"} <= set(read_once(path, Survey(**OWN, **TIME, design=repeated)))
    assert read_once(wide, survey) is wide


def test_a_design_without_a_time_is_the_page_of_the_gap(tmp_path, pages, wide):
    path = dr.write_report(tmp_path / "own.html", data=wide, date="2011-01-31", design=DESIGN, **OWN)
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    assert keys(document)[1:-3] == ["satisfaction"]
    row = next(dr.gap(wide, **OWN, design=DESIGN).rows())
    assert table(section(document, "satisfaction"))[0]["95% low"].replace("\N{MINUS SIGN}", "-") == f"{row['low']:.1f}"
    assert "MOVER" in section(document, "method").text and "Miettinen" not in section(document, "method").text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"window": None}, "window: is needed when time is given"),
        ({"time": None}, "time: is needed when window is given"),
        ({"time": None, "window": None, "breaks": dr.Break("2009-07", "mode")}, "time: is needed when breaks is given"),
        ({"window": 30}, "window: 30 months, and the series has 24 months"),
        ({"window": 24, "breaks": dr.Break("2010-07", "mode")}, "window: no window of 24 has figures"),
        ({"design": DESIGN, "weight": "weight"}, "design"),
        ({"design": dr.survey_design(psu="wart")}, "no column 'wart'"),
    ],
)
def test_what_does_not_go_together_is_refused_and_writes_nothing(tmp_path, pages, wide, options, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        written(tmp_path, pages, wide, **options)
    assert list(tmp_path.iterdir()) == []


def test_time_needs_records(tmp_path):
    with pytest.raises(ValueError, match="time: says how to read your own records, but there is no data"):
        dr.write_report(tmp_path / "own.html", time="month", window=12)
    with pytest.raises(TypeError, match="design: a Tally has no clusters"):
        tally = dr.tally(interviews(n=300), ["borough", "group"], outcome="answer")
        dr.write_report(tmp_path / "own.html", data=tally, design=DESIGN, **OWN)


def test_findings_of_trends_and_ranks_become_pages_of_their_own(tmp_path, pages, wide):
    series = dr.rolling(wide, **OWN, **TIME, step=3)
    change = dr.gap_change(wide, **OWN, **TIME)
    shares = dr.change(wide, outcome="answer", positive=["Good"], **TIME, by="borough")
    ranks = dr.rank(wide, outcome="answer", positive=["Good"], by="borough", higher_is_better=True)
    path = dr.write_report(tmp_path / "own.html", findings=[series, change, shares, ranks], date="2011-01-31")
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    assert keys(document)[1:-3] == ["trend-1", "trend-2", "trend-3", "areas-4"]
    for each in document.all("table"):
        pages.sound(each)
    limits = section(document, "limits").text
    assert "Whether a figure moved across a break" in limits and "Which area is worst" in limits


def test_only_areas_in_doubt_are_said_of_ranks(wide):
    ranks = dr.rank(dr.gap(wide, **OWN, design=DESIGN), higher_is_better=True)
    windows = Windows(wide, Survey(**OWN, **TIME, design=DESIGN), 5.0)
    from dueregard.publish.report.pages.gap_words import Wording

    words = Wording("good", "people", "2010", 5.0)
    _, gaps, _ = pages_of(windows, words, words)
    said = " ".join(gaps.findings[0].sentences)
    assert "ranks 1st" not in said and "beyond chance" in said
    assert len(ranks.filter(row_type="group")) > 0 and RANK in gaps.findings[0].findings.columns


def test_rates_have_no_point_in_points(wide):
    series = dr.rolling(wide, **{k: v for k, v in OWN.items() if k != "by"}, **TIME)
    unit = remade(series, [row | {"unit_of_measure": "per 1,000"} for row in rows_of(series)])
    assert latest_points(unit) == []
    page = trend(series, key="t", title="T", short="T")
    assert page.points and page.findings[0].method.startswith("A window is pooled by its cases")


def test_words_on_samples():
    assert sampled(None) == ""
    assert sampled(dr.survey_design()) == f"The sample was drawn person by person. {WHAT_INTERVALS_MEAN}"
    assert "person by person, in each grade separately; answers are weighted. Weights differ" in sampled(
        dr.survey_design(weight="w", stratum="grade")
    )
    assert breaks_said(dr.Findings({"value": [1.0]})) == ""


def test_a_year_before():
    assert [year_earlier(end) for end in ("2011-03", "2010-Q2")] == ["2010-03", "2009-Q2"]
