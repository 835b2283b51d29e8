"""Laws of dr.tally: the same bits however the rows are ordered, split, named, stored or shared among threads."""

import math
import tempfile
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr

AREAS = ["Barnet", "Camden", "Sutton"]
ANSWERS = ["very", "fairly", "not", ""]

rows = st.lists(
    st.tuples(
        st.sampled_from(AREAS),
        st.integers(0, 4),
        st.sampled_from(ANSWERS),
        st.one_of(st.just(0.0), st.floats(1e-3, 1e3), st.floats(0, 1e300)),
    ),
    min_size=1,
    max_size=60,
)


def columns(records: list[tuple[Any, ...]]) -> dict[str, Any]:
    area, grade, answer, weight = zip(*records, strict=True)
    return {
        "area": np.array(area),
        "grade": np.array(grade, np.int16),
        "answer": list(answer),
        "weight": np.array(weight),
    }


def count(data: dict[str, Any], **options: Any) -> dr.Tally:
    return dr.tally(data, ["area", "grade"], outcome="answer", weight="weight", **options)


def same(first: dr.Tally, second: dr.Tally) -> bool:
    return (
        first.labels == second.labels
        and np.array_equal(first.counts, second.counts)
        and np.array_equal(first.sums, second.sums)
        and np.array_equal(first.squares, second.squares)
    )


def as_dict(tally: dr.Tally) -> dict[tuple[Any, ...], int]:
    table = tally.to_dict()
    keys = zip(*(table[name] for name in tally.dims), strict=True)
    return {key: n for key, n in zip(keys, table["count"], strict=True) if n}


@given(rows)
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_a_plain_counter(records: list[tuple[Any, ...]]) -> None:
    expected = Counter((area, grade, answer or "not stated") for area, grade, answer, _ in records)
    assert as_dict(count(columns(records))) == expected


@given(rows)
@settings(max_examples=60, deadline=None)
def test_weighted_sums_are_fsum_of_each_cell_to_the_last_bit(records: list[tuple[Any, ...]]) -> None:
    cells: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for area, grade, answer, weight in records:
        cells[area, grade, answer or "not stated"].append(weight)
    tally = count(columns(records))
    for (area, grade, answer), weights in cells.items():
        cell = tuple(
            tally.labels[name].index(label) for name, label in zip(tally.dims, (area, grade, answer), strict=True)
        )
        assert tally.sums[cell] == math.fsum(weights)
        exact = sum(Fraction(w) ** 2 for w in weights)
        assert tally.squares[cell] == (float(exact) if exact < Fraction(2) ** 1024 - 2**969 else math.inf)


@given(rows, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter(records: list[tuple[Any, ...]], random: Any) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert same(count(columns(records)), count(columns(shuffled)))


@given(rows, st.integers(1, 59))
@settings(max_examples=40, deadline=None)
def test_parts_add_up_to_the_whole(records: list[tuple[Any, ...]], cut: int) -> None:
    parts = [part for part in (records[:cut], records[cut:]) if part]
    tallies = [count(columns(part)) for part in parts]
    assert same(sum(tallies[1:], tallies[0]), count(columns(records)))
    assert same(sum(tallies[:-1], tallies[-1]), count(columns(records)))


@given(rows, st.integers(2, 8))
@settings(max_examples=40, deadline=None)
def test_the_number_of_threads_does_not_matter(records: list[tuple[Any, ...]], threads: int) -> None:
    assert same(count(columns(records), threads=threads), count(columns(records), threads=1))


@given(rows)
@settings(max_examples=40, deadline=None)
def test_relabelling_moves_counts_with_their_labels(records: list[tuple[Any, ...]]) -> None:
    renamed = {"Barnet": "Z", "Camden": "Y", "Sutton": "X"}
    there = as_dict(count(columns([(renamed[area], *rest) for area, *rest in records])))
    here = as_dict(count(columns(records)))
    assert there == {(renamed[area], *rest): n for (area, *rest), n in here.items()}


@given(rows)
@settings(max_examples=40, deadline=None)
def test_margins_and_cube_agree_with_sums_over_axes(records: list[tuple[Any, ...]]) -> None:
    tally = count(columns(records))
    assert tally.margin("answer", "area").counts.tolist() == tally.counts.sum(axis=1).T.tolist()
    assert tally.margin("grade").sums.tolist() == pytest.approx(tally.sums.sum(axis=(0, 2)).tolist(), rel=1e-12)
    cube = tally.cube().counts
    assert cube[-1, -1, -1] == len(records)
    assert cube[:-1, -1, -1].tolist() == tally.margin("area").counts.tolist()
    assert cube[:-1, :-1, :-1].tolist() == tally.counts.tolist()


@given(rows)
@settings(max_examples=20, deadline=None)
def test_a_saved_tally_comes_back_whole(records: list[tuple[Any, ...]]) -> None:
    tally = count(columns(records))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.tally"
        tally.save(path)
        assert same(tally, dr.load_tally(path))
