"""``dueregard assess``: the 32 boroughs of the published standard, and everything there is to show."""

import json
from typing import Any

import pytest


def rows(done: Any) -> list[dict[str, Any]]:
    assert done.status == 0, done.err
    return json.loads(done.out)  # type: ignore[no-any-return]


def test_the_published_boroughs(run: Any) -> None:
    table = rows(run("assess", "--format", "json"))
    values = {row["unit"]: row["value"] for row in table}
    assert len(table) == len(values) == 32
    assert round(values["Barnet"]) == 67
    assert round(values["Camden"]) == 56


def test_a_missing_answer_is_a_range(run: Any) -> None:
    open_rows = [row for row in rows(run("assess", "--format", "json")) if row["low"] != row["high"]]
    assert [(round(row["value"], 1), round(row["low"], 1), round(row["high"], 1)) for row in open_rows] == [
        (83.3, 83.3, 88.9)
    ]


def test_the_table_to_read(run: Any) -> None:
    done = run("assess")
    assert "Barnet" in done.out
    assert "Internal: not checked for disclosure" in done.out


@pytest.mark.parametrize(
    ("words", "n_rows"),
    [
        (("--show", "thresholds", "--percent", "80"), 32),
        (("--show", "levels"), 33),
        (("--show", "performance", "--by", "area"), 6),
        (("--show", "compare", "--by", "area"), 7),
        (("--by", "area"), 6),
        (("--by", "organisation"), 1),
        (("example:south_east_indicators", "--by", "section"), 18),
        (("example:south_east_indicators", "--by", "organisation,section"), 3),
        (("example:south_east_indicators", "--by", "principle"), 24),
        (("example:south_east_indicators", "--show", "strengths"), 22),
        (("example:south_east_indicators", "--show", "unmet"), 18),
        (("example:south_east_indicators", "--show", "next-steps"), 6),
        (("--show", "set-aside"), 0),
        (("--show", "progress"), 73),
        (("--show", "crossings", "--percent", "50"), 10),
        (("example:business_areas", "--framework", "equality_framework", "--show", "levels"), 133),
        (("example:business_areas", "--framework", "equality_framework", "--level", "3"), 132),
        (("example:supplier_answers", "--framework", "supplier_questionnaire", "--show", "thresholds"), 40),
    ],
)
def test_everything_there_is_to_show(run: Any, words: tuple[str, ...], n_rows: int) -> None:
    assert len(rows(run("assess", *words, "--format", "json"))) == n_rows


def test_the_performance_indicator_in_words(run: Any) -> None:
    done = run("assess", "--show", "performance", "--sentences")
    assert done.status == 0 and "100%" in done.out and "the target of 80% is met" in done.out


def test_lenient_says_what_it_set_aside(run: Any, tmp_path: Any) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("unit,indicator,answer\nA,1B,very\nA,2B,superb\n")
    done = run("assess", str(path), "--lenient", "--format", "json")
    assert rows(done)[0]["answered"] == 1
    assert "set aside: answer at answers.csv, line 3: 'superb' is not an answer" in done.err
    refused = run("assess", str(path))
    assert refused.status == 2 and "'superb' is not an answer" in refused.err and refused.out == ""


def test_a_framework_of_ones_own(run: Any, tmp_path: Any) -> None:
    standard = tmp_path / "standard.toml"
    standard.write_text(
        'name = "Own"\n[[levels]]\nid = "pass"\nlabel = "Pass"\npercent = 50\n'
        '[[answers]]\nid = "no"\nlabel = "No"\n[[answers]]\nid = "yes"\nlabel = "Yes"\nmet = true\n'
        '[[sections]]\nid = "a"\nlabel = "A"\n[[indicators]]\nid = "Q1"\nsection = "a"\ntext = "One"\n'
    )
    answers = tmp_path / "answers.csv"
    answers.write_text("unit,Q1\nSchool,yes\n")
    table = rows(run("assess", str(answers), "--framework", str(standard), "--format", "json"))
    assert [(row["unit"], row["value"]) for row in table] == [("School", 100.0)]
    standard.write_text(standard.read_text().replace('section = "a"', 'section = "b"'))
    refused = run("assess", str(answers), "--framework", str(standard))
    assert refused.status == 2 and "standard.toml, line 18: indicators: 'Q1' has the section 'b'" in refused.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--show", "level"), "show: 'level' is not one of scores, "),
        (("--show", "levels", "--by", "area"), "by: 'levels' has no such argument; it goes with scores, thresholds"),
        (("--by", "borough"), "by: 'borough' is not one of unit, area"),
        (("--phase", "integrating"), "the embedded answers are to the baseline phase of esps; name a file"),
        (("--framework", "equality_framework"), "the embedded answers are to the baseline phase of esps"),
        (("--framework", "eps"), "framework: there is no 'eps'; the shipped ones are esps"),
        (("example:business_areas", "--framework", "eps"), "framework: there is no 'eps'; the shipped ones are esps"),
        (("example:borough_answers", "--phase", "superb"), "level: 'superb' is not one of baseline, integrating"),
        (("--show", "thresholds", "--percent", "101"), "percents: 101.0 is outside 0 to 100"),
    ],
)
def test_bad_words(run: Any, words: tuple[str, ...], message: str) -> None:
    done = run("assess", *words)
    assert done.status == 2 and done.out == ""
    assert message in done.err
