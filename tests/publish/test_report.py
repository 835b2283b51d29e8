"""The report as a file: what is in it, where its numbers come from, and how it is written."""

import datetime
import hashlib
import itertools
import os
import re

import numpy as np
import pytest

import dueregard as dr
from dueregard import data
from dueregard.assessment import assess, frameworks
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.report.pages.coverage import coverage
from dueregard.publish.report.pages.gap_words import Wording
from dueregard.publish.report.pages.main_points import main_points
from dueregard.publish.report.pages.satisfaction import satisfaction
from dueregard.publish.report.pages.standard import standard
from dueregard.publish.report.pages.workforce import with_population, workforce
from dueregard.publish.report.report import write_report

SECTIONS = [
    "main-points", "standard", "levels", "satisfaction", "areas", "gaps", "trend", "drivers", "explained",
    "proportionality", "workforce", "stages", "plan", "unknowns", "coverage", "audit", "limits", "method", "control",
]  # fmt: skip
CHARTS = 20
WORDS = Wording("satisfied", "users", "2010", 5.0)
OWN = {"outcome": "happy", "positive": "Yes", "group": "ethnicity", "reference": "White", "by": "area"}


@pytest.fixture(scope="session")
def document(report, pages):
    return pages.read(report.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))


@pytest.fixture
def own():
    """Records of one's own: 600 answers in three areas, some missing."""
    rng = np.random.default_rng(7)
    return {
        "area": rng.choice(["North & East", "South", "West"], 600),
        "ethnicity": rng.choice(["Asian", "White", ""], 600, p=[0.4, 0.55, 0.05]),
        "happy": rng.choice(["Yes", "No", "Don't know"], 600, p=[0.6, 0.35, 0.05]),
    }


def section(document, key):
    return next(found for found in document.all("section") if found.attributes.get("id") == key)


def test_the_sections_and_their_order(document):
    assert [found.attributes["id"] for found in document.all("section", "page")] == SECTIONS
    links = [link.attributes["href"] for link in next(document.all("nav")).all("a")]
    assert links == [f"#{key}" for key in SECTIONS]


def test_the_language_landmarks_and_the_way_past_the_contents(document):
    assert next(document.all("html")).attributes["lang"] == "en-GB"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(list(document.all(landmark))) == 1
    skip = next(document.all("a", "skip"))
    assert skip.attributes["href"] == f"#{next(document.all('main')).attributes['id']}"


def test_headings_are_in_order(document):
    levels = [int(found.tag[1]) for found in document.all() if re.fullmatch("h[1-6]", found.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))


def test_ids_are_unique_and_every_link_and_label_leads_somewhere(document, pages):
    found = pages.ids(document)
    assert len(found) == len(set(found))
    for element in document.all():
        targets = " ".join(element.attributes.get(name, "") for name in ("aria-labelledby", "aria-describedby")).split()
        href = element.attributes.get("href", "")
        targets += [href[1:]] if href.startswith("#") else []
        assert set(targets) <= set(found), element.tag


def test_nothing_is_fetched(document, report):
    for element in document.all():
        assert element.tag not in ("script", "iframe", "object", "embed", "img")
        assert "src" not in element.attributes
        assert element.attributes.get("href", "#").startswith(("#", "data:,"))
        assert not any(name.startswith("on") for name in element.attributes)
    style = next(document.all("style")).text
    assert "url(" not in style and "@import" not in style
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]+"', "", report.read_text(encoding="utf-8")).replace(
        'a[href^="http"]', ""
    )


def test_every_table_is_sound(document, pages):
    tables = list(document.all("table"))
    assert len(tables) >= 20
    for table in tables:
        pages.sound(table)


def test_every_finding_has_its_sentence_and_those_with_a_chart_their_table_and_method(document):
    findings = list(document.all("section", "finding"))
    assert len(findings) == 31
    drawn = [finding for finding in findings if list(finding.all("svg"))]
    assert len(drawn) == CHARTS
    for finding in findings:
        said = [*finding.all("p", "sentence"), *finding.all("li", "sentence")]
        assert len([s for s in said if len(s.text) > 30]) >= 1
    for finding in drawn:
        assert len(list(finding.all("table"))) == 1
        assert len(list(finding.all("svg"))) == 2
        assert len(next(finding.all("p", "method")).text) > 100
        assert all(len(next(drawing.all("desc")).text) > 90 for drawing in finding.all("svg"))


def test_the_published_figures_are_there(document):
    said = [item.text for item in section(document, "main-points").all("li")]
    assert said[0].startswith(
        "97%  of units meet the baseline of the Equality Standard for the Police Service: 71 of 73"
    )
    assert said[2].startswith(
        "7 points lower for Minority ethnic users than White users: 74% against 81% satisfied (95%"
    )
    assert "Kensington & Chelsea gave 17 answers of 18" in section(document, "standard").text
    scores = next(section(document, "standard").all("table"))
    rows = [[cell.text for cell in row.children] for row in scores.all("tr")]
    assert ["Barnet", "12", "18", "18", "66.7", "66.7"] in rows and len(rows) == 33


def test_every_page_has_its_main_point(document):
    links = [link.attributes["href"] for link in section(document, "main-points").all("a", "more")]
    assert links == [f"#{key}" for key in SECTIONS[1:-3]]


def test_both_notices_stand_at_the_top_and_at_the_foot_of_every_page(document):
    for place in (
        next(document.all("header")).text,
        next(document.all("footer")).text,
        next(document.all("style")).text,
    ):
        assert "Internal: not checked for disclosure" in place
        assert "Synthetic: generated to match published totals" in place


def test_document_control(document):
    told = {row.children[0].text: row.children[1].text for row in section(document, "control").all("tr")}
    assert told["Author"] == "Research unit" and told["Checked by"] == "not named"
    assert told["Version"] == "1.0 draft" and told["Date"] == "31 March 2011"
    hashes = [cell.text for cell in section(document, "control").all("td", "hash")]
    assert len(hashes) == len(set(hashes)) == 17 and all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)


def said_by(page):
    """All that a page says from numbers: points, introductions, headings and sentences."""
    yield from (f"{point.figure} {point.unit} {point.text}" for point in page.points)
    yield from page.intro
    for finding in page.findings:
        yield from (finding.statement, finding.what, *finding.sentences)


def assert_supported(page, rows, **counted):
    """Every number is in the rows or was counted here; a number from nowhere is noticed."""
    known = [*rows, *({name: float(value)} for name, value in counted.items())]
    texts = [text for text in said_by(page) if re.search(r"\d", text)]
    assert texts
    for text in texts:
        assert unsupported_numbers(text, known) == [], text
        assert unsupported_numbers(f"{text} and 123456.7", known) == ["123456.7"]


def test_sentences_on_the_gap_hold_only_its_numbers(gaps):
    everywhere = [row for row in gaps.rows() if row["borough"] is None]
    page = satisfaction(gaps, WORDS)
    assert_supported(page, everywhere, areas=4, clear=2, lower=1, higher=1, year=2010)


def test_sentences_on_the_scores_hold_only_their_numbers():
    assessment = assess(data.load("borough_answers"), frameworks.esps())
    page = standard(assessment, others={"other": (39, 41)}, when="reported")
    scores = list(assessment.scores().rows())
    ends = [row for row in scores if row["value"] in (50.0, 100.0) or row["outcome_missing"]]
    assert_supported(page, ends, met=71, assessed=73, short=2, percent=97, target=80, baseline=50, boroughs=32)


def test_sentences_on_the_workforce_hold_only_its_numbers(shares):
    population = {"Asian": 21.0, "Black": 16.0, "White": 59.0}
    page = workforce(shares, population, "London", "then")
    assert_supported(page, with_population(shares, population).rows())
    assert page.findings[0].statement == "Asian: 6.4% of staff, 21% of the population"


def test_sentences_on_what_is_collected_hold_only_counts():
    rows = [
        {"measure": measure, "characteristic": characteristic, "status": status, "percent_stated": 91.0}
        for characteristic, statuses in {"age": ("collected", "partly"), "sex": ("not", "not")}.items()
        for measure, status in zip(("survey", "staff"), statuses, strict=True)
    ]
    page = coverage(rows)
    assert page.points[0].figure == "2 of 4"
    assert "1 are collected, 1 partly and 2 not. Sex is not collected for any measure." in page.html


def test_an_unclear_gap_is_not_a_headline_number(make_gaps):
    from dueregard.publish.readings import remade, rows_of

    findings = make_gaps()
    rows = [
        row | {"verdict": row["verdict"] and "too few to tell: 3.0 times the present numbers needed"}
        for row in rows_of(findings)
    ]
    page = satisfaction(remade(findings, rows), WORDS)
    assert page.points[0].figure == "Unclear"
    assert page.points[1].figure == "0 of 4"
    assert "too few to tell" in page.findings[0].statement


def test_no_area_is_named_as_largest_unless_areas_are_shown_to_differ(gaps):
    from dueregard.publish.readings import remade, rows_of

    spread = {"row_type": "variation", "group": "Minority ethnic", "reference": "White", "estimate": 4.0, "high": 9.0}
    spread |= {"method": "between-area standard deviation, 4 areas", "pvalue": 0.001, "confidence_level": 0.95}
    named = remade(gaps, [*rows_of(gaps), spread | {"low": 1.2}])
    unnamed = remade(gaps, [*rows_of(gaps), spread | {"low": 0.0, "pvalue": 0.4}])
    assert satisfaction(named, WORDS).points[1].text.endswith(" higher (Barking & Dagenham and Sutton).")
    assert "Barking & Dagenham" not in satisfaction(unnamed, WORDS).points[1].text


def test_with_several_groups_what_is_said_of_areas_is_said_once(make_gaps):
    from dueregard.publish.readings import remade, rows_of

    findings = make_gaps(("Asian", "Black", "Mixed"))
    spread = {"row_type": "variation", "reference": "White", "confidence_level": 0.9, "high": 9.0, "estimate": 2.0}
    spread |= {"method": "between-area standard deviation, 4 areas", "pvalue": 0.5, "low": 0.0}
    rows = [spread | {"group": group} for group in ("Asian", "Black")]
    rows.append(spread | {"group": "Mixed", "low": 1.5, "pvalue": 0.001})
    page = satisfaction(remade(findings, [*rows_of(findings), *rows]), WORDS)
    said = page.findings[0].sentences
    assert said[-1] == (
        "There is no clear evidence that the gaps of Asian and Black differ between boroughs beyond chance; do not "
        "rank by them."
    )
    assert sum("Mixed" in sentence and "beyond chance" in sentence for sentence in said) == 1
    assert "largest" not in page.points[1].text  # which gap is the largest may be chance
    assert page.points[1].text.endswith(": 3 lower, 3 higher.")  # not all of them vary beyond chance


def test_groups_of_which_none_is_clear_are_counted(make_gaps):
    from dueregard.publish.readings import remade, rows_of

    findings = make_gaps(("Asian", "Black"))
    rows = [row | {"verdict": row["verdict"] and "too few to tell: 3.0 times"} for row in rows_of(findings)]
    point = satisfaction(remade(findings, rows), WORDS).points[0]
    assert (point.figure, point.text) == ("0 of 2", "groups differ clearly from White (satisfied).")


def test_main_points_take_the_first_of_each_page_before_the_second_of_any(gaps):
    page = satisfaction(gaps, WORDS)
    html = main_points([page] * 4).html
    assert html.count("<li>") == 6


def test_the_same_input_and_date_give_the_same_bytes(report, tmp_path):
    again = write_report(tmp_path / "again.html", date=datetime.date(2011, 3, 31), author="Research unit")
    assert again.read_bytes() == report.read_bytes()


def test_the_order_of_ones_own_records_does_not_matter(own, tmp_path):
    turned = {name: column[::-1] for name, column in own.items()}
    one = write_report(tmp_path / "one.html", data=own, date="2024-01-02", **OWN)
    other = write_report(tmp_path / "other.html", data=turned, date="2024-01-02", **OWN)
    assert one.read_bytes() == other.read_bytes()


def test_ones_own_records_are_not_mixed_with_examples(own, tmp_path, pages):
    path = write_report(tmp_path / "own.html", data=own, date="2024-01-02", period="2023", **OWN)
    text = path.read_text(encoding="utf-8")
    document = pages.read(text.removeprefix("<!DOCTYPE html>\n"))
    keys = [found.attributes["id"] for found in document.all("section", "page")]
    assert keys == ["main-points", "satisfaction", "limits", "method", "control"]
    assert not any(word in text for word in ("Synthetic", "Metropolitan", "Kensington", "London"))
    for absent in ("Scores against a standard", "Workforce against population", "What is collected"):
        assert f"{absent}" in section(document, "limits").text
    assert "not supplied" in section(document, "limits").text
    assert "North & East" in text.replace("&amp;", "&")


def test_the_numbers_of_ones_own_records_are_those_of_gap(own, tmp_path, pages):
    found = dr.gap(own, **OWN)
    row = next(r for r in found.rows() if r["area"] is None and r["group"] == "Asian")
    text = write_report(tmp_path / "own.html", data=own, **OWN).read_text(encoding="utf-8")
    table = next(pages.read(text.removeprefix("<!DOCTYPE html>\n")).all("table"))
    cells = [cell.text for cell in list(table.all("tr"))[1].children]
    assert cells[:6] == [
        "All areas",
        f"{row['nobs']}",
        f"{row['reference_nobs']}",
        f"{row['value']:.1f}",
        f"{row['reference_value']:.1f}",
        f"{row['estimate']:.1f}",
    ]


def head_and_rows(path, pages):
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    table = next(document.all("table"))
    head, *rows = [[cell.text for cell in row.children] for row in table.all("tr")]
    return document, [dict(zip(head, row, strict=True)) for row in rows]


def test_everyone_left_out_is_counted_and_shown(own, tmp_path, pages):
    path = write_report(tmp_path / "own.html", data=own, exclude="Don't know", **OWN)
    document, rows = head_and_rows(path, pages)
    unsure = {group: int(np.sum((own["ethnicity"] == group) & (own["happy"] == "Don't know"))) for group in
              ("Asian", "White")}  # fmt: skip
    unknown = int(np.sum(own["ethnicity"] == ""))
    assert (
        f"Left out of the percentages: {unsure['Asian']} Asian and {unsure['White']} White records that have no answer "
        f"or the excluded Don't know; {unknown} records whose ethnicity is not stated."
    ) in [said.text for said in document.all("p", "sentence")]
    for group, count in unsure.items():
        shown = [int(row[f"Left out ({group})"]) for row in rows]
        assert shown[0] == count == sum(shown[1:])
        bases = [int(row[f"Base ({group})"]) for row in rows]
        assert bases[0] + count == np.sum(own["ethnicity"] == group) and sum(bases[1:]) == bases[0]


def test_the_example_counts_all_who_are_left_out(document):
    survey = data.example("satisfaction")
    text = section(document, "satisfaction").text
    lost = np.isin(survey["satisfaction"], ["Don't know", "not stated"])
    broad = np.asarray(survey["ethnic_group_broad"])
    counts = [int(np.sum(lost & (broad == group))) for group in ("Minority ethnic", "White")]
    said = f"{counts[0]} Minority ethnic and {counts[1]} White users who gave no answer or said Don't know"
    assert f"{said}; {int(np.sum(broad == 'not stated'))} users whose ethnic group is not stated." in text


def test_clear_gaps_are_counted_after_adjustment_and_the_text_says_so(tmp_path, pages):
    survey = data.example("satisfaction")
    path = write_report(tmp_path / "survey.html", data=survey)
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    points = section(document, "main-points").text
    assert "boroughs have a clear gap once all 32 comparisons are allowed for" in points
    assert "taken alone" not in points
    assert "each verdict allows for all the comparisons made at once" in section(document, "satisfaction").text


def test_the_difference_that_matters_is_in_the_method(document):
    method = section(document, "method").text
    assert "within 5 percentage points, either way, are taken as not mattering" in method
    assert "for a clear verdict" in section(document, "satisfaction").text and "another verdict" not in method


def test_only_surveys_are_said_to_be_surveys(own, tmp_path, pages, document):
    text = write_report(tmp_path / "own.html", data=own, **OWN).read_text(encoding="utf-8")
    assert "The records show that outcomes differ" in text and "survey" not in text.lower()
    assert "A survey shows" in section(document, "limits").text


def test_an_unknown_area_without_anyone_is_a_note_and_no_row(tmp_path, pages):
    counts = np.array([[[30, 60], [20, 80]], [[30, 60], [20, 80]], [[0, 0], [0, 0]]])
    labels = {"area": ["North", "South", "not stated"], "ethnicity": ["Asian", "White"], "happy": ["No", "Yes"]}
    path = write_report(tmp_path / "own.html", data=dr.Tally(counts, labels, outcome="happy"), **OWN)
    document, rows = head_and_rows(path, pages)
    assert [row["Area"] for row in rows] == ["All areas", "North", "South"]
    assert "Not listed, because there are no answers on either side: area not stated." in document.text
    counts[2, 0, 1] = 12
    path = write_report(tmp_path / "own.html", data=dr.Tally(counts, labels, outcome="happy"), **OWN)
    document, rows = head_and_rows(path, pages)
    assert len(rows) == 4 and "Not listed" not in document.text


def test_what_cannot_be_told_of_units_that_fall_short_is_said(document):
    text = section(document, "standard").text
    assert "the documents do not say which 2 of the 73 units fall short" in text


def test_every_row_for_all_areas_is_bold(make_gaps, pages):
    html = satisfaction(make_gaps(("Asian", "Mixed")), WORDS).findings[0].html()
    rows = [row for row in pages.read(html).all("tr") if row.children[0].text == "All areas"]
    assert [row.attributes.get("class") for row in rows] == ["all", "all"]


def test_a_file_is_named_with_its_hash(own, tmp_path):
    source = tmp_path / "survey.csv"
    rows = zip(*own.values(), strict=True)
    source.write_text("area,ethnicity,happy\n" + "".join(f'"{a}","{e}","{h}"\n' for a, e, h in rows), encoding="utf-8")
    text = write_report(tmp_path / "own.html", data=source, **OWN).read_text(encoding="utf-8")
    assert hashlib.sha256(source.read_bytes()).hexdigest() in text
    assert "survey.csv" in text and str(tmp_path) not in text


def test_a_tally_without_areas_and_against_everyone(own, tmp_path):
    tally = dr.tally(own, ["ethnicity"], outcome="happy")
    options = OWN | {"reference": dr.OVERALL, "by": None}
    assert write_report(tmp_path / "own.html", data=tally, **options).stat().st_size > 10_000


@pytest.mark.parametrize("hostile", ["</title><script>x</script>", "${title} $x", '"><b>', "\x00b"])
def test_what_is_given_is_text_and_nothing_else(own, tmp_path, pages, hostile):
    renamed = {
        "area": own["area"],
        "ethnicity": np.where(own["ethnicity"] == "Asian", hostile, own["ethnicity"]),
        "happy": own["happy"],
    }
    path = write_report(
        tmp_path / "own.html", data=renamed, title=hostile, author=hostile, version=hostile, period=hostile, **OWN
    )
    text = path.read_text(encoding="utf-8")
    document = pages.read(text.removeprefix("<!DOCTYPE html>\n"))
    assert "<script" not in text and "\x00" not in text
    assert next(document.all("h1")).text == hostile.replace("\x00", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("absent", ["positive", "group", "reference"])
def test_what_is_needed_with_an_outcome_is_named(own, tmp_path, absent):
    options = {name: value for name, value in OWN.items() if name != absent}
    with pytest.raises(ValueError, match=f"{absent}: is needed when outcome is given"):
        write_report(tmp_path / "own.html", data=own, **options)


def test_arguments_about_records_need_records(tmp_path):
    with pytest.raises(ValueError, match="group: says how to read your own records"):
        write_report(tmp_path / "own.html", group="ethnicity")


def test_records_laid_out_like_the_example_need_no_arguments(tmp_path):
    survey = dict(data.example("satisfaction"))
    text = write_report(tmp_path / "own.html", data=survey).read_text(encoding="utf-8")
    answered = ~np.isin(survey["satisfaction"], ["Don't know", "not stated"])
    minority = survey["satisfaction"][answered & (survey["ethnic_group_broad"] == "Minority ethnic")]
    percent = 100 * np.char.endswith(minority, " satisfied").mean()
    assert f"{percent:.1f}" in text and "Synthetic" not in text


def test_records_without_a_group_to_compare_are_refused(own, tmp_path):
    alone = own | {"ethnicity": np.where(own["ethnicity"] == "Asian", "", own["ethnicity"])}
    with pytest.raises(ValueError, match="group: there is no group to compare with White"):
        write_report(tmp_path / "own.html", data=alone, **OWN)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"out: the directory '.*nowhere' does not exist"):
        write_report(tmp_path / "nowhere" / "report.html")
    with pytest.raises(IsADirectoryError, match=r"out: .* is a directory; name a file in it"):
        write_report(tmp_path)


def test_a_date_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="date: 'yesterday' is not a date like 2011-03-31"):
        write_report(tmp_path / "report.html", date="yesterday")


def test_a_failure_leaves_what_was_there_and_nothing_else(own, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="no column 'region'"):
        write_report(target, data=own, **(OWN | {"by": "region"}))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(target, data=own, **OWN)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_file_has_the_permissions_new_files_have(own, tmp_path):
    plain = tmp_path / "plain"
    plain.write_text("", encoding="utf-8")
    path = write_report(tmp_path / "own.html", data=own, **OWN)
    assert path.stat().st_mode == plain.stat().st_mode


def rates(**options):
    """Rates of events in two groups."""
    people = {"ethnicity": ["Black", "White"], "people": [5_000, 60_000]}
    census = dr.population(people, group="ethnicity", count="people", date="2011")
    events = {"ethnicity": ["Black"] * 100 + ["White"] * 300 + [None] * 20}
    return (
        dr.proportionality(events, census, group="ethnicity", reference="White", period="2016-06", **options),
        census,
        events,
    )


def test_findings_of_ones_own_become_pages(tmp_path, pages):
    found, census, events = rates(name="searches")
    unknown = dr.unknowns(events, census, group="ethnicity", reference="White", period="2016-06", name="searches")
    stage = dr.relative_likelihood(
        {"group": ["A"] * 40 + ["B"] * 60, "got": [True] * 10 + [False] * 30 + [True] * 30 + [False] * 30},
        stage="promotion", group="group", reference="B", outcome="got", positive=True,
    )  # fmt: skip
    share = dr.share({"sex": ["F"] * 30 + ["M"] * 70}, of="sex")
    path = write_report(tmp_path / "own.html", findings=[found, unknown, stage, share], date="2016-07-01")
    document = pages.read(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n"))
    keys = [each.attributes["id"] for each in document.all("section", "page")]
    assert keys == ["main-points", "proportionality-1", "unknowns-2", "stages-3", "findings-4", "limits", "method",
                    "control"]  # fmt: skip
    assert "4.00 times the rate" in section(document, "proportionality-1").text
    assert "3.75 to 4.80" in section(document, "unknowns-2").text
    assert "promotion (lower is worse)" in section(document, "stages-3").text
    assert "Discrimination. A rate for the size of a group" in section(document, "limits").text
    assert "Metropolitan" not in document.text and "Synthetic" not in document.text


def test_one_table_of_findings_is_enough_and_goes_with_records(tmp_path, own):
    found, *_ = rates()
    alone = write_report(tmp_path / "a.html", findings=found, date="2016-07-01").read_text(encoding="utf-8")
    assert 'id="proportionality-1"' in alone and 'id="satisfaction"' not in alone
    both = write_report(tmp_path / "b.html", data=own, **OWN, findings=found, date="2016-07-01")
    text = both.read_text(encoding="utf-8")
    assert text.index('id="satisfaction"') < text.index('id="proportionality-1"')


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        (["a"], "number 0 is str"),
        ([dr.Findings({"group": []})], "is empty"),
        (3, "int is neither findings, an assessment, rounds nor a plan"),
    ],
)
def test_what_is_no_findings_is_refused(tmp_path, findings, words):
    with pytest.raises(TypeError, match=f"findings: {words}" if "number" in words else words):
        write_report(tmp_path / "a.html", findings=findings)
    assert list(tmp_path.iterdir()) == []
