"""How fast are means of a survey with standard errors, for all domains at once, and how do time and memory grow?"""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import r_survey
import svy
from harness import Question, check_equal, versions
from numpy.typing import NDArray

import dueregard as dr
from dueregard.designs.designed import designed
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import ratios
from dueregard.inference.surveys.replicates.replicate_designs import make as make_replicates
from dueregard.inference.surveys.summing import cluster_totals

ROWS, CLUSTERS, STRATA, DOMAINS = 500_000, 62_500, 32, 192
TWIN_ROWS = 20_000
REPLICATES = 200
MANY_ROWS = 50_000_000

Found = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Means of the domains, and their standard errors."""


@dataclass
class Sample:
    """Codes in: rows in no order, clusters within strata, domains that cross all strata or not."""

    clusters: Clusters
    cluster: NDArray[np.int32]
    domain: NDArray[np.int32]
    weight: NDArray[np.float64]
    value: NDArray[np.float64]

    def columns(self) -> r_survey.Columns:
        stratum = self.clusters.stratum[self.cluster]
        return {
            "stratum": stratum,
            "cluster": self.cluster,
            "domain": self.domain,
            "weight": self.weight,
            "value": self.value,
        }


def make(n_rows: int, n_clusters: int, *, crossed: bool = True) -> Sample:
    """Unless ``crossed``, each stratum has six domains of its own: many rows are few pairs of cluster and domain."""
    rng = np.random.default_rng(2024)
    stratum = np.sort(np.arange(n_clusters) % STRATA).astype(np.int32)
    cluster = rng.permutation(np.arange(n_rows, dtype=np.int32) % np.int32(n_clusters))  # none is empty
    domain = rng.integers(0, DOMAINS, n_rows, np.int32)
    if not crossed:
        domain = stratum[cluster] * np.int32(DOMAINS // STRATA) + domain % np.int32(DOMAINS // STRATA)
    weight = rng.lognormal(0, 0.5, n_rows)
    value = (rng.random(n_rows) < 0.7).astype(np.float64)
    return Sample(Clusters(stratum, np.zeros(STRATA)), cluster, domain, weight, value)


def totals(sample: Sample, threads: int = 1) -> ClusterTotals:
    values = sample.value[:, np.newaxis]
    codes = sample.cluster, sample.domain
    return cluster_totals(*codes, DOMAINS, sample.weight, sample.clusters, values=values, threads=threads)


def linearised(sample: Sample, threads: int = 1) -> Found:
    found = ratios(totals(sample, threads))
    return found.value, found.se


def bootstrapped(sample: Sample) -> Found:
    replicates = make_replicates("bootstrap", sample.clusters, REPLICATES, rng=1)
    found = ratios(replace(totals(sample), replicates=replicates))
    return found.value, found.se


def in_python(sample: Sample) -> Found:
    """The textbook's formulas, cluster by cluster, in plain Python."""
    rows = list(zip(*(column.tolist() for column in sample.columns().values()), strict=True))
    weights, sums = defaultdict(float), defaultdict(float)
    for _, _, domain, weight, value in rows:
        weights[domain] += weight
        sums[domain] += weight * value
    scores: dict[int, dict[int, float]] = {domain: defaultdict(float) for domain in weights}
    for _, cluster, domain, weight, value in rows:
        scores[domain][cluster] += weight * (value - sums[domain] / weights[domain]) / weights[domain]
    by_stratum = defaultdict(list)
    for cluster, stratum in enumerate(sample.clusters.stratum.tolist()):
        by_stratum[stratum].append(cluster)
    variance = [sum(_variance(scores[d], members) for members in by_stratum.values()) for d in sorted(weights)]
    return np.array([sums[d] / weights[d] for d in sorted(weights)]), np.sqrt(variance)


def _variance(scores: dict[int, float], clusters: list[int]) -> float:
    found = [scores.get(cluster, 0.0) for cluster in clusters]
    mean = sum(found) / len(found)
    return len(found) / (len(found) - 1) * sum((score - mean) ** 2 for score in found)


def svy_sample(sample: Sample) -> Any:
    return svy.Sample(pl.DataFrame(sample.columns()), svy.Design(stratum="stratum", psu="cluster", wgt="weight"))


def with_svy(made: Any) -> Found:
    estimates = sorted(made.estimation.mean("value", by="domain").estimates, key=lambda each: int(each.by_level[0]))
    return np.array([each.est for each in estimates]), np.array([each.se for each in estimates])


def check(name: str, found: Found, expected: Found) -> None:
    same = all(np.allclose(one, other, rtol=1e-9, atol=0) for one, other in zip(found, expected, strict=True))
    check_equal(name, same, True)


def run() -> Question:
    question = Question(
        "Means of a survey with linearised standard errors",
        f"{ROWS:,} rows in no order, {CLUSTERS:,} clusters in {STRATA} strata, {DOMAINS} domains, a value of 0 or 1; "
        f"codes in, one thread unless said otherwise; {versions('svy')}.",
    )
    sample = make(ROWS, CLUSTERS)
    few = make(TWIN_ROWS, CLUSTERS // 25)
    check("dueregard", linearised(few), in_python(few))
    made = svy_sample(sample)
    check("svy", with_svy(made), linearised(sample))
    ours, threaded = "dueregard", "dueregard, 2 threads"
    bootstrap, labelled = f"dueregard, {REPLICATES} bootstrap replicates", "dueregard, making the design from labels"
    table = sample.columns()
    seconds = question.race(
        {
            ours: partial(linearised, sample),
            threaded: partial(linearised, sample, 2),
            "of which rows are added up by cluster and domain": partial(totals, sample),
        }
    )
    by_processor = {
        f"{name}, processor time": processor_seconds(partial(work, sample), runs=5)
        for name, work in ((ours, linearised), (bootstrap, bootstrapped))
    }
    question.timings += by_processor.items()
    once, often = by_processor.values()
    design = dr.survey_design(weight="weight", stratum="stratum", psu="cluster")
    labels = {labelled: partial(designed, table, "domain", design, values=["value"], threads=1)}
    seconds |= question.race(labels, runs=5)
    theirs = {"svy, making its sample": partial(svy_sample, sample), "svy": partial(with_svy, made)}
    seconds |= question.race(theirs, runs=2)
    question.at_least(f"svy / {ours}", seconds["svy"] / seconds[ours], 100)
    question.at_most(f"{REPLICATES} bootstrap replicates / linearised, processor time", often / once, 8)
    ask_r(question, sample, seconds[ours])
    grow(question)
    return question


def ask_r(question: Question, sample: Sample, ours: float) -> None:
    reason = r_survey.why_not()
    if reason is not None:
        question.note += f" R is left out: {reason}."
        print(f"  R is left out: {reason}")
        return
    for nested, kind in ((False, "numbered throughout"), (True, "numbered within strata")):
        answer = r_survey.ask(sample.columns(), DOMAINS, nested=nested)
        check("R's survey", (answer.mean, answer.se), linearised(sample))
        question.timings.append((f"R: svydesign, clusters {kind}", answer.making))
        question.timings.append((f"R: svyby of svymean, clusters {kind}", answer.using))
        judge = partial(question.at_least, bound=1000) if nested else question.report
        judge(f"R svyby / dueregard, clusters {kind}", answer.using / ours)
    question.note += f" {answer.version}: one run each."


def grow(question: Question) -> None:
    """More rows of as many clusters: time goes with rows, memory does not; then more clusters."""
    per_row = {}
    for rows in (ROWS, ROWS * 10, MANY_ROWS):
        sample = make(rows, CLUSTERS, crossed=False)
        seconds = processor_seconds(partial(linearised, sample), runs=1 if rows == MANY_ROWS else 5)
        question.timings.append((f"dueregard, {rows:,} rows, processor time", seconds))
        per_row[rows] = seconds / rows
        if rows == MANY_ROWS:
            grown, found = peak_growth(partial(totals, sample))
            question.at_most(f"bytes a pair that memory grows by, {rows:,} rows", grown / len(found.cluster), 400)
            question.at_most(f"bytes a row that memory grows by, {rows:,} rows", grown / rows, 4)
        del sample
    question.at_most(f"time a row at {MANY_ROWS:,} rows / at {ROWS:,}", per_row[MANY_ROWS] / per_row[ROWS], 2)
    sample = make(ROWS * 10, CLUSTERS * 10)
    grown, found = peak_growth(partial(totals, sample))
    question.at_most("bytes a pair that memory grows by, ten times the clusters", grown / len(found.cluster), 400)


def processor_seconds(work: Callable[[], Any], runs: int) -> float:
    """The fewest of some runs: one long run cannot be repeated until the machine does nothing else."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def peak_growth(work: Callable[[], Any]) -> tuple[int, Any]:
    """By how many bytes the process grew at most while it worked, as Linux tells."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is now what is used now
    before = _status("VmRSS")
    found = work()
    return _status("VmHWM") - before, found


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise OSError(f"/proc/self/status has no {name}")
