"""The report's page of an audit: what does not follow, what rounding explains, and how many figures were checked."""

import dueregard as dr
from dueregard.publish.report.examples import from_examples
from dueregard.publish.report.pages.audits import audits, counted
from dueregard.publish.report.pages.choice import page_of

TABLE = {"section": ["People", "Processes"], "met": [24, 22], "percent": [75, 67]}


def found(**changed):
    return dr.audit(TABLE | changed, label="section", count="met", of=32, percent="percent")


def test_what_does_not_follow_is_said_in_the_words_of_the_audit():
    page = page_of(found(), 1)
    (finding,) = page.findings
    assert finding.statement == "What does not follow: 1 of 2"
    assert finding.sentences == found().filter(verdict="inconsistent").sentences()
    assert page.intro == ["Published figures: of 2 figures, 1 does not follow and 1 follows."]
    assert page.points[0].figure == "1 of 2"
    html = page.section()
    assert "22 of 32 is 68.75%, not the 67% printed" in html and "<svg" not in html and "<table" not in html


def test_figures_that_all_follow_leave_only_the_count():
    page = page_of(found(percent=[75, 69]), 1)
    assert not page.findings and page.points[0].figure == "0 of 2"
    assert page.intro == ["Published figures: of 2 figures, 2 follow."]


def test_the_method_is_said_once():
    page = audits([("One", found()), ("Two", found())])
    assert page.section().count("Each printed figure is computed again") == 1
    assert page.section().count("22 of 32 is 68.75%") == 2


def test_figures_set_aside_are_counted():
    claims = {"claim": ["percent", "percent"], "count": ["22", "x"], "of": ["32", "32"], "percent": ["67%", "67%"]}
    assert counted(dr.audit(claims, strict=False)) == "of 2 figures, 1 does not follow and 1 was set aside."


def test_the_example_finds_the_mistakes_of_the_reports():
    page = next(page for page in from_examples().pages if page.key == "audit")
    claims = dr.audit(dr.data.load("claims"))
    assert page.points[0].figure == f"{claims['verdict'].count('inconsistent')} of 153"
    assert page.intro[0].endswith(
        "of 182 figures, 10 do not follow, 3 differ by rounding or an approximate word, 4 could not be told, 25 are "
        "printed nowhere, and were derived and 140 follow."
    )
    text = page.section()
    for line in (90, 176, 181, 232, 252):
        assert f"esps-review-2011:{line}:" in text
    rounding = next(each for each in page.findings if each.statement.startswith("What rounding"))
    assert [row["printed_at"] for row in rounding.findings.rows()] == [
        "equality-standard-2008:59", "equality-duty-review:6", "equality-duty-review:7",
    ]  # fmt: skip


def test_verbs_agree_with_their_numbers():
    for percents, figure, words in (
        (["67%"], "1 of 1", "published figure that could be checked does not follow from the others."),
        (["67%", "69%"], "1 of 2", "published figures that could be checked does not follow from the others."),
        (["67%", "67%"], "2 of 2", "published figures that could be checked do not follow from the others."),
        (["69%", "69%"], "0 of 2", "published figures that could be checked do not follow from the others."),
    ):
        many = len(percents)
        claims = {"claim": ["percent"] * many, "count": [22] * many, "of": [32] * many, "percent": percents}
        (point,) = audits([("Figures", dr.audit(claims))]).points
        assert (point.figure, point.text) == (figure, words)
