#include "kernels/inference/rejection_region.h"

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
    return statistic - TIED * fmax(1.0, fabs(statistic));
}

static double
restricted_first_share(double x1, double n1, double x2, double n2, double null)
{
    const double theta = n2 / n1, p1 = x1 / n1, p2 = x2 / n2, d = null;
    const double A = 1 + theta, B = -(1 + theta + p1 + theta * p2 + d * (theta + 2));
    const double C = d * d + d * (2 * p1 + theta + 1) + p1 + theta * p2, D = -p1 * d * (1 + d);
    const double v = pow(B / (3 * A), 3) - B * C / (6 * A * A) + D / (2 * A);
    const double s = sqrt(fmax(B * B / (9 * A * A) - C / (3 * A), 0.0));
    const double u = v > 0 ? s : -s;
    const double w = u == 0 ? 0 : (3.14159265358979323846 + acos(fmax(-1, fmin(1, v / (u * u * u))))) / 3;
    return 2 * u * cos(w) - B / (3 * A);
}

double
dg_ordering_statistic(double x1, double n1, double x2, double n2, double null)
{
    const double excess = x1 / n1 - x2 / n2 - null;
    double p1 = null == 0.0 ? (x1 + x2) / (n1 + n2) : restricted_first_share(x1, n1, x2, n2, null);
    p1 = fmin(fmax(p1, fmax(0.0, null)), fmin(1.0, 1.0 + null));
    const double p2 = fmin(fmax(p1 - null, 0.0), 1.0);
    const double variance = p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2;
    if (fabs(excess) < 1e-15) {
        return 0.0;
    }
    return excess / sqrt(variance);
}

void
dg_fill_rejection_region(dg_rejection_region *region, double null, double threshold)
{
    const double n1 = (double)region->n1, n2 = (double)region->n2;
    ptrdiff_t last = -1;
    for (size_t x1 = 0; x1 <= region->n1; x1++) {
        while (last < (ptrdiff_t)region->n2 &&
               dg_ordering_statistic((double)x1, n1, (double)(last + 1), n2, null) >= threshold) {
            last++;
        }
        region->last[x1] = last;
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
