"""Nobody left to compare with: refused by every decomposition and comparison, before anything is worked out."""

import numpy as np
import pytest

import dueregard as dr

N = 60
TABLE = {
    "group": ["White"] * (N - 1) + [None],
    "age": ["16-34", "35+"] * (N // 2),
    "score": [float(i % 7) for i in range(N)],
    "liking": [float(i % 5) for i in range(N)],
    "satisfied": [i % 3 == 0 for i in range(N)],
    "year": ["2010", "2011", "2011"] * (N // 3),
}
BOTH = {"outcome": "satisfied", "positive": True, "group": "group", "factors": ["age"]}
ASKED = {
    "decompose_gap": BOTH,
    "decompose_gap_change": BOTH | {"time": "year", "before": "2010", "after": "2011"},
    "oaxaca_blinder": BOTH,
    "reweighted_gap": BOTH,
    "compare_drivers": {"outcome": "score", "drivers": ["liking", "age"], "group": "group"},
}


@pytest.mark.parametrize("name", ASKED)
def test_one_group_alone_is_refused(name):
    said = r"^group: 'group' is 'White' in every row that states it, so that nobody is left to compare; keep the rows"
    with pytest.raises(ValueError, match=said):
        getattr(dr, name)(TABLE, **ASKED[name], reference="White")


@pytest.mark.parametrize("name", ASKED)
def test_so_are_rows_of_which_where_leaves_one(name):
    two = TABLE | {"group": ["White", "Asian"] * (N // 2)}
    with pytest.raises(ValueError, match="nobody is left to compare; keep the rows of two groups at least"):
        getattr(dr, name)(two, **ASKED[name], reference="White", where=np.arange(N) % 2 == 0)


@pytest.mark.parametrize("reference", [dr.REST, dr.OVERALL])
@pytest.mark.parametrize("name", ["decompose_gap", "decompose_gap_change"])
def test_one_group_has_no_others(name, reference):
    with pytest.raises(ValueError, match="group: 'group' is 'White' in every row that states it"):
        getattr(dr, name)(TABLE, **ASKED[name], reference=reference)
