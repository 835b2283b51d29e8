#include "harness.h"
#include "kernels/distributions/saddle_point.h"

#include <math.h>

static bool
near(double found, double expected, double tolerance)
{
    return fabs(found - expected) <= tolerance * fabs(expected);
}

static void
stirling_errors_of_known_points(void)
{
    CHECK(near(dg_stirling_error(1.0), 1.0 - 0.91893853320467274178, 1e-14));
    CHECK(near(dg_stirling_error(100.0), 8.3333055563489e-4, 1e-12));
    for (double x = 0.5; x < 40.0; x += 0.25) { /* the recurrence of the factorial */
        CHECK(fabs(dg_stirling_error(x) - dg_stirling_error(x + 1.0) - ((x + 0.5) * log1p(1.0 / x) - 1.0)) < 3e-16 * (1.0 + x));
    }
}

static void
shortfalls_keep_their_digits(void)
{
    CHECK(dg_log_shortfall(0.0) == 0.0);
    CHECK(near(dg_log_shortfall(1e-10), 5e-21 * (1.0 - 2e-10 / 3.0), 1e-15));
    CHECK(near(dg_log_shortfall(-1e-10), 5e-21 * (1.0 + 2e-10 / 3.0), 1e-15));
    CHECK(near(dg_log_shortfall(1.0), 1.0 - log(2.0), 1e-15));
    CHECK(near(dg_log_shortfall(0.39999999999), dg_log_shortfall(0.40000000001), 1e-9));
    CHECK(near(dg_log_shortfall(-0.39999999999), dg_log_shortfall(-0.40000000001), 1e-9));
}

static void
deviances_near_and_far_from_the_mean(void)
{
    CHECK(dg_deviance(7.0, 7.0, 0.0) == 0.0);
    CHECK(near(dg_deviance(8.0, 4.0, 4.0), 8.0 * log(2.0) - 4.0, 1e-15));
    CHECK(near(dg_deviance(8.0, 0.5, 7.5), 8.0 * log(16.0) - 7.5, 1e-15));
    CHECK(isfinite(dg_deviance(8.0, 1e-310, 8.0)));
}

static void
the_excess_is_exact(void)
{
    const double n = 9007199254740992.0;
    CHECK(dg_binomial_excess(1.0, n - 1.0, 0x1p-53, 1.0 - 0x1p-53) == 0.0);
    CHECK(near(dg_binomial_excess(n - 3.0, 3.0, 1.0 - 0x1p-52, 0x1p-52), -1.0, 1e-15));
    CHECK(near(dg_binomial_excess(0.5, n, 0x1p-53, 1.0 - 0x1p-53), -0.5, 1e-12)); /* the sum of the counts is not a double */
}

static void
masses_of_small_numbers(void)
{
    CHECK(near(dg_binomial_mass(2.0, 3.0, 0.25, 0.75), 10.0 * 0.0625 * 0.421875, 1e-15));
    CHECK(near(dg_binomial_mass(0.0, 3.0, 0.25, 0.75), 0.421875, 1e-15) && dg_binomial_mass(3.0, 0.0, 0.25, 0.75) == 0.015625);
    CHECK(dg_binomial_mass(2.0, 3.0, 0.0, 1.0) == 0.0 && dg_binomial_mass(0.0, 0.0, 0.0, 1.0) == 1.0);
    CHECK(near(dg_poisson_mass(2.0, 3.0), 4.5 * exp(-3.0), 1e-15) && dg_poisson_mass(0.0, 3.0) == exp(-3.0));
}

void test_saddle_point(void);
void
test_saddle_point(void)
{
    RUN(stirling_errors_of_known_points);
    RUN(shortfalls_keep_their_digits);
    RUN(deviances_near_and_far_from_the_mean);
    RUN(the_excess_is_exact);
    RUN(masses_of_small_numbers);
}
