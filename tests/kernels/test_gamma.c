#include "harness.h"
#include "kernels/distributions/gamma.h"

#include <math.h>

static bool
near(double found, double expected, double tolerance)
{
    return fabs(found - expected) <= tolerance * fabs(expected);
}

static void
tails_with_a_formula(void)
{
    for (double x = 0.01; x < 40.0; x *= 1.7) {
        CHECK(near(dg_gamma_upper_tail(x, 1.0), exp(-x), 1e-14) && near(dg_gamma_lower_tail(x, 1.0), -expm1(-x), 1e-14));
        CHECK(near(dg_gamma_upper_tail(x, 3.0), exp(-x) * (1.0 + x + 0.5 * x * x), 1e-14));
        CHECK(near(dg_gamma_upper_tail(x, 0.5), erfc(sqrt(x)), 1e-13));
    }
}

/* Added up term by term with 50 digits. */
static void
tails_of_large_shapes(void)
{
    CHECK(near(dg_gamma_upper_tail(123.4, 101.0), 1.72059945485450742398e-2, 1e-14));
    CHECK(near(dg_gamma_upper_tail(1000000.5, 999001.0), 1.58655304360620866440e-1, 1e-13));
    CHECK(near(dg_gamma_upper_tail(1000000.0, 990001.0), 6.47775701528988624481e-24, 1e-13));
    CHECK(near(dg_gamma_upper_tail(1e8, 99900001.0), 7.49766803262174404172e-24, 1e-13));
    CHECK(near(dg_gamma_upper_tail(5300.0, 5001.0), 1.65277674141628852512e-5, 1e-14));
}

static void
the_two_tails_add_up(void)
{
    for (double a = 0.001; a < 1e15; a *= 1.9) {
        for (double z = -2.0; z < 2.1; z += 0.5) {
            const double x = a + z * sqrt(a), lower = dg_gamma_lower_tail(x, a), upper = dg_gamma_upper_tail(x, a);
            CHECK(lower >= 0.0 && lower <= 1.0 && fabs(lower + upper - 1.0) < 1e-15);
        }
    }
}

static void
ends_of_the_range(void)
{
    CHECK(dg_gamma_lower_tail(0.0, 2.0) == 0.0 && dg_gamma_upper_tail(-1.0, 2.0) == 1.0);
    CHECK(dg_gamma_lower_tail(INFINITY, 2.0) == 1.0 && dg_gamma_upper_tail(INFINITY, 2.0) == 0.0);
    CHECK(isnan(dg_gamma_lower_tail(NAN, 2.0)) && isnan(dg_gamma_upper_tail(1.0, NAN)));
    CHECK(dg_gamma_lower_quantile(0.0, 2.0) == 0.0 && dg_gamma_lower_quantile(1.0, 2.0) == INFINITY);
    CHECK(dg_gamma_upper_quantile(1.0, 2.0) == 0.0 && dg_gamma_upper_quantile(0.0, 2.0) == INFINITY);
    CHECK(isnan(dg_gamma_lower_quantile(1.1, 2.0)) && isnan(dg_gamma_upper_quantile(NAN, 2.0)));
}

static void
quantiles_undo_tails(void)
{
    for (double a = 0.05; a < 1e9; a *= 3.0) {
        for (double tail = 1e-12; tail < 1.0; tail *= 7.0) {
            const double low = dg_gamma_lower_quantile(tail, a), high = dg_gamma_upper_quantile(tail, a);
            CHECK(low < 1e-300 || near(dg_gamma_lower_tail(low, a), tail, 1e-10));
            CHECK(high < 1e-300 || near(dg_gamma_upper_tail(high, a), tail, 1e-10));
        }
    }
    CHECK(near(dg_gamma_upper_quantile(0.025, 1.0), 3.68887945411394, 1e-14));
}

void test_gamma(void);
void
test_gamma(void)
{
    RUN(tails_with_a_formula);
    RUN(tails_of_large_shapes);
    RUN(the_two_tails_add_up);
    RUN(ends_of_the_range);
    RUN(quantiles_undo_tails);
}
