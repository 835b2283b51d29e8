"""The page of a gap taken apart: how much would remain, and what the page does not say."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.measures.cannot_say import notes
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.committee.risks import _left_open
from dueregard.publish.report.pages.explained import BY_LEVEL, WITHOUT_LEVELS, explained, explained_change


def page_of(findings):
    return explained(findings, key="explained", title="The gap explained", short="Gap explained")


def change_page(findings):
    return explained_change(findings, key="explained", title="The change", short="Change")


def test_the_point_says_how_much_would_remain_and_how_sure_that_is(made):
    findings = made.gap_parts()
    (point,) = page_of(findings).points
    assert (point.figure, point.unit) == ("2.0", "points") and point.found
    assert point.text == (
        "lower (95% interval 3.4 to 0.6 lower): what of the gap of 7.1 percentage points (satisfied; the Minority "
        "ethnic group against the White group) would remain if both were alike in age band, deprivation and prior "
        "opinion, 28% of the gap."
    )
    assert unsupported_numbers(f"{point.figure} {point.text}", findings) == []


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"rates": -1.0}, "whether anything of the gap of 7.1 percentage points (satisfied; the Minority ethnic group "
         "against the White group) would remain if both were alike in age band, deprivation and prior opinion (95% "
         "interval 2.4 lower to 0.4 higher)."),
        ({"half": 8.0}, "whether there is a gap to take apart (satisfied; the Minority ethnic group against the White "
         "group)."),
    ],
)  # fmt: skip
def test_what_chance_could_make_is_no_figure(made, options, text):
    (point,) = page_of(made.gap_parts(**options)).points
    assert (point.figure, point.text) == ("Unclear", text)


def test_people_without_counterpart_make_what_would_remain_unclear(made):
    rows = [row | {"empty_percent": 89.6} for row in made.part_rows()]
    (point,) = page_of(made.of_rows(rows, kind="gap parts")).points
    assert point.figure == "Unclear"
    assert point.text.endswith("and prior opinion: 90% of people have no counterpart in the other group.")


def test_without_factors_the_point_says_what_was_held_equal(made):
    found = made.gap_parts(factors=()).with_notes(*notes("gap parts", ["age_band", "gender"]))
    (point,) = page_of(found).points
    assert "would remain if both were alike in age band and gender, 28% of the gap." in point.text


def test_people_too_few_to_describe_have_no_point(made):
    assert page_of(made.gap_parts(nobs=9)).points == []


def test_only_all_areas_together_have_a_point(made, pages):
    page = page_of(made.gap_parts_of_areas())
    assert len(page.points) == 1
    said = " ".join(page.findings[0].sentences)
    assert "in all areas together" in said and "Barnet" not in said  # what each area says is in the table
    document = pages.read(page.section())
    for table in document.all("table"):
        pages.sound(table)


def test_the_page_is_sound_and_says_what_it_cannot_say(made, pages):
    page = page_of(made.gap_parts())
    document = pages.read(page.section())
    pages.sound(next(document.all("table")))
    assert len(list(document.all("svg"))) == 2 and page.tells == "equality"
    noted = made.gap_parts().with_notes(*notes("gap parts", ["age_band"]))
    text = pages.read(page_of(noted).section()).text
    assert text.count("What remains is no measure of discrimination") == 1 and text.count("Held equal: age band") == 1
    assert "moved satisfied by 10.0 points" in document.text  # what is needed is said, and not in a column
    assert "Needed" not in document.text and BY_LEVEL not in document.text
    assert "As computed: Shapley average over all orders" in page.method[0][1]


def test_what_remains_is_not_listed_level_by_level(made, pages):
    findings = made.gap_parts()
    level = next(row for row in rows_of(findings) if row["level"] is not None) | {"part": "rates"}
    unknown = next(row for row in rows_of(findings) if row["part"] == "gap") | {"group": "not stated"}
    page = page_of(remade(findings, [*rows_of(findings), level, unknown]))
    text = pages.read(page.section()).text
    assert BY_LEVEL in text and "not stated against" not in text


def test_the_point_of_a_change(made, pages):
    page = change_page(made.gap_change_parts())
    (point,) = page.points
    assert (
        point.figure == "Unclear"
        and "goes with the answers of people who are alike (95% interval 0.7 wider to 3.3 narrower)." in point.text
    )
    pages.read(page.section())
    told = remade(made.gap_change_parts(), [row | ({"low": 0.5} if row["part"] == "rates" else {})
                                            for row in rows_of(made.gap_change_parts())])  # fmt: skip
    (point,) = change_page(told).points
    assert (point.figure, point.unit) == ("1.3", "points")
    assert point.text.startswith(
        "narrower (95% interval 0.5 to 3.3 narrower): what of the change of the gap (satisfied"
    )
    assert point.text.endswith("goes with the answers of people who are alike, and not with who answered.")


def test_a_change_across_none_is_not_that_of_a_gap(made):
    rows = [row | {"rates": {"low": 0.5}, "gap after": {"estimate": 2.0}}.get(row["part"], {})
            for row in rows_of(made.gap_change_parts())]  # fmt: skip
    (point,) = change_page(remade(made.gap_change_parts(), rows)).points
    assert point.text.startswith("up (95% interval 0.5 to 3.3 up): what of the change of the difference (satisfied")


def test_factors_on_one_side_are_not_listed(made):
    rows = rows_of(made.gap_change_parts())
    one_side = rows[4] | {"factor": "age_band"}
    (finding,) = change_page(remade(made.gap_change_parts(), [*rows, one_side])).findings
    assert len(finding.findings) == len(rows) and finding.notes == [WITHOUT_LEVELS]


def test_a_full_count_has_no_interval_and_is_not_unclear(made):
    findings = made.gap_parts()
    rows = [row | {"low": float("nan"), "high": float("nan")} for row in rows_of(findings)]
    (point,) = page_of(remade(findings, rows)).points
    assert (point.figure, point.text[:32]) == ("2.0", "lower: what of the gap of 7.1 pe")


def test_what_is_left_open_is_of_whole_parts(made):
    findings = made.gap_parts()
    rows = [row | {"verdict": "too few to tell: 2.0 times"} for row in rows_of(findings)]
    said = (
        "The gap explained: of 3 figures, 3 rest on too few cases to tell (Minority ethnic, gap, Minority ethnic, who "
    )
    assert _left_open(page_of(remade(findings, rows)))[0].startswith(said)


@pytest.fixture(scope="module")
def people():
    """Two thousand people of two groups; of their gap a part goes with age."""
    rng = np.random.default_rng(5)
    group = rng.random(2000) < 0.4
    young = rng.random(2000) < 0.3 + 0.3 * group
    yes = rng.random(2000) < 0.8 - 0.2 * young - 0.05 * group
    month = np.where(np.arange(2000) < 1000, "2010-01", "2010-02")
    return {"group": np.where(group, "Black", "White"), "age": np.where(young, "young", "old"), "month": month,
            "ok": np.where(yes, "yes", "no")}  # fmt: skip


def test_findings_of_ones_own_become_the_page(tmp_path, pages, people):
    asked = {"outcome": "ok", "positive": "yes", "group": "group", "reference": "White", "factors": ["age"]}
    found = [
        dr.decompose_gap(people, **asked),
        dr.oaxaca_blinder(people, **asked),
        dr.reweighted_gap(people, **asked),
        dr.decompose_gap_change(people, **asked, time="month", before="2010-01", after="2010-02", window=1),
    ]
    path = dr.write_report(tmp_path / "own.html", findings=found, date="2011-01-31")
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    keys = [part.attributes["id"] for part in document.all("section", "page")]
    assert keys[1:-3] == ["explained-1", "explained-2", "explained-3", "explained-4"]
    for table in document.all("table"):
        pages.sound(table)
    assert "Whether people were treated unequally." in document.text
    rest = next(row for row in found[0].rows() if row["part"] == "rates" and row["factor"] is None)
    assert rest["estimate"] < 0 and f"\N{MINUS SIGN}{-rest['estimate']:.1f}" in document.text
