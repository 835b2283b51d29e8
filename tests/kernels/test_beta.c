#include "harness.h"
#include "kernels/distributions/beta.h"

#include <math.h>

static bool
near(double found, double expected, double tolerance)
{
    return fabs(found - expected) <= tolerance * fabs(expected);
}

static void
tails_with_a_formula(void)
{
    for (double p = 0.01; p < 1.0; p += 0.07) {
        CHECK(near(dg_beta_lower_tail(p, 1.0, 1.0), p, 1e-15));
        CHECK(near(dg_beta_lower_tail(p, 3.0, 1.0), p * p * p, 1e-14));
        CHECK(near(dg_beta_upper_tail(p, 1.0, 7.5), pow(1.0 - p, 7.5), 1e-14));
        CHECK(near(dg_beta_lower_tail(p, 0.5, 0.5), 2.0 / 3.14159265358979323846 * asin(sqrt(p)), 1e-14));
        CHECK(near(dg_beta_lower_tail(p, 2.0, 3.0), p * p * (6.0 - 8.0 * p + 3.0 * p * p), 1e-14));
    }
}

/* Added up term by term with 50 digits. */
static void
tails_of_large_parameters(void)
{
    CHECK(near(dg_beta_upper_tail(0.5565773022869362, 636907.0, 516057.0), 1.05114772297844131000e-19, 1e-13));
    CHECK(near(dg_beta_upper_tail(0.5, 495001.0, 505000.0), 7.69077752195367594679e-24, 1e-13));
    CHECK(near(dg_beta_upper_tail(0.0001, 21.0, 999980.0), 1.89945182375093607662e-22, 1e-13));
    CHECK(near(dg_beta_upper_tail(0.1001, 9900001.0, 90100000.0), 2.51826960953319690566e-295, 1e-12));
}

static void
the_two_tails_add_up(void)
{
    for (double a = 0.001; a < 1e15; a *= 9.0) {
        for (double b = 0.001; b < 1e15; b *= 7.0) {
            const double mean = a / (a + b), spread = sqrt(mean * (1.0 - mean) / (a + b + 1.0));
            for (double z = -2.0; z < 2.1; z += 1.0) {
                const double p = mean + z * spread;
                const double lower = dg_beta_lower_tail(p, a, b), upper = dg_beta_upper_tail(p, a, b);
                CHECK(lower >= 0.0 && lower <= 1.0 && fabs(lower + upper - 1.0) < 4e-15);
            }
        }
    }
}

static void
ends_of_the_range(void)
{
    CHECK(dg_beta_lower_tail(0.0, 2.0, 3.0) == 0.0 && dg_beta_lower_tail(1.0, 2.0, 3.0) == 1.0);
    CHECK(dg_beta_upper_tail(-1.0, 2.0, 3.0) == 1.0 && dg_beta_upper_tail(2.0, 2.0, 3.0) == 0.0);
    CHECK(isnan(dg_beta_lower_tail(NAN, 2.0, 3.0)) && isnan(dg_beta_lower_tail(0.5, NAN, 3.0)));
    CHECK(dg_beta_lower_quantile(0.0, 2.0, 3.0).p == 0.0 && dg_beta_lower_quantile(1.0, 2.0, 3.0).p == 1.0);
    CHECK(isnan(dg_beta_lower_quantile(-0.1, 2.0, 3.0).p) && isnan(dg_beta_upper_quantile(NAN, 2.0, 3.0).p));
}

static void
quantiles_undo_tails(void)
{
    for (double a = 0.05; a < 1e6; a *= 5.0) {
        for (double b = 0.05; b < 1e6; b *= 6.0) {
            for (double tail = 1e-10; tail < 1.0; tail *= 8.0) {
                const dg_fraction low = dg_beta_lower_quantile(tail, a, b), high = dg_beta_upper_quantile(tail, a, b);
                CHECK(low.p < 1e-300 || low.q < 1e-300 || near(dg_beta_lower_tail_at(low, a, b), tail, 1e-10));
                CHECK(high.p < 1e-300 || high.q < 1e-300 || near(dg_beta_upper_tail_at(high, a, b), tail, 1e-10));
            }
        }
    }
    CHECK(near(dg_beta_lower_quantile(0.025, 0.5, 10.5).p, 4.789043e-5, 1e-6));
}

void test_beta(void);
void
test_beta(void)
{
    RUN(tails_with_a_formula);
    RUN(tails_of_large_parameters);
    RUN(the_two_tails_add_up);
    RUN(ends_of_the_range);
    RUN(quantiles_undo_tails);
}
