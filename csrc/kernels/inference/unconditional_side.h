/* A table seen from one side, with the space its tests work in: seen from the other side the
 * samples change places and differences their sign, so that only high differences and lower limits
 * need be thought about. */
#ifndef DG_UNCONDITIONAL_SIDE_H
#define DG_UNCONDITIONAL_SIDE_H

#include "kernels/inference/comparison.h"
#include "kernels/inference/tail_maximum.h"

/* The scratch for tables of samples of these sizes. */
typedef struct {
    dg_rejection_region one, other; /* by the first sample, by the second */
    dg_binomial_window first, second;
    dg_tail_grid grid;
    double *scratch;
} dg_unconditional_space;

/* DG_OK, or DG_NO_MEMORY with nothing held. */
dg_status
dg_make_unconditional_space(dg_unconditional_space *space, size_t n1, size_t n2);
void
dg_free_unconditional_space(dg_unconditional_space *space);

/* The samples as this side has them; `upper` is for tables with high differences, `lower` for those
 * with low ones. */
typedef struct {
    dg_two_samples samples;
    dg_rejection_region *upper, *lower;
    dg_binomial_window *first, *second;
    const dg_tail_grid *grid;
    double *scratch;
    const dg_stop *stop;
} dg_unconditional_side;

dg_unconditional_side
dg_near_side(dg_unconditional_space *space, const dg_two_samples *samples, const dg_stop *stop);
dg_unconditional_side
dg_far_side(const dg_unconditional_side *side);

/* The score statistic of the side's own table. */
double
dg_side_statistic(const dg_unconditional_side *side, double null);

/* Fills a region: tables whose statistic at `null` is at least `threshold`; at most minus
 * `threshold`. */
void
dg_fill_upper(const dg_unconditional_side *side, double null, double threshold);
void
dg_fill_lower(const dg_unconditional_side *side, double null, double threshold);

/* The probability of the filled upper region, and of both, each under its own null. */
dg_region_tail
dg_upper_tail(const dg_unconditional_side *side, double null);
dg_region_tail
dg_both_tails(const dg_unconditional_side *side, double null_upper, double null_lower);

/* The largest probability, as dg_tail_maximum finds it: to 1e-10, or to 1e-10 of itself where it is
 * small. */
dg_status
dg_side_maximum(const dg_unconditional_side *side, const dg_region_tail *tail, double enough,
                double *found);

#endif
