"""What each row weighs, and in each replicate that came with the data."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.first_stage import FirstStage
from dueregard.designs.survey_design import SurveyDesign
from dueregard.records import weights
from dueregard.records.number_columns import numbers_of
from dueregard.records.rows import Keep

Floats = NDArray[np.float64]


def read(table: dict[str, Any], design: SurveyDesign, first_stage: FirstStage, keep: Keep) -> Floats:
    """The weight of each row. A row that is left out may have none, and then weighs nothing."""
    if design.weight is None:
        rates = first_stage.fraction[first_stage.stratum]
        return 1 / rates if design.fpc else np.ones(len(rates))
    found = checked("weight", design.weight, table[design.weight], keep)
    if not found.any() and (len(found) if keep is None else keep.any()):
        raise ValueError(f"weight {design.weight!r}: every weight is 0")
    return found


def before_calibration(table: dict[str, Any], design: SurveyDesign, weight: Floats, keep: Keep) -> Floats:
    """The weight of each row before it was calibrated; the weight itself where that is not known."""
    if design.base_weight is None:
        return weight
    return checked("base_weight", design.base_weight, table[design.base_weight], keep)


def checked(argument: str, name: str, column: Any, keep: Keep) -> Floats:
    """A column of weights, looked over in the rows that are kept; unusable ones of others are 0."""
    numbers = numbers_of(argument, name, column)
    usable = (numbers >= 0) & (numbers < np.inf)
    kept_bad = ~usable if keep is None else ~usable & keep
    if kept_bad.any():
        row = int(kept_bad.argmax())
        if np.isnan(numbers[row]):
            raise ValueError(str(weights.null_weight(name, row)).replace("weight", argument, 1))
        problem = "negative" if numbers[row] < 0 else "infinite"
        raise ValueError(f"{argument} {name!r}: {float(numbers[row])!r} at row {row} is {problem}")
    return numbers + 0.0 if usable.all() else np.where(usable, numbers, 0.0)
