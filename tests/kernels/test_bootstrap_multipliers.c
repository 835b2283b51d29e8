#include "harness.h"
#include "kernels/surveys/bootstrap_multipliers.h"

#include <math.h>
#include <string.h>

enum { CLUSTERS = 8, REPLICATES = 37 };

static const int64_t SIZES[] = {5, 0, 1, 2};
static const double FRACTIONS[] = {0.0, 0.0, 0.0, 0.75};
static const dg_sampled_strata STRATA = {SIZES, FRACTIONS, 4};
static const dg_philox_key KEY = {{7, 11}};

static void
clusters_of_a_stratum_count_for_as_many_as_there_are(void)
{
    double drawn[CLUSTERS * REPLICATES];
    CHECK(dg_bootstrap_multipliers(&STRATA, KEY, 0, REPLICATES, drawn, NULL) == DG_OK);
    for (size_t r = 0; r < REPLICATES; r++) {
        double five = 0.0;
        for (size_t cluster = 0; cluster < 5; cluster++) {
            const double times = drawn[cluster * REPLICATES + r] / 1.25;
            CHECK(times == floor(times) && times >= 0.0 && times <= 4.0);
            five += drawn[cluster * REPLICATES + r];
        }
        CHECK(five == 5.0);
        CHECK(drawn[5 * REPLICATES + r] == 1.0);
        const double first = drawn[6 * REPLICATES + r], second = drawn[7 * REPLICATES + r];
        CHECK((first == 0.5 && second == 1.5) || (first == 1.5 && second == 0.5));
    }
}

static void
a_replicate_does_not_depend_on_where_drawing_starts(void)
{
    double all[CLUSTERS * REPLICATES], part[CLUSTERS * 2];
    CHECK(dg_bootstrap_multipliers(&STRATA, KEY, 100, REPLICATES, all, NULL) == DG_OK);
    for (size_t first = 0; first + 2 <= REPLICATES; first++) {
        CHECK(dg_bootstrap_multipliers(&STRATA, KEY, 100 + first, 2, part, NULL) == DG_OK);
        for (size_t cluster = 0; cluster < CLUSTERS; cluster++) {
            CHECK(memcmp(&part[cluster * 2], &all[cluster * REPLICATES + first], 2 * sizeof(double)) == 0);
        }
    }
}

static void
numbers_below_are_equally_likely(void)
{
    dg_halves stream = {.words = dg_philox_start(KEY, 3)};
    int seen[6] = {0};
    for (int i = 0; i < 60000; i++) {
        const uint32_t number = dg_draw_below(&stream, 6);
        CHECK(number < 6);
        seen[number < 6 ? number : 0]++;
    }
    for (int i = 0; i < 6; i++) {
        CHECK(seen[i] > 9500 && seen[i] < 10500);
    }
    CHECK(dg_draw_below(&stream, 1) == 0);
}

/* Of n = 3 * 2^30 a quarter of the halves are refused; those that are not give all thirds as often. */
static void
halves_that_favour_small_numbers_are_refused(void)
{
    dg_halves stream = {.words = dg_philox_start(KEY, 4)};
    int residues[3] = {0};
    for (int i = 0; i < 30000; i++) {
        residues[dg_draw_below(&stream, UINT32_C(3) << 30) % 3]++;
    }
    for (int i = 0; i < 3; i++) {
        CHECK(residues[i] > 9700 && residues[i] < 10300);
    }
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
it_stops_when_asked(void)
{
    double drawn[CLUSTERS];
    const dg_stop stop = {always, NULL};
    CHECK(dg_bootstrap_multipliers(&STRATA, KEY, 0, 1, drawn, &stop) == DG_STOPPED);
}

void test_bootstrap_multipliers(void);
void
test_bootstrap_multipliers(void)
{
    RUN(clusters_of_a_stratum_count_for_as_many_as_there_are);
    RUN(a_replicate_does_not_depend_on_where_drawing_starts);
    RUN(numbers_below_are_equally_likely);
    RUN(halves_that_favour_small_numbers_are_refused);
    RUN(it_stops_when_asked);
}
