/* Covariance of sums over clusters: of statistics that have a score in some clusters, and zero in the others.
 *
 * Deviations are squared, never scores: a statistic with the same score in all clusters has no variance to the last bit.
 * A statistic that most clusters of a group lack is nevertheless summed over those that have it alone. The cost is the sum
 * over clusters of the square of how many statistics of one block they have; the order of summing is that of the clusters. */
#ifndef DG_CLUSTER_COVARIANCE_H
#define DG_CLUSTER_COVARIANCE_H

#include "kernels/status.h"
#include "kernels/stop.h"
#include "kernels/surveys/score_groups.h"

#include <stddef.h>
#include <stdint.h>

/* Clusters in groups: those of group g are start[g] .. start[g + 1] - 1. */
typedef struct {
    const int64_t *start; /* n_groups + 1, from 0, never decreasing */
    size_t n_groups;
    const double *factor; /* by cluster: what the product of two deviations counts */
    const double *centre; /* by statistic: what scores deviate from; NULL: the mean over the group's clusters */
} dg_cluster_groups;

/* Statistics in blocks: those of block b are start[b] .. start[b + 1] - 1. */
typedef struct {
    const int64_t *start; /* n_blocks + 1, from 0, never decreasing */
    size_t n_blocks;
} dg_statistic_blocks;

/* Adds to covariance, which has a square matrix for each block, one after the other, the sum over groups and their clusters of
 * factor times the product of deviations. DG_CORRUPT when entries are out of order or out of range, with the first in *bad. */
dg_status dg_add_covariance(const dg_scores *scores, const dg_cluster_groups *groups, const dg_statistic_blocks *blocks,
                            double *covariance, size_t *bad, const dg_stop *stop);

#endif
