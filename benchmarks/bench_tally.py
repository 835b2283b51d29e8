"""How fast are rows counted by three columns of codes, beside other tools and beside reading the bytes?"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from harness import Question, check_equal
from numpy.typing import NDArray

import dueregard as dr
from dueregard import _core

ROWS = 10_000_000
PYTHON_ROWS = 1_000_000
READING = "reading the bytes (own kernel that only sums them)"
OURS = "dueregard"
LEVELS = {"borough": 32, "ethnicity": 6, "answer": 4}
LABELS = {name: list(range(n)) for name, n in LEVELS.items()}

Columns = dict[str, NDArray[Any]]


def make(dtype: str = "u1", rows: int = ROWS) -> Columns:
    rng = np.random.default_rng(2011)
    return {name: rng.integers(0, n, rows, dtype=np.uint8).astype(dtype) for name, n in LEVELS.items()}


def with_dueregard(data: Columns, threads: int = 1, **options: Any) -> dr.Tally:
    return dr.tally(data, list(LEVELS), labels=LABELS, threads=threads, **options)


def with_numpy(data: Columns) -> NDArray[np.int64]:
    cell = np.zeros(len(data["answer"]), np.int64)
    for name, n in LEVELS.items():
        cell = cell * n + data[name]
    return np.bincount(cell, minlength=32 * 6 * 4).reshape(32, 6, 4)


def with_python(columns: list[list[int]]) -> Counter[tuple[int, ...]]:
    return Counter(zip(*columns, strict=True))


def peers(data: Columns) -> dict[str, tuple[Callable[[], Any], float]]:
    """Each peer at the same count, with the least ratio promised."""
    frame = pd.DataFrame({name: pd.Categorical.from_codes(codes, LABELS[name]) for name, codes in data.items()})
    table = pl.DataFrame(data)
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.register("arrow", table.to_arrow())
    db.execute("CREATE TABLE people AS SELECT * FROM arrow")
    query = "SELECT borough, ethnicity, answer, count(*) FROM people GROUP BY ALL ORDER BY ALL"
    return {
        "NumPy: cell index, then bincount": (lambda: with_numpy(data).reshape(-1).tolist(), 8),
        "DuckDB GROUP BY, 1 thread": (lambda: [row[-1] for row in db.execute(query).fetchall()], 8),
        "Polars group_by": (lambda: table.group_by(*LEVELS).len().sort(*LEVELS)["len"].to_list(), 30),
        "pandas groupby of categoricals": (
            lambda: frame.groupby(list(LEVELS), observed=False).size().tolist(),
            80,
        ),
    }


def run() -> Question:
    question = Question(
        "Counting rows by three columns of codes",
        f"{ROWS:,} rows, {' x '.join(map(str, LEVELS.values()))} = 768 cells, one-byte codes and one thread "
        f"unless said otherwise; plain Python on {PYTHON_ROWS:,} rows.",
    )
    data = make()
    expected = with_numpy(data)
    check_equal("dueregard", with_dueregard(data).counts.tolist(), expected.tolist())
    rivals = peers(data)
    for name, (function, _) in rivals.items():
        check_equal(name, function(), expected.reshape(-1).tolist())
    stacked = np.concatenate(list(data.values()))
    seconds = question.race(
        {
            READING: partial(_core.byte_sum, stacked),
            OURS: partial(with_dueregard, data),
            f"{OURS}, 2 threads": partial(with_dueregard, data, 2),
        }
        | {name: function for name, (function, _) in rivals.items()}
    )
    ours = seconds[OURS]
    question.at_most(f"{OURS} / reading the bytes", ours / seconds[READING], 4.5)
    question.at_least("1 thread / 2 threads", ours / seconds[f"{OURS}, 2 threads"], 1.6)
    for name, (_, bound) in rivals.items():
        question.at_least(f"{name} / {OURS}", seconds[name] / ours, bound)
    time_python(question)
    time_other_codes(question, data, expected)
    return question


def time_python(question: Question) -> None:
    data = make(rows=PYTHON_ROWS)
    columns = [codes.tolist() for codes in data.values()]
    counted = with_python(columns)
    expected = with_numpy(data)
    check_equal("plain Python", [counted[cell] for cell in np.ndindex(*expected.shape)], expected.reshape(-1).tolist())
    python, ours = f"plain Python, {PYTHON_ROWS:,} rows", f"{OURS}, {PYTHON_ROWS:,} rows"
    seconds = question.race({python: partial(with_python, columns), ours: partial(with_dueregard, data)})
    question.at_least("plain Python / dueregard", seconds[python] / seconds[ours], 250)


def time_other_codes(question: Question, data: Columns, expected: NDArray[np.int64]) -> None:
    """Wider and strided codes, and weights, each beside the one-byte codes."""
    rows = np.stack(list(data.values()), axis=1)
    variants = {f"{8 * int(code[1])}-bit codes": (make(code), 4.0) for code in ("i2", "i4", "i8")}
    variants["columns of a table stored by rows (stride 3)"] = (dict(zip(LEVELS, rows.T, strict=True)), 8.0)
    for name, (codes, _) in variants.items():
        check_equal(name, with_dueregard(codes).counts.tolist(), expected.tolist())
    weight = np.random.default_rng(7).lognormal(0, 0.5, ROWS)
    check_weights(data, weight)
    one_byte, weighted = f"{OURS}, one-byte codes again", f"{OURS}, exact weighted sums and sums of squares"
    seconds = question.race(
        {one_byte: partial(with_dueregard, data), weighted: partial(with_dueregard, data, weight=weight)}
        | {f"{OURS}, {name}": partial(with_dueregard, codes) for name, (codes, _) in variants.items()}
    )
    for name, (_, bound) in variants.items():
        question.at_most(f"{name} / one-byte codes", seconds[f"{OURS}, {name}"] / seconds[one_byte], bound)
    question.at_most("exact weighted sums, nanoseconds a row", seconds[weighted] / ROWS * 1e9, 3)


def check_weights(data: Columns, weight: NDArray[np.float64]) -> None:
    cell = (np.int64(6) * data["borough"] + data["ethnicity"]) * 4 + data["answer"]
    plain = np.bincount(cell, weight, 768).reshape(32, 6, 4)
    sums = with_dueregard(data, weight=weight).sums
    check_equal("weighted sums", bool(np.allclose(sums, plain, rtol=1e-12)), True)
