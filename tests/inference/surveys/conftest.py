"""The samples of Californian schools that R's survey package comes with, coded as each design of the golden values."""

import csv
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals

GOLDEN = Path(__file__).parent / "golden"

DESIGNS = {
    "apisrs": {"file": "apisrs", "fpc": True},
    "apistrat": {"file": "apistrat", "stratum": "stype", "fpc": True},
    "apistrat_nofpc": {"file": "apistrat", "stratum": "stype"},
    "apiclus1": {"file": "apiclus1", "psu": "dnum", "fpc": True},
    "apiclus1_nofpc": {"file": "apiclus1", "psu": "dnum"},
    "apiclus1_strata": {"file": "apiclus1", "stratum": "dnum"},
}


@dataclass(frozen=True)
class Sample:
    """A file of records with its design in codes."""

    columns: dict[str, np.ndarray]
    weight: np.ndarray
    cluster: np.ndarray
    clusters: Clusters
    replicates: object = None

    def __len__(self):
        return len(self.weight)

    def numbers(self, *names):
        return np.column_stack([self.columns[name].astype(float) for name in names])

    def coded(self, name):
        """Labels and codes of a column; an empty text is in no domain."""
        labels = sorted(set(self.columns[name]) - {""})
        return labels, np.array([labels.index(each) if each else -1 for each in self.columns[name]], np.int32)

    def summed(self, values=None, domain=None, n_domains=1, products=False):
        domain = np.zeros(len(self), np.int32) if domain is None else domain.astype(np.int32)
        found = cluster_totals(
            self.cluster, domain, n_domains, self.weight, self.clusters, values=values, products=products
        )
        return (
            found if self.replicates is None else replace(found, replicates=self.replicates(domain, n_domains, values))
        )

    def of_rows(self, kept):
        """As if the other rows were not in the file."""
        columns = {name: values[kept] for name, values in self.columns.items()}
        used, cluster = np.unique(self.cluster[kept], return_inverse=True)
        strata, stratum = np.unique(self.clusters.stratum[used], return_inverse=True)
        clusters = Clusters(stratum.astype(np.int32), self.clusters.fraction[strata], self.clusters.lonely)
        return Sample(columns, self.weight[kept], cluster.astype(np.int32), clusters)

    def with_lonely(self, policy):
        return replace(self, clusters=replace(self.clusters, lonely=policy))


@cache
def sample(name):
    design = DESIGNS[name]
    with open(GOLDEN / f"api_{design['file']}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {column: np.array([row[column] for row in rows]) for column in rows[0]}
    n = len(rows)
    strata = codes_of(columns[design["stratum"]]) if "stratum" in design else np.zeros(n, int)
    units = codes_of(columns[design["psu"]]) if "psu" in design else np.arange(n)
    pairs, cluster = np.unique(np.stack([strata, units]), axis=1, return_inverse=True)
    stratum = pairs[0].astype(np.int32)
    fraction = np.zeros(strata.max() + 1)
    if "fpc" in design:
        population = [columns["fpc"][strata == h][0].astype(float) for h in range(len(fraction))]
        fraction = np.bincount(stratum) / population
    weight = np.full(n, 6194 / 200) if name == "apisrs" else columns["pw"].astype(float)
    return Sample(columns, weight, cluster.astype(np.int32), Clusters(stratum, fraction))


def codes_of(labels):
    return np.unique(labels, return_inverse=True)[1]


@pytest.fixture
def api():
    return sample


@pytest.fixture
def golden():
    return lambda name: json.loads((GOLDEN / f"r_survey_{name}.json").read_text())
