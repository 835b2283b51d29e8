"""What does it cost that the codes come in a data frame instead of arrays?"""

from functools import partial

import pandas as pd
import polars as pl
from bench_tally import LABELS, LEVELS, ROWS, make, with_dueregard
from harness import Question, check_equal

import dueregard as dr


def run() -> Question:
    question = Question("Codes in a data frame", f"{ROWS:,} rows, one-byte codes, one thread.")
    data = make()
    labels = {name: [f"{name} {i:02d}" for i in names] for name, names in LABELS.items()}
    categoricals = pd.DataFrame({name: pd.Categorical.from_codes(codes, labels[name]) for name, codes in data.items()})
    enums = pl.DataFrame({name: pl.Series(codes).cat.to(pl.Enum(labels[name])) for name, codes in data.items()})
    expected = with_dueregard(data).counts.tolist()
    arrays = question.time("arrays", partial(with_dueregard, data))
    for name, frame in (("pandas categoricals", categoricals), ("Polars enums", enums)):
        check_equal(name, dr.tally(frame, list(LEVELS), threads=1).counts.tolist(), expected)
        seconds = question.time(name, partial(dr.tally, frame, list(LEVELS), threads=1))
        if name.startswith("pandas"):
            question.at_most(f"{name} / arrays", seconds / arrays, 1.3)
    return question
