"""docs/coverage.md, from the results."""

from collections.abc import Iterable

from enumeration import SIZES, Covered

SHOWN = (5, 20, 200)

Results = dict[tuple[str, str, int, int], Covered]

HEADINGS = {
    "difference": "Difference of proportions",
    "ratio": "Ratio of proportions",
    "odds-ratio": "Odds ratio",
    "distance": "Distance between two groups, without a sign",
}
ABOUT = """# How often the intervals are right

A 95% interval promises to hold the true value 95 times in 100, whatever it is. Here is how often each does, worked out
and not simulated: for true shares (i - 1/2) / 200, i = 1 to 200, in both groups (40,000 pairs), the probabilities of
all tables whose interval holds the true value are added up. Groups have 5, 10, 20, 50, 100 or 200 people each.
`make coverage` makes this page again; [gaps in surveys](#gaps-in-surveys),
[their changes](#changes-of-gaps-in-surveys), [ranks](#ranks), [key drivers](#key-drivers) and
[parts of a gap](#parts-of-a-gap) are at its end, and are drawn. The tests make the part with up to 20 people again and
hold it against `coverage/results.csv`, where every pair of sizes has its own line.

The **minimum** is the coverage at the worst pair of true shares: what can be promised. The **mean** is over all pairs:
what to expect. Columns are by the smaller of the two groups; the minimum is over all sizes of the other.

Where a tool gives no limits (NaN, or an error), that table counts as not holding the true value.
"""

READ = """## What to read from it

At how many of the pairs of true shares each method falls short of 93%, which is where "95%" begins to mislead, by the
number of people in the smaller group. The worst pairs have a true share near 0 or 100% in a group. Methods that are
never below 95% pay for it with wider intervals everywhere else.

{promises}
"""


def page(results: Results) -> str:
    """The whole page."""
    parts = [ABOUT, READ.format(promises=_promises(results))]
    for measure, heading in HEADINGS.items():
        methods = list(dict.fromkeys(method for m, method, _, _ in results if m == measure))
        parts.append(f"## {heading}\n\n{_table(results, measure, methods)}")
    return "\n".join(parts)


def _of(results: Results, measure: str, method: str, smallest: int) -> list[Covered]:
    return [c for (m, name, n1, n2), c in results.items() if (m, name) == (measure, method) and min(n1, n2) == smallest]


def _table(results: Results, measure: str, methods: Iterable[str]) -> str:
    heads = " | ".join(f"n = {n}" for n in SIZES)
    lines = [f"| minimum (mean), % | {heads} |", "|---|" + "--:|" * len(SIZES)]
    for method in methods:
        cells = [_cell(_of(results, measure, method, n)) for n in SIZES]
        lines.append(f"| {method} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(found: list[Covered]) -> str:
    if not found:
        return ""
    minimum, mean = min(c.minimum for c in found), sum(c.mean for c in found) / len(found)
    return f"{100 * minimum:.1f} ({100 * mean:.1f})"


def _promises(results: Results) -> str:
    """One line for each of our methods: how often it falls short, and how far."""
    heads = " | ".join(f"with {n}" for n in SHOWN)
    lines = [f"| measure | method | {heads} | lowest coverage |", "|---|---|" + "--:|" * len(SHOWN) + "--:|"]
    for measure, method in dict.fromkeys((m, name) for m, name, _, _ in results):
        if method.startswith("dueregard "):
            cells = [_often(_of(results, measure, method, n)) for n in SHOWN]
            lowest = min(c.minimum for (m, name, _, _), c in results.items() if (m, name) == (measure, method))
            name = f"`{method.removeprefix('dueregard ')}`"
            lines.append(f"| {measure} | {name} | {' | '.join(cells)} | {100 * lowest:.1f}% |")
    return "\n".join(lines)


def _often(found: list[Covered]) -> str:
    """The part of the pairs of true shares at which coverage is below 93%."""
    if not found:
        return ""
    part = sum(c.short for c in found) / len(found)
    return "never" if part == 0 else f"{100 * part:.2g}%" if part >= 0.0005 else "under 0.05%"
