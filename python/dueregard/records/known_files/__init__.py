"""Files in the forms that police and others publish, untidy as they are, as records with notes of what was set aside.

`recognise` says which form a file has; `read` reads it. Each form has a reader of its own too.
"""

from dueregard.records.known_files.perceptions import read_perceptions
from dueregard.records.known_files.recognised import read, recognise
from dueregard.records.known_files.stop_search import read_stop_search
from dueregard.records.known_files.stop_search_records import StopSearchRecords
from dueregard.records.known_files.tidy_records import TidyRecords
from dueregard.records.known_files.use_of_force import read_use_of_force

__all__ = [
    "StopSearchRecords",
    "TidyRecords",
    "read",
    "read_perceptions",
    "read_stop_search",
    "read_use_of_force",
    "recognise",
]
