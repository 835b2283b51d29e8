#include "harness.h"
#include "kernels/inference/unconditional_side.h"

#include <math.h>

static const dg_two_samples TABLE = {7, 9, 3, 12};

static double
binomial(int x, int n, double share)
{
    double p = 1.0;
    for (int i = 0; i < x; i++) {
        p *= (double)(n - i) / (double)(i + 1) * share;
    }
    return p * pow(1.0 - share, n - x);
}

static double
plain(const dg_region_tail *tail, double t)
{
    double sum = 0.0;
    for (int x1 = 0; x1 <= 9; x1++) {
        for (int x2 = 0; x2 <= 12; x2++) {
            const bool high = x2 <= tail->upper->last[x1],
                       low = tail->lower != NULL && x1 <= tail->lower->last[x2];
            sum += high ? binomial(x1, 9, t + tail->null_upper) * binomial(x2, 12, t) : 0.0;
            sum += low ? binomial(x1, 9, t + tail->null_lower) * binomial(x2, 12, t) : 0.0;
        }
    }
    return sum;
}

static void
check_tail(const dg_region_tail *tail)
{
    const double start = dg_tail_start(tail), end = dg_tail_end(tail), step = (end - start) / 50.0;
    for (int i = 0; i <= 50; i++) {
        const double t = start + i * step;
        const dg_tail_point point = dg_tail_at(tail, t);
        CHECK(fabs(point.value - plain(tail, t)) < 1e-14);
        if (i > 0 && i < 50) {
            const double h = 1e-4, far = plain(tail, t + 2 * h) - plain(tail, t - 2 * h);
            CHECK(fabs(point.slope - (8.0 * (plain(tail, t + h) - plain(tail, t - h)) - far) /
                                             (12.0 * h)) < 1e-8);
        }
        if (i < 50) {
            const double bound = dg_tail_bound(tail, t, t + step), h = step / 4.0;
            double even = 0.0, sign = 1.0;
            for (int j = 0; j <= 4; j++) {
                static const double choose[] = {1, 4, 6, 4, 1};
                CHECK(plain(tail, t + j * h) <= bound + 1e-14);
                even += sign * choose[j] * plain(tail, t + j * h);
                sign = -sign;
            }
            CHECK(fabs(even) / (h * h * h * h) <=
                  dg_fourth_derivative_bound(tail, t, t + step, bound) * (1.0 + 1e-6));
        }
    }
}

static void
values_slopes_and_bounds(void)
{
    dg_unconditional_space space;
    CHECK(dg_make_unconditional_space(&space, 9, 12) == DG_OK);
    const dg_unconditional_side side = dg_near_side(&space, &TABLE, NULL);
    static const double nulls[] = {0.0, 0.1, -0.35, 0.9};
    for (int i = 0; i < 4; i++) {
        dg_fill_upper(&side, nulls[i], 1.0);
        dg_fill_lower(&side, nulls[i], 1.0);
        const dg_region_tail one = dg_upper_tail(&side, nulls[i]),
                             both = dg_both_tails(&side, nulls[i], nulls[i] - 0.05);
        check_tail(&one);
        check_tail(&both);
    }
    dg_free_unconditional_space(&space);
}

void
test_region_tail(void);
void
test_region_tail(void)
{
    RUN(values_slopes_and_bounds);
}
