"""The compiled module. Each function has a plain-Python twin in ``dueregard.reference``."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records.coded import CodedColumn

def byte_sum(codes: NDArray[np.uint8]) -> int: ...
def code_csv(
    text: bytes,
    start: int,
    is_last: bool,
    n_columns: int,
    wanted: NDArray[np.int32],
    codes: NDArray[np.int32],
    interrupt: NDArray[np.uint8] | None = None,
) -> tuple[int, int, list[list[str]]]: ...
def code_text(
    layout: str,
    index: NDArray[np.uint8],
    texts: tuple[NDArray[np.uint8], ...],
    valid: NDArray[np.uint8] | None,
    offset: int,
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_fixed(
    array: NDArray[np.str_],
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_objects(
    array: NDArray[np.object_],
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_integers(
    array: NDArray[np.integer[Any]],
    codes: NDArray[np.int32],
    name: str,
    valid: NDArray[np.uint8] | None = None,
    offset: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.integer[Any]]: ...
def compare_proportions(
    count1: NDArray[np.float64],
    nobs1: NDArray[np.float64],
    count2: NDArray[np.float64],
    nobs2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def compare_paired(
    both: NDArray[np.float64],
    first_only: NDArray[np.float64],
    second_only: NDArray[np.float64],
    neither: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def compare_rates(
    count1: NDArray[np.float64],
    exposure1: NDArray[np.float64],
    count2: NDArray[np.float64],
    exposure2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def compare_stratified(
    count1: NDArray[np.float64],
    nobs1: NDArray[np.float64],
    count2: NDArray[np.float64],
    nobs2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def compare_unconditional(
    count1: NDArray[np.float64],
    nobs1: NDArray[np.float64],
    count2: NDArray[np.float64],
    nobs2: NDArray[np.float64],
    null: NDArray[np.float64],
    method: str,
    confidence_level: float,
    alternative: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]: ...
def cpu_names() -> tuple[str, ...]: ...
def count(
    columns: Sequence[CodedColumn],
    counts: NDArray[np.int64],
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
    cpu: str | None = None,
) -> None: ...
def count_answers(
    answers: NDArray[np.uint8],
    groups: NDArray[np.int32],
    n_groups: int,
    n_answers: int,
    interrupt: NDArray[np.uint8] | None = None,
    cpu: str | None = None,
) -> NDArray[np.int32]: ...
def reached_levels(
    counts: NDArray[np.int32],
    meets: NDArray[np.uint8],
    asked: NDArray[np.uint8],
    states: NDArray[np.uint8],
    thresholds: NDArray[np.float64],
    every_group: bool,
    interrupt: NDArray[np.uint8] | None = None,
    cpu: str | None = None,
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int8]]: ...
def count_weighted(
    columns: Sequence[CodedColumn],
    counts: NDArray[np.int64],
    weight: NDArray[np.float64],
    name: str,
    low: int,
    sums: NDArray[np.uint64],
    squares: NDArray[np.uint64],
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
    cpu: str | None = None,
) -> None: ...
def weight_exponents(
    weight: NDArray[np.float64],
    name: str,
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> tuple[int, int] | None: ...
def proportion_interval(
    count: NDArray[np.float64],
    nobs: NDArray[np.float64],
    method: str,
    confidence_level: float,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def rate_interval(
    count: NDArray[np.float64],
    exposure: NDArray[np.float64],
    method: str,
    confidence_level: float,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def round_digits(digits: NDArray[np.uint64], low: int) -> NDArray[np.float64]: ...
def cube(counts: NDArray[np.int64], shape: Sequence[int]) -> NDArray[np.int64]: ...
def integer_range(codes: NDArray[Any], interrupt: NDArray[np.uint8] | None = None) -> tuple[int, int] | None: ...
def difference_quantiles(
    count1: int,
    nobs1: int,
    count2: int,
    nobs2: int,
    tail: float,
    interrupt: NDArray[np.uint8] | None = None,
) -> tuple[int, int]: ...
def permutation_tails(count1: int, nobs1: int, count2: int, nobs2: int) -> tuple[float, float]: ...
def philox_words(key: NDArray[np.uint64], replicate: int, n: int) -> NDArray[np.uint64]: ...
def sum_clusters(
    cluster: NDArray[np.int32],
    domain: NDArray[np.int32],
    n_clusters: int,
    n_domains: int,
    columns: Sequence[NDArray[np.float64]],
    terms: NDArray[np.int32],
    lows: NDArray[np.int32],
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> Any: ...
def read_cluster_sums(
    parts: Sequence[Any], interrupt: NDArray[np.uint8] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.float64]]: ...
def resample_counts(
    counts: NDArray[np.int64],
    key: NDArray[np.uint64],
    first: int,
    n_replicates: int,
    kind: str,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.int64]: ...
def count_ranks(
    value: NDArray[np.float64],
    own: NDArray[np.float64],
    shared: NDArray[np.float64],
    key: NDArray[np.uint64],
    first: int,
    n_replicates: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.int64]: ...
def count_exceeded(
    value: NDArray[np.float64],
    own: NDArray[np.float64],
    shared: NDArray[np.float64],
    upper: NDArray[np.int32],
    lower: NDArray[np.int32],
    weight: NDArray[np.float64],
    seen: NDArray[np.float64],
    starts: NDArray[np.int64],
    key: NDArray[np.uint64],
    first: int,
    n_replicates: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.int64]: ...
def add_covariance(
    cluster: NDArray[np.int32],
    statistic: NDArray[np.int32],
    score: NDArray[np.float64],
    groups: NDArray[np.int64],
    factor: NDArray[np.float64],
    blocks: NDArray[np.int64],
    covariance: NDArray[np.float64],
    centre: NDArray[np.float64] | None = None,
    interrupt: NDArray[np.uint8] | None = None,
) -> None: ...
def bootstrap_multipliers(
    sizes: NDArray[np.int64],
    fractions: NDArray[np.float64],
    key: NDArray[np.uint64],
    first: int,
    n_replicates: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def replicate_totals(
    cluster: NDArray[np.int32],
    domain: NDArray[np.int32],
    sums: NDArray[np.float64],
    multipliers: NDArray[np.float64],
    n_domains: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def subset_shares(
    matrices: NDArray[np.float64],
    floors: NDArray[np.float64],
    sizes: NDArray[np.int32],
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.float64]: ...
def shapley_average(values: NDArray[np.float64], interrupt: NDArray[np.uint8] | None = None) -> NDArray[np.float64]: ...
