"""How fast is a file of printed percentages audited?"""

import tempfile
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

import numpy as np
from harness import Question, check_equal

import dueregard as dr

CLAIMS = 10_000
LARGEST = 400


def claims(seed: int = 1) -> dict[str, list]:
    """Counts and bases with their percentages, one in ten of them off by a point."""
    rng = np.random.default_rng(seed)
    of = rng.integers(1, LARGEST, CLAIMS)
    count = rng.integers(0, of + 1)
    percent = np.round(100 * count / of).astype(int) + (rng.random(CLAIMS) < 0.1)
    table = {"count": count.tolist(), "of": of.tolist(), "percent": percent.tolist()}
    return {"claim": ["percent"] * CLAIMS, **table}


def one_at_a_time(table: dict[str, list]) -> list[str]:
    """Every claim by itself: print every count of its base both ways, and see whether its own prints as stated."""
    verdicts = []
    for count, of, percent in zip(table["count"], table["of"], table["percent"], strict=True):
        possible = set()
        for each in range(of + 1):
            for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
                if (Decimal(100 * each) / of).quantize(Decimal(1), way) == percent:
                    possible.add(each)
        verdicts.append("consistent" if count in possible else "inconsistent")
    return verdicts


def possible_one_at_a_time(table: dict[str, list]) -> list[bool]:
    return [bool(dr.consistent(p, of=of).possible) for p, of in zip(table["percent"], table["of"], strict=True)]


def run() -> Question:
    question = Question(
        "Audit of published percentages",
        f"{CLAIMS:,} percentages with their counts and bases, one in ten off by a point; a CSV file and a dict.",
    )
    table = claims()
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "claims.csv"
    rows = zip(*table.values(), strict=True)
    path.write_text("\n".join([",".join(table), *(",".join(map(str, row)) for row in rows)]) + "\n")
    check_equal("the audit", dr.audit(path)["verdict"], one_at_a_time(table))
    percent, of = np.array(table["percent"]), np.array(table["of"])
    check_equal("dr.consistent", dr.consistent(percent, of=of).possible.tolist(), possible_one_at_a_time(table))
    from_file, from_dict, plain = "dueregard: CSV file", "dueregard: dict", "plain Python: one claim at a time"
    arrays, calls = "dueregard: dr.consistent of arrays", "dueregard: dr.consistent, one at a time"
    seconds = question.race({from_file: partial(dr.audit, path), from_dict: partial(dr.audit, table)}, runs=5)
    seconds |= question.race({plain: partial(one_at_a_time, table)}, runs=1)
    seconds |= question.race(
        {arrays: partial(dr.consistent, percent, of=of), calls: partial(possible_one_at_a_time, table)}, runs=3
    )
    question.at_most(f"seconds for a file of {CLAIMS:,} percentages", seconds[from_file], 1.0)
    question.at_least("plain Python / dueregard, dict", seconds[plain] / seconds[from_dict], 2.0)
    question.at_least("one at a time / arrays of dr.consistent", seconds[calls] / seconds[arrays], 50.0)
    folder.cleanup()
    return question
