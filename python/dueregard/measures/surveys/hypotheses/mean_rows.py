"""The rows of tests of whether the numbers of groups differ from those of a reference."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import Designed
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.hypotheses.mean_tests import MeanTests, rank_scores, t_tests
from dueregard.inference.surveys.ratios import ratios
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.grouped import position
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.hypotheses.adjusted_tests import adjusted, method_words
from dueregard.measures.surveys.hypotheses.survey_comparisons import METHOD_WORDS, Comparison
from dueregard.missing import is_missing
from dueregard.units import FROM_EVEN_CHANCE

Marks = NDArray[np.bool_]


def mean_columns(read: Designed, domains: Domains, asked: Comparison) -> Columns:
    """Every group of every domain against the reference; unknown groups are rows and not compared."""
    groups = read.tally.labels[asked.group]
    reference = position("reference", asked.reference, groups, asked.group)
    known = np.array([not is_missing(label) for label in groups], bool)
    compared = known & (np.arange(len(groups)) != reference)
    shape = len(domains), len(groups)
    nobs = domains.counts - domains.valueless
    if asked.method == "t":
        found, value, reference_value = _means(read, domains, reference, compared, asked.level)
    else:
        found = _ranks(read, domains, reference, compared, asked.level)
        value, reference_value = 50 + found.estimate, np.where(np.isnan(found.estimate), np.nan, 50.0)
    flags = _flags(found, nobs, domains.valueless, reference, known, compared)
    methods = method_words(METHOD_WORDS[asked.method], asked.adjust, found.pvalue)
    n_rows = found.estimate.size
    return {
        "measure": [asked.measure] * n_rows,
        "characteristic": [asked.group] * n_rows,
        "group": groups * len(domains),
        **{name: [area[i] for area in domains.areas for _ in groups] for i, name in enumerate(asked.by)},
        "period": [asked.period] * n_rows,
        "row_type": ["reference" if j == reference else "group" for _ in domains.areas for j in range(len(groups))],
        "nobs": flat(nobs),
        "outcome_missing": flat(domains.valueless),
        "value": flat(value),
        "reference": [asked.reference] * n_rows,
        "reference_nobs": flat(np.broadcast_to(nobs[:, [reference]], shape)),
        "reference_value": flat(reference_value),
        "estimate": flat(found.estimate),
        "se": flat(found.se),
        "unit_of_measure": [FROM_EVEN_CHANCE if asked.method == "rank" else _unit(asked)] * n_rows,
        "confidence_level": [np.nan if asked.method == "rank" else asked.level] * n_rows,
        "low": flat(found.low),
        "high": flat(found.high),
        "statistic": flat(found.statistic),
        "degrees_of_freedom": flat(found.degrees_of_freedom),
        "pvalue": flat(found.pvalue),
        "adjusted_pvalue": flat(adjusted(found.pvalue, asked.adjust)),
        "flag": [Flag(int(bits)) for bits in flags.reshape(-1)],
        "method": [word for words in methods for word in words],
    }


def _unit(asked: Comparison) -> str:
    return asked.unit or f"units of {asked.value}"


def _means(
    read: Designed, domains: Domains, reference: int, compared: Marks, level: float
) -> tuple[MeanTests, Floats, Floats]:
    """Tests of the means, the means, and the reference's, of shape (domains, groups)."""
    n_groups = len(compared)
    shape = len(domains), n_groups
    means = ratios(read.cells, members=domains.each_cell(range(n_groups)))
    first = np.arange(means.value.size)
    second = first // n_groups * n_groups + reference
    found = _only(_shaped(t_tests(means, first, second, level), shape), compared)
    value = means.value.reshape(shape)
    return found, value, np.broadcast_to(value[:, [reference]], shape)


def _ranks(read: Designed, domains: Domains, reference: int, compared: Marks, level: float) -> MeanTests:
    """Tests of the ranks of each group and the reference together, in percentage points from an even chance."""
    shape = len(domains), len(compared)
    blank = np.full(shape, np.nan)
    unknown: dict[str, Any] = {field.name: blank.copy() for field in fields(MeanTests)}
    found = MeanTests(**unknown | {"flag": np.zeros(shape, np.int64)})
    for group in np.flatnonzero(compared):
        each = _ranked(read, domains, int(group), reference, level)
        for field in fields(MeanTests):
            getattr(found, field.name)[:, group] = getattr(each, field.name)
    return replace(found, estimate=100 * found.estimate, se=100 * found.se, low=blank, high=blank)


def _ranked(read: Designed, domains: Domains, group: int, reference: int, level: float) -> MeanTests:
    """The two groups' ranks among themselves, everybody together and in each area."""
    rows, n_groups = read.rows, domains.n_cells
    side = np.select([rows.cell % n_groups == group, rows.cell % n_groups == reference], [0, 1], -1)
    side = np.where(rows.cell >= 0, side, -1)
    everybody = np.zeros(len(side), np.int64)
    parts = [(everybody, 1)] + ([(rows.cell // n_groups, len(domains) - 1)] if len(domains) > 1 else [])
    found = []
    for area, n_areas in parts:
        scores = rank_scores(rows.values[:, 0], rows.weight, np.where(side >= 0, area, -1), n_areas)
        scores = np.where(rows.weight > 0, scores, 0.0)  # in an area where nobody weighs anything there are none
        domain = np.where(side >= 0, 2 * area + side, -1).astype(np.int32)
        means = ratios(read.summed(domain, 2 * n_areas, scores[:, np.newaxis]))
        first = 2 * np.arange(n_areas)
        found.append(t_tests(means, first, first + 1, level))
    joined = {each.name: np.concatenate([getattr(part, each.name) for part in found]) for each in fields(MeanTests)}
    return MeanTests(**joined)


def _shaped(tests: MeanTests, shape: tuple[int, int]) -> MeanTests:
    return MeanTests(**{each.name: getattr(tests, each.name).reshape(shape) for each in fields(MeanTests)})


def _only(tests: MeanTests, compared: Marks) -> MeanTests:
    """Tests of the groups that are compared."""

    def kept(values: NDArray[Any]) -> NDArray[Any]:
        return np.where(compared, values, 0 if values.dtype.kind == "i" else np.nan)

    return MeanTests(**{each.name: kept(getattr(tests, each.name)) for each in fields(MeanTests)})


def _flags(
    found: MeanTests,
    nobs: NDArray[np.int64],
    valueless: NDArray[np.int64],
    reference: int,
    known: Marks,
    compared: Marks,
) -> NDArray[np.int64]:
    """The flags of each domain and group."""
    against = nobs[:, [reference]]
    reasons = {
        Flag.EMPTY_GROUP: (nobs == 0) & (valueless == 0),
        Flag.NO_CASES: nobs == 0,
        Flag.SMALL_BASE: (nobs > 0) & (nobs < SMALL_BASE),
        Flag.NO_REFERENCE: compared & (against == 0),
        Flag.SMALL_REFERENCE: compared & (against > 0) & (against < SMALL_BASE),
        Flag.MISSING_ANSWERS: valueless > 0,
        Flag.MISSING_GROUP: np.broadcast_to(~known, nobs.shape),
    }
    total = np.where(against == 0, found.flag & ~int(Flag.NO_CASES), found.flag)  # of the group alone
    for flag, on in reasons.items():
        total = total | np.where(on, int(flag), 0)
    return total
