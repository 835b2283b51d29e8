/* The tables that speak at least as much as a given one for the first group's share being the
 * larger. */
#ifndef DG_REJECTION_REGION_H
#define DG_REJECTION_REGION_H

#include "kernels/inference/comparison.h"
#include "kernels/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Tables are ordered by the score statistic of the difference: it grows with x1 and falls with x2,
 * so for each x1 the region holds x2 = 0 .. last[x1], and `last` never falls as x1 grows. -1: none.
 */
typedef struct {
    size_t n1, n2;
    ptrdiff_t *last; /* n1 + 1 */
} dg_rejection_region;

/* DG_OK, or DG_NO_MEMORY with nothing held. The region is not filled. */
dg_status
dg_make_rejection_region(dg_rejection_region *region, size_t n1, size_t n2);
void
dg_free_rejection_region(dg_rejection_region *region);

/* Statistics that are equal in exact arithmetic (those of mirror tables) differ by rounding: what
 * lies closer than this counts as tied, so that tied tables are in or out together. */
double
dg_below_ties(double statistic);

/* The score statistic of the difference at a null from -1 to 1, without the factor N / (N - 1), by
 * which the order does not change; at null 0 it is the z of the pooled share. */
double
dg_ordering_statistic(const dg_two_samples *samples, double null);

/* Fills the region with all tables whose statistic at `null` is at least `threshold`. */
void
dg_fill_rejection_region(dg_rejection_region *region, double null, double threshold);

/* Adds a table and all that have no less in the first group and no more in the second. */
void
dg_add_to_rejection_region(dg_rejection_region *region, size_t x1, size_t x2);

#endif
