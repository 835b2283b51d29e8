"""Run every benchmark, or those named, and write results.md."""

import platform
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from harness import versions

HERE = Path(__file__).parent
QUESTIONS = (
    "tally",
    "cube",
    "text",
    "frames",
    "import",
    "files",
    "known_files",
    "resampling",
    "stratified",
    "surveys",
    "planning",
    "conditional",
    "rates",
    "unconditional",
    "intervals",
    "comparisons",
    "rolling",
    "ranks",
    "drivers",
    "scoring",
    "audit",
)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main() -> None:
    asked = sys.argv[1:] or QUESTIONS
    parts = []
    for name in asked:
        print(name, flush=True)
        parts.append(import_module(f"bench_{name}").run().markdown())
    about = (
        f"Made by `make bench` on {date.today():%-d %B %Y}: {processor()}, "
        f"Python {platform.python_version()}, "
        f"{versions('dueregard', 'numpy', 'pandas', 'polars', 'pyarrow', 'duckdb')}.\n\n"
        "Every result is checked to be the same before it is timed. Times are the best of 15 runs; "
        "hold the ratios, not the times: machines differ and drift.\n"
    )
    if not sys.argv[1:]:
        (HERE / "results.md").write_text("\n".join(["# Benchmarks\n", about, *parts]))


if __name__ == "__main__":
    main()
