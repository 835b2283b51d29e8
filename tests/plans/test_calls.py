"""The call that computes a measure is read, and nothing else is run."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.plans.calls import MEASURES, run_call, tables_in

STAFF = {"sex": np.array(["Female"] * 3 + ["Male"] * 5), "role": np.array(["Officer", "Staff"] * 4)}


def test_a_call_is_what_it_is_in_python():
    text = 'dr.share(staff, of="sex", where=staff["role"] == "Officer", period=period).filter(group=["Female"])'
    found = run_call(text, {"staff": STAFF}, "2010-04 to 2011-03")
    written = eval(text, {"dr": dr, "staff": STAFF, "period": "2010-04 to 2011-03"})
    assert repr(found.to_dict()) == repr(written.to_dict())
    assert (found["count"], found["nobs"], found["period"]) == ([2], [4], ["2010-04 to 2011-03"])


def test_unequal_is_the_rest():
    text = 'dr.share(staff, of="sex", where=staff["role"] {} "Officer")'
    officers, others = (run_call(text.format(sign), {"staff": STAFF}, None)["nobs"][0] for sign in ("==", "!="))
    assert (officers, others) == (4, 4)


def test_numbers_references_and_negative_thresholds_are_read():
    text = 'dr.gap(staff, outcome="role", positive=("Officer",), group="sex", reference=dr.REST, confidence_level=0.9)'
    assert run_call(text, {"staff": STAFF}, None)["confidence_level"] == [0.9, 0.9]
    with pytest.raises(ValueError, match="threshold"):
        run_call(text.replace("confidence_level=0.9", "threshold=-1"), {"staff": STAFF}, None)


def test_tables_are_those_named():
    text = 'dr.relative_likelihood(cases, pool=workforce, where=cases["a"] == "b", period=period, reference=dr.REST)'
    assert tables_in(text) == ["cases", "workforce"]


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_that_may_be_called_is_public(name):
    assert callable(getattr(dr, name))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dr.gap(", "is not a call"),
        ("dr.share(people, of='sex')", r"there are no records 'people'"),
        ("dr.share(stafff, of='sex')", r"no records 'stafff' \(did you mean 'staff'\?\)"),
        ("dr.shares(staff, of='sex')", r"'dr.shares' is no measure of the library \(did you mean 'share'\?\)"),
        ("dr.write_report('x')", "'dr.write_report' is no measure"),
        ("dr.data.load('boroughs')", "'dr.data.load' is no measure"),
        ("dr.frameworks.load('x')", "'dr.frameworks.load' is no measure"),
        ("open('x')", "may not stand in the call"),
        ("staff.clear()", "is no measure"),
        ("dr.share(staff, of='sex').save('x.csv')", r"\.save\(\) may not end the call"),
        ("dr.share(staff, of='sex').filter.__class__", "is no measure"),
        ("dr.share(staff, of=f'{staff}')", "may not stand in the call"),
        ("dr.share(staff, of='sex', where=lambda: 1)", "may not stand in the call"),
        ("dr.share(staff, of='sex', **staff)", "may not stand in the call"),
        ("dr.share(*staff)", "may not stand in the call"),
        ("[x for x in staff]", "may not stand in the call"),
        ("dr.share(staff, of='sex', where=staff['grade'] == 'PC')", "records 'staff' have no column 'grade'"),
        ("dr.share(staff, of='sex', where=staff['role'] < 'PC')", "may not stand in the call"),
    ],
)
def test_all_else_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        run_call(text, {"staff": STAFF}, None)
