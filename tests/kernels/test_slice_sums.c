#include "harness.h"
#include "kernels/surveys/slice_sums.h"

#include <math.h>

#define N ((size_t)2500)

static int32_t clusters[N], domains[N];
static double weights[N], values[N];

/* Five clusters by two domains; whole numbers, so that plain sums are exact. */
static void
fill(void)
{
    for (size_t i = 0; i < N; i++) {
        clusters[i] = (int32_t)(i * 7 % 5);
        domains[i] = (int32_t)(i % 3) - 1;
        weights[i] = (double)(i % 11);
        values[i] = (double)(i % 4) - 1.5;
    }
}

static const dg_term terms[3] = {{{0, -1, -1}}, {{0, 1, -1}}, {{0, 1, 1}}};
static const int lows[3] = {-80, -80, -80};

static dg_status
sum(size_t first, size_t n, dg_cluster_run *run, dg_bad_cluster_row *bad)
{
    const dg_strided_values cluster = {(const unsigned char *)clusters, 4, 4, false};
    const dg_strided_values domain = {(const unsigned char *)domains, 4, 4, false};
    const dg_strided_values columns[2] = {{(const unsigned char *)weights, 8, 8, false},
                                          {(const unsigned char *)values, 8, 8, false}};
    const dg_cluster_rows rows = {&cluster, &domain, columns, 2, terms, lows, 3};
    dg_pair_layout layout;
    dg_slice_space space;
    CHECK(dg_pair_layout_of(5, 2, &layout));
    CHECK(dg_start_slice_space(&space, &layout, N, 2) == DG_OK);
    const dg_status status = dg_sum_slice(&layout, &rows, first, n, &space, run, bad);
    dg_free_slice_space(&space);
    return status;
}

static void
sums_are_those_of_a_plain_loop(void)
{
    dg_cluster_run run;
    dg_bad_cluster_row bad;
    fill();
    CHECK(sum(3, N - 3, &run, &bad) == DG_OK && run.n == 10);
    double expected[3][10] = {{0}};
    uint64_t nobs[10] = {0};
    for (size_t i = 3; i < N; i++) {
        const size_t pair = domains[i] < 0 ? 10 : (size_t)(2 * clusters[i] + domains[i]);
        if (pair < 10) {
            nobs[pair]++;
            expected[0][pair] += weights[i];
            expected[1][pair] += weights[i] * values[i];
            expected[2][pair] += weights[i] * values[i] * values[i];
        }
    }
    for (size_t pair = 0; pair < run.n; pair++) {
        CHECK(run.keys[pair] == pair && run.nobs[pair] == nobs[pair]);
        for (size_t term = 0; term < 3; term++) {
            CHECK(dg_read_units(dg_run_units(&run, term)[pair], lows[term]) == expected[term][pair]);
        }
    }
    dg_free_run(&run);
}

static void
nothing_comes_to_nothing(void)
{
    dg_cluster_run run;
    dg_bad_cluster_row bad;
    fill();
    CHECK(sum(0, 0, &run, &bad) == DG_OK && run.n == 0);
    dg_free_run(&run);
    CHECK(sum(0, 1, &run, &bad) == DG_OK && run.n == 0); /* in no domain */
    dg_free_run(&run);
}

static void
what_does_not_fit_is_refused(void)
{
    const double wrong[4] = {NAN, INFINITY, 0x1p11, -0x1p11};
    dg_cluster_run run;
    dg_bad_cluster_row bad;
    for (size_t i = 0; i < 4; i++) {
        fill();
        weights[2000] = wrong[i];
        CHECK(sum(0, N, &run, &bad) == DG_WEIGHT_OUTSIDE_WINDOW && bad.row == 2000 && bad.term == 0);
        CHECK(run.keys == NULL);
    }
    fill();
    weights[2000] = 0x1p9; /* fits, its product does not */
    values[2000] = 4;
    CHECK(sum(0, N, &run, &bad) == DG_WEIGHT_OUTSIDE_WINDOW && bad.row == 2000 && bad.term == 1);
    fill();
    clusters[2001] = 5;
    CHECK(sum(0, N, &run, &bad) == DG_CODE_OUT_OF_RANGE && bad.pair.row == 2001 && !bad.pair.is_domain);
}

/* Bits below the unit are rounded to the nearest, halves away from zero. */
static void
small_numbers_are_rounded(void)
{
    const double numbers[6] = {0x1p-81, -0x1p-81, 0x1.8p-80, 0x1p-82, 0x1.fffffffffffffp-82, 0x1p-300};
    const double expected[6] = {0x1p-80, -0x1p-80, 0x1p-79, 0, 0, 0};
    dg_cluster_run run;
    dg_bad_cluster_row bad;
    for (size_t i = 0; i < 6; i++) {
        fill();
        domains[0] = 0;
        weights[0] = numbers[i];
        CHECK(sum(0, 1, &run, &bad) == DG_OK && run.n == 1);
        CHECK(dg_read_units(dg_run_units(&run, 0)[0], lows[0]) == expected[i]);
        dg_free_run(&run);
    }
}

static void
more_than_memory(void)
{
    dg_pair_layout layout;
    dg_slice_space space;
    CHECK(dg_pair_layout_of(5, 2, &layout));
    CHECK(dg_start_slice_space(&space, &layout, 1, SIZE_MAX) == DG_NO_MEMORY);
}

void test_slice_sums(void);
void
test_slice_sums(void)
{
    RUN(sums_are_those_of_a_plain_loop);
    RUN(nothing_comes_to_nothing);
    RUN(what_does_not_fit_is_refused);
    RUN(small_numbers_are_rounded);
    RUN(more_than_memory);
}
