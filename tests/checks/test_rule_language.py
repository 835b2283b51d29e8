"""The language of rules: what it reads, how it answers, and what it refuses."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.publish.checks.rule_answers import answer, check_columns
from dueregard.publish.checks.rule_language import parse

NAN = math.nan
ROW = {"low": -7.0, "high": 3.0, "estimate": -2.0, "nobs": 40, "verdict": "lower", "empty": NAN, "nothing": None}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("low > -5", False),
        ("low >= -7 and high <= 3", True),
        ("abs(estimate) < 2.5", True),
        ("-5 < estimate < high", True),
        ("-5 < low < empty", False),
        ("-8 < low < empty", None),
        ("high - low == 10", True),
        ("+estimate + 2 == 0", True),
        ("not low > -5", True),
        ("verdict == 'lower'", True),
        ("verdict in ('higher', 'lower')", True),
        ('verdict not in ["higher"]', True),
        ("nobs != 40", False),
        ("empty > 1", None),
        ("nothing == 'a'", None),
        ("not empty > 1", None),
        ("empty > 1 and low > -5", False),
        ("empty > 1 or low < -5", True),
        ("empty > 1 and low < -5", None),
        ("empty - 1 > 0 or high > 5", None),
        ("abs(nothing) < 5", None),
        ("-empty < 5", None),
    ],
)
def test_answers(rule: str, expected: bool | None) -> None:
    assert answer(parse(rule), ROW) is expected


@given(st.sampled_from([1.0, -1.0, NAN]), st.sampled_from([1.0, -1.0, NAN]))
def test_three_valued_logic_is_the_minimum_and_maximum(a: float, b: float) -> None:
    """False, cannot tell, true as 0, 1, 2: and is the minimum, or the maximum, not the reverse."""
    scale = {False: 0, None: 1, True: 2}
    row = {"a": a, "b": b}
    first, second = (scale[answer(parse(f"{name} > 0"), row)] for name in "ab")
    assert scale[answer(parse("a > 0 and b > 0"), row)] == min(first, second)
    assert scale[answer(parse("a > 0 or b > 0"), row)] == max(first, second)
    assert scale[answer(parse("not a > 0"), row)] == 2 - first


@given(st.floats(), st.floats(), st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_comparisons_are_those_of_numbers(a: float, b: float, compare: str) -> None:
    given_up = math.isnan(a) or math.isnan(b)
    expected = None if given_up else eval(f"{a!r} {compare} {b!r}", {"inf": math.inf})
    assert answer(parse(f"a {compare} b"), {"a": a, "b": b}) is expected


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "empty"),
        ("low", "'low' at character 1 is not a comparison"),
        ("low = 5", "write == for equality (character 5)"),
        ("high > 3 and low.x > 5", "'low.x' at character 14"),
        ("verdict == 'é' and low[0] > 5", "'low[0]' at character 20"),
        ("low > 5 & high > 3", "write and, or"),
        ("low > -5 and", "at its end"),
        ("low > 5and high > 2", "invalid decimal literal"),
        ("low > '\\d'", "invalid escape sequence"),
        ("__import__('os').system('true') == 0", "not allowed"),
        ("().__class__.__bases__ == 0", "not allowed"),
        ("[x for x in low] == 0", "not allowed"),
        ("(low := 5) > 3", "not allowed"),
        ("open('x') > 3", "not allowed"),
        ("low ** 9 > 3", "not allowed"),
        ("low > 9**9**9", "not allowed"),
        ("low > True", "not allowed"),
        ("low > None", "not allowed"),
        ("low > 1j", "not allowed"),
        ("low > f'{high}'", "not allowed"),
        ("low > 99999999999999999999999", "not allowed"),
        ("abs(low, high) > 1", "not allowed"),
        ("low is 5", "compares with 'is'"),
        ("low in high", "must be a list"),
        ("low in ()", "must be a list"),
        ("low in (high, 2)", "must be a number or text"),
        ("5 > 3", "names no column"),
        ("low > 5 if high else 3", "not a comparison"),
        ("low > 5; high > 3", "cannot be read at character 8"),
        ("low > \0", "null"),
        ("low > 1\nor high > 2", "one line"),
        ("low > 1 or " * 100 + "low > 1", "at most 1000 characters"),
        ("-" * 200 + "low > 1", "nested more than 50 deep"),
        ("(" * 300 + "low" + ")" * 300 + " > 1", "nested parentheses"),
    ],
)
def test_refused(rule: str, words: str) -> None:
    with pytest.raises(ValueError, match="rule") as caught:
        parse(rule)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but a ValueError ever comes out, whatever is written."""
    try:
        assert parse(text).columns
    except ValueError as error:
        assert "rule" in str(error)


def test_not_text() -> None:
    with pytest.raises(TypeError, match="rule must be text"):
        parse(5)  # type: ignore[arg-type]


def test_unknown_column_is_named_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no column 'lwo' \(character 14\); did you mean 'low'\? .*low, high"):
        check_columns(parse("high > 3 and lwo > -5"), ["low", "high"], [])


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("verdict > 5", "compares text with a number"),
        ("low == 'lower'", "compares text with a number"),
        ("verdict in ('lower', 5)", "compares text with a number"),
        ("verdict > 'higher'", "puts text in order"),
        ("verdict + 1 > 3", "compares text with a number"),
        ("abs(verdict) > 3", "compares text with a number"),
    ],
)
def test_text_and_numbers_are_not_compared(rule: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_columns(parse(rule), list(ROW), [ROW])


def test_a_column_of_both_kinds() -> None:
    with pytest.raises(ValueError, match="'mixed' holds both text and numbers"):
        check_columns(parse("mixed > 1"), ["mixed"], [{"mixed": 1}, {"mixed": "a"}])


def test_a_column_without_values_may_be_compared_with_anything() -> None:
    for rule in ("nothing > 1", "nothing == 'a'", "abs(nothing) < 5"):
        check_columns(parse(rule), list(ROW), [ROW])
