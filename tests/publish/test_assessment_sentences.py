"""Assessments in plain English: what a findings report says, every number of it from the rows."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.tables.tables import text_table

ESPS = dr.frameworks.esps()
AGREE = (
    "unit",
    "section",
    "reference_value",
    "verdict",
    "level",
    "evidence",
    "from_round",
    "to_round",
    "value",
    "met_by",
    "asked",
)


def with_counts(findings):
    """The rows, the names they list, how many rows agree in any of what they say, and what share they are."""
    rows = [row | {"asked": _is_asked(row)} for row in findings.rows()]
    counts = {len(rows), sum(bool(row["nobs"]) for row in rows)}
    for size in (1, 2, 3):
        for names in itertools.combinations([name for name in AGREE if rows and name in rows[0]], size):
            agreeing: dict[tuple, int] = {}
            for row in rows:
                key = tuple(_short(row[name]) for name in names)
                agreeing[key] = agreeing.get(key, 0) + 1
            counts |= set(agreeing.values())
    ids = {len(str(row.get(name) or "").split()) for row in rows for name in ("gained", "lost")}
    listed = {name for row in rows for column in ("met_by", "exceptions") for name in str(row.get(column)).split(", ")}
    lists = ("gained", "lost", "indicators", "holds_back")
    listed |= {name for row in rows for column in lists for name in str(row.get(column) or "").split()}
    shares = {100 * a / b for a in counts for b in counts if b and a <= b}
    extra = [{"counted": n} for n in counts | ids] + [{"share": share} for share in shares]
    return [
        *rows,
        *extra,
        *({"name": name} for name in listed),
        {"others": len({str(r.get("unit")) for r in rows}) - 1},
    ]


def _is_asked(row):
    """Whether a row is of a unit, or of an indicator that somebody was asked about."""
    return row["nobs"] != 0 and row["verdict"] != "not assessed" and row.get("unit", "") is not None


def _short(value):
    """A verdict without what follows its first word or two."""
    return value.partition(",")[0] if isinstance(value, str) else value


@pytest.mark.parametrize(
    "name",
    [
        "scores", "scores by section", "scores by indicator", "scores by area", "scores of all", "scores by round",
        "thresholds", "thresholds by section", "levels", "strengths", "strengths with answers missing", "unmet",
        "next steps", "performance", "performance by section", "compared", "answers", "crossings", "changes",
        "progress",
    ],
)  # fmt: skip
def test_every_number_is_a_number_of_the_rows_or_counts_them(assessments, name):
    findings = assessments[name]
    known = with_counts(findings)
    said = findings.sentences()
    assert said
    for text in said:
        assert unsupported_numbers(text, known) == [], text
        assert unsupported_numbers(f"{text} 98765.4", known) == ["98765.4"]
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith(".") and "  " not in text and "None the" not in text and "nan" not in text, text


def test_thresholds_as_the_findings_report_says_them(assessments):
    said = assessments["thresholds"].sentences()
    assert said == [
        "All 32 boroughs (100%) meet the baseline of 50%; three are exactly at it: Havering, Newham and Waltham "
        "Forest.",
        "16 boroughs are at 80% or more, 2 of them at 100%: Tower Hamlets and Brent.",
    ]
    sections = assessments["thresholds by section"].sentences()
    assert "4 of 6 boroughs (67%) meet the baseline of 50% in Organisational Processes." in sections
    assert "Below it in Organisational Processes: Lambeth (33%) and Bromley (33%)." in sections


def test_strengths_as_the_findings_report_says_them(assessments):
    assert assessments["strengths"].sentences() == [
        "Of 18 indicators, 13 are strengths and 1 is a weakness (8B). A strength is met by 80% or more of the "
        "boroughs, a weakness by under 50%.",
        "All 6 boroughs met 1B, 2B, 4B, 5B, 10B, 11B, 12B and 16B.",
        "All but Lewisham met 3B and 9B.",
        "All but Lambeth, Southwark and Lewisham met 6B.",
        "All but Southwark met 7B and 14B.",
        "8B was met by Southwark and Lewisham alone.",
        "All but Southwark and Lewisham met 13B.",
        "15B, 17B, 20B and 21B were not asked of any borough.",
        "All but Lambeth and Lewisham met 18B.",
        "All but Lambeth and Bromley met 19B.",
        "All but Bromley met 22B.",
    ]


def test_missing_answers_are_an_either_or(assessments):
    said = assessments["scores"].sentences()
    assert said[0] == (
        "The scores of 32 boroughs run from 50% (Havering, Newham and Waltham Forest) to 100% (Tower Hamlets and "
        "Brent)."
    )
    assert "Kensington & Chelsea gave 17 of 18 answers and met 15: 83%, or 89% if the missing one were met." in said
    assert assessments["scores of all"].sentences() == [
        "The 32 boroughs together gave 575 of 576 answers and met 449: 78.0%, or 78.1% if the missing one were met."
    ]


def test_levels_say_why(assessments):
    assert assessments["levels"].sentences() == [
        "The organisation is at no level yet, because 1 business area is not; it would be at Level 2 if what is "
        "missing were met.",
        "1 of 4 business areas is at Level 4: West.",
        "1 of 4 business areas is at Level 3: North.",
        "1 of 4 business areas is at Level 2: South.",
        "1 of 4 business areas is at no level yet: East.",
        "1 business area has isolated evidence at Level 5, which none has reached.",
        "1 business area has isolated evidence at Level 4, which it has not reached.",
        "2 business areas have isolated evidence at Level 3, which they have not reached.",
        "East is at no level yet, or at Level 2 if what is missing were met.",
    ]
    whole = dr.assess(dr.data.example("business_areas"), dr.frameworks.equality_framework()).levels().sentences()
    assert whole == [
        "The organisation is at Level 3, because every business area is.",
        "All 132 business areas are at Level 3.",
        "40 business areas have isolated evidence at Level 5, which none has reached.",
        "92 business areas have isolated evidence at Level 4, which none has reached.",
    ]


def test_next_steps_name_the_fewest_indicators(assessments):
    said = assessments["next steps"].sentences()
    assert (
        said[2]
        == "East is at no level yet and needs 2 indicators for Level 1, all that are not met or not answered: 5 and 9."
    )
    done = dr.assess(dr.data.load("south_east_indicators"), ESPS).next_steps().sentences()
    assert done == ["All 6 boroughs are at Baseline, the highest level that can be judged."]


def test_the_performance_indicator(assessments):
    assert assessments["performance"].sentences() == [
        "71 of 73 units (97%) meet the baseline: the target of 80% is met.",
        "All 32 boroughs (100%) meet the baseline.",
        "39 of 41 other units (95%) meet the baseline.",
    ]
    assert assessments["performance by section"].sentences()[2] == (
        "4 of 6 boroughs (67%) meet the baseline in Organisational Processes."
    )


def test_areas_are_said_to_vary_before_any_is_looked_at(assessments):
    first, *others = assessments["compared"].sentences()
    assert first.startswith("Areas vary beyond what shuffling units between them would make: the largest difference")
    assert first.endswith("where about 11 would be expected if units were shuffled between them (p 0.019).")
    assert others[-1] == (
        "Westminster (1 borough): 56% on average, 23 percentage points lower than the rest (79%); too few units to "
        "test."
    )
    assert "too few to tell whether it is more than chance" in others[0]


def test_what_would_have_come_anyway_is_said(assessments):
    said = assessments["progress"].sentences()
    havering = next(text for text in said if text.startswith("Havering"))
    assert havering.startswith("Havering rose by 17 percentage points, from 33% to 50%; it gained ")
    assert havering.endswith(
        "It began below 50%: if it was picked for that, about 10 of these 17 percentage points would be expected "
        "without any action."
    )
    assert any("if it was picked for that, that is no more than the " in text for text in said)
    assert said[0] == "From first answer to after review, of 73 units 72 rose and of 1 it cannot be told."
    missing = next(text for text in said if text.startswith("Kensington & Chelsea"))
    assert missing.endswith("so whether it rose cannot be told.")


def test_crossings_and_changes_are_grouped(assessments):
    crossed = assessments["crossings"].sentences()
    assert crossed[0].startswith(
        "From first answer to after further evidence, 10 units rose to the baseline of 50% or more: Camden (39% "
        "to 56%), "
    )
    (chelsea,) = (text for text in crossed if "which could not be told before" in text)
    assert chelsea.endswith(": Kensington & Chelsea (78% to 83%; it gained 8B; 1 answer missing before, 1 now).")
    assert assessments["changes"].sentences()[0] == (
        "Camden, from first answer to after further evidence: now meets 4B, 9B and 13B."
    )


def test_what_is_not_met_is_named_by_section(assessments):
    assert assessments["unmet"].sentences()[0] == (
        "Lambeth did not meet 6B and 8B (Operational Delivery); 18B and 19B (Organisational Processes)."
    )
    assert assessments["answers"].sentences()[0] == "Lambeth met 14 of 18 indicators, not 6B, 8B, 18B and 19B."


def one(**answers):
    return dr.assess({"unit": ["A"], **{name: [answer] for name, answer in answers.items()}}, ESPS)


def test_one_unit_reads_well():
    alone = one(**{"1B": 1, "2B": 0})
    assert alone.scores().sentences() == ["A gave 2 of 18 answers and met 1: 6%, or 94% if the 16 missing were met."]
    assert alone.thresholds().sentences() == [
        "Whether A meets the baseline of 50% or is at 80% or more cannot be told: it is at 6%, or 94% if the 16 "
        "missing were met."
    ]
    assert alone.strengths().sentences()[1:3] == ["The one borough met 1B.", "No borough met 2B."]
    full = one(**{indicator.id: 1 for indicator in ESPS.assessable("borough")})
    assert full.thresholds().sentences() == ["A meets the baseline of 50%.", "A is at 80% or more and is at 100%."]
    assert full.performance().sentences()[0] == "The one borough meets the baseline: the target of 80% is met."
    none = one(**{indicator.id: 0 for indicator in ESPS.assessable("borough")})
    assert none.thresholds().sentences() == ["A does not meet the baseline of 50%: it is at 0%."]
    assert none.performance().sentences() == [
        "The one borough does not meet the baseline: the target of 80% is not met."
    ]


def test_everything_missing_reads_well():
    missing = dr.assess({"unit": ["A", "B"], "1B": [None, None]}, ESPS)
    assert missing.scores().sentences()[0] == "A answered none of 18 indicators: nothing can be said of the score."
    assert missing.thresholds().sentences()[:3] == [
        "Neither borough meets the baseline of 50% for certain.",
        "No borough is at 80% or more for certain.",
        "Whether A meets the baseline of 50% or is at 80% or more or is at 100% cannot be told: it answered nothing.",
    ]
    assert missing.levels().sentences()[0] == "The organisation cannot be placed at a level. Baseline was not assessed."
    assert missing.next_steps().sentences() == ["No level can be judged for A and B."]
    assert missing.strengths().sentences()[0] == "For all 18 indicators missing answers decide."
    assert missing.performance().sentences()[0] == (
        "0 of 2 boroughs (0%) meet the baseline for certain, and 100% would if what is missing were met: whether the "
        "target of 80% is met cannot be told."
    )


def test_nothing_to_assess_reads_well():
    graded = dr.frameworks.equality_framework()
    every = {"unit": ["A"] * 142, "indicator": list(graded.indicator_ids), "answer": ["not applicable"] * 142}
    nothing = dr.assess(every, graded)
    assert nothing.scores().sentences() == ["A: nothing to assess at Level 5."]
    assert nothing.thresholds().sentences() == ["Nothing could be assessed."]
    assert nothing.unmet().sentences() == []


def test_what_missing_answers_decide_of_the_organisation_is_said():
    graded = dr.frameworks.equality_framework()
    rows = {"unit": ["A"] * 142, "indicator": list(graded.indicator_ids), "answer": ["level_4"] * 141 + [""]}
    said = dr.assess(rows, graded).levels().sentences()
    assert said[0].endswith("it would be at Level 4 if what is missing were met.")
    assert said[-1] == "A is at no level yet, or at Level 4 if what is missing were met."


def test_a_name_with_a_comma_is_not_taken_apart():
    names = ["Ward, North", "Ward, South", "East"]
    said = dr.assess({"unit": names, "1B": [1, 0, 1]}, ESPS).strengths().sentences()
    assert "1B was met by 2 of 3 boroughs (67%)." in said


def test_kinds_of_unit_in_the_plural():
    from dueregard.publish.sentences.assessments import parts

    assert [parts.units(n, "agency") for n in (0, 1, 2)] == ["0 agencies", "1 agency", "2 agencies"]
    assert parts.every(3, "branch") == "all 3 branches" and parts.none_of(1, "borough") == "not the one borough"


def test_a_fall_and_no_change_are_said():
    ids = [indicator.id for indicator in ESPS.assessable("borough")]

    def of(*met):
        return dr.assess({"unit": ["A", "B", "C"], **{one: [i < n for n in met] for i, one in enumerate(ids)}}, ESPS)

    said = dr.progress(of(18, 9, 4), of(16, 9, 4), chosen=["C"]).sentences()
    assert said[0] == "From before to after, of 3 boroughs 1 fell and 2 did not change."
    assert said[1] == "A fell by 11 percentage points, from 100% to 89%; it lost 19B and 22B."
    assert said[2] == "B stayed at 50%."
    assert said[3].startswith("C stayed at 22%. A rise of about ") and said[3].endswith("chosen for a low score.")


IDS = [indicator.id for indicator in ESPS.assessable("borough")][:4]
ANSWERS = st.sampled_from([1, 0, None, "not applicable"])


@given(st.lists(st.lists(ANSWERS, min_size=4, max_size=4), min_size=1, max_size=5), st.data())
@settings(max_examples=15, derandomize=True, deadline=None)
def test_whatever_was_answered_every_number_is_of_the_rows(answers, data):
    def of(rows):
        units = [f"unit {'abcdef'[i]}" for i in range(len(rows))]
        return dr.assess({"unit": units, **{one: [row[i] for row in rows] for i, one in enumerate(IDS)}}, ESPS)

    rows = st.lists(ANSWERS, min_size=4, max_size=4)
    again = data.draw(st.lists(rows, min_size=len(answers), max_size=len(answers)))
    first, second = of(answers), of(again)
    every = [getattr(first, name)() for name in ("scores", "thresholds", "levels", "strengths", "unmet", "next_steps")]
    every += [first.performance(), first.answers_by_indicator(), dr.progress(first, second), first.compare("kind")]
    for findings in every:
        known = with_counts(findings)
        for text in findings.sentences():
            assert unsupported_numbers(text, known) == [] and "nan" not in text, text
        assert max(map(len, text_table(findings, 80).splitlines())) <= 80
