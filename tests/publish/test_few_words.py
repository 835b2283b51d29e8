"""Charts of few people: a line names the rows, and no title speaks of a handful."""

import dueregard as dr
from dueregard.publish.charts.chart import chart
from dueregard.publish.charts.few_words import few_line


def answers(**cases):
    """Answers by borough of so many people, in both groups."""
    rows = [(area, group, i % 3 > 0) for area, n in cases.items() for group in ("Asian", "White") for i in range(n)]
    return dict(zip(("borough", "group", "met"), map(list, zip(*rows, strict=True)), strict=True))


def gap(**cases):
    return dr.gap(answers(**cases), outcome="met", positive=True, group="group", reference="White", by="borough")


def texts_of(figure):
    return [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


def test_rows_of_few_cases_are_named_below_the_chart():
    line = "Low reliability, fewer than 30 cases: Barnet"
    assert few_line(gap(Barnet=12, Brent=60)) == [line]
    assert line in texts_of(gap(Barnet=12, Brent=60).plot())
    assert few_line(gap(Barnet=60, Brent=60)) == []


def test_many_rows_are_counted_and_all_of_them_are_every_row():
    assert few_line(gap(A=12, B=12, C=12, D=12)) == ["Low reliability, fewer than 30 cases: A, B and 2 others"]
    assert few_line(gap(A=12)) == ["Low reliability: fewer than 30 cases in every row"]


def test_no_title_tells_what_a_handful_said():
    for found in (
        gap(Barnet=2),
        dr.survey_estimate({"ok": ["Yes"]}, outcome="ok", positive="Yes", design=dr.survey_design()),
    ):
        title = chart(found).alternative.title
        assert title.endswith(": too few people to describe") and "100" not in title
    assert "too few people" not in chart(gap(Barnet=60)).alternative.title
