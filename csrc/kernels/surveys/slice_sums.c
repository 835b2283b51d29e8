#include "kernels/surveys/slice_sums.h"

#include <stdlib.h>
#include <string.h>

#include "kernels/counting/weight_window.h"
#include "kernels/surveys/large_memory.h"

#define PIECE ((size_t)1024) /* rows whose columns are gathered together */
#define AHEAD ((size_t)16)   /* rows between asking for a number to come from memory and using it */
#define SIGN_BIT (UINT64_C(1) << 63)

dg_status
dg_start_slice_space(dg_slice_space *space, const dg_pair_layout *layout, size_t n_rows, size_t n_columns)
{
    const size_t slice = dg_slice_rows(layout), most = n_rows < slice ? n_rows : slice;
    *space = (dg_slice_space){
            .words = dg_take_memory(most, sizeof(uint64_t)),
            .scratch = dg_take_memory(most, sizeof(uint64_t)),
            .gathered = dg_take_memory(n_columns, PIECE * sizeof(double)),
            .pairs = dg_take_memory(PIECE, sizeof(uint32_t)),
    };
    if (space->words == NULL || space->scratch == NULL || space->gathered == NULL || space->pairs == NULL) {
        dg_free_slice_space(space);
        return DG_NO_MEMORY;
    }
    return DG_OK;
}

void
dg_free_slice_space(dg_slice_space *space)
{
    free(space->words);
    free(space->scratch);
    free(space->gathered);
    free(space->pairs);
    *space = (dg_slice_space){0};
}

/* A number by its sign and how many units it has. */
static inline void
add_units(dg_units *sum, dg_units magnitude, uint64_t bits)
{
    const dg_units sign = -(dg_units)(bits >> 63);
    *sum += (magnitude ^ sign) - sign;
}

/* Numbers with bits below the unit, or too large, infinite or none (false). */
__attribute__((noinline)) static bool
add_rounded(dg_units *sum, uint64_t bits, int low)
{
    const dg_weight_parts parts = dg_split_weight(bits & ~SIGN_BIT);
    const int below = low - parts.unit;
    if (below < 0) {
        return false;
    }
    if (below < 64) {
        add_units(sum, (parts.mantissa + (UINT64_C(1) << (below - 1))) >> below, bits);
    }
    return true;
}

/* Adds the number in units of 2**low; false when it does not fit. */
static inline bool
add_number(dg_units *sum, double number, int low)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    const dg_weight_parts parts = dg_split_weight(bits & ~SIGN_BIT);
    const int shift = parts.mantissa == 0 ? 0 : parts.unit - low;
    if ((unsigned)shift > DG_MOST_SHIFT) {
        return add_rounded(sum, bits, low);
    }
    add_units(sum, (dg_units)parts.mantissa << shift, bits);
    return true;
}

static inline double
number_at(const dg_strided_values *column, size_t row)
{
    uint64_t bits;
    double number;
    memcpy(&bits, column->data + (ptrdiff_t)row * column->stride, sizeof bits);
    bits = column->swapped ? __builtin_bswap64(bits) : bits;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* The numbers of one column in n rows, whose words may be followed by more. */
static void
gather(const dg_strided_values *column, const uint64_t *words, uint64_t row_mask, size_t first, size_t n, size_t n_words,
       double *numbers)
{
    for (size_t i = 0; i < n; i++) {
        const size_t ahead = i + AHEAD < n_words ? i + AHEAD : n_words - 1;
        __builtin_prefetch(column->data + (ptrdiff_t)(first + (words[ahead] & row_mask)) * column->stride);
        numbers[i] = number_at(column, first + (words[i] & row_mask));
    }
}

/* Adds the products of one term to the sums of their pairs. The first row that does not fit, n when all do. */
static size_t
add_term(const dg_term *term, int low, const double *gathered, const uint32_t *pairs, size_t n, dg_units *sums)
{
    const double *a = gathered + (size_t)term->columns[0] * PIECE;
    const double *b = term->columns[1] < 0 ? NULL : gathered + (size_t)term->columns[1] * PIECE;
    const double *c = term->columns[2] < 0 ? NULL : gathered + (size_t)term->columns[2] * PIECE;
    for (size_t i = 0; i < n; i++) {
        double product = b == NULL ? a[i] : a[i] * b[i];
        product = c == NULL ? product : product * c[i];
        if (!add_number(&sums[pairs[i]], product, low)) {
            return i;
        }
    }
    return n;
}

/* Which pair of the run each word belongs to, after the *n_pairs there are; sets keys and counts rows. */
static void
number_pairs(const dg_pair_layout *layout, const uint64_t *words, size_t n, dg_cluster_run *run, size_t *n_pairs,
             uint32_t *pairs)
{
    size_t found = *n_pairs;
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = dg_key_of(layout, words[i]);
        const bool is_new = found == 0 || run->keys[found - 1] != key;
        found += is_new;
        run->keys[found - 1] = key;
        run->nobs[found - 1] = is_new ? 1 : run->nobs[found - 1] + 1;
        pairs[i] = (uint32_t)(found - 1);
    }
    *n_pairs = found;
}

/* Adds up to PIECE words to the run, whose *n_pairs first pairs are there. */
static dg_status
sum_piece(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, const uint64_t *words, size_t n,
          size_t n_words, const dg_slice_space *space, dg_cluster_run *run, size_t *n_pairs, dg_bad_cluster_row *bad)
{
    const uint64_t row_mask = dg_slice_rows(layout) - 1;
    const size_t before = *n_pairs;
    number_pairs(layout, words, n, run, n_pairs, space->pairs);
    for (size_t column = 0; column < rows->n_columns; column++) {
        gather(&rows->columns[column], words, row_mask, first, n, n_words, space->gathered + column * PIECE);
    }
    for (size_t term = 0; term < rows->n_terms; term++) {
        dg_units *sums = dg_run_units(run, term);
        memset(sums + before, 0, (*n_pairs - before) * sizeof *sums);
        const size_t good = add_term(&rows->terms[term], rows->lows[term], space->gathered, space->pairs, n, sums);
        if (good < n) {
            bad->row = first + (words[good] & row_mask);
            bad->term = term;
            return DG_WEIGHT_OUTSIDE_WINDOW;
        }
    }
    return DG_OK;
}

static size_t
count_pairs(const dg_pair_layout *layout, const uint64_t *words, size_t n)
{
    size_t n_pairs = n > 0;
    for (size_t i = 1; i < n; i++) {
        n_pairs += dg_key_of(layout, words[i - 1]) != dg_key_of(layout, words[i]);
    }
    return n_pairs;
}

/* The run of n ordered words. */
static dg_status
sum_words(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, const uint64_t *words, size_t n,
          const dg_slice_space *space, dg_cluster_run *run, dg_bad_cluster_row *bad)
{
    size_t n_pairs = 0;
    dg_status status = dg_start_run(run, count_pairs(layout, words, n), rows->n_terms);
    for (size_t done = 0; status == DG_OK && done < n; done += PIECE) {
        const size_t left = n - done, piece = left < PIECE ? left : PIECE;
        status = sum_piece(layout, rows, first, words + done, piece, left, space, run, &n_pairs, bad);
    }
    if (status != DG_OK) {
        dg_free_run(run);
    }
    return status;
}

dg_status
dg_sum_slice(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, size_t n,
             const dg_slice_space *space, dg_cluster_run *run, dg_bad_cluster_row *bad)
{
    size_t n_words;
    *run = (dg_cluster_run){0};
    const dg_status status = dg_pair_words(layout, rows->clusters, rows->domains, first, n, space->words, &n_words,
                                           &bad->pair);
    if (status != DG_OK) {
        return status;
    }
    const uint64_t *words = dg_sort_pair_words(layout, space->words, space->scratch, n_words);
    return sum_words(layout, rows, first, words, n_words, space, run, bad);
}
