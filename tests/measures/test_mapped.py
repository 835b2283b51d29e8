"""A tally in the groups of another classification."""

import numpy as np
import pandas as pd
import pytest

import dueregard as dr
from dueregard.measures.mapped import mapped

TO_FIVE = dr.mapping("16+1 to 5+1 (2011)")


def test_labels_are_added_into_groups_in_the_order_of_the_target_and_none_is_dropped():
    tally = dr.tally(
        {"e": ["W1", "W2", "O1", "A1", "NS", None, "N4"], "met": [1, 0, 1, 1, 0, 1, 1]}, "e", outcome="met"
    )
    groups = mapped(tally, "e", TO_FIVE)
    assert groups.labels["e"] == ["Asian", "Black", "Mixed", "White", "Other", "not stated", "refused"]
    assert groups.counts.tolist() == [[0, 2], [0, 0], [0, 0], [1, 1], [0, 0], [1, 1], [0, 1]]
    assert (groups.outcome, groups.ordered["e"], groups.dims) == ("met", True, ("e", "met"))


def test_two_mapped_tallies_add_up():
    first, second = (mapped(dr.tally({"e": labels}, "e"), "e", TO_FIVE) for labels in (["W1", "NS"], ["B1"]))
    assert (first + second).counts.tolist() == [0, 1, 0, 1, 0, 1]


def test_totals_are_left_out():
    table = {"g": ["White", "White: Irish", "White: Other White"], "n": [30, 10, 20]}
    tally = dr.tally(table, "g", count="n")
    groups = mapped(tally, "g", dr.mapping("census 2011 to 5+1 (2011)"))
    assert groups.counts.sum() == 30


def test_weights_move_with_their_rows():
    tally = dr.tally({"e": ["W1", "W9", "B2"], "w": [0.5, 0.25, 2.0]}, "e", weight="w")
    groups = mapped(tally, "e", TO_FIVE)
    assert groups.sums.tolist() == [0, 2, 0, 0.75, 0]
    assert groups.squares.tolist() == [0, 4, 0, 0.3125, 0]


def test_where_it_came_from_is_kept():
    frame = pd.DataFrame({"e": ["W1"]})
    frame.attrs["provenance"] = "Synthetic: made up"
    groups = mapped(dr.tally(frame, "e"), "e", TO_FIVE)
    assert (groups.native, groups.provenance) == ("pandas", "Synthetic: made up")


def test_unknown_labels_and_dimensions_are_refused_by_name():
    tally = dr.tally({"ethnicity": ["W1", "Martian"]}, "ethnicity")
    with pytest.raises(ValueError, match="'Martian' is not a label of 16"):
        mapped(tally, "ethnicity", TO_FIVE)
    assert mapped(tally, "ethnicity", TO_FIVE, unknown="not stated").counts.tolist() == [0, 0, 0, 1, 0, 1]
    with pytest.raises(ValueError, match=r"no dimension 'ethnicty' \(did you mean 'ethnicity'\?\) in the tally"):
        mapped(tally, "ethnicty", TO_FIVE)


def test_the_total_is_the_same_whatever_the_mapping():
    rng = np.random.default_rng(4)
    codes = [label for label, group in TO_FIVE.labels.items() if group]
    tally = dr.tally({"e": rng.choice(codes, 500).tolist(), "b": rng.integers(0, 3, 500)}, ["e", "b"])
    for name in (name for name in dr.mappings()["mapping"] if name.startswith("16+1 to ")):
        groups = mapped(tally, "e", dr.mapping(name))
        assert groups.counts.sum(axis=0).tolist() == tally.margin("b").counts.tolist()
