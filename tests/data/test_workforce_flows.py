"""The example year of the workforce fits the example workforce, and every measure of staff can use it."""

import numpy as np
import pytest

import dueregard as dr
from dueregard import data
from dueregard.missing import KINDS


@pytest.fixture(scope="module")
def flows():
    return data.example("workforce_flows")


@pytest.fixture(scope="module")
def staff():
    return data.example("workforce")


def chosen(records, rows):
    return {name: column[rows] for name, column in records.items()}


def test_those_in_post_at_the_end_are_the_workforce(flows, staff):
    at_end = chosen(flows, flows["in_post_2011"])
    for name in ("staff_id", "grade", "gender", "population_group"):
        assert (at_end[name] == staff[name]).all()


def test_stocks_and_flows_add_up(flows):
    before, after, joined = (int(flows[name].sum()) for name in ("in_post_2010", "in_post_2011", "joined"))
    left = int((flows["left"] != "not applicable").sum())
    assert before + joined - left == after == 51_700
    assert not (flows["joined"] & flows["in_post_2010"]).any()
    assert (flows["in_post_2010"] | flows["in_post_2011"]).all()


def test_time_in_post_is_a_year_for_those_who_stayed_and_less_for_others(flows):
    whole = flows["in_post_2010"] & flows["in_post_2011"]
    assert (flows["years"][whole] == 1).all()
    assert ((flows["years"][~whole] >= 0) & (flows["years"][~whole] < 1 + 1e-9)).all()


def test_only_those_known_now_may_have_been_unknown_before(flows):
    earlier, now = flows["population_group_2010"], flows["population_group"]
    became = (earlier == "not stated") & ~np.isin(now, KINDS)
    assert 300 < became.sum() < 1_000
    same = earlier == now
    assert (same | became | flows["joined"]).all()


def test_the_change_in_share_is_divided_with_nothing_left_over(flows):
    before, after = chosen(flows, flows["in_post_2010"]), chosen(flows, flows["in_post_2011"])
    earlier = {"id": before["staff_id"], "group": before["population_group_2010"]}
    later = {"id": after["staff_id"], "group": after["population_group"]}
    found = dr.share_change(earlier, later, group="group", person="id").filter(group="Black")
    assert found["estimate"][0] == pytest.approx(sum(found["estimate"][1:]), abs=1e-12)
    assert found["count"][4] == 0  # nobody states another group


def test_promotion_and_resignation_by_their_own_bases(flows):
    ask = {"group": "ethnic_group_broad", "reference": "White"}
    promoted = dr.relative_likelihood(flows, stage="promotion", outcome="promotion", positive="Promoted", **ask)
    assert promoted["nobs"][0] == int((flows["promotion"][flows["ethnic_group_broad"] == "Minority ethnic"]
                                       != "not applicable").sum())  # fmt: skip
    gone = chosen(flows, flows["left"] == "Resigned")
    resigned = dr.relative_likelihood(gone, pool=flows, exposure="years", stage="resignation", **ask)
    assert resigned["estimate"][0] > 1
