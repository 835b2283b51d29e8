"""Tables of counts go in where records do: every measure of tallies takes count=, and gives what the rows would."""

import numpy as np
import pytest

import dueregard as dr

TABLE = {
    "ethnicity": ["A", "A", "B", "B", "not stated"],
    "met": ["yes", "no", "yes", "no", "yes"],
    "n": [12, 8, 30, 10, 3],
}
RECORDS = {name: np.repeat(TABLE[name], TABLE["n"]) for name in ("ethnicity", "met")}
ASK = {"group": "ethnicity", "reference": "B", "outcome": "met", "positive": "yes"}
MEASURES = {
    "gap": lambda data, **how: dr.gap(data, **ASK, **how),
    "ordinal_gap": lambda data, **how: dr.ordinal_gap(
        data, outcome="met", group="ethnicity", reference="B", scale=["no", "yes"], **how
    ),
    "share": lambda data, **how: dr.share(data, of="ethnicity", **how),
    "crossings": lambda data, **how: dr.crossings(data, ["ethnicity"], outcome="met", positive="yes", **how),
    "declaration": lambda data, **how: dr.declaration(data, characteristics=["ethnicity"], **how),
    "unknowns": lambda data, **how: dr.unknowns(data, **ASK, **how),
    "representation": lambda data, **how: dr.representation(
        data, dr.Tally(np.array([40, 60]), {"ethnicity": ["A", "B"]}), group="ethnicity", **how
    ),
    "outcome_test": lambda data, **how: dr.outcome_test(
        data, group="ethnicity", reference="B", outcome="met", arrest="yes", nothing="no", linked=None, **how
    ),
}


@pytest.mark.parametrize("name", MEASURES)
def test_a_table_of_counts_gives_what_its_rows_would(name):
    table, records = MEASURES[name](TABLE, count="n"), MEASURES[name](RECORDS)
    for column in ("group", "count", "nobs", "value", "estimate", "low", "high"):
        assert table[column] == pytest.approx(records[column], nan_ok=True) if column != "group" else True
    assert [str(each) for each in table["group"]] == [str(each) for each in records["group"]]


@pytest.mark.parametrize("name", MEASURES)
def test_counts_of_a_tally_are_refused(name):
    tally = dr.tally(RECORDS, "ethnicity", outcome="met")
    with pytest.raises(TypeError, match="count: data is a Tally, which is already counted"):
        MEASURES[name](tally, count="n")
