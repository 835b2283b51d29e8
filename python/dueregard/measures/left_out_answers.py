"""Answers that a model leaves out, which must be answers to something: a mistyped one would stay in unseen."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from dueregard.designs import cell_codes
from dueregard.hints import did_you_mean
from dueregard.measures.model_columns import has_numbers
from dueregard.measures.non_answers import is_absent_non_answer
from dueregard.missing import is_missing
from dueregard.records.rows import Keep


def labels_of(name: str, column: Any, keep: Keep, sought: set[Any]) -> set[Any]:
    """The labels of a column; of numbers those that are sought alone."""
    if has_numbers(column):
        return {label for label in sought if _is_number(label) and bool((np.asarray(column) == label).any())}
    with warnings.catch_warnings():  # of labels that look alike: the model says so when it reads the column
        warnings.simplefilter("ignore", UserWarning)
        tally, _ = cell_codes.coded({name: column}, None, None, keep, labels=None, missing=None, threads=None)
    return set(tally.labels[name])


def _is_number(label: Any) -> bool:
    return isinstance(label, int | float) and not isinstance(label, bool)


def refuse_unmet(exclude: Sequence[Any], met: Mapping[str, set[Any]], labels: Mapping[str, Sequence[Any]]) -> None:
    """Refuse an answer that is nowhere, unless it is a known non-answer, of which these people may have given none."""
    answers = list(dict.fromkeys(label for each in (*met.values(), *labels.values()) for label in each))
    for label in exclude:
        if label in answers or is_missing(label) or is_absent_non_answer(label, answers):
            continue
        raise ValueError(
            f"exclude: {label!r} is an answer to none of {', '.join(map(repr, met))}{did_you_mean(label, answers)}"
        )


@contextmanager
def known(mapping: Mapping[Any, str], met: Mapping[str, set[Any]]) -> Iterator[None]:
    """Within this, labels of ``missing`` that a column of the model has are no reason to warn of those dividing it."""
    with warnings.catch_warnings():
        for label in mapping:
            if any(label in labels for labels in met.values()):
                warnings.filterwarnings("ignore", re.escape(f"missing: no row has the label {label!r}"))
        yield
