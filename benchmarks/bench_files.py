"""How much memory does a file of 100 million rows take to count?"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from harness import Question, check_equal

ROWS = 100_000_000
ROWS_PER_PART = 1_000_000
LEVELS = {"borough": 32, "ethnicity": 6, "answer": 4}

COUNT = """
import json, sys, time
import dueregard as dr
start = time.perf_counter()
tally = dr.tally(sys.argv[1], ["borough", "ethnicity", "answer"])
seconds = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) / 1024  # of this process alone; ru_maxrss starts from its parent's
found = {"seconds": seconds, "peak": peak, "total": int(tally.counts.sum()), "first": int(tally.counts.flat[0])}
print(json.dumps(found))
"""


def write(path: Path) -> int:
    """A file of dictionary columns, written in parts; returns the rows of the first cell."""
    rng = np.random.default_rng(2011)
    first_cell = 0
    schema = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in LEVELS])
    with pq.ParquetWriter(path, schema) as writer:
        for _ in range(ROWS // ROWS_PER_PART):
            codes = {name: rng.integers(0, n, ROWS_PER_PART, dtype=np.int32) for name, n in LEVELS.items()}
            first_cell += int(sum(np.all([c == 0 for c in codes.values()], axis=0)))
            columns = [
                pa.DictionaryArray.from_arrays(c, [f"{name} {i:02d}" for i in range(LEVELS[name])])
                for name, c in codes.items()
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
    return first_cell


def run() -> Question:
    question = Question(
        "A Parquet file of 100 million rows", f"{ROWS:,} rows of three dictionary columns, read in batches."
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        first_cell = write(path)
        done = subprocess.run([sys.executable, "-c", COUNT, str(path)], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        check_equal("the file", (found["total"], found["first"]), (ROWS, first_cell))
        question.timings.append(("dueregard, from the file", found["seconds"]))
        start = time.perf_counter()
        pl.scan_parquet(path).group_by(*LEVELS).len().collect(engine="streaming")
        question.timings.append(("Polars, streaming, from the file", time.perf_counter() - start))
        question.at_most("peak resident set, MiB", found["peak"], 600)
    return question
