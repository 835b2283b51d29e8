/* Sums by pair of cluster and domain, ordered by pair: what a slice of rows comes to, and what runs are merged to.
 *
 * A sum is a whole number of units of 2**low in 128 bits, so that adding is exact and its order does not matter; it is
 * rounded once, when it is read.
 */
#ifndef DG_CLUSTER_RUN_H
#define DG_CLUSTER_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/status.h"
#include "kernels/stop.h"

typedef unsigned __int128 dg_units; /* two's complement: sums may be negative */

/* A number that is added is below 2**90 units, so that 2**37 of them stay within 128 bits. */
#define DG_UNIT_BITS 90
/* What a mantissa of 53 bits may be shifted up by. */
#define DG_MOST_SHIFT (DG_UNIT_BITS - 53)

typedef struct {
    size_t n;       /* pairs */
    size_t n_terms; /* sums of each */
    uint64_t *keys; /* n, rising; then UINT64_MAX */
    uint64_t *nobs; /* n; then 0 */
    dg_units *units; /* n_terms times n + 1: the sums of the first term, then 0; those of the second ... */
} dg_cluster_run;

/* A run of n pairs with room for keys, rows and sums, of which only what stands after the last is set. */
dg_status dg_start_run(dg_cluster_run *run, size_t n, size_t n_terms);

/* Releases what the run owns and leaves it all zero. */
void dg_free_run(dg_cluster_run *run);

static inline dg_units *
dg_run_units(const dg_cluster_run *run, size_t term)
{
    return run->units + term * (run->n + 1);
}

/* *merged = a and b added up, which have as many terms. */
dg_status dg_merge_runs(const dg_cluster_run *a, const dg_cluster_run *b, dg_cluster_run *merged, const dg_stop *stop);

/* units * 2**low to the nearest double, ties to even; infinite when too large. -1074 <= low <= 1023. */
double dg_read_units(dg_units units, int low);

/* Where a run is read to: n pairs, and n sums of each term, one term after the other. */
typedef struct {
    int32_t *cluster;
    int32_t *domain;
    int64_t *nobs;
    double *sums;
} dg_run_reading;

/* Reads a run whose keys have the domain in the lowest domain_bits, and whose terms are in units of 2**lows[term]. */
dg_status dg_read_run(const dg_cluster_run *run, unsigned domain_bits, const int *lows, const dg_run_reading *reading,
                      const dg_stop *stop);

#endif
