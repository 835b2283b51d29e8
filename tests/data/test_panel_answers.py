"""Second opinions on the boroughs' answers agree with them as often as the notes say, for any seed."""

from collections import Counter

import pytest

from dueregard import data

SEEDS = (2011, 0, 987_654_321)
CODES = {"not_at_all": 0, "not_very": 1, "fairly": 2, "very": 3}
EXPECTED = {
    "dip sample": (6, {0: 144, -1: 38, 1: 10}),
    "peer review": (10, {0: 256, -1: 48, 1: 16}),
    "community panel": (5, {0: 96, -1: 56, 1: 8}),
}


@pytest.fixture(params=SEEDS)
def both(request):
    own = data.example("self_assessment", seed=request.param)
    last = {(row["unit"], row["indicator"]): row["answer"] for row in own.rows() if row["round"] == "after review"}
    return last, data.example("panel_answers", seed=request.param).rows()


def test_each_source_looks_at_so_many_indicators_of_each_borough(both):
    _, rows = both
    counted = Counter((row["source"], row["unit"]) for row in rows)
    boroughs = data.load("borough_answers")["borough"].tolist()
    assert counted == {(source, unit): size for source, (size, _) in EXPECTED.items() for unit in boroughs}
    assert len({(row["source"], row["unit"], row["indicator"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("source", EXPECTED)
def test_opinions_agree_or_differ_by_a_step_as_often_as_said(both, source):
    last, rows = both
    steps = Counter(
        CODES[row["answer"]] - CODES[last[row["unit"], row["indicator"]]] for row in rows if row["source"] == source
    )
    assert sum(steps.values()) == 32 * EXPECTED[source][0]
    assert dict(steps) == EXPECTED[source][1]


def test_the_answer_left_out_is_not_looked_at(both):
    last, rows = both
    (left_out,) = [key for key, answer in last.items() if answer == "not stated"]
    assert left_out not in {(row["unit"], row["indicator"]) for row in rows}


def test_the_dip_sample_does_not_look_at_the_same_indicators_everywhere(both):
    _, rows = both
    assert len({row["indicator"] for row in rows if row["source"] == "dip sample"}) == 18
