"""Statistics of one survey that were worked out apart, put beside one another to see how they vary together."""

from collections.abc import Sequence

import numpy as np

from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores


def side_by_side(parts: Sequence[Scores | ReplicateValues]) -> Scores | ReplicateValues:
    """All statistics of the first part, then those of the second, and so on; of the same clusters, or replicates."""
    first, n = parts[0], [part.n for part in parts]
    if len(parts) == 1:
        return first
    if isinstance(first, ReplicateValues):
        replicates = [part for part in parts if isinstance(part, ReplicateValues)]
        values = np.concatenate([part.values for part in replicates], axis=1)
        return ReplicateValues(first.replicates, values, np.concatenate([part.full for part in replicates]))
    scores = [part for part in parts if isinstance(part, Scores)]
    starts = np.cumsum([0, *n[:-1]])
    statistic = np.concatenate([part.statistic + start for part, start in zip(scores, starts, strict=True)])
    cluster, score = (np.concatenate([getattr(part, name) for part in scores]) for name in ("cluster", "score"))
    order = np.lexsort((statistic, cluster))
    return Scores(first.clusters, sum(n), cluster[order], statistic[order].astype(np.int32), score[order])
