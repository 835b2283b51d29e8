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
    frames = {"pandas categoricals": categoricals, "Polars enums": enums}
    for name, frame in frames.items():
        check_equal(name, dr.tally(frame, list(LEVELS), threads=1).counts.tolist(), expected)
    seconds = question.race(
        {"arrays": partial(with_dueregard, data)}
        | {name: partial(dr.tally, frame, list(LEVELS), threads=1) for name, frame in frames.items()}
    )
    question.at_most("pandas categoricals / arrays", seconds["pandas categoricals"] / seconds["arrays"], 1.3)
    return question
