#include "harness.h"
#include "kernels/inference/root.h"

#include <math.h>
#include <stddef.h>

static int calls;

static double
cubic(double x, const void *context)
{
    calls++;
    return x * x * x - *(const double *)context;
}

static double
step_at_a_third(double x, const void *context)
{
    (void)context;
    return x < 1.0 / 3.0 ? -INFINITY : 1.0;
}

static void
smooth_functions(void)
{
    for (double target = 1e-6; target < 1e6; target *= 9.7) {
        calls = 0;
        const dg_bracket bracket = {0.0, 101.0, -target, 101.0 * 101.0 * 101.0 - target};
        CHECK(fabs(dg_find_root(cubic, &target, bracket, 0.0) / cbrt(target) - 1.0) < 1e-15);
        CHECK(calls < 60);
    }
}

static void
jumps_and_infinite_values(void)
{
    const dg_bracket bracket = {0.0, 1.0, -INFINITY, 1.0};
    CHECK(fabs(dg_find_root(step_at_a_third, NULL, bracket, 0.0) - 1.0 / 3.0) < 1e-15);
}

static void
no_change_of_sign(void)
{
    const double target = 8.0;
    CHECK(dg_find_root(cubic, &target, (dg_bracket){3.0, 4.0, 19.0, 56.0}, 0.0) == 3.0);
    CHECK(dg_find_root(cubic, &target, (dg_bracket){0.0, 1.0, -8.0, -7.0}, 0.0) == 1.0);
    CHECK(dg_find_root(cubic, &target, (dg_bracket){2.0, 4.0, 0.0, 56.0}, 0.0) == 2.0);
    CHECK(isnan(dg_find_root(cubic, &target, (dg_bracket){0.0, 1.0, NAN, 1.0}, 0.0)));
}

static void
a_coarse_answer_takes_fewer_calls(void)
{
    const double target = 8.0;
    const dg_bracket bracket = {0.0, 101.0, -8.0, 101.0 * 101.0 * 101.0 - 8.0};
    calls = 0;
    CHECK(fabs(dg_find_root(cubic, &target, bracket, 1e-3) - 2.0) < 1e-3);
    const int coarse = calls;
    calls = 0;
    dg_find_root(cubic, &target, bracket, 0.0);
    CHECK(coarse < calls);
}

void test_root(void);
void
test_root(void)
{
    RUN(smooth_functions);
    RUN(jumps_and_infinite_values);
    RUN(no_change_of_sign);
    RUN(a_coarse_answer_takes_fewer_calls);
}
