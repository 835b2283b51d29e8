/* The largest probability of a rejection region over the share that the null leaves open, with
 * proof that none is larger. */
#ifndef DG_TAIL_MAXIMUM_H
#define DG_TAIL_MAXIMUM_H

#include "kernels/inference/region_tail.h"
#include "kernels/stop.h"

/* Space for the points of a search, for regions of any size up to n1 and n2. */
typedef struct {
    dg_tail_point *points;
    size_t n;
} dg_tail_grid;

dg_status
dg_make_tail_grid(dg_tail_grid *grid, size_t n1, size_t n2);
void
dg_free_tail_grid(dg_tail_grid *grid);

/* The supremum, short of it by `tolerance` at most. Once `enough` is reached the search may end:
 * what is returned then is a probability that was found, at least `enough`.
 *
 * Points lie close together where the probability can change fast. Between two of them it differs
 * from the cubic through both values and slopes by at most h^4 / 384 times the fourth derivative,
 * which is bounded (region_tail.h); a piece whose cubic with that margin cannot exceed the best
 * point is done with, another is split at the cubic's peak. */
dg_status
dg_tail_maximum(const dg_region_tail *tail, const dg_tail_grid *grid, double tolerance,
                double enough, const dg_stop *stop, double *maximum);

/* Whether the probability is below `level` everywhere: true only if that is certain. */
dg_status
dg_tail_stays_below(const dg_region_tail *tail, const dg_tail_grid *grid, double level,
                    const dg_stop *stop, bool *below);

#endif
