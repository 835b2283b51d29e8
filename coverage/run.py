"""Enumerate every method, draw surveys, write both results and the tables of docs/coverage.md."""

import csv
import sys
import time
from pathlib import Path

import driver_shares
import explained_gaps
import survey_changes
import survey_gaps
import survey_ranks
from change_page import change_part
from driver_page import driver_part
from enumeration import SIZES, Covered, coverage
from explained_page import explained_part
from methods import LARGEST, PEERS, ours
from page import page
from rank_page import rank_part
from survey_page import survey_part

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results.csv"
COLUMNS = ("measure", "method", "nobs1", "nobs2", "mean", "minimum", "short")

Results = dict[tuple[str, str, int, int], Covered]


def enumerate_all(largest: int) -> Results:
    """Coverage of every method for all pairs of sizes up to ``largest``."""
    found: Results = {}
    for (measure, method), limits in (ours() | PEERS).items():
        start = time.perf_counter()
        most = min(largest, LARGEST.get(method, largest))
        for n1 in (n for n in SIZES if n <= most):
            for n2 in (n for n in SIZES if n <= most):
                found[measure, method, n1, n2] = coverage(limits, measure, n1, n2)
        print(f"{measure:<12} {method:<40} {time.perf_counter() - start:8.1f} s", flush=True)
    return found


def write_results(found: Results) -> None:
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*key, *(f"{part:.5f}" for part in c)) for key, c in found.items())


def read_results() -> Results:
    with RESULTS.open(newline="") as file:
        return {
            (row["measure"], row["method"], int(row["nobs1"]), int(row["nobs2"])): Covered(
                float(row["mean"]), float(row["minimum"]), float(row["short"])
            )
            for row in csv.DictReader(file)
        }


if __name__ == "__main__":
    if "--page-only" not in sys.argv:
        write_results(enumerate_all(max(SIZES)))
        survey_gaps.write(survey_gaps.simulate(survey_gaps.REPETITIONS), survey_gaps.REPETITIONS)
        survey_changes.write(survey_changes.REPETITIONS)
        survey_ranks.write(survey_ranks.REPETITIONS)
        driver_shares.write(
            [driver_shares.simulate(survey, driver_shares.REPETITIONS) for survey in driver_shares.SURVEYS],
            driver_shares.REPETITIONS,
        )
        explained_gaps.write(explained_gaps.simulate(explained_gaps.REPETITIONS), explained_gaps.REPETITIONS)
    parts = (page(read_results()), survey_part(), change_part(), rank_part(), driver_part(), explained_part())
    (ROOT / "docs" / "coverage.md").write_text("\n".join(parts))
