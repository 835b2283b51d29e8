#include "harness.h"
#include "kernels/resampling/binomial_draws.h"

#include <math.h>

#define DRAWS 20000

static void
check_shares(int64_t n, int64_t hits, int64_t of)
{
    static int seen[2001];
    const dg_binomial binomial = dg_prepare_binomial(n, hits, of);
    dg_philox stream = dg_philox_start((dg_philox_key){{5, 8}}, 1);
    for (int64_t x = 0; x <= n; x++) {
        seen[x] = 0;
    }
    for (int i = 0; i < DRAWS; i++) {
        const int64_t x = dg_draw_binomial(&binomial, &stream);
        CHECK(x >= 0 && x <= n);
        seen[x]++;
    }
    for (int64_t x = 0; x <= n; x++) {
        const double expected = DRAWS * dg_binomial_chance(x, n, hits, of);
        CHECK(fabs(seen[x] - expected) <= 6.0 * sqrt(expected) + 3.0);
    }
}

static void
draws_follow_their_law(void)
{
    check_shares(10, 3, 10);
    check_shares(20, 1, 2);
    check_shares(25, 13, 25);
    check_shares(2000, 1, 200);
    check_shares(2000, 199, 200);
    check_shares(2000, 1, 3);
    check_shares(40, 1, 10000);
}

/* Means of many draws where n is too large to tabulate. */
static void
check_mean(int64_t n, int64_t hits, int64_t of)
{
    const dg_binomial binomial = dg_prepare_binomial(n, hits, of);
    const double p = (double)hits / (double)of, mean = (double)n * p, deviation = sqrt(mean * (1.0 - p));
    dg_philox stream = dg_philox_start((dg_philox_key){{5, 8}}, 2);
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < DRAWS; i++) {
        const double z = ((double)dg_draw_binomial(&binomial, &stream) - mean) / deviation;
        sum += z;
        squares += z * z;
    }
    CHECK(fabs(sum) < 5.0 * sqrt(DRAWS));
    CHECK(fabs(squares - DRAWS) < 5.0 * sqrt(2.0 * DRAWS) + 0.2 * DRAWS / mean);
}

static void
means_and_variances_of_large_ones(void)
{
    check_mean(DG_LARGEST_TOTAL, 1, 2);
    check_mean(DG_LARGEST_TOTAL, 1, 1000000);
    check_mean(DG_LARGEST_TOTAL, DG_LARGEST_TOTAL - 30, DG_LARGEST_TOTAL);
    check_mean(1000000, 999, 1000);
}

static void
which_way_of_drawing(void)
{
    CHECK(!dg_prepare_binomial(20, 49, 100).rejects && dg_prepare_binomial(20, 1, 2).rejects);
    CHECK(dg_prepare_binomial(20, 51, 100).flipped && !dg_prepare_binomial(20, 1, 2).flipped);
}

static void
certain_outcomes(void)
{
    dg_philox stream = dg_philox_start((dg_philox_key){{5, 8}}, 0);
    const dg_binomial never = dg_prepare_binomial(50, 0, 7), always = dg_prepare_binomial(50, 7, 7);
    const dg_binomial nobody = dg_prepare_binomial(0, 3, 7);
    for (int i = 0; i < 10; i++) {
        CHECK(dg_draw_binomial(&never, &stream) == 0 && dg_draw_binomial(&always, &stream) == 50);
        CHECK(dg_draw_binomial(&nobody, &stream) == 0);
    }
}

void test_binomial_draws(void);
void
test_binomial_draws(void)
{
    RUN(draws_follow_their_law);
    RUN(means_and_variances_of_large_ones);
    RUN(which_way_of_drawing);
    RUN(certain_outcomes);
}
