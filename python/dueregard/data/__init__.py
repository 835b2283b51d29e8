"""Embedded tables and synthetic example records."""

from dueregard.data.collected import coverage
from dueregard.data.driver_population import DriverTruth, driver_truth
from dueregard.data.example_records import ExampleRecords
from dueregard.data.examples import example, example_names
from dueregard.data.gap_population import GapTruth, gap_truth
from dueregard.data.published_claims import esps_claims
from dueregard.data.seed_tables import load, names
from dueregard.data.stop_search_files import write_stop_search_files

__all__ = [
    "DriverTruth",
    "ExampleRecords",
    "GapTruth",
    "coverage",
    "driver_truth",
    "esps_claims",
    "example",
    "example_names",
    "gap_truth",
    "load",
    "names",
    "write_stop_search_files",
]
