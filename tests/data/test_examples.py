"""Example records: the same for a seed, independent between tables, complete and quick."""

import hashlib
import subprocess
import sys
import time

import numpy as np
import pytest

from dueregard import data
from dueregard.data import draws

DRAWN = [name for name in data.example_names() if name != "population"]


def digest(records):
    parts = hashlib.sha256()
    for name, column in records.items():
        parts.update(name.encode())
        parts.update(repr(column.tolist()).encode())
    return parts.hexdigest()


@pytest.mark.parametrize("name", data.example_names())
def test_the_same_seed_gives_the_same_records_in_another_process(name):
    script = (
        "import hashlib, sys; from dueregard import data; h = hashlib.sha256()\n"
        f"for name, column in data.example({name!r}, seed=5).items():\n"
        "    h.update(name.encode()); h.update(repr(column.tolist()).encode())\n"
        "print(h.hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == digest(data.example(name, seed=5))


@pytest.mark.parametrize("name", DRAWN)
def test_another_seed_gives_other_records(name):
    assert digest(data.example(name, seed=1)) != digest(data.example(name, seed=2))


def test_tables_of_one_seed_do_not_share_random_numbers():
    first, second = (draws.generator(name, 2011).random(5) for name in ("satisfaction", "attitudes"))
    assert not np.isin(first, second).any()


def test_random_numbers_are_philox_of_seed_and_name():
    assert draws.generator("satisfaction", 2011).random(2).tolist() == pytest.approx(
        draws.generator("satisfaction", np.int64(2011)).random(2).tolist(), abs=0
    )
    assert isinstance(draws.generator("satisfaction", 2011).bit_generator, np.random.Philox)


@pytest.mark.parametrize("name", data.example_names())
def test_a_table_is_made_in_under_two_seconds(name):
    data.example(name)
    start = time.perf_counter()
    data.example(name)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("name", data.example_names())
def test_records_say_where_they_come_from(name):
    records = data.example(name)
    assert records.provenance.startswith("Metropolitan" if name == "population" else "Synthetic: ")
    assert records.notes
    assert records.provenance in repr(records)
    assert len({len(column) for column in records.values()}) == 1


@pytest.mark.parametrize(
    ("seed", "error", "words"),
    [
        (-1, ValueError, "seed: -1"),
        (2**64, ValueError, "outside"),
        (1.5, TypeError, "seed: 1.5"),
        ("a", TypeError, "'a'"),
    ],
)
def test_a_bad_seed_is_refused(seed, error, words):
    with pytest.raises(error, match=words):
        data.example("satisfaction", seed=seed)


def test_an_unknown_example_is_refused_with_the_list():
    with pytest.raises(ValueError, match="no example 'survey'; the examples are satisfaction, attitudes"):
        data.example("survey")


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="'a' has 1, 'b' has 2"):
        data.ExampleRecords({"a": np.zeros(1), "b": np.zeros(2)}, provenance="here")


@pytest.mark.parametrize("total", [0, 1, 7, 1000])
def test_allocations_add_up_and_stay_within_one_of_their_share(total):
    shares = np.array([0.5, 0.2, 0.2, 0.1])
    parts = draws.allocate(total, shares)
    assert parts.sum() == total
    assert (np.abs(parts - total * shares) < 1).all()


def test_dealt_levels_occur_exactly_as_often_as_asked():
    levels = draws.dealt(draws.generator("x", 1), [3, 0, 5])
    assert np.bincount(levels, minlength=3).tolist() == [3, 0, 5]


def test_drawn_levels_follow_their_shares():
    levels = draws.drawn(draws.generator("x", 1), [[1, 0, 0], [0, 3, 1]], np.repeat([0, 1], 40_000))
    assert set(levels[:40_000].tolist()) == {0}
    assert (levels[40_000:] == 1).mean() == pytest.approx(0.75, abs=0.01)
