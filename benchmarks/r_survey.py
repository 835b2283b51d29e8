"""The same question put to R's package survey, in a process of its own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SCRIPT = """
suppressMessages(library(survey))
read <- function(name, what) readBin(name, what, n = 1e9)
rows <- data.frame(s = read("stratum", "integer"), c = read("cluster", "integer"), d = read("domain", "integer"),
                   w = read("weight", "double"), y = read("value", "double"))
rows$area <- rows$d %/% 6L
rows$group <- rows$d %% 6L
nested <- commandArgs(TRUE) == "nested"
if (nested) rows$c <- ave(rows$c, rows$s, FUN = function(cluster) match(cluster, unique(cluster)))
making <- system.time(design <- svydesign(~c, strata = ~s, weights = ~w, data = rows, nest = nested))[["elapsed"]]
using <- system.time(found <- svyby(~y, ~group + area, design, svymean))[["elapsed"]]
writeBin(as.double(c(making, using, found$y, found$se)), "found")
cat(R.version$major, ".", R.version$minor, ", survey ", as.character(packageVersion("survey")), sep = "")
"""

Columns = dict[str, NDArray[np.generic]]


class Answer(NamedTuple):
    """Seconds to make the design and to use it, the means of the domains and their standard errors, and versions."""

    making: float
    using: float
    mean: NDArray[np.float64]
    se: NDArray[np.float64]
    version: str


def why_not() -> str | None:
    """Installs R and its package from Debian where they are missing; why there is none, where that fails."""
    if _is_there():
        return None
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return "R with its package survey is not installed, and can be installed here by nobody but root on Debian"
    for command in (["update"], ["install", "-y", "r-base-core", "r-cran-survey"]):
        done = subprocess.run(["apt-get", "-qq", *command], capture_output=True, text=True, check=False)
        if done.returncode:
            return f"apt-get {' '.join(command)} failed: {done.stderr.strip().splitlines()[-1:]}"
    return None if _is_there() else "R's package survey does not load"


def _is_there() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(survey)"], capture_output=True, check=False).returncode == 0


def ask(columns: Columns, n_domains: int, *, nested: bool) -> Answer:
    """``columns``: stratum, cluster and domain as int32, weight and value as float64; an area has six domains.

    With ``nested`` clusters are numbered within their strata, as most files have them: R's package makes labels of both
    then, and takes far longer to match those, in every domain again.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, column in columns.items():
            column.tofile(Path(folder) / name)
        done = subprocess.run(
            ["Rscript", "-e", SCRIPT, "nested" if nested else "codes"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        found = np.fromfile(Path(folder) / "found")
    making, using = found[:2]
    mean, se = found[2:].reshape(2, n_domains)
    return Answer(float(making), float(using), mean, se, f"R {done.stdout}")
