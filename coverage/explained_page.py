"""The part of docs/coverage.md on parts of a gap, from the simulated results."""

import csv

from explained_gaps import METHODS, RESULTS

TEXT = """## Parts of a gap

In `dueregard.data.example("explained_gap")` 7 points separate two groups, of which 5 are composition: the groups differ
in age, deprivation and prior opinion, and satisfaction goes by these; 2 points remain between people who are alike. Its
18,000 interviews are drawn anew {repetitions:,} times, with the answers that are missing. How often the 95% interval
holds what is true:

{table}

The split by factor depends on the method, since factors go together: each is held against what the method would find if
everybody was asked. The last column is the lowest of the three factors.
"""


def read() -> list[dict[str, str]]:
    """The lines of the results."""
    with RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


def explained_part() -> str:
    """The section, with a line for each method."""
    rows = read()
    lines = ["| method | gap | explained, 5 points | what remains, 2 points | each factor |", "|---|--:|--:|--:|--:|"]
    lines += [_line(method, rows) for method in METHODS]
    return TEXT.format(repetitions=int(rows[0]["repetitions"]), table="\n".join(lines))


def _line(method: str, rows: list[dict[str, str]]) -> str:
    own = {(r["part"], r["factor"]): 100 * float(r["coverage"]) for r in rows if r["method"] == method}
    totals = [f"{own[part, '']:.1f}%" for part in ("gap", "explained", "remains")]
    factors = [covered for (_, factor), covered in own.items() if factor]
    return f"| `{method.replace(', ', '`, ')} | {' | '.join(totals)} | {f'{min(factors):.1f}%' if factors else ''} |"
