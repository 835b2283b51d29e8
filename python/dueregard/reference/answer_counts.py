"""How many indicators of each group each unit answered how."""

import numpy as np
from numpy.typing import NDArray


def count_answers(
    answers: NDArray[np.uint8], groups: NDArray[np.int32], n_groups: int, n_answers: int
) -> NDArray[np.int32]:
    """Counts of units x groups x answers; group -1 leaves an indicator out, but its codes must be answers too.

    Raises
    ------
    ValueError
        If a code is no answer: the first such unit, and in it the first such indicator.
    """
    counts = [[[0] * n_answers for _ in range(n_groups)] for _ in range(len(answers))]
    group_of = groups.tolist()
    for row, given in enumerate(answers.tolist()):
        for indicator, code in enumerate(given):
            if code >= n_answers:
                raise ValueError(
                    f"answers: code {code} of row {row}, indicator {indicator} is outside 0 to {n_answers - 1}"
                )
            if group_of[indicator] >= 0:
                counts[row][group_of[indicator]][code] += 1
    return np.array(counts, np.int32).reshape(len(answers), n_groups, n_answers)
