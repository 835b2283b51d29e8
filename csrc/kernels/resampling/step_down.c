#include "kernels/resampling/step_down.h"

#include "kernels/checked_size.h"

#include <math.h>
#include <stdlib.h>

static double *
allocate(size_t n)
{
    size_t n_bytes;
    return dg_checked_multiply(n, DG_LANES * sizeof(double), &n_bytes) ? malloc(n_bytes > 0 ? n_bytes : 1) : NULL;
}

/* The largest so far in each lane, once the difference of one hypothesis is looked at. */
static inline void
raise_largest(const double *upper, const double *lower, double weight, double *restrict largest)
{
    for (size_t lane = 0; lane < DG_LANES; lane++) {
        const double statistic = (upper[lane] - lower[lane]) * weight;
        largest[lane] = statistic > largest[lane] ? statistic : largest[lane];
    }
}

/* The same of a hypothesis and its opposite. */
static inline void
raise_both(const double *upper, const double *lower, double weight, double *restrict largest)
{
    for (size_t lane = 0; lane < DG_LANES; lane++) {
        const double statistic = fabs((upper[lane] - lower[lane]) * weight);
        largest[lane] = statistic > largest[lane] ? statistic : largest[lane];
    }
}

static inline int64_t
count_reached(const double *largest, double seen)
{
    int64_t n = 0;
    for (size_t lane = 0; lane < DG_LANES; lane++) {
        n += largest[lane] >= seen;
    }
    return n;
}

/* The largest begins at 0: what was seen to be 0 or less is not counted. */
static void
count_family(const dg_differences *differences, size_t family, const double *drawn, int64_t *exceeded)
{
    double largest[DG_LANES] = {0.0};
    for (int64_t h = differences->starts[family]; h < differences->starts[family + 1]; h++) {
        const double *upper = drawn + (size_t)differences->upper[h] * DG_LANES;
        const double *lower = drawn + (size_t)differences->lower[h] * DG_LANES;
        const double weight = differences->weight[h];
        if (weight < 0.0) {
            raise_both(upper, lower, weight, largest);
            continue;
        }
        raise_largest(upper, lower, weight, largest);
        if (differences->seen[h] > 0.0) {
            exceeded[h] += count_reached(largest, differences->seen[h]);
        }
    }
}

/* No difference in the lanes that are not used. */
static void
clear_lanes(double *drawn, size_t n_units, size_t n_used)
{
    for (size_t unit = 0; unit < n_units; unit++) {
        for (size_t lane = n_used; lane < DG_LANES; lane++) {
            drawn[unit * DG_LANES + lane] = 0.0;
        }
    }
}

static dg_status
count_all(const dg_uncertain_values *units, const dg_differences *differences, const dg_replicates *replicates, double *drawn,
          double *factors, int64_t *exceeded, const dg_stop *stop)
{
    for (size_t done = 0; done < replicates->n; done += DG_LANES) {
        dg_draw_values(units, replicates->key, replicates->first + done, drawn, factors);
        if (replicates->n - done < DG_LANES) {
            clear_lanes(drawn, units->n_units, replicates->n - done);
        }
        for (size_t family = 0; family < differences->n_families; family++) {
            if (dg_stop_asked(stop)) {
                return DG_STOPPED;
            }
            count_family(differences, family, drawn, exceeded);
        }
    }
    return DG_OK;
}

dg_status
dg_count_exceeded(const dg_uncertain_values *units, const dg_differences *differences, const dg_replicates *replicates,
                  int64_t *exceeded, const dg_stop *stop)
{
    double *drawn = allocate(units->n_units), *factors = allocate(units->n_factors);
    const bool there = drawn != NULL && factors != NULL;
    const dg_status status =
        there ? count_all(units, differences, replicates, drawn, factors, exceeded, stop) : DG_NO_MEMORY;
    free(drawn);
    free(factors);
    return status;
}
