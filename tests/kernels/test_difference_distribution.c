#include "harness.h"
#include "kernels/resampling/difference_distribution.h"

#include <math.h>

/* P(D <= k), by listing every pair. */
static double
enumerated(const dg_two_shares *shares, int64_t k)
{
    double sum = 0.0;
    for (int64_t x1 = 0; x1 <= shares->nobs1; x1++) {
        for (int64_t x2 = 0; x2 <= shares->nobs2; x2++) {
            if (x1 * shares->nobs2 - x2 * shares->nobs1 <= k) {
                sum += dg_binomial_chance(x1, shares->nobs1, shares->count1, shares->nobs1) *
                       dg_binomial_chance(x2, shares->nobs2, shares->count2, shares->nobs2);
            }
        }
    }
    return sum;
}

static void
check_quantiles(const dg_two_shares *shares, double tail)
{
    int64_t low, high;
    CHECK(dg_difference_quantiles(shares, tail, &low, &high, NULL) == DG_OK);
    CHECK(enumerated(shares, low) >= tail * (1.0 - 1e-11) && enumerated(shares, low - 1) < tail);
    CHECK(1.0 - enumerated(shares, high) <= tail * (1.0 + 1e-11));
    CHECK(1.0 - enumerated(shares, high - 1) > tail);
}

static void
quantiles_are_the_smallest_values_that_reach(void)
{
    for (int64_t n1 = 1; n1 <= 7; n1++) {
        for (int64_t n2 = 1; n2 <= 6; n2++) {
            for (int64_t x1 = 0; x1 <= n1; x1++) {
                check_quantiles(&(dg_two_shares){x1, n1, n2 / 2, n2}, 0.025);
                check_quantiles(&(dg_two_shares){x1, n1, n2 / 2, n2}, 0.2);
            }
        }
    }
}

/* Of two fair coins each: 1/16, 4/16, 6/16, 4/16, 1/16 at -1, -1/2, 0, 1/2, 1 (times 4). */
static void
quantiles_exactly_at_a_step(void)
{
    const dg_two_shares coins = {1, 2, 1, 2};
    int64_t low, high;
    CHECK(dg_difference_quantiles(&coins, 1.0 / 16, &low, &high, NULL) == DG_OK);
    CHECK(low == -4 && high == 2);
    CHECK(dg_difference_quantiles(&coins, 5.0 / 16, &low, &high, NULL) == DG_OK);
    CHECK(low == -2 && high == 0);
}

static void
shares_without_spread(void)
{
    int64_t low, high;
    CHECK(dg_difference_quantiles(&(dg_two_shares){3, 3, 0, 9}, 0.025, &low, &high, NULL) == DG_OK);
    CHECK(low == 27 && high == 27);
}

static void
the_largest_groups(void)
{
    const int64_t n = DG_LARGEST_TOTAL;
    int64_t low, high;
    CHECK(dg_difference_quantiles(&(dg_two_shares){2, n, n - 3, n}, 0.025, &low, &high, NULL) == DG_OK);
    CHECK(low % n == 0 && high % n == 0 && low >= -n * n && high <= -n * n + 20 * n);
}

/* Three of four and one of five: (C(4,3) C(5,1) + C(4,4)) / C(9,4) = 21/126 at least. */
static void
tails_of_a_shuffle(void)
{
    double at_most, at_least;
    CHECK(dg_permutation_tails(&(dg_two_shares){3, 4, 1, 5}, &at_most, &at_least) == DG_OK);
    CHECK(fabs(at_least - 21.0 / 126.0) < 1e-15 && fabs(at_most - 125.0 / 126.0) < 1e-15);
    CHECK(dg_permutation_tails(&(dg_two_shares){4, 4, 5, 5}, &at_most, &at_least) == DG_OK);
    CHECK(at_most == 1.0 && at_least == 1.0);
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
stops_when_asked(void)
{
    int64_t low, high;
    const dg_stop stop = {always, NULL};
    CHECK(dg_difference_quantiles(&(dg_two_shares){3, 9, 4, 9}, 0.025, &low, &high, &stop) == DG_STOPPED);
}

void test_difference_distribution(void);
void
test_difference_distribution(void)
{
    RUN(quantiles_are_the_smallest_values_that_reach);
    RUN(quantiles_exactly_at_a_step);
    RUN(shares_without_spread);
    RUN(the_largest_groups);
    RUN(tails_of_a_shuffle);
    RUN(stops_when_asked);
}
