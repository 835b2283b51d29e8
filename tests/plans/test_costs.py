"""Costs and savings: what is unknown stays unknown, in every sum that it is in."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

from .conftest import BASE, ON, only


def sums(costs):
    return dr.plan(BASE | {"costs": costs}, on=ON).costs()


def test_the_example(example):
    found = example.costs()
    cost = only(found, objective="1", measure="cost")
    assert math.isnan(cost["value"])
    assert (cost["verdict"], cost["known_part"], cost["count"], cost["nobs"]) == ("unknown", 250_000, 1, 2)
    assert only(found, objective="1", measure="saving")["value"] == 90_000
    net = only(found, objective="1", measure="net cost")
    assert (math.isnan(net["value"]), net["known_part"]) == (True, 160_000)
    assert only(found, objective="3", measure="net cost")["value"] == 40_000
    assert only(found, objective="3", measure="saving")["verdict"] == "none listed"
    assert only(found, objective="3", measure="net cost")["note"] == "no cost is listed for A3"
    whole = only(found, objective=None, measure="net cost")
    assert (whole["verdict"], whole["known_part"], whole["nobs"]) == ("unknown", 200_000, 4)


def test_a_cost_that_nobody_listed_is_not_nothing(base):
    found = dr.plan(base, on=ON).costs()
    assert set(found["verdict"]) == {"none listed"}
    assert all(math.isnan(value) for value in found["value"])


amounts = st.one_of(st.none(), st.integers(0, 10**6))
rows = st.lists(st.tuples(st.sampled_from(["cost", "saving"]), amounts, st.sampled_from(["2010/11", "2011/12"])))


@given(rows)
def test_totals_are_the_sums_of_their_years(given_rows):
    costs = [{"objective": "1", "kind": kind, "year": year} | ({} if amount is None else {"amount": amount})
             for kind, amount, year in given_rows]  # fmt: skip
    found = sums(costs)
    for kind in ("cost", "saving"):
        own = [amount for each, amount, _ in given_rows if each == kind]
        total = only(found, objective=None, measure=kind)
        assert (total["nobs"], total["count"]) == (len(own), sum(amount is not None for amount in own))
        if own and None not in own:
            assert total["value"] == sum(own)
        else:
            assert math.isnan(total["value"])
        assert total["value"] == total["known_part"] or math.isnan(total["value"])


def test_years_stand_apart_and_what_has_no_year_last():
    found = sums([{"objective": "1", "amount": 1}, {"objective": "1", "amount": 2, "year": "2011-12"},
                  {"objective": "1", "amount": 4, "year": "2010/11"}])  # fmt: skip
    rows = [(row["year"], row["value"]) for row in found.filter(measure="cost", objective="1").rows()]
    assert rows == [("2010/11", 4.0), ("2011/12", 2.0), (None, 1.0)]
    assert only(found, measure="cost", objective=None)["value"] == pytest.approx(7)
