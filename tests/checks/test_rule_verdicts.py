"""Verdicts in rules: by their words, and never against a word that no verdict has."""

import math

import pytest

from dueregard.findings import Findings
from dueregard.publish.checks.check import check

FEW = "too few to tell: 7.1 times the present numbers needed"


def changes(*verdicts: str | None, **more: list[object]) -> Findings:
    return Findings({"group": [f"group {i}" for i in range(len(verdicts))], "verdict": list(verdicts), **more})


@pytest.mark.parametrize(
    "rule",
    ["verdict != 'wider'", "verdict == 'wider'", "verdict not in ('lower', 'wider')", "'wider' != verdict"],
)
def test_a_word_that_no_verdict_has_would_pass_for_ever_and_is_refused(rule: str) -> None:
    expected = rf"a verdict here is never 'wider' \(character {rule.index(chr(39) + 'wider') + 1}\); it is 'higher' or"
    with pytest.raises(ValueError, match=expected):
        check(changes("lower", FEW, None), rule)


def test_a_gap_that_has_grown_fails_and_one_of_which_too_little_is_known_does_not() -> None:
    result = check(
        changes("lower", "lower by less than 5 points", FEW, "no difference that matters"), "verdict != 'lower'"
    )
    assert [outcome.label for outcome in result.failures] == ["group 0"]


def test_too_few_to_tell_is_held_without_how_many_more_it_would_take() -> None:
    result = check(changes(FEW, "lower"), "verdict == 'too few to tell'")
    assert [outcome.passed for outcome in result.rows] == [True, False]
    assert result.failures[0].reason == "verdict is 'lower'"


def test_a_verdict_that_is_possible_and_not_there_is_no_error() -> None:
    assert check(changes("higher"), "verdict != 'lower by less than 5 points'").passed is True


def test_verdicts_of_other_kinds_have_words_of_their_own() -> None:
    assert check(changes("inconsistent", "consistent"), "verdict != 'overdue'").passed is True
    assert check(changes(None), "verdict != 'wider'").passed is None


def test_texts_of_other_columns_are_left_alone() -> None:
    more: dict[str, list[object]] = {"borough": ["Sutton"], "low": [math.nan]}
    assert check(changes("higher", **more), "borough != 'Bexley' and verdict != 'lower'").passed is True
