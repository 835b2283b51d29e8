"""Writes published_gaps.csv: what sample the published half-widths of satisfaction gaps imply.

Gaps and half-widths of the year to September 2008: Metropolitan Police Authority, Strategic and Operational Policing
Committee, 2 April 2009, report 7, which gives a half-width at 95% beside each gap. The Metropolitan survey had 18,000
interviews a year. The shares satisfied, 81% of White and 74% of minority ethnic users, are those of the Metropolitan
survey of 2010-11; that 71% of those asked were White follows from them and from the 79% of all. The other forces' were
not published, and are taken to be the same.
"""

import csv
from pathlib import Path

import dueregard as dr

PUBLISHED = (
    ("Metropolitan Police", 5.2, 1.9, 18_000),
    ("Greater Manchester Police", 5.6, 3.8, None),
    ("West Midlands Police", 4.5, 1.9, None),
    ("West Yorkshire Police", 5.5, 2.7, None),
)
PERCENT1, PERCENT2, SHARE1 = 81, 74, 71


def rows() -> list[dict[str, object]]:
    """One for each force."""
    shares = {"p1": PERCENT1 / 100, "p2": PERCENT2 / 100, "share": SHARE1 / 100}
    found = []
    for force, gap, half_width, interviews in PUBLISHED:
        size = dr.precision_sample_size(half_width / 100, **shares).effective_nobs
        effect = None if interviews is None else dr.implied_design_effect(half_width / 100, interviews, **shares)
        found.append(
            {
                "force": force,
                "gap": gap,
                "half_width": half_width,
                "percent1": PERCENT1,
                "percent2": PERCENT2,
                "share1": SHARE1,
                "effective_nobs": round(size),
                "effective_nobs1": round(size * SHARE1 / 100),
                "effective_nobs2": round(size * (1 - SHARE1 / 100)),
                "interviews": interviews,
                "design_effect": None if effect is None else f"{effect:.2f}",
            }
        )
    return found


def main() -> None:
    with open(Path(__file__).with_suffix(".csv"), "w", newline="", encoding="utf-8") as file:
        table = rows()
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
