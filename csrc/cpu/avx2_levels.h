/* The steps of the loop over levels in 256-bit vectors: for avx2_loops.c. Eight rows are one vector. */
#define LEVEL_STEPS
#include "cpu/level_bits.h"

/* As many numbers with all bits set as four can have, then as many zeros. */
static const uint32_t all_then_none[8] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};

/* Up to four counts of a row, and those of the row four further on. */
TARGET static inline __m256i
load_counts(const int32_t *counts, size_t n_cells, size_t n_columns)
{
    const int32_t *further = counts + 4 * n_cells;
    if (n_columns == 4) {
        return _mm256_loadu2_m128i((const __m128i *)(const void *)further, (const __m128i *)(const void *)counts);
    }
    const __m128i used = _mm_loadu_si128((const __m128i *)(const void *)(all_then_none + 4 - n_columns));
    return _mm256_set_m128i(_mm_maskload_epi32(further, used), _mm_maskload_epi32(counts, used));
}

TARGET static inline void
store_column(uint32_t *columns, size_t column, size_t n_columns, __m256i numbers)
{
    if (column < n_columns) {
        _mm256_storeu_si256((__m256i *)(void *)(columns + column * DG_LEVEL_ROWS), numbers);
    }
}

/* Eight rows of at most four counts turned on their side, in each half a square of four: pairs of rows, then all. */
TARGET static inline __attribute__((always_inline)) void
turn_squares(const int32_t *counts, size_t n_cells, size_t n_columns, uint32_t *columns, __m256i *every_bit)
{
    __m256i a[4], b[4];
    for (size_t i = 0; i < 4; i++) {
        a[i] = load_counts(counts + i * n_cells, n_cells, n_columns);
        *every_bit = _mm256_or_si256(*every_bit, a[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        b[i] = _mm256_unpacklo_epi32(a[2 * i], a[2 * i + 1]);
        b[2 + i] = _mm256_unpackhi_epi32(a[2 * i], a[2 * i + 1]);
    }
    for (size_t i = 0; i < 2; i++) {
        store_column(columns, 2 * i, n_columns, _mm256_unpacklo_epi64(b[2 * i], b[2 * i + 1]));
        store_column(columns, 2 * i + 1, n_columns, _mm256_unpackhi_epi64(b[2 * i], b[2 * i + 1]));
    }
}

/* columns[cell][row] = counts[row][cell]. Every bit that is set in any of them. */
TARGET static uint32_t
turn_counts(const int32_t *counts, size_t n_cells, uint32_t *columns)
{
    __m256i every_bit = _mm256_setzero_si256();
    const size_t left = n_cells % 4, whole = n_cells - left;
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 8) {
        const int32_t *rows = counts + row * n_cells;
        for (size_t cell = 0; cell < whole; cell += 4) {
            turn_squares(rows + cell, n_cells, 4, columns + cell * DG_LEVEL_ROWS + row, &every_bit);
        }
        if (left > 0) {
            turn_squares(rows + whole, n_cells, left, columns + whole * DG_LEVEL_ROWS + row, &every_bit);
        }
    }
    uint32_t bits[8], all = 0;
    _mm256_storeu_si256((__m256i *)(void *)bits, every_bit);
    for (size_t i = 0; i < 8; i++) {
        all |= bits[i];
    }
    return all;
}

TARGET static inline __m128i
load_four(const uint32_t *numbers)
{
    return _mm_loadu_si128((const __m128i *)(const void *)numbers);
}

TARGET static inline __m256i
load_eight(const uint32_t *numbers)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)numbers);
}

/* The columns of those answers together, and with the sums before if `add`: meanwhile the sums stay in registers. */
TARGET static inline void
sum_answers(const uint32_t *columns, const dg_answer_list *answers, bool add, uint32_t *sums)
{
    __m256i sum[8];
    for (size_t part = 0; part < 8; part++) {
        sum[part] = add ? load_eight(sums + 8 * part) : _mm256_setzero_si256();
    }
    for (size_t i = 0; i < answers->n; i++) {
        const uint32_t *column = columns + answers->codes[i] * DG_LEVEL_ROWS;
        for (size_t part = 0; part < 8; part++) {
            sum[part] = _mm256_add_epi32(sum[part], load_eight(column + 8 * part));
        }
    }
    for (size_t part = 0; part < 8; part++) {
        _mm256_storeu_si256((__m256i *)(void *)(sums + 8 * part), sum[part]);
    }
}

TARGET static inline __m256d
times(double factor, __m128i numbers)
{
    return _mm256_mul_pd(_mm256_set1_pd(factor), _mm256_cvtepi32_pd(numbers));
}

TARGET static inline uint64_t
rows_reaching(__m256d met, __m256d needed)
{
    return (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_cmp_pd(met, needed, _CMP_GE_OQ));
}

/* Which of four rows have a number with all bits set; the others have none. */
TARGET static inline uint64_t
rows_of_four(__m128i numbers)
{
    return (uint64_t)(uint32_t)_mm_movemask_ps(_mm_castsi128_ps(numbers));
}

/* The share met against a threshold in percent, without dividing: both sides are the same two products everywhere. */
TARGET static inline void
compare_shares(const dg_level_sums *sums, double threshold, dg_level_rows *rows)
{
    const __m128i zero = _mm_setzero_si128();
    dg_level_rows found = {0, 0, 0, 0};
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 4) {
        const __m128i met = load_four(sums->met + row), assessable = load_four(sums->assessable + row);
        const __m128i at_most = _mm_add_epi32(met, load_four(sums->missing + row));
        const __m256d needed = times(threshold, assessable);
        found.low |= rows_reaching(times(100.0, met), needed) << row;
        found.high |= rows_reaching(times(100.0, at_most), needed) << row;
        found.some |= rows_of_four(_mm_cmpgt_epi32(assessable, zero)) << row;
        found.seen |= rows_of_four(_mm_cmpgt_epi32(met, zero)) << row;
    }
    *rows = found;
}

/* Which of thirty-two rows have a number with all bits set; the others have none. */
TARGET static inline uint64_t
rows_of_many(const __m256i *numbers)
{
    const __m256i in_order = _mm256_set_epi32(7, 3, 6, 2, 5, 1, 4, 0);
    const __m256i first = _mm256_packs_epi32(numbers[0], numbers[1]), last = _mm256_packs_epi32(numbers[2], numbers[3]);
    const __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_packs_epi16(first, last), in_order);
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

/* The same where all must be met: a hundred times both. */
TARGET static inline void
compare_counts(const dg_level_sums *sums, dg_level_rows *rows)
{
    const __m256i zero = _mm256_setzero_si256();
    dg_level_rows found = {0, 0, 0, 0};
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 32) {
        __m256i below[4], surely_below[4], some[4], seen[4];
        for (size_t part = 0; part < 4; part++) {
            const size_t first = row + 8 * part;
            const __m256i met = load_eight(sums->met + first), assessable = load_eight(sums->assessable + first);
            below[part] = _mm256_cmpgt_epi32(assessable, met);
            surely_below[part] = _mm256_cmpgt_epi32(assessable, _mm256_add_epi32(met, load_eight(sums->missing + first)));
            some[part] = _mm256_cmpgt_epi32(assessable, zero);
            seen[part] = _mm256_cmpgt_epi32(met, zero);
        }
        found.low |= (rows_of_many(below) ^ UINT32_MAX) << row;
        found.high |= (rows_of_many(surely_below) ^ UINT32_MAX) << row;
        found.some |= rows_of_many(some) << row;
        found.seen |= rows_of_many(seen) << row;
    }
    *rows = found;
}

TARGET static inline void
start_levels(dg_row_levels levels)
{
    memset(levels, 0, sizeof(dg_row_levels));
}

/* Of thirty-two rows, a byte with all bits set for each bit that is. */
TARGET static inline __m256i
bytes_of_bits(uint64_t bits)
{
    const __m256i places = _mm256_set_epi64x(0x0303030303030303, 0x0202020202020202, 0x0101010101010101, 0);
    const __m256i bit = _mm256_set1_epi64x((int64_t)0x8040201008040201);
    const __m256i eights = _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)(uint32_t)bits), places);
    return _mm256_cmpeq_epi8(_mm256_and_si256(eights, bit), bit);
}

/* A level counts for the rows that reach it, and for those that have evidence of it. */
TARGET static inline void
add_level(int8_t level, const dg_level_rows *reached, dg_row_levels levels)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 32) {
        __m256i *low = (__m256i *)(void *)(levels[DG_LOWEST] + row), *high = (__m256i *)(void *)(levels[DG_HIGHEST] + row);
        __m256i *evidence = (__m256i *)(void *)(levels[DG_EVIDENCE] + row);
        const __m256i seen = bytes_of_bits(reached->seen >> row);
        const __m256i latest = _mm256_blendv_epi8(_mm256_loadu_si256(evidence), _mm256_set1_epi8(level), seen);
        _mm256_storeu_si256(low, _mm256_sub_epi8(_mm256_loadu_si256(low), bytes_of_bits(reached->low >> row)));
        _mm256_storeu_si256(high, _mm256_sub_epi8(_mm256_loadu_si256(high), bytes_of_bits(reached->high >> row)));
        _mm256_storeu_si256(evidence, latest);
    }
}
