/* Rows of a slice put in the order of their cluster, then domain.
 *
 * A cluster and a domain make one number, the key, and key and row one word, so that rows are ordered by sorting words:
 * a radix sort from the lowest digit of the key. Rows in no domain (-1) are left out.
 */
#ifndef DG_PAIR_ORDER_H
#define DG_PAIR_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/coding/strided_values.h"
#include "kernels/status.h"

/* How the 64 bits of a word are shared out: the cluster on top, then the domain, then the row in its slice. */
typedef struct {
    uint32_t n_clusters;
    uint32_t n_domains;
    unsigned domain_bits;
    unsigned key_bits; /* of cluster and domain */
    unsigned row_bits;
} dg_pair_layout;

/* Rows in a slice: sorting costs least when a slice is large and its words still stay near the processor. */
#define DG_MOST_ROW_BITS 19u
#define DG_LEAST_ROW_BITS 12u

/* False when there are more than 2**31 - 1 of either, or so many pairs that no rows fit beside them. */
bool dg_pair_layout_of(size_t n_clusters, size_t n_domains, dg_pair_layout *layout);

static inline size_t
dg_slice_rows(const dg_pair_layout *layout)
{
    return (size_t)1 << layout->row_bits;
}

static inline uint64_t
dg_key_of(const dg_pair_layout *layout, uint64_t word)
{
    return word >> layout->row_bits;
}

/* A code that is outside its range. */
typedef struct {
    size_t row;
    int32_t code;
    bool is_domain;
} dg_bad_pair;

/* Writes a word for each of rows first .. first + n - 1, n <= dg_slice_rows, that is in a domain; *n_words of them, rows
 * counted from `first`. DG_CODE_OUT_OF_RANGE fills *bad. Codes are 32-bit and signed. */
dg_status dg_pair_words(const dg_pair_layout *layout, const dg_strided_values *clusters, const dg_strided_values *domains,
                        size_t first, size_t n, uint64_t *words, size_t *n_words, dg_bad_pair *bad);

/* Sorts words by their key; rows of the same key stay in order. Returns where the result is: `words` or `scratch`, both of
 * which have room for n. */
uint64_t *dg_sort_pair_words(const dg_pair_layout *layout, uint64_t *words, uint64_t *scratch, size_t n);

#endif
