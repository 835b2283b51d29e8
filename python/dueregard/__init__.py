"""Equality statistics for the public sector: records to counts, counts to gaps, gaps to findings that can be published.

The way through: `tally` counts records, `gap` and the other measures turn counts into `Findings`, and findings show,
draw, say and save themselves.
"""

from dueregard.tallies import Cube, Tally, load_tally
from dueregard.version import __version__

__all__ = ["Cube", "Tally", "__version__", "load_tally"]
