#include "harness.h"
#include "kernels/resampling/rank_draws.h"

#include <string.h>

#define UNITS 4

static const double VALUE[UNITS] = {0.0, 0.5, 0.5, 3.0}, OWN[UNITS] = {1.0, 0.0, 0.0, 1.0};
static const dg_uncertain_values VALUES = {VALUE, OWN, NULL, UNITS, 0};
static const dg_philox_key KEY = {{7, 11}};

static void
every_replicate_is_counted_once(void)
{
    for (size_t n = 0; n < 200; n += 33) {
        int64_t counts[UNITS * UNITS] = {0};
        CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 0, n}, counts, NULL) == DG_OK);
        for (size_t unit = 0; unit < UNITS; unit++) {
            int64_t total = 0;
            for (size_t rank = 0; rank < UNITS; rank++) {
                total += counts[unit * UNITS + rank];
            }
            CHECK(total == (int64_t)n);
        }
    }
}

static void
parts_add_up(void)
{
    int64_t whole[UNITS * UNITS] = {0}, parts[UNITS * UNITS] = {0};
    CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 5, 500}, whole, NULL) == DG_OK);
    CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 5, 77}, parts, NULL) == DG_OK);
    CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 82, 423}, parts, NULL) == DG_OK);
    CHECK(memcmp(whole, parts, sizeof whole) == 0);
}

static void
equal_values_share_a_rank(void)
{
    int64_t counts[UNITS * UNITS] = {0};
    CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 0, 1000}, counts, NULL) == DG_OK);
    CHECK(memcmp(counts + UNITS, counts + 2 * UNITS, UNITS * sizeof(int64_t)) == 0);
    CHECK(counts[UNITS + 3] == 0);
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
    int64_t counts[UNITS * UNITS] = {0};
    const dg_stop stop = {at_once, NULL};
    CHECK(dg_count_ranks(&VALUES, &(dg_replicates){KEY, 0, 1000}, counts, &stop) == DG_STOPPED);
    const dg_uncertain_values nobody = {NULL, NULL, NULL, 0, 0};
    CHECK(dg_count_ranks(&nobody, &(dg_replicates){KEY, 0, 10}, counts, NULL) == DG_OK);
}

void test_rank_draws(void);

void
test_rank_draws(void)
{
    every_replicate_is_counted_once();
    parts_add_up();
    equal_values_share_a_rank();
    it_stops_when_asked();
}
