#include "kernels/resampling/rank_draws.h"

#include "kernels/checked_size.h"

#include <stdbool.h>
#include <stdlib.h>

static double *
allocate(size_t n)
{
    size_t n_bytes;
    return dg_checked_multiply(n, DG_LANES * sizeof(double), &n_bytes) ? malloc(n_bytes > 0 ? n_bytes : 1) : NULL;
}

static void
count_unit(const dg_uncertain_values *units, size_t unit, const double *drawn, size_t n_used, int64_t *counts)
{
    int64_t above[DG_LANES] = {0};
    const double *own = drawn + unit * DG_LANES;
    for (size_t other = 0; other < units->n_units; other++) {
        const double *its = drawn + other * DG_LANES;
        for (size_t lane = 0; lane < DG_LANES; lane++) {
            above[lane] += its[lane] > own[lane];
        }
    }
    for (size_t lane = 0; lane < n_used; lane++) {
        counts[above[lane]]++;
    }
}

static dg_status
count_all(const dg_uncertain_values *units, const dg_replicates *replicates, double *drawn, double *factors,
          int64_t *counts, const dg_stop *stop)
{
    for (size_t done = 0; done < replicates->n; done += DG_LANES) {
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        const size_t left = replicates->n - done, n_used = left < DG_LANES ? left : DG_LANES;
        dg_draw_values(units, replicates->key, replicates->first + done, drawn, factors);
        for (size_t unit = 0; unit < units->n_units; unit++) {
            count_unit(units, unit, drawn, n_used, counts + unit * units->n_units);
        }
    }
    return DG_OK;
}

dg_status
dg_count_ranks(const dg_uncertain_values *units, const dg_replicates *replicates, int64_t *counts, const dg_stop *stop)
{
    double *drawn = allocate(units->n_units), *factors = allocate(units->n_factors);
    const bool there = drawn != NULL && factors != NULL;
    const dg_status status = there ? count_all(units, replicates, drawn, factors, counts, stop) : DG_NO_MEMORY;
    free(drawn);
    free(factors);
    return status;
}
