#include "kernels/surveys/replicate_totals.h"

#include <string.h>

/* Pairs between two looks whether to stop. */
#define PAIRS_PER_LOOK ((size_t)4096)

/* Replicates at a time: the totals of a few hundred domains then stay in the fastest memory. */
#define TILE ((size_t)16)

/* totals[i] += sum * multipliers[i] for a whole tile: the count is known to the compiler. */
static inline void
add_tile(double *restrict totals, const double *restrict multipliers, double sum)
{
    for (size_t i = 0; i < TILE; i++) {
        totals[i] += sum * multipliers[i];
    }
}

static inline void
add_part(double *restrict totals, const double *restrict multipliers, double sum, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        totals[i] += sum * multipliers[i];
    }
}

/* All pairs, for the replicates from `first` on, n of them. */
static dg_status
add_pairs(const dg_pair_sums *pairs, const dg_cluster_multipliers *by, size_t n_domains, double *totals, size_t first,
          size_t n, size_t *bad, const dg_stop *stop)
{
    const size_t row = by->n_replicates;
    for (size_t pair = 0; pair < pairs->n; pair++) {
        const size_t cluster = (size_t)pairs->cluster[pair], domain = (size_t)pairs->domain[pair];
        if (pair % PAIRS_PER_LOOK == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        if (cluster >= by->n_clusters || domain >= n_domains) { /* a negative one is large */
            *bad = pair;
            return DG_CODE_OUT_OF_RANGE;
        }
        double *to = totals + domain * row + first;
        const double *from = by->multipliers + cluster * row + first;
        if (n == TILE) {
            add_tile(to, from, pairs->sum[pair]);
        }
        else {
            add_part(to, from, pairs->sum[pair], n);
        }
    }
    return DG_OK;
}

dg_status
dg_replicate_totals(const dg_pair_sums *pairs, const dg_cluster_multipliers *by, size_t n_domains, double *totals, size_t *bad,
                    const dg_stop *stop)
{
    memset(totals, 0, n_domains * by->n_replicates * sizeof *totals);
    for (size_t first = 0; first < by->n_replicates; first += TILE) {
        const size_t left = by->n_replicates - first, n = left < TILE ? left : TILE;
        const dg_status status = add_pairs(pairs, by, n_domains, totals, first, n, bad, stop);
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}
