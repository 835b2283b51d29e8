#include "harness.h"
#include "kernels/distributions/normal.h"

#include <math.h>

static void
tails_of_known_points(void)
{
    CHECK(dg_normal_upper_tail(0.0) == 0.5);
    CHECK(fabs(dg_normal_upper_tail(1.959963984540054) - 0.025) < 1e-16);
    CHECK(fabs(dg_normal_upper_tail(-1.959963984540054) - 0.975) < 1e-15);
    CHECK(fabs(dg_normal_upper_tail(38.0) / 2.885428e-316 - 1.0) < 1e-3);
    CHECK(isnan(dg_normal_upper_tail(NAN)));
}

static void
quantiles_undo_tails(void)
{
    for (double tail = 1e-300; tail < 0.5; tail *= 7.0) {
        CHECK(fabs(dg_normal_upper_tail(dg_normal_upper_quantile(tail)) / tail - 1.0) < 2e-12);
        CHECK(tail < 1e-9 || fabs(dg_normal_upper_tail(-dg_normal_upper_quantile(tail)) - (1.0 - tail)) < 1e-15);
    }
    CHECK(fabs(dg_normal_upper_quantile(0.025) - 1.9599639845400542) < 4e-16);
    CHECK(fabs(dg_normal_upper_quantile(0.001) - 3.090232306167813) < 1e-15);
}

static void
ends_of_the_range(void)
{
    CHECK(dg_normal_upper_quantile(0.5) == 0.0 || fabs(dg_normal_upper_quantile(0.5)) < 1e-16);
    CHECK(dg_normal_upper_quantile(0.0) == INFINITY && dg_normal_upper_quantile(1.0) == -INFINITY);
    CHECK(isnan(dg_normal_upper_quantile(-0.1)) && isnan(dg_normal_upper_quantile(1.1)) && isnan(dg_normal_upper_quantile(NAN)));
}

void test_normal(void);
void
test_normal(void)
{
    RUN(tails_of_known_points);
    RUN(quantiles_undo_tails);
    RUN(ends_of_the_range);
}
