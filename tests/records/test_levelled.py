"""Text that keeps the labels of the table it is part of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.records.levelled import LevelledText

TEXTS = st.lists(st.sampled_from(["", "a", "b", "not stated", "é"]), min_size=1, max_size=30)


@given(TEXTS, st.randoms())
def test_it_reads_as_the_text_it_was_made_of(texts, random):
    array = np.array(texts)
    column = LevelledText.of(array)
    kept = np.array([random.random() < 0.5 for _ in texts])
    assert np.asarray(column).tolist() == column.tolist() == list(column) == texts
    assert column[kept].tolist() == array[kept].tolist() and len(column[kept]) == kept.sum()
    assert ((column == "a") == (array == "a")).all()
    assert not (column == "of no row").any()


@given(TEXTS)
def test_a_tally_of_the_whole_is_that_of_the_text(texts):
    of_text, of_column = (
        dr.tally({"x": column}, "x") for column in (np.array(texts), LevelledText.of(np.array(texts)))
    )
    counts = [{label: n for label, n in zip(t.labels["x"], t.counts.tolist(), strict=True) if n} for t in
              (of_text, of_column)]  # fmt: skip
    assert counts[0] == counts[1]


def test_part_of_a_table_keeps_the_labels_of_the_whole():
    column = LevelledText.of(np.array(["No", "Yes", "No", "not stated"]))
    tally = dr.tally({"x": column[np.array([True, False, True, False])]}, "x")
    assert dict(zip(tally.labels["x"], tally.counts.tolist(), strict=True)) == {"No": 2, "Yes": 0}


def test_it_cannot_be_a_key():
    with pytest.raises(TypeError, match="unhashable"):
        hash(LevelledText.of(np.array(["a"])))
