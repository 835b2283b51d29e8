#include "kernels/inference/rejection_region.h"

#include "kernels/inference/score_statistic.h"

#include <math.h>
#include <stdlib.h>

static const double TIED = 1e-10;

dg_status
dg_make_rejection_region(dg_rejection_region *region, size_t n1, size_t n2)
{
    *region = (dg_rejection_region){n1, n2, malloc((n1 + 1) * sizeof *region->last)};
    return region->last == NULL ? DG_NO_MEMORY : DG_OK;
}

void
dg_free_rejection_region(dg_rejection_region *region)
{
    free(region->last);
    region->last = NULL;
}

double
dg_below_ties(double statistic)
{
    return isinf(statistic) ? statistic : statistic - TIED * fmax(1.0, fabs(statistic));
}

double
dg_ordering_statistic(const dg_two_samples *samples, double null)
{
    return dg_score_statistic(samples, DG_DIFFERENCE, DG_SCORE_UNCORRECTED, null);
}

void
dg_fill_rejection_region(dg_rejection_region *region, double null, double threshold)
{
    dg_two_samples next = {0.0, (double)region->n1, 0.0, (double)region->n2};
    for (size_t x1 = 0; x1 <= region->n1; x1++) {
        next.x1 = (double)x1;
        while (next.x2 <= next.n2 && dg_ordering_statistic(&next, null) >= threshold) {
            next.x2 += 1.0;
        }
        region->last[x1] = (ptrdiff_t)next.x2 - 1;
    }
}

void
dg_add_to_rejection_region(dg_rejection_region *region, size_t x1, size_t x2)
{
    for (size_t x = x1; x <= region->n1; x++) {
        if (region->last[x] < (ptrdiff_t)x2) {
            region->last[x] = (ptrdiff_t)x2;
        }
    }
}
