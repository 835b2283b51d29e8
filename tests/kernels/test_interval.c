#include "harness.h"
#include "kernels/inference/interval.h"

#include <math.h>

static dg_limits
around(double x, double n, const dg_confidence *confidence)
{
    return (dg_limits){x - n * confidence->z, x + n * confidence->z};
}

static void
levels_become_tails(void)
{
    const dg_confidence usual = dg_confidence_of(0.95), half = dg_confidence_of(0.5);
    CHECK(fabs(usual.tail - 0.025) < 1e-16 && fabs(usual.z - 1.959963984540054) < 1e-14);
    CHECK(half.tail == 0.25 && fabs(half.z - 0.6744897501960817) < 1e-15);
}

static void
methods_are_found_by_name(void)
{
    const dg_interval_method methods[] = {{"first", NULL}, {"around", around}};
    CHECK(dg_find_interval(methods, 2, "around") == around);
    CHECK(dg_find_interval(methods, 1, "around") == NULL && dg_find_interval(methods, 2, "") == NULL);
}

static bool
at_the_second_look(void *context)
{
    return ++*(int *)context == 2;
}

static void
every_sample_is_answered_until_the_caller_stops(void)
{
    const dg_confidence confidence = {0.025, 2.0};
    double x[200], n[200], low[200], high[200];
    for (int i = 0; i < 200; i++) {
        x[i] = i;
        n[i] = 1.0;
        low[i] = high[i] = NAN;
    }
    const dg_samples samples = {x, n, 200};
    const dg_limit_columns limits = {low, high};
    CHECK(dg_intervals(around, &confidence, &samples, &limits, NULL) == DG_OK);
    CHECK(low[0] == -2.0 && high[199] == 201.0);
    int looks = 0;
    low[199] = NAN;
    CHECK(dg_intervals(around, &confidence, &samples, &limits, &(dg_stop){at_the_second_look, &looks}) == DG_STOPPED);
    CHECK(looks == 2 && isnan(low[199]));
    CHECK(dg_intervals(around, &confidence, &(dg_samples){x, n, 0}, &limits, NULL) == DG_OK);
}

void test_interval(void);
void
test_interval(void)
{
    RUN(levels_become_tails);
    RUN(methods_are_found_by_name);
    RUN(every_sample_is_answered_until_the_caller_stops);
}
