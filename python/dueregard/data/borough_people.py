"""The people of each borough, in the groups that the generated surveys and records have."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data.seed_tables import load

REST_SPLIT = (0.55, 0.45)  # Mixed, Other: of the people whom the borough's shares leave open


def group_shares(not_stated: float) -> NDArray[np.float64]:
    """Shares of White, Asian, Black, Mixed, Other and not stated in each borough, (32, 6).

    ``not_stated`` is in percent of those who state a group.
    """
    table = load("boroughs")
    named = np.column_stack([table["white_percent"], table["asian_percent"], table["black_percent"]])
    rest = 100.0 - named.sum(axis=1)
    mixed, other = REST_SPLIT
    return np.column_stack([named, mixed * rest, other * rest, np.full(len(rest), not_stated)])
