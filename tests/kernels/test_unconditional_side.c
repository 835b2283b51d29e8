#include "harness.h"
#include "kernels/inference/unconditional_side.h"

#include <math.h>

static void
sides_mirror_each_other(void)
{
    const dg_two_samples samples = {5, 9, 4, 12};
    dg_unconditional_space space;
    CHECK(dg_make_unconditional_space(&space, 9, 12) == DG_OK);
    const dg_unconditional_side near = dg_near_side(&space, &samples, NULL),
                                far = dg_far_side(&near), back = dg_far_side(&far);
    CHECK(far.samples.n1 == 12 && far.upper == near.lower && far.first == near.second);
    CHECK(back.samples.x1 == 5 && back.upper == near.upper && back.first == near.first);
    CHECK(fabs(dg_side_statistic(&near, 0.2) + dg_side_statistic(&far, -0.2)) < 1e-13);
    dg_free_unconditional_space(&space);
}

static void
small_probabilities_are_found_to_the_last_place(void)
{
    const dg_two_samples samples = {300, 300, 0, 300};
    dg_unconditional_space space;
    CHECK(dg_make_unconditional_space(&space, 300, 300) == DG_OK);
    const dg_unconditional_side side = dg_near_side(&space, &samples, NULL);
    dg_fill_upper(&side, 0.0, dg_side_statistic(&side, 0.0));
    const dg_region_tail tail = dg_upper_tail(&side, 0.0);
    double found;
    CHECK(dg_side_maximum(&side, &tail, INFINITY, &found) == DG_OK);
    CHECK(fabs(found / pow(0.25, 300.0) - 1.0) < 1e-9); /* t^300 (1 - t)^300 at a half */
    dg_free_unconditional_space(&space);
}

void
test_unconditional_side(void);
void
test_unconditional_side(void)
{
    RUN(sides_mirror_each_other);
    RUN(small_probabilities_are_found_to_the_last_place);
}
