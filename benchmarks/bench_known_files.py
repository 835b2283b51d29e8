"""How long do the stop and search files of 43 forces and 12 months take to read and count, and how much memory?"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from harness import Question, check_equal

import dueregard as dr

ROWS = 1_200_000
FROM_NAMES = ["force", "month"]
FROM_FILES = [
    "Type",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
]
TALLIES = {
    "officer-defined, self-defined, legislation, outcome": [
        "Officer-defined ethnicity",
        "Self-defined ethnicity",
        "Legislation",
        "Outcome",
    ],
    "officer-defined, legislation, object, outcome": [
        "Officer-defined ethnicity",
        "Legislation",
        "Object of search",
        "Outcome",
    ],
    "self-defined, age, gender": ["Self-defined ethnicity", "Age range", "Gender"],
}
PERSON = ("Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity")

COUNT = """
import json, sys, time
import dueregard as dr
start = time.perf_counter()
tally = dr.tally(dr.read_stop_search(sys.argv[1]), json.loads(sys.argv[2]))
seconds = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) / 1024  # of this process alone; ru_maxrss starts from its parent's
print(json.dumps({"seconds": seconds, "peak": peak, "total": int(tally.counts.sum())}))
"""


def ours(folder: Path, columns: list[str]) -> dr.Tally:
    return dr.tally(dr.read_stop_search(folder), [*FROM_NAMES, *columns])


def our_counts(folder: Path, columns: list[str]) -> dict[tuple[str, ...], int]:
    table = ours(folder, columns).to_dict()
    table.pop("provenance")
    return {row[:-1]: row[-1] for row in zip(*table.values(), strict=True) if row[-1]}


def polars(paths: list[Path], columns: list[str]) -> pl.DataFrame:
    """The same columns read: those of people need the type of search, and force and month the name of the file."""
    wanted = list(dict.fromkeys(["Type", *columns]))
    return pl.scan_csv(paths, infer_schema=False, include_file_paths="path").select("path", *wanted).collect()


def polars_columns(paths: list[Path], columns: list[str]) -> pl.DataFrame:
    """Those columns alone, without what tells forces, months and searches of vehicles apart."""
    return pl.scan_csv(paths, infer_schema=False).select(columns).collect()


def polars_counts(paths: list[Path], columns: list[str]) -> dict[tuple[str, ...], int]:
    """The same labels given in Polars, and counted."""
    name = pl.col("path").str.split("/").list.last()
    frame = polars(paths, columns).with_columns(
        name.str.slice(0, 7).alias("month"),
        name.str.slice(8).str.strip_suffix("-stop-and-search.csv").alias("force"),
        *[_stated(column).alias(column) for column in columns],
    )
    counted = frame.group_by(*FROM_NAMES, *columns).len()
    return {(_force(row[0]), *row[1:-1]): row[-1] for row in counted.rows()}


def _stated(column: str) -> pl.Expr:
    blank = pl.col(column).fill_null("").is_in(["", "Not Stated (NS)"])
    kind = pl.lit("not stated")
    if column in PERSON:
        kind = pl.when(pl.col("Type") == "Vehicle search").then(pl.lit("not applicable")).otherwise(kind)
    return pl.when(blank).then(kind).otherwise(pl.col(column))


def _force(name: str) -> str:
    exceptions = {"city-of-london": "City of London", "dyfed-powys": "Dyfed-Powys"}
    return exceptions.get(name) or name.replace("-and-", " & ").replace("-", " ").title()


def measure_memory(folder: Path, columns: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-c", COUNT, str(folder), json.dumps([*FROM_NAMES, *columns])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    check_equal("the files", found["total"], ROWS)
    return found


def run() -> Question:
    question = Question(
        "Stop and search files of 43 forces and 12 months",
        f"{ROWS:,} made-up rows in 516 CSV files of 15 columns, read and counted by force, month and the columns, "
        "every row checked to have as many cells as the header; Polars reads the same columns, with the names of the "
        "files and the type of search that tell forces, months and vehicles apart or without, and counts nothing.",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = dr.data.write_stop_search_files(name, rows=ROWS)
        paths = sorted(folder.rglob("*.csv"))
        for what, columns in TALLIES.items():
            check_equal(what, our_counts(folder, columns), polars_counts(paths, columns))
            functions: dict[str, Callable[[], Any]] = {
                f"dueregard, read and counted: {what}": lambda columns=columns: ours(folder, columns),
                f"Polars, read with names and types: {what}": lambda columns=columns: polars(paths, columns),
                f"Polars, read alone: {what}": lambda columns=columns: polars_columns(paths, columns),
            }
            own, full, alone = question.race(functions).values()
            question.at_most(f"{what}: to Polars with names of files and types of search", own / full, 1.3)
            question.at_most(f"{what}: to Polars with these columns alone", own / alone, 1.3)
        peak = max(measure_memory(folder, columns)["peak"] for columns in TALLIES.values())
        question.at_most("peak resident set, MiB", peak, 200)
    return question
