/* Tables of groups by answers drawn again: counts are resampled, not rows. Replicate r is a function of the key and r alone. */
#ifndef DG_TABLE_DRAWS_H
#define DG_TABLE_DRAWS_H

#include "kernels/resampling/philox.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const int64_t *counts; /* groups x answers, none negative, all together at most DG_LARGEST_TOTAL */
    size_t n_groups, n_answers;
} dg_answer_table;

/* Replicates first, first + 1, ..., first + n - 1. */
typedef struct {
    dg_philox_key key;
    uint64_t first;
    size_t n;
} dg_replicates;

/* Each group drawn from its own answers, its total fixed: multinomials, made of conditional binomials. `drawn` has room for
 * n x groups x answers. */
dg_status dg_bootstrap_table(const dg_answer_table *table, const dg_replicates *replicates, int64_t *drawn,
                             const dg_stop *stop);

/* People shuffled between groups, totals of groups and of answers fixed: hypergeometrics, one given the others. */
dg_status dg_permute_table(const dg_answer_table *table, const dg_replicates *replicates, int64_t *drawn, const dg_stop *stop);

#endif
