#include "harness.h"
#include "kernels/inference/unconditional_test.h"

#include <math.h>

static double
pvalue(dg_two_samples samples, double null, dg_unconditional_method method,
       dg_alternative alternative)
{
    dg_unconditional_space space;
    double p = NAN;
    CHECK(dg_make_unconditional_space(&space, (size_t)samples.n1, (size_t)samples.n2) == DG_OK);
    const dg_unconditional_side side = dg_near_side(&space, &samples, NULL);
    CHECK(dg_unconditional_pvalue(&side, null, method, alternative, &p) == DG_OK);
    dg_free_unconditional_space(&space);
    return p;
}

static void
the_supremum_hides_near_one(void)
{
    const dg_two_samples samples = {130, 300, 110, 300};
    CHECK(fabs(pvalue(samples, 0.0, DG_AGRESTI_MIN, DG_TWO_SIDED) - 0.101151170951) < 1e-10);
    CHECK(fabs(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_TWO_SIDED) - 0.101151170951) < 1e-10);
    CHECK(fabs(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_GREATER) - 0.0505755854755) < 1e-10);
}

/* 1/1 v 0/1: t (1 - t) is a quarter at most. */
static void
the_smallest_table(void)
{
    const dg_two_samples samples = {1, 1, 0, 1};
    CHECK(fabs(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_GREATER) - 0.25) < 1e-10);
    CHECK(fabs(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_LESS) - 1.0) < 1e-10);
    CHECK(fabs(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_TWO_SIDED) - 0.5) < 1e-10);
    CHECK(fabs(pvalue(samples, 0.0, DG_AGRESTI_MIN, DG_TWO_SIDED) - 0.5) < 1e-10);
    CHECK(fabs(pvalue(samples, 1.0, DG_CHAN_ZHANG, DG_TWO_SIDED) - 1.0) < 1e-10);
    CHECK(fabs(pvalue(samples, -1.0, DG_CHAN_ZHANG, DG_TWO_SIDED)) < 1e-10);
}

static void
nothing_is_more_extreme_than_no_difference(void)
{
    const dg_two_samples samples = {0, 4, 0, 7};
    CHECK(pvalue(samples, 0.0, DG_AGRESTI_MIN, DG_TWO_SIDED) == 1.0);
    CHECK(pvalue(samples, 0.0, DG_CHAN_ZHANG, DG_TWO_SIDED) == 1.0);
}

void
test_unconditional_test(void);
void
test_unconditional_test(void)
{
    RUN(the_supremum_hides_near_one);
    RUN(the_smallest_table);
    RUN(nothing_is_more_extreme_than_no_difference);
}
