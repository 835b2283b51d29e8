"""London's population in the groups that were published."""

from dueregard.data.example_records import ExampleRecords
from dueregard.data.seed_tables import load

NOTES = (
    "White British, Asian and Black are published percentages of 8.1 million; the remainder is one group.",
    "The document says 40% White British; the 2011 Census has 45%. The published figure is kept.",
)


def population(seed: int) -> ExampleRecords:
    """The table of London's population: nothing is drawn, so the seed changes nothing."""
    table = load("london_population")
    return ExampleRecords(table, provenance=table.provenance, notes=NOTES)
