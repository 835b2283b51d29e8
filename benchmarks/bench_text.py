"""How fast are rows counted by three columns of text, the coding of the text included?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from harness import Question, check_equal

import dueregard as dr

ROWS = 5_000_000
COLUMNS = ["borough", "ethnicity", "answer"]
LEVELS = {
    "borough": [f"London Borough {i:02d}" for i in range(32)],
    "ethnicity": [
        "White",
        "Mixed",
        "Asian or Asian British",
        "Black or Black British",
        "Other",
        "Not Stated (NS)",
    ],
    "answer": ["Very satisfied", "Fairly satisfied", "Fairly dissatisfied", "Very dissatisfied"],
}


def make() -> pa.Table:
    rng = np.random.default_rng(2011)
    return pa.table(
        {
            name: pa.array(np.array(labels, object)[rng.integers(0, len(labels), ROWS)], pa.string())
            for name, labels in LEVELS.items()
        }
    )


def counts(rows: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    return {tuple(row[:-1]): row[-1] for row in rows}


def ours(data: Any) -> dr.Tally:
    return dr.tally(data, COLUMNS, threads=2)


def our_counts(data: Any) -> dict[tuple[Any, ...], int]:
    table = ours(data).to_dict()
    return {key[:-1]: key[-1] for key in zip(*table.values(), strict=True) if key[-1]}


def peers(table: pa.Table) -> dict[str, tuple[Callable[[], Any], Callable[[Any], list[tuple[Any, ...]]]]]:
    frame = pl.from_arrow(table)
    db = duckdb.connect()
    db.execute("SET threads = 2")
    db.register("arrow", table)
    db.execute("CREATE TABLE people AS SELECT * FROM arrow")
    query = "SELECT borough, ethnicity, answer, count(*) FROM people GROUP BY ALL"
    return {
        "pyarrow group_by": (
            lambda: table.group_by(COLUMNS).aggregate([([], "count_all")]),
            lambda result: list(zip(*result.select([*COLUMNS, "count_all"]).to_pydict().values(), strict=True)),
        ),
        "DuckDB GROUP BY, 2 threads": (lambda: db.execute(query).fetchall(), lambda rows: rows),
        "Polars group_by": (
            lambda: frame.group_by(COLUMNS).len(),
            lambda result: result.select([*COLUMNS, "len"]).rows(),
        ),
    }


def run() -> Question:
    question = Question(
        "Counting rows by three columns of text",
        f"{ROWS:,} rows, 2 threads, coding included; each tool on its own kind of table.",
    )
    table = make()
    expected = our_counts(table)
    pa.set_cpu_count(2)
    rivals = peers(table)
    for name, (function, rows) in rivals.items():
        check_equal(name, counts(rows(function())), expected)
    mine = {
        "dueregard, pyarrow table": partial(ours, table),
        "dueregard, Polars frame": partial(ours, pl.from_arrow(table)),
    }
    seconds = question.race(mine | {name: function for name, (function, _) in rivals.items()})
    fastest = min(seconds[name] for name in rivals)
    for name in mine:
        question.at_most(f"{name} / the fastest of the others", seconds[name] / fastest, 1)
    time_objects(question, table)
    return question


def time_objects(question: Question, table: pa.Table) -> None:
    """pandas columns of Python strings, against pandas' own coding of them."""
    shared = pd.DataFrame(
        {"ethnicity": pd.Series(np.array(LEVELS["ethnicity"], object)[np.arange(ROWS) % 6], dtype=object)}
    )
    distinct = pd.DataFrame({"ethnicity": pd.Series(table["ethnicity"].to_pylist(), dtype=object)})
    for name, frame in (("shared", shared), ("one object a row", distinct)):
        tally = dr.tally(frame, "ethnicity", threads=1)
        codes, labels = pd.factorize(frame["ethnicity"])
        by_pandas = dict(zip(labels, np.bincount(codes).tolist(), strict=True))
        check_equal(
            "pandas.factorize",
            by_pandas,
            dict(zip(tally.labels["ethnicity"], tally.counts.tolist(), strict=True)),
        )
        mine, theirs = f"dueregard, Python strings ({name})", f"pandas.factorize, Python strings ({name})"
        seconds = question.race(
            {mine: partial(dr.tally, frame, "ethnicity", threads=1), theirs: partial(pd.factorize, frame["ethnicity"])}
        )
        question.at_most(f"dueregard / pandas.factorize, {name}", seconds[mine] / seconds[theirs], 1)
