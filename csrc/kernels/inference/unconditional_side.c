#include "kernels/inference/unconditional_side.h"

#include "kernels/inference/restricted_proportions.h"

#include <math.h>
#include <stdlib.h>

/* Weights below this part of the mode's do not show in a probability of 1e-6 and more. */
static const double NEGLIGIBLE = 1e-17, SMALL = 1e-6;
static const double TOLERANCE = 1e-12, RELATIVE_TOLERANCE = 1e-6, LEAST_TOLERANCE = 1e-18;

dg_status
dg_make_unconditional_space(dg_unconditional_space *space, size_t n1, size_t n2)
{
    const size_t larger = n1 > n2 ? n1 : n2;
    *space = (dg_unconditional_space){.scratch = malloc((larger + 1) * sizeof *space->scratch)};
    if (space->scratch != NULL && dg_make_rejection_region(&space->one, n1, n2) == DG_OK &&
        dg_make_rejection_region(&space->other, n2, n1) == DG_OK &&
        dg_make_binomial_window(&space->first, n1, NEGLIGIBLE) == DG_OK &&
        dg_make_binomial_window(&space->second, n2, NEGLIGIBLE) == DG_OK &&
        dg_make_tail_grid(&space->grid, n1, n2) == DG_OK) {
        return DG_OK;
    }
    dg_free_unconditional_space(space);
    return DG_NO_MEMORY;
}

void
dg_free_unconditional_space(dg_unconditional_space *space)
{
    free(space->scratch);
    dg_free_rejection_region(&space->one);
    dg_free_rejection_region(&space->other);
    dg_free_binomial_window(&space->first);
    dg_free_binomial_window(&space->second);
    dg_free_tail_grid(&space->grid);
    *space = (dg_unconditional_space){0};
}

dg_unconditional_side
dg_near_side(dg_unconditional_space *space, const dg_two_samples *samples, const dg_stop *stop)
{
    return (dg_unconditional_side){*samples,       &space->one,  &space->other,  &space->first,
                                   &space->second, &space->grid, space->scratch, stop};
}

dg_unconditional_side
dg_far_side(const dg_unconditional_side *side)
{
    const dg_two_samples swapped = dg_exchange_samples(&side->samples);
    return (dg_unconditional_side){swapped,     side->lower, side->upper,   side->second,
                                   side->first, side->grid,  side->scratch, side->stop};
}

double
dg_side_statistic(const dg_unconditional_side *side, double null)
{
    return dg_ordering_statistic(&side->samples, null);
}

void
dg_fill_upper(const dg_unconditional_side *side, double null, double threshold)
{
    dg_fill_rejection_region(side->upper, null, dg_below_ties(threshold));
}

void
dg_fill_lower(const dg_unconditional_side *side, double null, double threshold)
{
    dg_fill_rejection_region(side->lower, -null, dg_below_ties(threshold));
}

dg_region_tail
dg_upper_tail(const dg_unconditional_side *side, double null)
{
    return (dg_region_tail){side->upper, NULL,         null,         null,
                            side->first, side->second, side->scratch};
}

dg_region_tail
dg_both_tails(const dg_unconditional_side *side, double null_upper, double null_lower)
{
    return (dg_region_tail){side->upper, side->lower,  null_upper,   null_lower,
                            side->first, side->second, side->scratch};
}

static void
neglect_below(const dg_unconditional_side *side, double negligible)
{
    side->first->negligible = side->second->negligible = negligible;
    side->first->share = side->second->share = NAN; /* to be made anew */
}

dg_status
dg_side_maximum(const dg_unconditional_side *side, const dg_region_tail *tail, double enough,
                double *found)
{
    dg_status status = dg_tail_maximum(tail, side->grid, TOLERANCE, enough, side->stop, found);
    if (status == DG_OK && *found < SMALL) {
        const double tolerance = fmax(RELATIVE_TOLERANCE * *found, LEAST_TOLERANCE);
        neglect_below(side, 0.0);
        status = dg_tail_maximum(tail, side->grid, tolerance, enough, side->stop, found);
        neglect_below(side, NEGLIGIBLE);
    }
    return status;
}
