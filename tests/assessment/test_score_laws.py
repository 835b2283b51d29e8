"""Laws of scores: the range is what the missing answers could make of the value."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.assessment import assess, frameworks

ESPS = frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]
ANSWERS = [*ESPS.answer_ids, "met", "not met", "not stated", "refused", "not applicable", None]
returns = st.dictionaries(
    st.sampled_from("ABC"), st.dictionaries(st.sampled_from(IDS), st.sampled_from(ANSWERS)), min_size=1
)


def score(answers_by_unit):
    cells = [(unit, i, answer) for unit, answers in answers_by_unit.items() for i, answer in answers.items()]
    columns = dict(zip(("unit", "indicator", "answer"), map(list, zip(*cells, strict=True)), strict=True))
    findings = assess(columns, ESPS).scores()
    return {row["unit"]: row for row in findings.rows()}


def filled(answers, answer):
    """Every assessable indicator that has no answer gets this one."""
    missing = (None, "not stated", "refused")
    return {i: answer if answers.get(i) in missing else answers[i] for i in IDS}


@settings(max_examples=60, derandomize=True, deadline=None)
@given(returns.filter(lambda units: all(units.values())))
def test_the_range_is_what_missing_answers_could_make_of_the_score(units):
    found = score(units)
    lowest = score({unit: filled(answers, "not met") for unit, answers in units.items()})
    highest = score({unit: filled(answers, "very") for unit, answers in units.items()})
    for unit, row in found.items():
        assert repr(row["low"]) == repr(lowest[unit]["value"])  # NaN equals NaN
        assert repr(row["high"]) == repr(highest[unit]["value"])
        assert row["outcome_missing"] == row["nobs"] - row["answered"]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(returns.filter(lambda units: all(units.values())))
def test_scores_are_counts_by_hand(units):
    for unit, row in score(units).items():
        answers = list(units[unit].values())
        assert row["count"] == sum(answer in ("fairly", "very", "met") for answer in answers)
        assert row["nobs"] == len(IDS) - answers.count("not applicable")


@settings(max_examples=30, derandomize=True, deadline=None)
@given(returns.filter(lambda units: all(units.values())))
def test_a_unit_alone_scores_as_among_others(units):
    together = score(units)
    for unit, answers in units.items():
        assert repr(score({unit: answers})[unit]["value"]) == repr(together[unit]["value"])
