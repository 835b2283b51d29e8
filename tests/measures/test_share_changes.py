"""dr.share_change: parts that add up to the change, by hand, from people and from counts, and what is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard import Flag

BEFORE = {"BME": 80, "White": 900, "not stated": 20}
AFTER = {"BME": 100, "White": 890, "not stated": 10}
JOINERS = {"BME": 25, "White": 75}
LEAVERS = {"BME": 10, "White": 90}
FLOWS = {"joiners": JOINERS, "leavers": LEAVERS, "group": "ethnicity"}
PARTS = ["joiners", "leavers", "newly declared", "changed or no longer declared"]


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def of(findings, group):
    return dict(zip(*(findings.filter(group=group)[name] for name in ("part", "estimate")), strict=True))


def test_parts_by_hand():
    """80 of 980 became 100 of 990: mean share m = (80/980 + 100/990) / 2, mean size 985; 5 of 10 declared are BME."""
    mean, size = (80 / 980 + 100 / 990) / 2, 985
    found = of(dr.share_change(BEFORE, AFTER, **FLOWS), "BME")
    assert found == {
        "whole change": pytest.approx(100 * (100 / 990 - 80 / 980)),
        "joiners": pytest.approx(100 * (25 - mean * 100) / size),
        "leavers": pytest.approx(-100 * (10 - mean * 100) / size),
        "newly declared": pytest.approx(100 * (5 - mean * 10) / size),
    }


def test_limits_and_p_are_those_of_the_share_of_joiners():
    mean, size = (80 / 980 + 100 / 990) / 2, 985
    findings = dr.share_change(BEFORE, AFTER, **FLOWS)
    joiners, leavers = (row(findings, group="BME", part=part) for part in ("joiners", "leavers"))
    alone = dr.compare_share(25, 100, mean, measure="difference")
    assert joiners["pvalue"] == pytest.approx(alone.pvalue)
    assert (joiners["low"], joiners["high"]) == pytest.approx((1e4 * alone.low / size, 1e4 * alone.high / size))
    gone = dr.compare_share(10, 100, mean, measure="difference")
    assert (leavers["low"], leavers["high"]) == pytest.approx((-1e4 * gone.high / size, -1e4 * gone.low / size))
    assert leavers["pvalue"] == pytest.approx(gone.pvalue)
    assert (joiners["count"], joiners["nobs"], joiners["value"]) == (25, 100, 25)
    assert joiners["reference_value"] == pytest.approx(100 * mean)
    whole = row(findings, group="BME", part="whole change")
    assert (whole["count"], whole["nobs"], whole["reference_count"], whole["reference_nobs"]) == (100, 990, 80, 980)
    assert math.isnan(whole["low"]) and whole["verdict"] is None and Flag.FULL_COUNT in whole["flag"]
    pvalues = [p for p in findings["pvalue"] if p == p]
    adjusted = [p for p in findings["adjusted_pvalue"] if p == p]
    assert adjusted == pytest.approx(dr.adjust_pvalues(pvalues).tolist())


numbers = st.integers(0, 60)


@given(
    *[st.tuples(numbers, numbers, numbers) for _ in range(4)], st.tuples(numbers, numbers, numbers),
    st.tuples(numbers, numbers),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_parts_add_up_and_groups_cancel(stay, joined, left, declared, unknown, changed):
    groups = ["a", "b", "c"]
    before = {g: stay[i] + left[i] + (changed[0] if i == 0 else 0) for i, g in enumerate(groups)}
    after = {g: stay[i] + joined[i] + declared[i] + (changed[0] if i == 1 else 0) for i, g in enumerate(groups)}
    before["not stated"] = unknown[0] + sum(declared)
    after["not stated"] = unknown[0]
    given_ = {"joiners": dict(zip(groups, joined, strict=True)), "leavers": dict(zip(groups, left, strict=True)),
              "declared": dict(zip(groups, declared, strict=True)), "group": "g"}  # fmt: skip
    findings = dr.share_change(before, after, **given_, inference="none")
    shares = sum(before[g] for g in groups) and sum(after[g] for g in groups)
    for g in groups:
        parts = of(findings, g)
        if not shares:
            assert math.isnan(parts["whole change"])
            continue
        assert sum(parts[each] for each in PARTS) == pytest.approx(parts["whole change"], abs=1e-9)
    if shares:
        for part in PARTS:
            assert sum(of(findings, g)[part] for g in groups) == pytest.approx(0, abs=1e-9)


def test_time_turned_round_turns_every_sign():
    forth = dr.share_change(BEFORE, AFTER, **FLOWS, declared={"BME": 5, "White": 5})
    back = dr.share_change(
        AFTER, BEFORE, joiners=LEAVERS, leavers=JOINERS, declared={"BME": 0, "White": 0}, group="ethnicity"
    )
    one, other = of(forth, "BME"), of(back, "BME")
    assert one["whole change"] == pytest.approx(-other["whole change"])
    assert one["joiners"] == pytest.approx(-other["leavers"])
    assert one["leavers"] == pytest.approx(-other["joiners"])
    assert one["newly declared"] == pytest.approx(-other["changed or no longer declared"])


def people(rows):
    return {"id": [each[0] for each in rows], "ethnicity": [each[1] for each in rows]}


def test_people_are_followed_by_their_number():
    """Of 10: two leave, one becomes known, one states another group, one no longer states one; three join."""
    before = [(i, "White") for i in range(6)] + [(6, "BME"), (7, "BME"), (8, None), (9, None)]
    after = [(i, "White") for i in range(2, 4)] + [(4, "BME"), (5, None), (6, "BME"), (7, "BME"), (8, "BME"), (9, None)]
    after += [(10, "BME"), (11, "White"), (12, None)]
    followed = dr.share_change(people(before), people(after), group="ethnicity", person="id", inference="none")
    counted = dr.share_change(
        {"BME": 2, "White": 6, "not stated": 2}, {"BME": 5, "White": 3, "not stated": 3},
        joiners={"BME": 1, "White": 1, "not stated": 1}, leavers={"White": 2}, declared={"BME": 1},
        group="ethnicity", inference="none",
    )  # fmt: skip
    for group in ("BME", "White"):
        assert of(followed, group) == {part: pytest.approx(value) for part, value in of(counted, group).items()}
    by_part = {part: row(followed, group="BME", part=part)["count"] for part in PARTS}
    assert by_part == {"joiners": 1, "leavers": 0, "newly declared": 1, "changed or no longer declared": 1}
    assert row(followed, group="White", part=PARTS[3])["count"] == -2
    assert row(followed, group="not stated", part="joiners")["count"] == 1


def test_the_order_of_rows_is_of_no_account():
    before = people([(i, "White" if i % 3 else "BME") for i in range(60)])
    after = people([(i, "White" if i % 4 else "BME") for i in range(20, 90)])
    turned = {name: values[::-1] for name, values in after.items()}
    one, other = (dr.share_change(before, each, group="ethnicity", person="id") for each in (after, turned))
    for name in ("estimate", "low", "pvalue", "count"):
        assert repr(one[name]) == repr(other[name])


def test_nobody_joins():
    found = dr.share_change({"BME": 10, "White": 90}, {"BME": 10, "White": 80}, joiners={"BME": 0, "White": 0},
                            leavers={"White": 10}, group="ethnicity")  # fmt: skip
    joiners = row(found, group="BME", part="joiners")
    assert joiners["estimate"] == 0 and math.isnan(joiners["low"]) and math.isnan(joiners["value"])
    assert Flag.NO_CASES in joiners["flag"]
    assert row(found, group="BME", part="leavers")["estimate"] == pytest.approx(100 / 9 - 10)


def test_nobody_states_a_group_at_first():
    found = dr.share_change({"not stated": 10}, {"BME": 4, "White": 6}, joiners={"BME": 0}, leavers={"BME": 0},
                            group="ethnicity")  # fmt: skip
    whole = row(found, group="BME", part="whole change")
    assert math.isnan(whole["estimate"]) and whole["value"] == 40
    assert Flag.NO_REFERENCE in whole["flag"]


def test_a_new_group_and_one_that_is_gone_keep_their_rows():
    found = dr.share_change({"White": 90, "Other": 10}, {"White": 90, "BME": 10}, joiners={"BME": 10},
                            leavers={"Other": 10}, group="ethnicity")  # fmt: skip
    assert of(found, "BME")["joiners"] == pytest.approx(100 * (10 - 0.05 * 10) / 100)
    assert of(found, "Other")["whole change"] == pytest.approx(-10)


def test_groups_put_into_others_and_a_mapping_in_the_row():
    broad = {"A1": "BME", "B1": "BME", "W1": "White"}
    found = dr.share_change({"A1": 3, "B1": 2, "W1": 95}, {"A1": 8, "B1": 2, "W1": 95}, joiners={"A1": 5},
                            leavers={"W1": 0}, mapping=broad, group="ethnicity")  # fmt: skip
    assert found["group"] == ["BME"] * 4 + ["White"] * 4
    assert found["mapping"][0] == "own mapping"
    assert of(found, "BME")["whole change"] == pytest.approx(100 * (10 / 105 - 0.05))


def test_stocks_of_the_stated_alone_take_the_declared_into_the_check():
    found = dr.share_change(
        {"BME": 80, "White": 900}, {"BME": 100, "White": 890}, **FLOWS, declared={"BME": 5, "White": 5}
    )
    assert of(found, "BME") == {
        part: pytest.approx(value, abs=1e-12)
        for part, value in (of(dr.share_change(BEFORE, AFTER, **FLOWS), "BME") | {PARTS[3]: 0}).items()
    }


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            {"after": {"BME": 100, "White": 888, "not stated": 10}}, ValueError,
            r"after: there are 998 staff, and before \+ joiners - leavers is 1,000 \(1,000 \+ 100 - 100\)",
        ),
        ({"joiners": None}, TypeError, "share_change needs joiners=, or person="),
        ({"leavers": None}, TypeError, "share_change needs leavers=, or person="),
        ({"person": "id"}, TypeError, "joiners: with person= they are found in the two tables"),
        ({"person": "id", "joiners": None, "leavers": None}, TypeError, "person: needs one row a member of staff"),
        ({"joiners": {"BME": 2.5}}, ValueError, "numbers by group: 2.5 at index 0 is not a whole number"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"inference": "all"}, ValueError, "inference: 'all' is not one of"),
        ({"threshold": -1}, ValueError, "threshold: -1 is not a positive number"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"higher_is_better": 1}, TypeError, "higher_is_better: 1 is neither True nor False"),
        ({"name": ""}, TypeError, "name: '' is not a text"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(changes, error, message):
    asked = {"before": BEFORE, "after": AFTER} | FLOWS | changes
    with pytest.raises(error, match=message):
        dr.share_change(asked.pop("before"), asked.pop("after"), **asked)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ([(1, "White"), (1, "BME")], [(1, "White")], "person: 1 has 2 rows in before, and should have one"),
        ([(1, "White")], [(1, "White"), (None, "BME")], "person: 1 rows of after have no 'id'"),
        ([("a", "White")], [("A", "White")], "person: nobody is in both tables by 'id'"),
    ],
)
def test_people_who_cannot_be_followed_are_refused(before, after, message):
    with pytest.raises(ValueError, match=message):
        dr.share_change(people(before), people(after), group="ethnicity", person="id")
