#include "kernels/surveys/cluster_run.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/checked_size.h"
#include "kernels/counting/digit_rounding.h"
#include "kernels/surveys/large_memory.h"

#define BETWEEN_LOOKS ((size_t)1 << 16) /* pairs merged between two looks at whether to stop */
#define LEAST_NORMAL (-1022)

dg_status
dg_start_run(dg_cluster_run *run, size_t n, size_t n_terms)
{
    size_t n_units;
    *run = (dg_cluster_run){0};
    if (n == SIZE_MAX || !dg_checked_multiply(n + 1, n_terms, &n_units)) {
        return DG_NO_MEMORY;
    }
    *run = (dg_cluster_run){
            .n = n,
            .n_terms = n_terms,
            .keys = dg_take_memory(n + 1, sizeof *run->keys),
            .nobs = dg_take_memory(n + 1, sizeof *run->nobs),
            .units = dg_take_memory(n_units, sizeof *run->units),
    };
    if (run->keys == NULL || run->nobs == NULL || run->units == NULL) {
        dg_free_run(run);
        return DG_NO_MEMORY;
    }
    run->keys[n] = UINT64_MAX;
    run->nobs[n] = 0;
    for (size_t term = 0; term < n_terms; term++) {
        dg_run_units(run, term)[n] = 0;
    }
    return DG_OK;
}

void
dg_free_run(dg_cluster_run *run)
{
    free(run->keys);
    free(run->nobs);
    free(run->units);
    *run = (dg_cluster_run){0};
}

/* Where the sums of a merged pair come from: a pair that only one run has takes the 0 after the last of the other. */
typedef struct {
    uint32_t a;
    uint32_t b;
} source;

/* How many pairs two runs have together. */
static size_t
pairs_of_both(const dg_cluster_run *a, const dg_cluster_run *b)
{
    size_t i = 0, j = 0, n = 0;
    for (; i < a->n || j < b->n; n++) {
        const uint64_t first = a->keys[i], second = b->keys[j];
        i += first <= second;
        j += second <= first;
    }
    return n;
}

/* The next n pairs, from *i and *j on. */
static void
merge_keys(const dg_cluster_run *a, const dg_cluster_run *b, size_t *i, size_t *j, uint64_t *keys, source *sources,
           size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const uint64_t first = a->keys[*i], second = b->keys[*j];
        const bool from_a = first <= second, from_b = second <= first;
        keys[k] = from_a ? first : second;
        sources[k] = (source){(uint32_t)(from_a ? *i : a->n), (uint32_t)(from_b ? *j : b->n)};
        *i += from_a;
        *j += from_b;
    }
}

/* The sums of pairs first .. first + n - 1 of the merged run. */
static void
add_sources(const dg_cluster_run *a, const dg_cluster_run *b, const source *sources, dg_cluster_run *merged, size_t first,
            size_t n)
{
    for (size_t k = 0; k < n; k++) {
        merged->nobs[first + k] = a->nobs[sources[k].a] + b->nobs[sources[k].b];
    }
    for (size_t term = 0; term < merged->n_terms; term++) {
        const dg_units *of_a = dg_run_units(a, term), *of_b = dg_run_units(b, term);
        dg_units *sums = dg_run_units(merged, term) + first;
        for (size_t k = 0; k < n; k++) {
            sums[k] = of_a[sources[k].a] + of_b[sources[k].b];
        }
    }
}

/* Piece by piece, so that where sums come from stays near the processor. */
static dg_status
merge_pieces(const dg_cluster_run *a, const dg_cluster_run *b, dg_cluster_run *merged, source *sources,
             const dg_stop *stop)
{
    size_t i = 0, j = 0;
    for (size_t first = 0; first < merged->n; first += BETWEEN_LOOKS) {
        const size_t left = merged->n - first, n = left < BETWEEN_LOOKS ? left : BETWEEN_LOOKS;
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        merge_keys(a, b, &i, &j, merged->keys + first, sources, n);
        add_sources(a, b, sources, merged, first, n);
    }
    return DG_OK;
}

dg_status
dg_merge_runs(const dg_cluster_run *a, const dg_cluster_run *b, dg_cluster_run *merged, const dg_stop *stop)
{
    *merged = (dg_cluster_run){0};
    if (a->n >= UINT32_MAX || b->n >= UINT32_MAX) {
        return DG_NO_MEMORY;
    }
    source *sources = malloc(BETWEEN_LOOKS * sizeof *sources);
    dg_status status = sources == NULL ? DG_NO_MEMORY : dg_start_run(merged, pairs_of_both(a, b), a->n_terms);
    if (status == DG_OK) {
        status = merge_pieces(a, b, merged, sources, stop);
    }
    if (status != DG_OK) {
        dg_free_run(merged);
    }
    free(sources);
    return status;
}

/* 2**exponent for the exponents of normal numbers. */
static double
power_of_two(int exponent)
{
    const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* Where a result may be subnormal, and must not be rounded twice. */
static double
read_small(dg_units magnitude, int low)
{
    uint64_t digits[4];
    for (size_t k = 0; k < 4; k++, magnitude >>= 32) {
        digits[k] = (uint64_t)magnitude & UINT64_C(0xffffffff);
    }
    return dg_round_digits(digits, 4, low);
}

double
dg_read_units(dg_units units, int low)
{
    const bool negative = units >> 127 != 0;
    const dg_units magnitude = negative ? -units : units;
    const double value = low < LEAST_NORMAL ? read_small(magnitude, low) : (double)magnitude * power_of_two(low);
    return negative ? -value : value;
}

dg_status
dg_read_run(const dg_cluster_run *run, unsigned domain_bits, const int *lows, const dg_run_reading *reading,
            const dg_stop *stop)
{
    const uint64_t domain_mask = ((uint64_t)1 << domain_bits) - 1;
    for (size_t i = 0; i < run->n; i++) {
        reading->cluster[i] = (int32_t)(run->keys[i] >> domain_bits);
        reading->domain[i] = (int32_t)(run->keys[i] & domain_mask);
        reading->nobs[i] = (int64_t)run->nobs[i];
    }
    for (size_t term = 0; term < run->n_terms; term++) {
        const dg_units *units = dg_run_units(run, term);
        double *sums = reading->sums + term * run->n;
        for (size_t i = 0; i < run->n; i++) {
            if (i % BETWEEN_LOOKS == 0 && dg_stop_asked(stop)) {
                return DG_STOPPED;
            }
            sums[i] = dg_read_units(units[i], lows[term]);
        }
    }
    return DG_OK;
}
