#include "harness.h"
#include "kernels/distributions/binomial.h"

#include <math.h>

static bool
near(double found, double expected, double tolerance)
{
    return fabs(found - expected) <= tolerance * fabs(expected);
}

/* Pascal's rule, row by row. */
static void
probabilities_and_tails_of_small_numbers(void)
{
    for (double p = 0.03125; p < 1.0; p += 0.1875) {
        double row[61] = {1.0};
        for (int n = 1; n <= 60; n++) {
            for (int x = n; x >= 0; x--) {
                row[x] = row[x] * (1.0 - p) + (x > 0 ? row[x - 1] * p : 0.0);
            }
            double lower = 0.0, upper = 0.0;
            for (int x = 0; x <= n; x++) {
                lower += row[x];
                upper += row[n - x];
                CHECK(near(dg_binomial_probability(x, n, p), row[x], 1e-13));
                CHECK(near(dg_binomial_lower_tail(x, n, p), lower, 1e-13));
                CHECK(near(dg_binomial_upper_tail(n - x, n, p), upper, 1e-13));
            }
        }
    }
}

/* Added up, or integrated, with 50 digits. */
static void
tails_of_large_numbers(void)
{
    CHECK(near(dg_binomial_lower_tail(3000, 1e6, 0.0034), 1.26972025899888134951e-12, 1e-13));
    CHECK(near(dg_binomial_lower_tail(499000, 1e6, 0.5), 2.28041499326910432102e-2, 1e-14));
    CHECK(near(dg_binomial_lower_tail(26214, 1048576, 0.0256), 4.74145525557928655271e-5, 1e-13));
    CHECK(near(dg_binomial_lower_tail(29999, 1e5, 0.305), 2.88148697025102735453e-4, 1e-13));
    const double most = 9007199254740992.0;
    CHECK(near(dg_binomial_lower_tail(2251799772589629.0, most, 0.25), 1.58655253957704675193e-1, 1e-14));
    CHECK(near(dg_binomial_lower_tail(900719783114700.0, most, 0.1), 2.86651388407987388836e-7, 1e-13));
    CHECK(near(dg_binomial_lower_tail(6755399317768888.0, most, 0.75), 1.34989810496722593737e-3, 1e-13));
    CHECK(near(dg_binomial_lower_tail(8986190.0, most, 1e-9), 1.25459750465309012121e-12, 1e-13));
}

static void
the_ends_are_exact(void)
{
    CHECK(dg_binomial_probability(0, 5, 0.0) == 1.0 && dg_binomial_probability(1, 5, 0.0) == 0.0);
    CHECK(dg_binomial_probability(5, 5, 1.0) == 1.0 && dg_binomial_probability(4, 5, 1.0) == 0.0);
    CHECK(dg_binomial_probability(0, 0, 0.3) == 1.0 && dg_binomial_probability(-1, 5, 0.3) == 0.0);
    CHECK(dg_binomial_probability(6, 5, 0.3) == 0.0 && dg_binomial_probability(3, 3, 0.5) == 0.125);
    CHECK(dg_binomial_lower_tail(0, 5, 0.0) == 1.0 && dg_binomial_lower_tail(4, 5, 1.0) == 0.0);
    CHECK(dg_binomial_upper_tail(1, 5, 0.0) == 0.0 && dg_binomial_upper_tail(5, 5, 1.0) == 1.0);
    CHECK(dg_binomial_lower_tail(5, 5, 0.3) == 1.0 && dg_binomial_upper_tail(0, 5, 0.3) == 1.0);
    CHECK(dg_binomial_lower_tail(-1, 5, 0.3) == 0.0 && dg_binomial_upper_tail(6, 5, 0.3) == 0.0);
    CHECK(near(dg_binomial_lower_tail(0, 1e15, 1e-15), exp(-1.0), 1e-14));
    CHECK(isnan(dg_binomial_lower_tail(NAN, 5, 0.3)) && isnan(dg_binomial_upper_tail(1, NAN, 0.3)));
    CHECK(isnan(dg_binomial_probability(1, 5, NAN)));
}

static void
mid_tails_add_up(void)
{
    for (double x = 0.0; x <= 40.0; x += 1.0) {
        CHECK(fabs(dg_binomial_lower_mid_tail(x, 40, 0.3) + dg_binomial_upper_mid_tail(x, 40, 0.3) - 1.0) < 1e-15);
    }
    CHECK(near(dg_binomial_lower_mid_tail(0, 3, 0.5), 0.0625, 1e-15) && near(dg_binomial_upper_mid_tail(3, 3, 0.5), 0.0625, 1e-15));
}

static void
fractions_lie_between_whole_numbers(void)
{
    for (double x = 0.0; x < 12.0; x += 0.25) {
        CHECK(dg_binomial_lower_tail(x, 12.5, 0.4) < dg_binomial_lower_tail(x + 0.25, 12.5, 0.4));
        CHECK(dg_binomial_upper_tail(x, 12.5, 0.4) > dg_binomial_upper_tail(x + 0.25, 12.5, 0.4));
    }
}

void test_binomial(void);
void
test_binomial(void)
{
    RUN(probabilities_and_tails_of_small_numbers);
    RUN(tails_of_large_numbers);
    RUN(the_ends_are_exact);
    RUN(mid_tails_add_up);
    RUN(fractions_lie_between_whole_numbers);
}
