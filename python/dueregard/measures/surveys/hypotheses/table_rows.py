"""The rows of tests of whether groups answer differently: one for everybody together, one for each area."""

import numpy as np

from dueregard.designs.designed import Designed
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.surveys.hypotheses.table_tests import table_tests
from dueregard.inference.surveys.unions import unions
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.grouped import as_labels, positions
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.hypotheses.adjusted_tests import adjusted, method_words
from dueregard.measures.surveys.hypotheses.survey_comparisons import METHOD_WORDS, Comparison
from dueregard.missing import NOT_APPLICABLE, is_missing


def table_columns(read: Designed, domains: Domains, asked: Comparison) -> Columns:
    """Tests of the tables of known groups by stated answers."""
    assert asked.outcome is not None
    groups, answers = read.tally.labels[asked.group], read.tally.labels[asked.outcome]
    left_out = positions("exclude", as_labels(asked.exclude), answers, asked.outcome)
    rows = [i for i, label in enumerate(groups) if not is_missing(label)]
    columns = [j for j, label in enumerate(answers) if j not in left_out and not is_missing(label)]
    cells = [i * len(answers) + j for i in rows for j in columns]
    tables = unions(read.cells, domains.each_cell(cells))
    found = table_tests(tables, (len(domains), len(rows), len(columns)), asked.method)
    stated = [j for j, label in enumerate(answers) if label != NOT_APPLICABLE]
    counts = domains.counts.reshape(len(domains), len(groups), len(answers))[:, rows]
    not_stated = counts[:, :, stated].sum(axis=(1, 2)) - found.nobs
    few = np.where((found.nobs > 0) & (found.nobs < SMALL_BASE), int(Flag.SMALL_BASE), 0)
    flags = found.flag | few | np.where(not_stated > 0, int(Flag.MISSING_ANSWERS), 0)
    n = len(domains)
    return {
        "measure": [asked.measure] * n,
        "characteristic": [asked.group] * n,
        **{name: [area[i] for area in domains.areas] for i, name in enumerate(asked.by)},
        "period": [asked.period] * n,
        "row_type": ["test"] * n,
        "nobs": flat(found.nobs),
        "outcome_missing": flat(not_stated),
        "statistic": flat(found.statistic),
        "numerator_degrees": flat(found.degrees),
        "degrees_of_freedom": flat(found.denominator_degrees),
        "pvalue": flat(found.pvalue),
        "adjusted_pvalue": flat(adjusted(found.pvalue, asked.adjust)),
        "flag": [Flag(int(bits)) for bits in flags],
        "method": [
            word for words in method_words(METHOD_WORDS[asked.method], asked.adjust, found.pvalue) for word in words
        ],
    }
