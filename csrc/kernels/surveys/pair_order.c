#include "kernels/surveys/pair_order.h"

#include <string.h>

#define MOST_DIGIT_BITS 12u /* a table of counts of 16 KB */
#define N_DIGITS ((size_t)1 << MOST_DIGIT_BITS)

/* Bits that hold 0 .. n - 1. */
static unsigned
bits_for(size_t n)
{
    return n <= 1 ? 0 : 64u - (unsigned)__builtin_clzll(n - 1);
}

bool
dg_pair_layout_of(size_t n_clusters, size_t n_domains, dg_pair_layout *layout)
{
    if (n_clusters > INT32_MAX || n_domains > INT32_MAX) {
        return false;
    }
    const unsigned domain_bits = bits_for(n_domains), key_bits = domain_bits + bits_for(n_clusters);
    const unsigned left = 64u - key_bits;
    *layout = (dg_pair_layout){
            .n_clusters = (uint32_t)n_clusters,
            .n_domains = (uint32_t)n_domains,
            .domain_bits = domain_bits,
            .key_bits = key_bits,
            .row_bits = left < DG_MOST_ROW_BITS ? left : DG_MOST_ROW_BITS,
    };
    return left >= DG_LEAST_ROW_BITS;
}

/* The words of one block; a code out of range is left for find_bad. A negative code is a large one without sign. */
static bool
block_words(const dg_pair_layout *layout, const uint32_t *clusters, const uint32_t *domains, size_t row, size_t n,
            uint64_t *words, size_t *n_words)
{
    size_t at = *n_words;
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = (uint64_t)clusters[i] << layout->domain_bits | domains[i];
        const bool inside = domains[i] != UINT32_MAX;
        good &= clusters[i] < layout->n_clusters && (!inside || domains[i] < layout->n_domains);
        words[at] = key << layout->row_bits | (row + i);
        at += inside;
    }
    *n_words = at;
    return good;
}

/* The first row of a block that is out of range. */
static void
find_bad(const dg_pair_layout *layout, const uint32_t *clusters, const uint32_t *domains, size_t n, dg_bad_pair *bad)
{
    for (size_t i = 0; i < n; i++) {
        const bool bad_domain = domains[i] != UINT32_MAX && domains[i] >= layout->n_domains;
        if (clusters[i] >= layout->n_clusters || bad_domain) {
            bad->is_domain = clusters[i] < layout->n_clusters;
            bad->code = (int32_t)(bad->is_domain ? domains[i] : clusters[i]);
            bad->row += i;
            return;
        }
    }
}

dg_status
dg_pair_words(const dg_pair_layout *layout, const dg_strided_values *clusters, const dg_strided_values *domains,
              size_t first, size_t n, uint64_t *words, size_t *n_words, dg_bad_pair *bad)
{
    dg_block_values cluster, domain; /* copies: what was checked cannot change before it is used */
    *n_words = 0;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        dg_copy_values(clusters, first + done, rows, &cluster);
        dg_copy_values(domains, first + done, rows, &domain);
        if (!block_words(layout, cluster.u32, domain.u32, done, rows, words, n_words)) {
            bad->row = first + done;
            find_bad(layout, cluster.u32, domain.u32, rows, bad);
            return DG_CODE_OUT_OF_RANGE;
        }
    }
    return DG_OK;
}

static bool
is_sorted(const uint64_t *words, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (words[i - 1] > words[i]) {
            return false;
        }
    }
    return true;
}

/* Moves words to where their digit says. False, with nothing moved, when all have the same. */
static bool
sort_by_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift, unsigned bits)
{
    uint32_t place[N_DIGITS];
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    memset(place, 0, ((size_t)1 << bits) * sizeof *place);
    for (size_t i = 0; i < n; i++) {
        place[from[i] >> shift & mask]++;
    }
    if (place[from[0] >> shift & mask] == n) {
        return false;
    }
    uint32_t before = 0;
    for (size_t digit = 0; digit <= mask; digit++) {
        const uint32_t count = place[digit];
        place[digit] = before;
        before += count;
    }
    for (size_t i = 0; i < n; i++) {
        to[place[from[i] >> shift & mask]++] = from[i];
    }
    return true;
}

uint64_t *
dg_sort_pair_words(const dg_pair_layout *layout, uint64_t *words, uint64_t *scratch, size_t n)
{
    if (layout->key_bits == 0 || is_sorted(words, n)) {
        return words;
    }
    const unsigned n_passes = (layout->key_bits + MOST_DIGIT_BITS - 1) / MOST_DIGIT_BITS;
    const unsigned bits = (layout->key_bits + n_passes - 1) / n_passes;
    for (unsigned pass = 0; pass < n_passes; pass++) {
        const unsigned done = pass * bits, left = layout->key_bits - done;
        if (sort_by_digit(words, scratch, n, layout->row_bits + done, left < bits ? left : bits)) {
            uint64_t *other = words;
            words = scratch;
            scratch = other;
        }
    }
    return words;
}
