#include "harness.h"
#include "kernels/resampling/step_down.h"

#include <math.h>
#include <string.h>

#define N 4

static const double NOTHING[3] = {0.0, 0.0, 0.0}, OWN[3] = {1.0, 1.0, 1.0};
static const dg_uncertain_values UNITS = {NOTHING, OWN, NULL, 3, 0};
static const dg_philox_key KEY = {{7, 11}};

/* Two families: the differences of the first two units, and one of the last two. */
static const int32_t UPPER[N] = {1, 0, 2, 1}, LOWER[N] = {0, 1, 0, 2};
static const double WEIGHT[N] = {0.70710678118654752, 0.70710678118654752, 0.70710678118654752, 0.70710678118654752};
static const double SEEN[N] = {-1.96, 1.96, 2.5, 1.645};
static const int64_t STARTS[3] = {0, 3, 4};
static const dg_differences DIFFERENCES = {UPPER, LOWER, WEIGHT, SEEN, STARTS, 2};

static void
the_largest_is_as_large_as_normals_are(void)
{
    int64_t exceeded[N] = {0};
    const size_t n = 100000;
    CHECK(dg_count_exceeded(&UNITS, &DIFFERENCES, &(dg_replicates){KEY, 0, n}, exceeded, NULL) == DG_OK);
    CHECK(exceeded[0] == 0);
    CHECK(fabs((double)exceeded[1] / (double)n - 0.05) < 0.004);  /* both directions */
    CHECK(exceeded[2] > 1200 && exceeded[2] < 1863 + 200);        /* between two and three one-sided tails of 0.0062 */
    CHECK(fabs((double)exceeded[3] / (double)n - 0.05) < 0.004);  /* one direction */
}

static void
parts_add_up_whatever_is_left_over(void)
{
    int64_t whole[N] = {0}, parts[N] = {0};
    CHECK(dg_count_exceeded(&UNITS, &DIFFERENCES, &(dg_replicates){KEY, 5, 501}, whole, NULL) == DG_OK);
    CHECK(dg_count_exceeded(&UNITS, &DIFFERENCES, &(dg_replicates){KEY, 5, 77}, parts, NULL) == DG_OK);
    CHECK(dg_count_exceeded(&UNITS, &DIFFERENCES, &(dg_replicates){KEY, 82, 424}, parts, NULL) == DG_OK);
    CHECK(memcmp(whole, parts, sizeof whole) == 0);
}

static void
a_pair_of_both_directions_is_two_hypotheses(void)
{
    const double both[N] = {-WEIGHT[0], WEIGHT[1], WEIGHT[2], WEIGHT[3]};
    const double one_seen[N] = {-1.96, -1.96, 2.5, 1.645};
    const dg_differences pairs = {UPPER, LOWER, both, SEEN, STARTS, 2};
    const dg_differences apart = {UPPER, LOWER, WEIGHT, one_seen, STARTS, 2};
    int64_t together[N] = {0}, alone[N] = {0};
    CHECK(dg_count_exceeded(&UNITS, &pairs, &(dg_replicates){KEY, 0, 1000}, together, NULL) == DG_OK);
    CHECK(dg_count_exceeded(&UNITS, &apart, &(dg_replicates){KEY, 0, 1000}, alone, NULL) == DG_OK);
    CHECK(together[0] == 0);
    CHECK(together[2] == alone[2]);
    CHECK(together[3] == alone[3]);
}

static bool
at_once(void *context)
{
    (void)context;
    return true;
}

static void
it_stops_when_asked(void)
{
    int64_t exceeded[N] = {0};
    const dg_stop stop = {at_once, NULL};
    CHECK(dg_count_exceeded(&UNITS, &DIFFERENCES, &(dg_replicates){KEY, 0, 10}, exceeded, &stop) == DG_STOPPED);
}

void test_step_down(void);

void
test_step_down(void)
{
    the_largest_is_as_large_as_normals_are();
    parts_add_up_whatever_is_left_over();
    a_pair_of_both_directions_is_two_hypotheses();
    it_stops_when_asked();
}
