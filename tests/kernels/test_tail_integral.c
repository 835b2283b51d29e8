#include "harness.h"
#include "kernels/distributions/tail_integral.h"

#include <math.h>

static void
an_exponential(void)
{
    const dg_tail_shape shape = {3.0, {0.0, 0.0}, {0.0, 0.0}};
    CHECK(fabs(dg_tail_integral(&shape) * 3.0 - 1.0) < 1e-14);
}

static void
half_of_a_normal_density(void)
{
    const dg_tail_shape shape = {0.0, {1e16, 0.0}, {1e-8, 0.0}}; /* exp(-w^2 / 2), but for 1e-8 of itself to the third */
    CHECK(fabs(dg_tail_integral(&shape) / sqrt(0.5 * 3.14159265358979323846) - 1.0) < 1e-8);
    const dg_tail_shape both = {0.0, {1e16, 1e16}, {1e-8, -1e-8}};
    CHECK(fabs(dg_tail_integral(&both) / (0.5 * sqrt(3.14159265358979323846)) - 1.0) < 1e-14);
}

/* The upper tail of the gamma distribution of shape 301 at x is exp(-x) times a sum of 301 terms. */
static void
a_gamma_density(void)
{
    const double x = 310.0;
    double sum = 0.0, term = 1.0;
    for (int k = 300; k >= 0; k--) { /* relative to x^300 / 300! */
        sum += term;
        term *= k / x;
    }
    const dg_tail_shape shape = {1.0 - 300.0 / x, {300.0, 0.0}, {1.0 / x, 0.0}};
    CHECK(fabs(dg_tail_integral(&shape) / sum - 1.0) < 1e-13);
}

void test_tail_integral(void);
void
test_tail_integral(void)
{
    RUN(an_exponential);
    RUN(half_of_a_normal_density);
    RUN(a_gamma_density);
}
