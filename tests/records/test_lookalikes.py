"""Labels that look alike are kept apart, with one warning a column."""

import warnings

import pytest

import dueregard as dr
from dueregard.records.lookalikes import warn_about_lookalikes


@pytest.mark.parametrize(
    "labels",
    [["Asian", "asian"], ["White  British", "White British "], ["é", "é"], ["STRASSE", "straße"]],
)
def test_alike(labels):
    with pytest.warns(UserWarning, match="column 'ethnicity': these labels look alike") as caught:
        warn_about_lookalikes("ethnicity", ["Other", *labels, None, 7])
    assert len(caught) == 1
    assert all(repr(label) in str(caught[0].message) for label in labels)


def test_distinct_labels_are_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_about_lookalikes("a", ["Asian", "Black", "", "a\0", "a", 1, True, None])


def test_many_are_summarised():
    labels = [form(f"label {i}") for i in range(9) for form in (str.lower, str.upper)]
    with pytest.warns(UserWarning, match="and 4 more"):
        warn_about_lookalikes("a", labels)


def test_a_tally_keeps_them_apart_and_warns_once():
    with pytest.warns(UserWarning, match="'Asian' and 'asian'") as caught:
        found = dr.tally({"a": ["Asian", "asian", "Asian"]}, "a", threads=2)
    assert len(caught) == 1
    assert found.counts.tolist() == [2, 1]
