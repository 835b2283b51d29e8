"""The page of what an outcome goes with: its points, its shares, what to act on, and how groups differ in it."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.measures.cannot_say import notes
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.committee.risks import _left_open
from dueregard.publish.report.pages.choice import page_of_findings
from dueregard.publish.report.pages.driver_points import compared_points, driver_points
from dueregard.publish.report.pages.drivers import compared_drivers, drivers, fields_said

NAN = float("nan")


def page_of(findings, compared=None):
    return drivers(findings, compared, key="drivers", title="Drivers", short="Drivers")


def test_the_point_names_the_two_that_most_goes_with_and_how_sure_that_is(made):
    findings = made.key_drivers()
    (point,) = driver_points(findings)
    assert (point.figure, point.unit) == ("1.9", "points") and point.found
    assert point.text == (
        "higher: good job with 10 points more of engagement (95% interval 1.6 to 2.2 higher), and with as much more of "
        "fair treatment 1.7 (1.4 to 2.0 higher). Of the four drivers, most goes with these two, with the others equal; "
        "raising them would do that only if the association were an effect."
    )
    assert unsupported_numbers(f"{point.figure} {point.text}", findings) == []


def test_of_groups_there_is_a_point_for_each_and_areas_have_none(made):
    findings = made.drivers_of_groups(boroughs=(None, "Barnet"))
    points = driver_points(findings)
    assert not any("Barnet" in text for text in page_of(findings).findings[0].sentences)
    assert [point.figure for point in points] == ["1.9", "2.6"]
    assert (
        "Of the four drivers for people in the Minority ethnic group, most goes with these two, with" in points[1].text
    )


def test_no_driver_that_is_not_told_from_none_or_has_no_room_is_a_figure(made):
    none = made.key_drivers(gains=((0.4, -0.2, 1.0), (0.3, -0.4, 1.0), (0.2, -0.3, 0.7), (0.1, -0.2, 0.4)))
    full = made.key_drivers(levels=(100.0, 100.0, 100.0, 54.2))
    for findings in (none, full):
        (point,) = driver_points(findings)
        assert point.figure == "Unclear" and not point.found
        assert "none is shown to go with a better answer and has room to improve" in point.text
    one = made.key_drivers(levels=(100.0, 66.4, 100.0, 54.2))
    assert "most goes with this one, with the others equal; raising it would" in driver_points(one)[0].text


def test_what_drivers_do_not_show_is_said_once_on_the_page(made, pages):
    findings, compared = (
        found.with_notes(*notes(found.kind)) for found in (made.key_drivers(), made.compared_drivers())
    )
    text = pages.read(page_of(findings, compared).section()).text
    assert text.count("They do not show that improving a driver") == 1
    alone = compared_drivers(compared, key="drivers", title="Drivers", short="Drivers")
    assert pages.read(alone.section()).text.count("They do not show that improving a driver") == 1


def test_without_gains_the_largest_share_is_the_point(made):
    nan = float("nan")
    findings = made.key_drivers(gains=((nan, nan, nan),) * 4, levels=(nan,) * 4)
    (point,) = driver_points(findings)
    assert point.figure == "36.2%" and "is the share of engagement, of the four drivers the largest (95%" in point.text
    page = page_of(findings)
    assert [finding.key for finding in page.findings] == ["drivers-shares"]  # there is no grid of what has no level


def test_too_few_people_have_no_point(made):
    assert driver_points(made.key_drivers(nobs=9)) == []


def without_limits(row):
    return row | dict.fromkeys(("low", "high", "gain_low", "gain_high"), NAN) | {"flag": int(dr.Flag.FULL_COUNT)}


def test_the_point_of_a_full_count_has_gains_without_intervals(made):
    findings = remade(made.key_drivers(), [without_limits(row) for row in made.key_drivers().rows()])
    (point,) = driver_points(findings)
    assert (point.figure, point.text) == (
        "1.9",
        "higher: good job with 10 points more of engagement, and with as much more of fair treatment 1.7 higher. Of "
        "the four drivers, most goes with these two, with the others equal; raising them would do that only if the "
        "association were an effect.",
    )


def test_the_point_of_drivers_in_unlike_units_is_of_those_with_the_largest_shares(made):
    rows = [row | {"best": NAN} if row["driver"] == "Engagement" else row for row in made.key_drivers().rows()]
    (point,) = driver_points(remade(made.key_drivers(), rows))
    assert point.text == (
        "higher: good job with 10 more of engagement (95% interval 1.6 to 2.2 higher), and with 10 points more of fair "
        "treatment 1.7 (1.4 to 2.0 higher). Of the four drivers, these two have the largest shares of those shown to "
        "go with a better answer, each in its own unit, with the others equal; raising them would do that only if the "
        "association were an effect."
    )


def test_which_drivers_differ_between_groups(made):
    findings = made.compared_drivers()
    (point,) = compared_points(findings)
    assert (point.figure, point.text) == (
        "1 of 4",
        "drivers matter differently to people in the Minority ethnic group than to those in the White group: fair "
        "treatment more. Of the others 3 may differ all the same.",
    )
    alike = remade(findings, [row | {"verdict": "too few to tell: 2.0 times"} for row in rows_of(findings)])
    (point,) = compared_points(alike)
    assert point.figure == "0 of 4" and not point.found
    assert point.text.endswith("those in the White group. Of them 4 may differ all the same.")
    verdicts = ("higher", "no difference that matters", "no difference that matters", "too few to tell: 9 times")
    some = [row | {"verdict": verdict} for row, verdict in zip(rows_of(findings), verdicts, strict=True)]
    (point,) = compared_points(remade(findings, some))
    assert point.text.endswith("Of the others 2 differ by too little to matter and 1 may differ all the same.")


def test_the_page_is_sound_and_every_number_is_in_one_table(made, pages):
    page = page_of(made.key_drivers(), made.compared_drivers())
    document = pages.read(page.section())
    assert [finding.key for finding in page.findings] == ["drivers-shares", "drivers-grid", "drivers-compared"]
    heads = [[cell.text for cell in next(table.all("tr")).children] for table in document.all("table")]
    for table in document.all("table"):
        pages.sound(table)
    assert heads[0] == ["Driver", "Share (%)", "95% interval", "Rank (could be)",
                        "Gain for 10 more (points)", "Gain, interval", "Base"]  # fmt: skip
    assert heads[1] == ["Driver", "Present level", "Gain (percentage points)", "Gain, low", "Gain, high"]
    assert len(list(document.all("svg"))) == 6
    assert "Together they explain 31.2% (95% interval 29.1 to 33.4)" in document.text
    assert page.tells == "equality" and page_of(made.key_drivers()).tells == "information"


def test_the_fields_of_the_grid_are_said_without_an_order_to_act(made):
    (said,) = fields_said(made.key_drivers())
    assert said == (
        "Lower level, larger gain: engagement; higher level, larger gain: fair treatment; lower level, smaller gain: "
        "worry about disorder; higher level, smaller gain: effectiveness in dealing with crime (in doubt)."
    )
    alike = remade(made.key_drivers(), [row | {"performance": 61.0} for row in rows_of(made.key_drivers())])
    assert fields_said(alike) == [
        "Present levels are at 61 of 100, too near each other to say where there is more room."
    ]
    unsure = remade(made.key_drivers(), [row | {"gain_low": -1.0, "gain_high": 4.0} if row["driver"] else row
                                         for row in rows_of(made.key_drivers())])  # fmt: skip
    assert fields_said(unsure) == ["Gains could be equal by chance, so that it is not said which are low or large."]
    near = fields_said(made.drivers_of_groups())
    assert near[1] == (
        "Minority ethnic: present levels are from 50 to 60 of 100, too near each other to say where there is more room."
    )
    assert near[0].startswith("White: lower level, larger gain: engagement")


def test_of_areas_the_grid_lists_all_of_them_together_and_levels_stand_with_shares(made, pages):
    findings = made.drivers_of_groups([None, "Barnet", "Brent"])
    shares, grid = page_of(findings).findings
    assert all(area == "Brent" or area is None or area == "Barnet" for area in shares.findings["borough"])
    assert {row["performance"] for row in rows_of(shares.findings, "driver")} > {55.2, 57.8}
    assert set(grid.findings["borough"]) == {None} and len(grid.findings) == 8
    assert grid.table["columns"][:2] == ["group", "driver"]
    pages.sound(next(pages.read(grid.html()).all("table")))


def test_titles_of_ones_own_findings_tell_them_apart(made):
    drivers_, groups = made.key_drivers(), made.drivers_of_groups([None, "Barnet"])
    logit = remade(drivers_, [row | {"method": "McFadden shares, logit; scores"} for row in rows_of(drivers_)])
    found = [drivers_, logit, groups, made.compared_drivers(), made.gap_parts(), made.gap_change_parts()]
    assert [page_of_findings(one, 1).title for one in found] == [
        "Good job: key drivers",
        "Good job: key drivers (logit)",
        "Good job: key drivers by ethnic group broad and borough",
        "Good job, Minority ethnic and White: drivers compared",
        "Satisfied, Minority ethnic and White: the gap explained (Shapley average over all orders)",
        "Satisfied, Minority ethnic and White: the change of the gap explained (Shapley average over all orders)",
    ]
    assert page_of_findings(found[3], 1).short == "Good job: drivers compared"
    by_regression = remade(found[4], [row | {"method": "Oaxaca-Blinder two-fold, coefficients of both; logit"}
                                      for row in rows_of(found[4])])  # fmt: skip
    assert page_of_findings(by_regression, 1).short == "Satisfied: the gap explained (Oaxaca-Blinder two-fold, logit)"


def test_notes_stand_once(made):
    findings = made.key_drivers().with_notes("Complete rows only.")
    document = page_of(findings, made.compared_drivers().with_notes("Complete rows only.", "Another."))
    assert document.section().count("Complete rows only.") == 1 and "Another." in document.section()


def test_the_page_of_a_comparison_alone(made, pages):
    page = compared_drivers(made.compared_drivers("share"), key="drivers-2", title="Compared", short="Compared")
    pages.read(page.section())
    assert [finding.key for finding in page.findings] == ["drivers-2-compared"] and page.tells == "equality"


def test_what_is_left_open_names_the_drivers(made):
    page = compared_drivers(made.compared_drivers(), key="drivers-2", title="Compared", short="Compared")
    assert _left_open(page) == [
        "Compared: of 4 figures, 3 rest on too few cases to tell (Minority ethnic, Engagement, Minority ethnic, "
        "Effectiveness in dealing with crime and Minority ethnic, Worry about disorder)."
    ]


@pytest.fixture(scope="module")
def people():
    """Six hundred people in whom listening goes with the outcome, and speed does not."""
    rng = np.random.default_rng(3)
    listens, speed = rng.normal(50, 10, (2, 600))
    return {"listens": listens, "speed": speed, "trust": 0.6 * listens + rng.normal(0, 6, 600),
            "group": np.where(rng.random(600) < 0.5, "A", "B")}  # fmt: skip


def test_findings_of_ones_own_become_the_page(tmp_path, pages, people):
    asked = {"outcome": "trust", "drivers": ["listens", "speed"]}
    found = [dr.key_drivers(people, **asked), dr.compare_drivers(people, **asked, group="group", reference="B")]
    path = dr.write_report(tmp_path / "own.html", findings=found, date="2011-01-31")
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    keys = [part.attributes["id"] for part in document.all("section", "page")]
    assert keys == ["main-points", "drivers-1", "drivers-2", "limits", "method", "control"]
    gain = next(row["gain"] for row in found[0].rows() if row["driver"] == "listens")
    assert f"{gain:.1f}" in document.text
    assert "What would happen if a driver were improved." in document.text
    assert "Whether people were treated unequally" not in document.text
