#include "harness.h"
#include "kernels/surveys/pair_order.h"

#include <stdlib.h>

static void
bits_are_shared_out(void)
{
    dg_pair_layout layout;
    CHECK(dg_pair_layout_of(62500, 192, &layout));
    CHECK(layout.domain_bits == 8 && layout.key_bits == 24 && layout.row_bits == DG_MOST_ROW_BITS);
    CHECK(dg_pair_layout_of(1, 1, &layout) && layout.key_bits == 0);
    CHECK(dg_pair_layout_of(0, 0, &layout) && layout.key_bits == 0);
    CHECK(dg_pair_layout_of((size_t)1 << 26, (size_t)1 << 26, &layout) && layout.row_bits == DG_LEAST_ROW_BITS);
    CHECK(!dg_pair_layout_of(((size_t)1 << 26) + 1, (size_t)1 << 26, &layout));
    CHECK(!dg_pair_layout_of((size_t)1 << 31, 1, &layout) && !dg_pair_layout_of(1, SIZE_MAX, &layout));
}

static dg_strided_values
codes_of(const int32_t *codes)
{
    return (dg_strided_values){(const unsigned char *)codes, 4, 4, false};
}

static void
rows_without_a_domain_are_left_out(void)
{
    const int32_t clusters[4] = {1, 0, 1, 2}, domains[4] = {0, -1, 2, 1};
    const dg_strided_values cluster = codes_of(clusters), domain = codes_of(domains);
    dg_pair_layout layout;
    dg_bad_pair bad;
    uint64_t words[3];
    size_t n;
    CHECK(dg_pair_layout_of(3, 3, &layout));
    CHECK(dg_pair_words(&layout, &cluster, &domain, 1, 3, words, &n, &bad) == DG_OK && n == 2);
    CHECK(dg_key_of(&layout, words[0]) == 6 && dg_key_of(&layout, words[1]) == 9); /* two bits of domain */
    CHECK((words[0] & (dg_slice_rows(&layout) - 1)) == 1);                         /* rows from the first on */
}

static void
what_is_out_of_range_is_named(void)
{
    int32_t clusters[3000] = {0}, domains[3000] = {0};
    const dg_strided_values cluster = codes_of(clusters), domain = codes_of(domains);
    dg_pair_layout layout;
    dg_bad_pair bad;
    static uint64_t words[3000];
    size_t n;
    CHECK(dg_pair_layout_of(3, 3, &layout));
    domains[2500] = 3;
    clusters[2501] = -1;
    CHECK(dg_pair_words(&layout, &cluster, &domain, 0, 3000, words, &n, &bad) == DG_CODE_OUT_OF_RANGE);
    CHECK(bad.row == 2500 && bad.code == 3 && bad.is_domain);
    clusters[2500] = 3;
    CHECK(dg_pair_words(&layout, &cluster, &domain, 100, 2900, words, &n, &bad) == DG_CODE_OUT_OF_RANGE);
    CHECK(bad.row == 2500 && bad.code == 3 && !bad.is_domain);
    domains[0] = INT32_MIN;
    CHECK(dg_pair_words(&layout, &cluster, &domain, 0, 1, words, &n, &bad) == DG_CODE_OUT_OF_RANGE && bad.row == 0);
}

/* Words of pseudo-random keys, against the order they must be in. */
static void
sorts(size_t n_clusters, size_t n_domains, size_t n)
{
    dg_pair_layout layout;
    uint64_t *words = calloc(n + 1, 8), *scratch = calloc(n + 1, 8), state = n + n_clusters, sum = 0;
    CHECK(dg_pair_layout_of(n_clusters, n_domains, &layout));
    for (size_t i = 0; i < n; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        const uint64_t key = (state >> 33) % n_clusters << layout.domain_bits | (state >> 13) % n_domains;
        words[i] = key << layout.row_bits | i;
        sum += words[i];
    }
    const uint64_t *sorted = dg_sort_pair_words(&layout, words, scratch, n);
    bool rising = true;
    for (size_t i = 0; i < n; i++) {
        rising &= i == 0 || sorted[i - 1] < sorted[i];
        sum -= sorted[i];
    }
    CHECK(rising && sum == 0);
    CHECK(dg_sort_pair_words(&layout, (uint64_t *)sorted, NULL, n) == sorted); /* nothing to do */
    free(words);
    free(scratch);
}

static void
words_are_sorted(void)
{
    for (size_t n = 0; n < 70; n += 7) {
        sorts(1, 1, n);
        sorts(5, 3, n);
        sorts(1, 1000, n);
        sorts(100000, 1, n);
    }
    sorts(62500, 192, 4000);
    sorts((size_t)1 << 26, (size_t)1 << 26, 4000);
    sorts(INT32_MAX, 2, 4000);
}

void test_pair_order(void);
void
test_pair_order(void)
{
    RUN(bits_are_shared_out);
    RUN(rows_without_a_domain_are_left_out);
    RUN(what_is_out_of_range_is_named);
    RUN(words_are_sorted);
}
