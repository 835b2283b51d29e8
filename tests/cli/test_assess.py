"""``dueregard assess``: the 32 boroughs of the published standard."""

import json
from typing import Any


def test_the_published_boroughs(run: Any) -> None:
    done = run("assess", "--format", "json")
    assert done.status == 0
    table = json.loads(done.out)
    values = {row["unit"]: row["value"] for row in table}
    assert len(table) == len(values) == 32
    assert round(values["Barnet"]) == 67
    assert round(values["Camden"]) == 56


def test_a_missing_answer_is_a_range(run: Any) -> None:
    table = json.loads(run("assess", "--format", "json").out)
    open_rows = [row for row in table if row["low"] != row["high"]]
    assert [(round(row["value"], 1), round(row["low"], 1), round(row["high"], 1)) for row in open_rows] == [
        (83.3, 83.3, 88.9)
    ]


def test_the_table_to_read(run: Any) -> None:
    done = run("assess")
    assert "Barnet" in done.out
    assert "Internal: not checked for disclosure" in done.out
