#include "harness.h"
#include "kernels/distributions/normal.h"
#include "kernels/resampling/normal_draws.h"

#include <math.h>

static const dg_philox_key KEY = {{7, 11}};

static void
percentage_points_are_the_quantiles(void)
{
    const double chances[] = {1e-300, 1e-17, 1e-10, 0.001, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.9249, 0.9251, 0.999};
    for (size_t i = 0; i < sizeof chances / sizeof chances[0]; i++) {
        const double expected = -dg_normal_upper_quantile(chances[i]), found = dg_normal_percentage_point(chances[i]);
        CHECK(fabs(found - expected) <= 4e-15 * fmax(1.0, fabs(expected)));
    }
}

static void
draws_are_symmetric_and_finite(void)
{
    dg_philox stream = dg_philox_start(KEY, 3);
    double sum = 0.0, squares = 0.0;
    const int n = 100000;
    for (int i = 0; i < n; i++) {
        const double z = dg_draw_normal(&stream);
        CHECK(isfinite(z));
        sum += z;
        squares += z * z;
    }
    CHECK(fabs(sum / n) < 0.02);
    CHECK(fabs(squares / n - 1.0) < 0.03);
}

static void
lanes_are_replicates_of_their_own(void)
{
    const double value[3] = {1.0, 2.0, 3.0}, own[3] = {0.5, 0.0, 2.0}, shared[6] = {1.0, 0.0, 0.0, 1.0, -1.0, 0.25};
    const dg_uncertain_values units = {value, own, shared, 3, 2};
    static double drawn[3 * DG_LANES], factors[2 * DG_LANES], later[3 * DG_LANES];
    dg_draw_values(&units, KEY, 10, drawn, factors);
    dg_draw_values(&units, KEY, 11, later, factors);
    for (size_t unit = 0; unit < 3; unit++) {
        for (size_t lane = 0; lane + 1 < DG_LANES; lane++) {
            CHECK(drawn[unit * DG_LANES + lane + 1] == later[unit * DG_LANES + lane]);
        }
    }
    dg_philox stream = dg_philox_start(KEY, 10);
    const double first = 1.0 + 0.5 * dg_draw_normal(&stream), third = 3.0 + 2.0 * dg_draw_normal(&stream);
    const double one = dg_draw_normal(&stream), two = dg_draw_normal(&stream);
    CHECK(drawn[0] == first + one + 0.0 * two);
    CHECK(drawn[DG_LANES] == 2.0 + 0.0 * one + two);
    CHECK(drawn[2 * DG_LANES] == third - one + 0.25 * two);
}

void test_normal_draws(void);

void
test_normal_draws(void)
{
    percentage_points_are_the_quantiles();
    draws_are_symmetric_and_finite();
    lanes_are_replicates_of_their_own();
}
