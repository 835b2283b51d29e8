#include "harness.h"
#include "kernels/surveys/cluster_run.h"

#include <float.h>
#include <math.h>

static void
reading_rounds_once(void)
{
    const dg_units one = 1;
    CHECK(dg_read_units(0, 0) == 0.0 && dg_read_units(3, 0) == 3.0 && dg_read_units(-(dg_units)3, -1) == -1.5);
    CHECK(dg_read_units((one << 53) + 1, 0) == 0x1p53);         /* a tie goes to the even */
    CHECK(dg_read_units((one << 53) + 3, 0) == 0x1p53 + 4);
    CHECK(dg_read_units((one << 100) + (one << 47) + 1, 0) == 0x1p100 + 0x1p48); /* just above a tie */
    CHECK(dg_read_units(-((one << 100) + (one << 47)), 0) == -0x1p100);
    CHECK(dg_read_units(one << 127, 0) == -0x1p127);
    CHECK(dg_read_units(1, -1074) == 0x1p-1074 && dg_read_units(-one, -1074) == -0x1p-1074);
    CHECK(dg_read_units((one << 60) + 1, -1074) == 0x1p-1014); /* normal again, and rounded once */
    CHECK(dg_read_units(1, -1022) == DBL_MIN && dg_read_units(one << 90, 1023) == INFINITY);
    CHECK(dg_read_units(-(one << 90), 1023) == -INFINITY && dg_read_units(1, 1023) == 0x1p1023);
}

/* Pairs first, first + step ... with sums of two terms. */
static dg_cluster_run
run_of(uint64_t first, uint64_t step, size_t n)
{
    dg_cluster_run run;
    CHECK(dg_start_run(&run, n, 2) == DG_OK);
    for (size_t i = 0; i < n; i++) {
        run.keys[i] = first + step * i;
        run.nobs[i] = 1 + i;
        dg_run_units(&run, 0)[i] = run.keys[i];
        dg_run_units(&run, 1)[i] = -(dg_units)run.keys[i] << 80;
    }
    return run;
}

static void
merged(uint64_t step_a, size_t n_a, uint64_t step_b, size_t n_b, size_t expected)
{
    dg_cluster_run a = run_of(3, step_a, n_a), b = run_of(3, step_b, n_b), both;
    CHECK(dg_merge_runs(&a, &b, &both, NULL) == DG_OK);
    CHECK(both.n == expected && both.n_terms == 2 && both.keys[both.n] == UINT64_MAX);
    uint64_t rows = n_a * (n_a + 1) / 2 + n_b * (n_b + 1) / 2;
    for (size_t i = 0; i < both.n; i++) {
        const uint64_t key = both.keys[i];
        const uint64_t times = (uint64_t)((key - 3) % step_a == 0 && (key - 3) / step_a < n_a) +
                               (uint64_t)((key - 3) % step_b == 0 && (key - 3) / step_b < n_b);
        CHECK(i == 0 || both.keys[i - 1] < key);
        CHECK(dg_run_units(&both, 0)[i] == times * key && dg_run_units(&both, 1)[i] == -((dg_units)(times * key) << 80));
        rows -= both.nobs[i];
    }
    CHECK(rows == 0);
    dg_free_run(&a);
    dg_free_run(&b);
    dg_free_run(&both);
}

static void
runs_are_merged(void)
{
    merged(2, 10, 3, 10, 16);
    merged(1, 5, 1, 5, 5);
    merged(1, 0, 1, 7, 7);
    merged(1, 7, 1, 0, 7);
    merged(1, 0, 1, 0, 0);
    merged(2, 70000, 1, 70000, 105000); /* in more than one piece */
}

static bool
always(void *context)
{
    return context == NULL;
}

static void
merging_and_reading_stop(void)
{
    dg_cluster_run a = run_of(0, 2, 5), both = {0};
    const dg_stop stop = {always, NULL};
    CHECK(dg_merge_runs(&a, &a, &both, &stop) == DG_STOPPED && both.keys == NULL);
    int32_t codes[10];
    int64_t nobs[5];
    double sums[10];
    const dg_run_reading reading = {codes, codes + 5, nobs, sums};
    const int lows[2] = {0, 0};
    CHECK(dg_read_run(&a, 1, lows, &reading, &stop) == DG_STOPPED);
    dg_free_run(&a);
}

static void
a_run_is_read(void)
{
    dg_cluster_run run = run_of(5, 3, 3); /* 5, 8, 11: with one bit of domain (2, 1), (4, 0), (5, 1) */
    int32_t cluster[3], domain[3];
    int64_t nobs[3];
    double sums[6];
    const dg_run_reading reading = {cluster, domain, nobs, sums};
    const int lows[2] = {-1, -80};
    CHECK(dg_read_run(&run, 1, lows, &reading, NULL) == DG_OK);
    CHECK(cluster[0] == 2 && domain[0] == 1 && cluster[1] == 4 && domain[1] == 0 && cluster[2] == 5 && domain[2] == 1);
    CHECK(nobs[2] == 3 && sums[0] == 2.5 && sums[2] == 5.5 && sums[3] == -5 && sums[5] == -11);
    dg_free_run(&run);
}

static void
more_than_memory(void)
{
    dg_cluster_run run;
    CHECK(dg_start_run(&run, SIZE_MAX, 1) == DG_NO_MEMORY && dg_start_run(&run, SIZE_MAX / 4, 8) == DG_NO_MEMORY);
    CHECK(dg_start_run(&run, 0, 0) == DG_OK && run.keys[0] == UINT64_MAX);
    dg_free_run(&run);
}

void test_cluster_run(void);
void
test_cluster_run(void)
{
    RUN(reading_rounds_once);
    RUN(runs_are_merged);
    RUN(merging_and_reading_stop);
    RUN(a_run_is_read);
    RUN(more_than_memory);
}
