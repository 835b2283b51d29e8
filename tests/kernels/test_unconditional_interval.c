#include "harness.h"
#include "kernels/inference/unconditional_interval.h"

#include <math.h>

static dg_hull
hull(dg_two_samples samples, dg_unconditional_method method, dg_alternative alternative)
{
    dg_unconditional_space space;
    dg_hull found = {NAN, NAN, false};
    const dg_question question = dg_ask(DG_DIFFERENCE, alternative, 0.95);
    CHECK(dg_make_unconditional_space(&space, (size_t)samples.n1, (size_t)samples.n2) == DG_OK);
    const dg_unconditional_side side = dg_near_side(&space, &samples, NULL);
    CHECK(dg_unconditional_hull(&side, &question, method, &found) == DG_OK);
    dg_free_unconditional_space(&space);
    return found;
}

/* 1/1 v 0/1: at a null d < 0 the largest p1 (1 - p2) is ((1 + d) / 2)^2, which is 0.025 at the
 * lower limit. */
static void
the_smallest_table(void)
{
    const dg_hull found = hull((dg_two_samples){1, 1, 0, 1}, DG_CHAN_ZHANG, DG_TWO_SIDED);
    CHECK(fabs(found.low - (2.0 * sqrt(0.025) - 1.0)) < 2e-9);
    CHECK(found.high == 1.0 && !found.rejected_inside);
}

static void
one_side_leaves_the_other_open(void)
{
    const dg_two_samples samples = {7, 10, 3, 12};
    const dg_hull above = hull(samples, DG_CHAN_ZHANG, DG_GREATER),
                  below = hull(samples, DG_AGRESTI_MIN, DG_LESS);
    CHECK(above.high == 1.0 && above.low > 0.0 && above.low < 0.45);
    CHECK(below.low == -1.0 && below.high < 1.0 && below.high > 0.45);
}

static void
sides_change_places(void)
{
    for (int method = 0; method < 2; method++) {
        const dg_hull one =
                hull((dg_two_samples){7, 10, 3, 12}, (dg_unconditional_method)method, DG_TWO_SIDED);
        const dg_hull other =
                hull((dg_two_samples){3, 12, 7, 10}, (dg_unconditional_method)method, DG_TWO_SIDED);
        CHECK(fabs(one.low + other.high) < 2e-9 && fabs(one.high + other.low) < 2e-9);
    }
}

void
test_unconditional_interval(void);
void
test_unconditional_interval(void)
{
    RUN(the_smallest_table);
    RUN(one_side_leaves_the_other_open);
    RUN(sides_change_places);
}
