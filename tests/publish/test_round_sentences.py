"""Rounds and progress in plain English: what a change is made of, and what would have come without action."""

import pytest

import dueregard as dr
from dueregard.assessment.frameworks import Answer, Framework, Indicator, Level
from dueregard.publish.tables.cells import grid

IDS = [f"{section}{n}" for section in "CS" for n in range(1, 6)]
STATIONS = Framework(
    name="Stations",
    answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
    sections={"C": "Custody", "S": "Staff"},
    indicators=tuple(Indicator(one, one[0], f"text of {one}") for one in IDS),
    levels=(Level("l1", "Level 1", 55), Level("l2", "Level 2", 80)),
    kind="station",
)
ANSWERS = {"1": "yes", "0": "no", "-": None, "x": "not applicable"}


def answered(**units):
    """Units with an answer for each indicator: met, not met, missing, not applicable."""
    columns = {one: [ANSWERS[text[i]] for text in units.values()] for i, one in enumerate(IDS)}
    return {"unit": list(units), **columns}


def assessed(**units):
    return dr.assess(answered(**units), STATIONS)


FIRST = {"Ashby": "1100000000", "Brook": "1111111000", "Coomb": "1111111110"}
SECOND = {"Ashby": "1111111100", "Brook": "1111111000", "Coomb": "1111111100"}


def test_what_would_have_come_is_a_part_of_the_points_not_of_the_indicators():
    said = dr.progress(assessed(**FIRST), assessed(**SECOND)).sentences()
    assert said[1] == (
        "Ashby rose by 60 percentage points, from 20% to 80%; it gained C3, C4, C5, S1, S2 and S3. It began below 55%: "
        "if it was picked for that, about 4 of these 60 percentage points would be expected without any action."
    )


def test_only_a_unit_that_was_said_to_be_chosen_was_chosen():
    found = dr.progress(assessed(**FIRST), assessed(**SECOND), chosen=["Ashby"])
    assert found.sentences()[1].endswith("expected without any action, because it was chosen for a low score.")
    assert found["chosen"] == ["chosen for a low score", None, None]
    assert "for units chosen for a low score" in str(found)
    unsaid = dr.progress(assessed(**FIRST), assessed(**SECOND))
    assert unsaid["chosen"] == ["began below the threshold", None, None]
    assert "because" not in " ".join(unsaid.sentences())


def test_a_level_is_reached_and_what_was_not_lost_is_none():
    rounds = {"first": answered(Grange="1111000000"), "review": answered(Grange="1111110000")}
    crossed = dr.assess_rounds(rounds, STATIONS).crossings().sentences()
    assert crossed == ["From first to review, 1 station rose to Level 1 (55%): Grange (40% to 60%)."]
    cells = {column.heading: column.cells for column in grid(dr.progress(assessed(**FIRST), assessed(**SECOND)))}
    assert cells["Gained"] == ["C3 C4 C5 S1 S2 S3", "none", "none"] and cells["Lost"] == ["none", "none", "S4"]
    strengths = {column.heading: column.cells for column in grid(assessed(**FIRST).strengths())}
    assert strengths["Not met by"][0] == "none" and strengths["Not met by"][-1] == "Ashby, Brook, Coomb"


def test_the_reliability_stands_below_the_table():
    found = dr.progress(assessed(**FIRST), assessed(**SECOND), reliability=0.8)
    assert found["reliability"] == [0.8] * 3
    assert "rests on a reliability of 0.80" in " ".join(str(found).split())


def test_one_unit_of_its_kind_has_a_rise_that_is_not_known():
    found = dr.progress(assessed(Ashby=FIRST["Ashby"]), assessed(Ashby=SECOND["Ashby"]))
    assert found["note"] == ["rise without action not known: one unit of its kind"]
    assert found.sentences()[0].endswith("Rise without action not known: one unit of its kind.")
    table = {column.heading: column.cells for column in grid(found)}
    assert "Without action" not in table and table["Note"] == found["note"]
    mixed = dr.Framework(
        name="Mixed", answers=STATIONS.answers, sections=STATIONS.sections, indicators=STATIONS.indicators,
        levels=STATIONS.levels, exempt={"station": frozenset(), "office": frozenset()}, kind="station",
    )  # fmt: skip
    kinds = {"kind": ["station", "station", "station", "office"]}
    both = [dr.assess(answered(**one, Depot="1100000000") | kinds, mixed) for one in (FIRST, SECOND)]
    cells = {column.heading: column.cells for column in grid(dr.progress(*both))}
    assert cells["Without action"][1:] == ["[z]", "[z]", "[x]"]
    assert cells["Note"][3] == "rise without action not known: one unit of its kind"
    alike = {"Ashby": "1100000000", "Brook": "1100000000"}
    assert (
        dr.progress(assessed(**alike), assessed(**alike))["note"]
        == ["rise without action not known: no spread of first scores between units of its kind"] * 2
    )


def test_a_change_that_can_be_told_of_none():
    silent = assessed(Ashby="-" * 10, Brook="1" + "-" * 9)
    assert dr.progress(silent, silent).sentences()[0] == (
        "From before to after, of 2 stations it can be told of none whether it rose."
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            "1110000--0", "0110000--0",
            "1 station is below 50% now, which could not be told before: Grange (30% to 20%; it lost C1; 2 answers "
            "missing before, 2 now).",
        ),
        (
            "1110000---", "111000000-",
            "1 station is below 50% now, which could not be told before: Grange (30% to 30%; it answered S3 and S4; 3 "
            "answers missing before, 1 now).",
        ),
        (
            "11110000-0", "1111000010",
            "1 station is at 50% or more now, which could not be told before: Grange (40% to 50%; it answered S4; 1 "
            "answer missing before, 0 now).",
        ),
        (
            "1111100000", "1111-00000",
            "1 station was at 50% or more before, and now it cannot be told: Grange (50% to 40%; it no longer answers "
            "C5; 0 answers missing before, 1 now).",
        ),
        (
            "11110000-0", "1111000x-x",
            "1 station is at 50% or more now, which could not be told before: Grange (40% to 50%; exemptions "
            "changed: S3 and S5; 1 answer missing before, 1 now).",
        ),
        ("1111000000", "1111100000", "1 station rose to 50% or more: Grange (40% to 50%)."),
    ],
)  # fmt: skip
def test_a_crossing_is_explained_by_what_changed(first, second, said):
    rounds = dr.assess_rounds({"first": answered(Grange=first), "review": answered(Grange=second)}, STATIONS)
    assert f"From first to review, {said}" in rounds.crossings(percents=50).sentences()


def test_counts_alone_explain_by_how_many_answers_are_missing():
    def counted(met, missing):
        return dr.assess({"unit": ["Grange"], "yes": [met], "no": [10 - met - missing]}, STATIONS)

    from dueregard.assessment.rounds.rounds import Rounds

    found = Rounds({"first": counted(4, 2), "review": counted(4, 1)}).crossings(percents=60)
    assert found.sentences() == [
        "From first to review, 1 station is below 60% now, which could not be told before: Grange (40% to 40%; 2 "
        "answers missing before, 1 now)."
    ]
    assert found["lost"] == [None]
