/* Totals of domains in each replicate, from totals by cluster and domain: what a replicate costs is the number of these, not
 * of rows. Every sum is over clusters in their order, whatever is computed side by side. */
#ifndef DG_REPLICATE_TOTALS_H
#define DG_REPLICATE_TOTALS_H

#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>
#include <stdint.h>

/* One column of sums by cluster and domain. */
typedef struct {
    const int32_t *cluster;
    const int32_t *domain;
    const double *sum;
    size_t n;
} dg_pair_sums;

/* What clusters count for: n_clusters x n_replicates. */
typedef struct {
    const double *multipliers;
    size_t n_clusters, n_replicates;
} dg_cluster_multipliers;

/* totals[domain][replicate] = sum over pairs of the domain of sum times the cluster's multiplier. DG_CODE_OUT_OF_RANGE when a
 * pair's cluster or domain does not exist, with the first in *bad. */
dg_status dg_replicate_totals(const dg_pair_sums *pairs, const dg_cluster_multipliers *by, size_t n_domains, double *totals,
                              size_t *bad, const dg_stop *stop);

#endif
