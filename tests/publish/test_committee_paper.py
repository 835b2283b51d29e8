"""The committee paper: its sections, paragraphs numbered without gaps, and every place that is to be completed."""

import itertools
import re
from pathlib import Path

import pytest

import dueregard as dr
from dueregard.measures.cannot_say import caution
from dueregard.publish.numbers import numbers_in

EXAMPLE = Path(__file__).parents[1] / "plans" / "example_plan.toml"
LETTERED = [
    "A. Recommendations", "B. Supporting information", "C. Equality and diversity impact", "D. Financial implications",
    "E. Legal implications", "F. Risk implications", "G. Background papers", "H. Contact details",
]  # fmt: skip
NAMED = {
    "report_number": 14, "committee": "Equal Opportunities & Diversity Board", "meeting_date": "2011-04-14",
    "on_behalf_of": "Commissioner", "classification": "Not protectively marked", "contact": "Research unit, 020 7000",
    "author": "A. Writer", "checked_by": "A. Checker",
}  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return dr.plan(EXAMPLE, on="2011-02-01")


@pytest.fixture
def write(tmp_path, pages):
    """Write a paper and read it as a document."""

    def written(**options):
        path = dr.write_report(tmp_path / "paper.html", template="committee", date="2011-03-31", **options)
        return pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))

    return written


@pytest.fixture(scope="module")
def document(paper, pages):
    return pages.read(paper.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))


def section(document, key):
    return next(found for found in document.all("section", "page") if found.attributes["id"] == f"section-{key}")


def titles(document):
    return [next(found.all("h2")).text for found in document.all("section", "page")]


def marks(document):
    return [mark.text for mark in document.all("mark")]


def numbered(document):
    return [int(next(found.all("span", "number")).text.rstrip(".")) for found in document.all("p", "numbered")]


def test_the_sections_are_lettered_without_gaps(document):
    found = titles(document)
    assert found[:2] == ["Report", "Summary"] and found[2:10] == LETTERED
    assert found[10] == "Appendix 1: Standard scores by borough" and found[-1] == "Before publication"
    appendices = [int(re.match(r"Appendix (\d+):", title)[1]) for title in found[10:-1]]
    assert appendices == list(range(1, len(appendices) + 1))


def test_environmental_implications_only_where_asked(write, plan):
    found = titles(write(findings=plan, environment=True))
    assert found[7:11] == ["F. Environmental implications", "G. Risk implications", "H. Background papers",
                           "I. Contact details"]  # fmt: skip


def test_paragraphs_are_numbered_through_the_paper_without_gaps(document, write, plan):
    for paper in (document, write(findings=plan), write(findings=plan, environment=True)):
        found = numbered(paper)
        assert len(found) > 10 and found == list(range(1, len(found) + 1))
        ids = [each.attributes["id"] for each in paper.all("p", "numbered")]
        assert ids == [f"paragraph-{number}" for number in found]


def test_the_lead_of_the_paper_is_a_complete_page(document, pages):
    levels = [int(found.tag[1]) for found in document.all() if re.fullmatch("h[1-6]", found.tag)]
    assert levels[0] == 1 and all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))
    found = pages.ids(document)
    assert len(found) == len(set(found))
    for element in document.all():
        href = element.attributes.get("href", "")
        assert not href.startswith("#") or href[1:] in found, href
    for table in document.all("table"):
        pages.sound(table)


def test_short_appendices_do_not_begin_a_page_in_print(write, plan):
    claims = dr.audit({"claim": ["percent"], "count": [22], "of": [32], "percent": ["67%"]})
    found = {each.attributes["id"]: each.attributes["class"] for each in write(findings=[plan, claims]).all("section")
             if each.attributes["class"].startswith("page")}  # fmt: skip
    short = {key: kind == "page follows" for key, kind in found.items() if key.partition("-")[0] != "section"}
    assert short == {"title-block": False, "summary": True, "plan-1": False, "audit-2": True, "limits": True,
                     "method": True, "checklist": False}  # fmt: skip
    alone = write(findings=claims)
    assert (
        next(each for each in alone.all("section", "page") if each.attributes["id"] == "audit-1").attributes["class"]
        == "page"
    )  # the first appendix begins a page, however short


def test_every_mark_is_in_the_checklist_with_a_link_to_it(document):
    remaining = next(document.all("ol", "remaining"))
    links = [link.attributes["href"][1:] for link in remaining.all("a")]
    assert links == [mark.attributes["id"] for mark in document.all("mark")]
    listed = [item.text for item in remaining.all("li")]
    for mark, item in zip(marks(document), listed, strict=False):
        assert mark == f"[to be completed: {item.partition(': ')[2]}]"
    assert f"{len(listed)} things remain before" in next(remaining.parent.all("p")).text
    assert len(listed) == len(links) + 3 and listed[-3].startswith("Its figures are of real records")
    assert f"Draft: {len(links)} places to be completed" in next(document.all("header")).text


def test_what_is_given_stands_in_the_title_block_and_is_not_marked(write, plan):
    document = write(findings=plan, **NAMED)
    told = {row.children[0].text: row.children[1].text for row in document.all("tr") if len(row.children) == 2}
    assert told["Report"] == "14" and told["Date"] == "14 April 2011" and told["By"] == "Commissioner"
    assert told["Committee"] == "Equal Opportunities & Diversity Board"
    assert told["Protective marking"] == "Not protectively marked"
    assert "Research unit, 020 7000" in section(document, "contacts").text
    assert marks(document) == [
        f"[to be completed: {what}]"
        for what in (
            "when it is to be reviewed",
            "why this report comes to members now",
            "the impact of what is recommended here on people with each protected characteristic",
            "the cost of objective 1 in 2010/11, which is not known",
            "legal implications, from legal services; the figures show differences, and not whether anything was "
            "unlawful",
            "how these risks are managed, and who owns them",
        )
    ]


def test_it_is_not_for_the_publication_scheme_until_it_is_checked(document, write, plan):
    for paper in (document, write(findings=plan, **NAMED)):
        told = {row.children[0].text: row.children[1].text for row in paper.all("tr") if len(row.children) == 2}
        assert told["Suitable for publication scheme? Y/N"] == "N: not until it has been checked for disclosure"


def test_members_are_asked_what_the_plan_recommends(write, plan):
    asked = [item.text for item in next(write(findings=plan).all("ol", "asked")).all("li")]
    assert asked == [
        "note the findings in this report;",
        "consider recommendation 10, “Move staff between support functions”, which was accepted with a reservation "
        "that is still open: How it would affect budgeted workforce targets is to be explored further (Management "
        "Board to decide);",
        "note that recommendation 11, “Report progress every six months” was accepted, and receive a report on its "
        "progress;",
        "note that recommendation 12, “Close the unit” was rejected.",
    ]


def test_members_are_told_that_a_recommendation_is_overdue(write):
    open_one = {"answer": "accepted with reservation", "reservation": "cost", "decides": "Board", "due": "2011-01-31"}
    rows = {"recommendations": [
        {"id": "R1", "title": "Move"} | open_one,
        {"id": "R2", "title": "Stay", "answer": "accepted", "due": "2011-01-31"},
        {"id": "R3", "title": "Go", "answer": "accepted", "due": "2011-03-31"},
    ]}  # fmt: skip
    found = write(findings=dr.plan(rows, on="2011-02-01"))
    asked = [item.text for item in next(found.all("ol", "asked")).all("li")]
    assert asked[1:] == [
        "consider recommendation R1, “Move”, overdue since 31 January 2011, which was accepted with a reservation that "
        "is still open: cost (Board to decide);",
        "note that recommendation R2, “Stay”, overdue since 31 January 2011, was accepted, and receive a report on its "
        "progress;",
        "note that recommendation R3, “Go” was accepted, and receive a report on its progress.",
    ]


def test_findings_alone_give_options_and_no_recommendation(document):
    text = section(document, "recommendations").text
    asked = [item.text for item in next(document.all("ol", "asked")).all("li")]
    assert asked[0] == "note the findings in this report;" and asked[1].startswith("[to be completed: what members are")
    assert len(asked) == 2 and "The findings do not say what should be done." in text
    assert "7 points lower for Minority ethnic users" in text and "97%" not in text


def test_nothing_is_asked_about_what_is_unclear(write):
    found = write(data={"g": ["A", "B"] * 20, "y": ["Yes", "No", "No", "Yes"] * 10}, outcome="y", positive="Yes",
                  group="g", reference="B")  # fmt: skip
    assert "Unclear" in next(each for each in found.all("section", "page") if each.attributes["id"] == "summary").text
    assert "Options" not in section(found, "recommendations").text


def test_findings_of_groups_are_in_c_and_what_is_not_known_is_in_the_risks(document):
    equality, risk, information = (section(document, key).text for key in ("equality", "risk", "information"))
    assert "Satisfaction gap by borough" in equality and "Stop and search" in equality
    assert "What is not known" in risk and "Published figures held against themselves" in risk
    assert "Levels and rounds" in information and "Satisfaction gap" not in information
    assert "rest on too few cases to tell" in risk


def test_impact_assessments_are_in_c_alone(document, write, plan):
    assert "Assessments completed of those due: 208 of 240 (87%)." in section(document, "equality").text
    assert "208 of 240" not in section(document, "information").text
    paper = write(findings=plan)
    assert "1 assessment is overdue: E2 (Move of the front counter)." in section(paper, "equality").text
    assert "impact assessments that were due" not in section(paper, "information").text


def test_measures_of_the_plan_that_compare_groups_are_in_c(write, plan):
    text = section(write(findings=plan), "equality").text
    assert "Measures of the plan that compare groups" in text and "none was given" not in text
    said = plan.progress().filter(measure_id="satisfaction-gap").sentences()[0]
    assert said in text and "Victims updated in time" not in text


def test_the_summary_holds_the_verdicts_of_measures(write, plan):
    summary = next(each for each in write(findings=plan).all("section", "page") if each.attributes["id"] == "summary")
    assert "1 of 3 actions is overdue" in summary.text
    assert "the gap narrowed by 2.8 percentage points since 2009/10" in summary.text


def test_too_few_readings_are_not_too_few_cases(write):
    figure = {"nobs": 1000, "reference_count": 800, "reference_nobs": 1000}
    rows = {
        "objectives": [{"id": "1", "title": "A"}],
        "measures": [{"id": "g", "objective": "1", "title": "Gap", "unit": "percentage points",
                      "higher_is_better": True}],
        "baselines": [{"measure": "g", "period": "2009/10", "count": 700} | figure],
        "targets": [{"measure": "g", "value": 5, "date": "2012-03-31"}],
        "readings": [{"measure": "g", "period": "2010/11", "count": 778} | figure],
        "actions": [{"id": "A1", "objective": "1", "title": "Act", "due": "2011-01-01"}],
    }  # fmt: skip
    text = section(write(findings=dr.plan(rows, on="2011-05-01")), "risk").text
    assert "Plan: of 1 figure, 1 has too few readings to say where it leads (Gap)." in text
    assert "too few cases" not in text and "1 of 1 thing to be done is overdue." in text


def test_costs_are_those_of_the_plan_and_unknown_ones_are_marked(write, plan):
    text = section(write(findings=plan), "finance").text
    together = plan.costs().filter(objective=None).sentences()
    assert " ".join(together) in text and "£290,000 is known" in text
    assert "[to be completed: the cost of objective 1 in 2010/11, which is not known]" in text


def test_no_costs_are_not_said_to_be_none(document, write):
    assert "the plan lists no costs or savings, which does not mean that there are none" in section(
        document, "finance"
    ).text  # fmt: skip
    share = dr.share({"sex": ["F"] * 30 + ["M"] * 70}, of="sex")
    assert "costs and savings; no plan was given" in section(write(findings=share), "finance").text


def test_risks_count_what_is_overdue_waiting_and_without_a_target(write, plan):
    text = section(write(findings=plan), "risk").text
    assert "2 of 12 things to be done are overdue." in text
    assert (
        "Example equality plan: of 5 figures, 1 rests on too few cases to tell (Complaints of discrimination); 2 "
        "cannot be told (White against BME satisfaction gap and Black people searched, against White)."
    ) in text
    assert "2 of 5 measures have no target, so whether they are on course cannot be told." in text
    assert "Waiting for a decision on a reservation: recommendation 10." in text


def test_small_bases_are_counted(write):
    few = dr.gap(
        {"group": ["A"] * 9 + ["B"] * 40, "happy": (["Yes", "No", "Yes"] * 17)[:49]},
        outcome="happy", positive="Yes", group="group", reference="B",
    )  # fmt: skip
    text = section(write(findings=few), "risk").text
    assert "of 1 figure, 1 rests on too few cases to tell (A); 1 rests on a base or on events that are few (A)." in text


def test_rows_of_a_plan_that_were_set_aside_are_a_risk(write):
    rows = {"objectives": [{"id": "1", "title": "A"}], "actions": [{"id": "A", "objective": "9", "title": "Act"}]}
    found = write(findings=dr.plan(rows, on="2011-01-01", strict=False))
    assert "1 row of the plan could not be read: set aside." in section(found, "risk").text


def test_every_number_of_a_paragraph_is_in_its_appendix_or_in_the_plan(document):
    appendix = " ".join(
        found.text for found in document.all("section", "page") if not found.attributes["id"].startswith("section-")
    )
    allowed = set(numbers_in(appendix)) | {str(number) for number in range(40)}
    for key in ("information", "equality"):
        for paragraph in section(document, key).all("p", "numbered"):
            said = re.sub(r"The other [\d,]+ sentences|See appendix \d+\.|^\d+\.", "", paragraph.text)
            assert set(numbers_in(said)) <= allowed, said


def test_long_findings_say_how_many_sentences_are_in_the_appendix(document):
    text = section(document, "information").text
    strengths = next(found for found in document.all("section", "finding")
                     if found.attributes["id"] == "standard-strengths")  # fmt: skip
    number = len(list(strengths.all("li", "sentence")))
    assert f"The other {number - 2} sentences on this are in the appendix." in text


@pytest.mark.parametrize("kind", ["key drivers", "gap parts"])
def test_what_figures_do_not_show_stands_in_the_body(document, kind):
    body = " ".join(section(document, key).text for key in ("information", "equality"))
    assert body.count(caution(kind)) == 1


def test_background_papers_are_the_inputs_with_their_hashes(document):
    hashes = [cell.text for cell in section(document, "background").all("td", "hash")]
    assert len(hashes) == 17 and all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)


def test_the_same_findings_and_date_give_the_same_bytes(paper, tmp_path):
    again = dr.write_report(tmp_path / "again.html", template="committee", date="2011-03-31", author="Research unit",
                            report_number="14", meeting_date="2011-04-14")  # fmt: skip
    assert again.read_bytes() == paper.read_bytes()


def test_what_is_given_is_text_and_nothing_else(write, plan):
    hostile = "<script>x</script> ${title}"
    document = write(findings=plan, committee=hostile, contact=hostile, classification=hostile, on_behalf_of=hostile)
    assert not list(document.all("script"))
    assert document.text.count(hostile) == 4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"template": "comittee"}, "template: 'comittee' is not one of report, committee (did you mean 'committee'?)"),
        ({"contact": "x"}, "contact: belongs to a committee paper; ask for it with template='committee'"),
        ({"environment": True}, "environment: belongs to a committee paper; ask for it with template='committee'"),
        (
            {"template": "committee", "meeting_date": "14 April"},
            "meeting_date: '14 April' is not a date like 2011-03-31",
        ),
    ],
)
def test_bad_options_are_refused_before_anything_is_written(tmp_path, options, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        dr.write_report(tmp_path / "paper.html", **options)
    assert list(tmp_path.iterdir()) == []


def test_assessments_rounds_plans_and_findings_become_pages_of_a_report(tmp_path, pages, plan):
    south_east = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    rounds = dr.assess_rounds(dr.data.example("self_assessment"), dr.frameworks.esps())
    claims = dr.audit(dr.data.esps_claims("South East Area"), against=south_east)
    path = dr.write_report(tmp_path / "own.html", findings=[south_east, rounds, plan, claims], date="2011-03-31")
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    keys = [each.attributes["id"] for each in document.all("section", "page")]
    assert keys == ["main-points", "standard-1", "levels-2", "plan-3", "audit-4", "limits", "method", "control"]
    limits = next(each for each in document.all("section", "page") if each.attributes["id"] == "limits").text
    for said in ("How well an indicator is met", "Whether a level was earned", "Whether an action worked",
                 "Which of two figures that contradict each other"):  # fmt: skip
        assert said in limits
    hashes = [cell.text for cell in document.all("td", "hash")]
    assert len(set(hashes)) == 4


def test_another_answer_is_another_hash(tmp_path):
    texts = []
    for answer in ("very", "fairly"):
        one = dr.assess({"borough": ["A"], "indicator": ["1B"], "answer": [answer]}, dr.frameworks.esps())
        text = dr.write_report(tmp_path / "a.html", findings=one, date="2011-03-31").read_text(encoding="utf-8")
        texts.append(re.search(r'<td class="hash">(\w+)', text)[1])
    assert texts[0] != texts[1]


def test_records_that_are_published_are_not_said_to_be_synthetic(tmp_path):
    south_east = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    text = dr.write_report(tmp_path / "a.html", findings=south_east, date="2011-03-31").read_text(encoding="utf-8")
    assert "survey and workforce records are synthetic" not in text
