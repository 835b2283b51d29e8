"""Findings made by hand, whose every number is known; a reader of pages; the example report, written once."""

from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.publish.report.report import write_report

NAN = float("nan")
BOROUGHS = ("Barking & Dagenham", "Hammersmith & Fulham", "Kingston upon Thames", "Sutton")


def _gap_row(group, borough, estimate, half, verdict):
    row = {
        "measure": "satisfied", "characteristic": "ethnicity", "group": group, "borough": borough,
        "row_type": "group", "count": 148, "nobs": 200, "value": 81.0 + estimate, "reference": "White",
        "reference_nobs": 321, "reference_value": 81.0, "estimate": estimate, "unit_of_measure": "percentage points",
        "confidence_level": 0.95, "low": estimate - half, "high": estimate + half, "pvalue": 0.01,
        "verdict": verdict, "method": "Newcombe",
    }  # fmt: skip
    if group == "White":
        row |= {"row_type": "reference", "value": 81.0, "estimate": NAN, "low": NAN, "high": NAN, "pvalue": NAN}
    return row


def gap_findings(groups=("Minority ethnic",), boroughs=BOROUGHS, provenance="Synthetic: for tests"):
    """One clear gap over all areas, and by borough a clear one, two unclear and one that does not matter."""
    kinds = (("lower", -17.2, 8.6), ("too few to tell: 2.5 times the present numbers needed", -6.3, 9.1))
    kinds += (("no difference that matters", 0.4, 3.3), ("higher", 9.7, 6.2))
    rows = []
    for place, borough in enumerate([None, *boroughs]):
        verdict, estimate, half = ("lower", -7.1, 1.6) if borough is None else kinds[(place - 1) % 4]
        rows.append(_gap_row("White", borough, NAN, NAN, None))
        rows += [_gap_row(group, borough, estimate, half, verdict) for group in groups]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return Findings(columns, by=["borough"], provenance=provenance)


def score_findings():
    return Findings(
        {
            "measure": ["standard"] * 4, "unit": ["Barnet", "Brent", "Kensington & Chelsea", "Newham"],
            "row_type": ["group"] * 4, "count": [12, 18, 15, 7], "nobs": [18] * 4, "answered": [18, 18, 17, 18],
            "outcome_missing": [0, 0, 1, 0], "value": [66.7, 100.0, 83.3, 38.9], "low": [66.7, 100.0, 83.3, 38.9],
            "high": [66.7, 100.0, 88.9, 38.9], "unit_of_measure": ["percent"] * 4, "flag": [Flag.FULL_COUNT] * 4,
        },
        by=["unit"],
    )  # fmt: skip


def share_findings():
    return Findings(
        {
            "measure": ["share of ethnicity"] * 3, "characteristic": ["ethnicity"] * 3,
            "group": ["Asian", "Black", "White"], "row_type": ["group"] * 3, "count": [64, 55, 881],
            "nobs": [1000] * 3, "value": [6.4, 5.5, 88.1], "low": [5.1, 4.2, 86.0], "high": [8.1, 7.1, 90.0],
            "unit_of_measure": ["percent"] * 3, "confidence_level": [0.95] * 3,
        }
    )  # fmt: skip


VOID = {"meta", "link", "br", "img", "input", "hr"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.children, self.own = [], []

    @property
    def text(self):
        return "".join(part if isinstance(part, str) else part.text for part in self.own)

    def all(self, tag=None, kind=None):
        for child in self.children:
            if tag in (None, child.tag) and (kind is None or kind in child.attributes.get("class", "").split()):
                yield child
            yield from child.all(tag, kind)

    def inside(self, tag):
        return self.parent is not None and (self.parent.tag == tag or self.parent.inside(tag))


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("document", {}, None)
        self.errors = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.errors.append(f"<{tag}> repeats an attribute")
        new = Element(tag, attrs, self.at)
        self.at.children.append(new)
        self.at.own.append(new)
        if tag not in VOID:
            self.at = new

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.errors.append(f"</{tag}> closes <{self.at.tag}>")
        elif self.at.parent is not None:
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.own.append(data)


def read(html):
    """The document of a page or a part of one; every element must be closed, in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert not builder.errors, builder.errors
    assert builder.at is builder.root, f"<{builder.at.tag}> is not closed"
    return builder.root


def ids(document):
    return [element.attributes["id"] for element in document.all() if "id" in element.attributes]


def assert_sound_table(table):
    """A caption, scoped headers, as many cells in each row as headings, and no blank cell but of notes."""
    caption = next(table.all("caption"))
    assert caption.text.strip()
    head, *body = table.all("tr")
    assert head.children and all(cell.attributes.get("scope") == "col" for cell in head.children)
    for row in body:
        assert [cell.tag for cell in row.children] == ["th"] + ["td"] * (len(head.children) - 1)
        assert row.children[0].attributes.get("scope") == "row"
    for row in (head, *body):
        cells = zip(head.children, row.children, strict=True)
        assert all(cell.text.strip() or (name.text == "Note" and row is not head) for name, cell in cells)
        assert not any({"colspan", "rowspan"} & cell.attributes.keys() for cell in row.children)


@pytest.fixture
def make_gaps():
    return gap_findings


@pytest.fixture(scope="session")
def pages():
    """How to read a page: ``read`` it, its ``ids``, and whether a table is ``sound``."""
    return SimpleNamespace(read=read, ids=ids, sound=assert_sound_table)


@pytest.fixture
def gaps():
    return gap_findings()


@pytest.fixture
def scores():
    return score_findings()


@pytest.fixture
def shares():
    return share_findings()


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    return write_report(tmp_path_factory.mktemp("report") / "report.html", date="2011-03-31", author="Research unit")


def _assessments():
    """Every kind of findings of an assessment, of boroughs, of graded areas with answers missing, and of rounds."""
    import dueregard as dr

    esps, graded = dr.frameworks.esps(), dr.frameworks.equality_framework()
    boroughs = dr.assess(dr.data.load("borough_answers"), esps)
    south_east = dr.assess(dr.data.load("south_east_indicators"), esps)
    areas = dr.assess(graded_answers(graded), graded)
    rounds = dr.assess_rounds(dr.data.example("self_assessment"), esps)
    lenient = {"unit": ["A", "A"], "indicator": ["1B", "15B"], "answer": ["fairly", "very"]}
    return {
        "scores": boroughs.scores(),
        "scores by section": south_east.scores("section"),
        "scores by indicator": south_east.scores("indicator"),
        "scores by area": boroughs.scores("area"),
        "scores of all": boroughs.scores("organisation"),
        "scores by round": rounds.scores().filter(unit=["Havering", "Newham"]),
        "thresholds": boroughs.thresholds(),
        "thresholds by section": south_east.thresholds("section"),
        "levels": areas.levels(),
        "strengths": south_east.strengths(),
        "strengths with answers missing": areas.strengths(),
        "unmet": south_east.unmet(),
        "next steps": areas.next_steps(),
        "performance": rounds["after review"].performance(),
        "performance by section": south_east.performance(by="section"),
        "compared": boroughs.compare("area"),
        "answers": south_east.answers_by_indicator(),
        "crossings": rounds.crossings(),
        "changes": rounds.changes().filter(unit=["Camden", "Hackney", "Haringey", "Westminster"]),
        "progress": rounds.progress(),
        "set aside": dr.assess(lenient, esps, strict=False).set_aside,
    }


def graded_answers(framework, levels=(("North", 3), ("South", 2), ("East", None), ("West", 4))):
    """Answers of areas at these levels, one of which leaves two questions open, with some answers a level higher."""
    rows = {"unit": [], "indicator": [], "answer": []}
    for unit, level in levels:
        for place, one in enumerate(framework.indicator_ids):
            open_ = level is None and one in ("5", "9")
            higher = place % 10 == 3
            rows["unit"].append(unit)
            rows["indicator"].append(one)
            rows["answer"].append("" if open_ else f"level_{min(5, (level or 2) + higher)}")
    return rows


@pytest.fixture(scope="session")
def assessments():
    return _assessments()


@pytest.fixture(scope="session")
def paper(tmp_path_factory) -> Path:
    head = {"author": "Research unit", "report_number": 14, "meeting_date": "2011-04-14"}
    target = tmp_path_factory.mktemp("paper") / "paper.html"
    return write_report(target, template="committee", date="2011-03-31", **head)


@pytest.fixture(scope="session")
def made():
    """Findings of drivers and of the parts of gaps, made by hand: the functions of ``made_parts.py``."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("made_parts", Path(__file__).parent / "made_parts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
