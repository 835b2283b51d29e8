"""Harmonised classifications: which labels the records use, and the groups they are counted in.

Every mapping is total over its source and names its target exactly: "5+1 (2011)" has Chinese people in Asian, "5+1
(2001)" in Other. What people say of themselves and what officers write of them are sources of their own. The labels
and groups are data, in the files beside this one.
"""

from dueregard.records.classifications.ages import age_band
from dueregard.records.classifications.catalogue import mapping, mappings
from dueregard.records.classifications.fits import fitting
from dueregard.records.classifications.relabelling import Mapping
from dueregard.records.classifications.values import classify

__all__ = ["Mapping", "age_band", "classify", "fitting", "mapping", "mappings"]
