"""Hints of error messages."""

import pytest

from dueregard.hints import did_you_mean, says_the_contrary


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("Agree strongly", ["Disagree strongly"], ""),
        ("Agre strongly", ["Disagree strongly", "Agree strongly"], " (did you mean 'Agree strongly'?)"),
        ("Dissatisfied", ["Satisfied"], ""),
        ("Disatisfied", ["Satisfied", "Dissatisfied"], " (did you mean 'Dissatisfied'?)"),
        ("Not satisfied", ["Satisfied"], ""),
        ("Very worried", ["Not very worried"], ""),
        ("informed", ["Uninformed"], ""),
        ("interestd", ["interested"], " (did you mean 'interested'?)"),
        ("income", ["incomes"], " (did you mean 'incomes'?)"),
        ("northeast", ["North East"], " (did you mean 'North East'?)"),
        ("Sothwark", ["Lambeth", "Southwark"], " (did you mean 'Southwark'?)"),
        ("indicater", ["indicator"], " (did you mean 'indicator'?)"),
        ("dicator", ["indicator"], ""),
        ("x", [], ""),
    ],
)
def test_hints_are_mistypings_and_never_the_contrary(name, known, hint):
    assert did_you_mean(name, known) == hint


@pytest.mark.parametrize(("text", "other"), [("agree", "disagree"), ("worried", "not worried"), ("use", "non-use")])
def test_the_contrary_is_so_both_ways(text, other):
    assert says_the_contrary(text, other) and says_the_contrary(other, text)
    assert not says_the_contrary(text, text) and not says_the_contrary(other, other)
