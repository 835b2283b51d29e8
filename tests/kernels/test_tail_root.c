#include "harness.h"
#include "kernels/distributions/tail_root.h"

#include <math.h>

static dg_tail
exponential_upper(double x, const void *context)
{
    const double rate = *(const double *)context;
    return (dg_tail){exp(-rate * x), -rate * x * exp(-rate * x)};
}

static dg_tail
exponential_lower(double x, const void *context)
{
    const double rate = *(const double *)context;
    return (dg_tail){-expm1(-rate * x), rate * x * exp(-rate * x)};
}

static dg_tail
step(double x, const void *context)
{
    return (dg_tail){x < *(const double *)context ? 0.0 : 1.0, 0.0};
}

static void
rising_and_falling_tails_from_any_start(void)
{
    const double rate = 0.25;
    for (double guess = 1e-6; guess < 1e7; guess *= 10.0) {
        CHECK(fabs(dg_find_tail_root(exponential_upper, &rate, 0.025, (dg_search){guess, 1e300, false}) / (-log(0.025) / rate) - 1.0) < 4e-15);
        CHECK(fabs(dg_find_tail_root(exponential_lower, &rate, 0.025, (dg_search){guess, 1e300, true}) / (-log1p(-0.025) / rate) - 1.0) < 4e-15);
    }
}

static void
targets_that_are_never_reached_give_an_end(void)
{
    const double rate = 1.0;
    CHECK(fabs(dg_find_tail_root(exponential_lower, &rate, 0.9, (dg_search){0.5, 1.0, true}) - 1.0) < 4e-15);
    CHECK(dg_find_tail_root(exponential_upper, &rate, 2.0, (dg_search){0.5, 1.0, false}) < 1e-300);
}

static void
a_jump_is_found_by_halving(void)
{
    const double at = 0.3;
    CHECK(fabs(dg_find_tail_root(step, &at, 0.5, (dg_search){0.9, 1.0, true}) - 0.3) < 1e-15);
}

void test_tail_root(void);
void
test_tail_root(void)
{
    RUN(rising_and_falling_tails_from_any_start);
    RUN(targets_that_are_never_reached_give_an_end);
    RUN(a_jump_is_found_by_halving);
}
