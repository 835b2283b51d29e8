#include "harness.h"
#include "kernels/distributions/poisson.h"

#include <math.h>

static bool
near(double found, double expected, double tolerance)
{
    return fabs(found - expected) <= tolerance * fabs(expected);
}

static void
probabilities_and_tails_of_small_numbers(void)
{
    for (double mean = 0.125; mean < 60.0; mean *= 1.5) {
        double probability = exp(-mean), lower = 0.0;
        for (int x = 0; x <= 60; x++) {
            lower += probability;
            CHECK(near(dg_poisson_probability(x, mean), probability, 1e-13));
            CHECK(near(dg_poisson_lower_tail(x, mean), lower, 2e-14));
            CHECK(fabs(dg_poisson_upper_tail(x, mean) - (1.0 - lower + probability)) < 2e-14);
            probability *= mean / (x + 1);
        }
    }
}

/* Added up with 50 digits. */
static void
tails_of_large_numbers(void)
{
    CHECK(near(dg_poisson_lower_tail(999000, 1000000.5), 1.58655304360620866440e-1, 1e-13));
    CHECK(near(dg_poisson_lower_tail(99900000, 1e8), 7.49766803262174404172e-24, 1e-13));
    CHECK(near(dg_poisson_lower_tail(505, 506.5), 4.85227212724682009043e-1, 1e-14));
}

static void
the_ends_are_exact(void)
{
    CHECK(dg_poisson_probability(0, 0.0) == 1.0 && dg_poisson_probability(1, 0.0) == 0.0);
    CHECK(dg_poisson_probability(0, 3.0) == exp(-3.0) && dg_poisson_probability(-1, 3.0) == 0.0);
    CHECK(dg_poisson_lower_tail(0, 0.0) == 1.0 && dg_poisson_upper_tail(1, 0.0) == 0.0 && dg_poisson_upper_tail(0, 0.0) == 1.0);
    CHECK(dg_poisson_lower_tail(-1, 3.0) == 0.0 && dg_poisson_upper_tail(0, 3.0) == 1.0);
    CHECK(dg_poisson_probability(3, INFINITY) == 0.0 && dg_poisson_lower_tail(3, INFINITY) == 0.0);
    CHECK(isnan(dg_poisson_probability(NAN, 1.0)) && isnan(dg_poisson_lower_tail(1.0, NAN)));
    CHECK(isnan(dg_poisson_upper_tail(NAN, 1.0)));
}

static void
mid_tails_add_up(void)
{
    for (double x = 0.0; x <= 40.0; x += 1.0) {
        CHECK(fabs(dg_poisson_lower_mid_tail(x, 12.0) + dg_poisson_upper_mid_tail(x, 12.0) - 1.0) < 1e-15);
    }
    CHECK(near(dg_poisson_lower_mid_tail(0, 2.0), 0.5 * exp(-2.0), 1e-15));
}

void test_poisson(void);
void
test_poisson(void)
{
    RUN(probabilities_and_tails_of_small_numbers);
    RUN(tails_of_large_numbers);
    RUN(the_ends_are_exact);
    RUN(mid_tails_add_up);
}
