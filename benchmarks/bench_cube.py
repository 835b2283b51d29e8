"""How fast is every margin of six columns?"""

from functools import partial
from typing import Any

import duckdb
import numpy as np
import polars as pl
from harness import Question, check_equal

import dueregard as dr

ROWS = 10_000_000
LEVELS = {"borough": 32, "ethnicity": 6, "age": 6, "faith": 6, "disability": 4, "satisfied": 2}
LABELS = {name: list(range(n)) for name, n in LEVELS.items()}


def with_dueregard(data: dict[str, Any]) -> dr.Cube:
    return dr.tally(data, list(LEVELS), labels=LABELS, threads=1).cube()


def run() -> Question:
    cells = int(np.prod(list(LEVELS.values())))
    margins = int(np.prod([n + 1 for n in LEVELS.values()]))
    question = Question(
        "Every margin of six columns",
        f"{ROWS:,} rows, {cells:,} cells, {margins:,} with every margin, one thread.",
    )
    rng = np.random.default_rng(2011)
    data = {name: rng.integers(0, n, ROWS, dtype=np.uint8) for name, n in LEVELS.items()}
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.register("arrow", pl.DataFrame(data).to_arrow())
    db.execute("CREATE TABLE people AS SELECT * FROM arrow")
    query = f"SELECT {', '.join(LEVELS)}, count(*) FROM people GROUP BY CUBE ({', '.join(LEVELS)})"
    check_equal("DuckDB", as_dict(db.execute(query).fetchall()), cube_dict(with_dueregard(data)))
    ours, theirs = "dueregard: count and cube", "DuckDB GROUP BY CUBE, 1 thread"
    seconds = question.race({ours: partial(with_dueregard, data), theirs: lambda: db.execute(query).fetchnumpy()})
    question.at_least("DuckDB GROUP BY CUBE / dueregard", seconds[theirs] / seconds[ours], 15)
    return question


def as_dict(rows: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    return {row[:-1]: row[-1] for row in rows}


def cube_dict(cube: dr.Cube) -> dict[tuple[Any, ...], int]:
    table = cube.to_dict()
    keys = zip(*(table[name] for name in LEVELS), strict=True)
    return {key: n for key, n in zip(keys, table["count"], strict=True) if n}
