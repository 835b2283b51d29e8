/* The steps of the loop over levels in 512-bit vectors: for avx512_loops.c. Sixteen rows are one vector. */
#define LEVEL_STEPS
#include "cpu/level_bits.h"

/* Sixteen rows of at most sixteen counts turned on their side: pairs of rows, then fours, then all. */
TARGET static inline __attribute__((always_inline)) void
turn_square(const int32_t *counts, size_t n_cells, size_t n_columns, uint32_t *columns, __m512i *every_bit)
{
    const __mmask16 used = (__mmask16)(0xffff >> (16 - n_columns));
    __m512i a[16], b[16];
    for (size_t i = 0; i < 16; i++) {
        a[i] = _mm512_maskz_loadu_epi32(used, counts + i * n_cells);
        *every_bit = _mm512_or_si512(*every_bit, a[i]);
    }
    for (size_t i = 0; i < 16; i += 2) {
        b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
        b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
    }
    for (size_t i = 0; i < 16; i += 4) {
        a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
        a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
        a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
        a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
    }
    for (size_t i = 0; i < 4; i++) {
        const __m512i low1 = _mm512_shuffle_i32x4(a[i], a[4 + i], 0x44);
        const __m512i low2 = _mm512_shuffle_i32x4(a[8 + i], a[12 + i], 0x44);
        const __m512i high1 = _mm512_shuffle_i32x4(a[i], a[4 + i], 0xee);
        const __m512i high2 = _mm512_shuffle_i32x4(a[8 + i], a[12 + i], 0xee);
        b[i] = _mm512_shuffle_i32x4(low1, low2, 0x88);
        b[4 + i] = _mm512_shuffle_i32x4(low1, low2, 0xdd);
        b[8 + i] = _mm512_shuffle_i32x4(high1, high2, 0x88);
        b[12 + i] = _mm512_shuffle_i32x4(high1, high2, 0xdd);
    }
    for (size_t i = 0; i < n_columns; i++) {
        _mm512_storeu_si512(columns + i * DG_LEVEL_ROWS, b[i]);
    }
}

/* columns[cell][row] = counts[row][cell]. Every bit that is set in any of them. */
TARGET static uint32_t
turn_counts(const int32_t *counts, size_t n_cells, uint32_t *columns)
{
    __m512i every_bit = _mm512_setzero_si512();
    for (size_t cell = 0; cell < n_cells; cell += 16) {
        const size_t n_columns = n_cells - cell < 16 ? n_cells - cell : 16;
        for (size_t row = 0; row < DG_LEVEL_ROWS; row += 16) {
            turn_square(counts + row * n_cells + cell, n_cells, n_columns, columns + cell * DG_LEVEL_ROWS + row, &every_bit);
        }
    }
    return (uint32_t)_mm512_reduce_or_epi32(every_bit);
}

/* The columns of those answers together, and with the sums before if `add`: meanwhile the sums stay in registers. */
TARGET static inline void
sum_answers(const uint32_t *columns, const dg_answer_list *answers, bool add, uint32_t *sums)
{
    __m512i sum[4];
    for (size_t part = 0; part < 4; part++) {
        sum[part] = _mm512_maskz_loadu_epi32(add ? 0xffff : 0, sums + 16 * part);
    }
    for (size_t i = 0; i < answers->n; i++) {
        const uint32_t *column = columns + answers->codes[i] * DG_LEVEL_ROWS;
        for (size_t part = 0; part < 4; part++) {
            sum[part] = _mm512_add_epi32(sum[part], _mm512_loadu_si512(column + 16 * part));
        }
    }
    for (size_t part = 0; part < 4; part++) {
        _mm512_storeu_si512(sums + 16 * part, sum[part]);
    }
}

TARGET static inline __m512d
times(double factor, __m256i numbers)
{
    return _mm512_mul_pd(_mm512_set1_pd(factor), _mm512_cvtepi32_pd(numbers));
}

TARGET static inline __m256i
upper_half(__m512i numbers)
{
    return _mm512_extracti64x4_epi64(numbers, 1);
}

/* Which of sixteen rows met enough. */
TARGET static inline uint64_t
rows_reaching(__m512i met, __m512d needed1, __m512d needed2)
{
    const __mmask8 first = _mm512_cmp_pd_mask(times(100.0, _mm512_castsi512_si256(met)), needed1, _CMP_GE_OQ);
    const __mmask8 other = _mm512_cmp_pd_mask(times(100.0, upper_half(met)), needed2, _CMP_GE_OQ);
    return (uint64_t)_mm512_kunpackb(other, first);
}

/* The share met against a threshold in percent, without dividing: both sides are the same two products everywhere. */
TARGET static inline void
compare_shares(const dg_level_sums *sums, double threshold, dg_level_rows *rows)
{
    dg_level_rows found = {0, 0, 0, 0};
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 16) {
        const __m512i met = _mm512_loadu_si512(sums->met + row), assessable = _mm512_loadu_si512(sums->assessable + row);
        const __m512i at_most = _mm512_add_epi32(met, _mm512_loadu_si512(sums->missing + row));
        const __m512d needed1 = times(threshold, _mm512_castsi512_si256(assessable));
        const __m512d needed2 = times(threshold, upper_half(assessable));
        found.low |= rows_reaching(met, needed1, needed2) << row;
        found.high |= rows_reaching(at_most, needed1, needed2) << row;
        found.some |= (uint64_t)_mm512_test_epi32_mask(assessable, assessable) << row;
        found.seen |= (uint64_t)_mm512_test_epi32_mask(met, met) << row;
    }
    *rows = found;
}

/* The same where all must be met: a hundred times both. */
TARGET static inline void
compare_counts(const dg_level_sums *sums, dg_level_rows *rows)
{
    dg_level_rows found = {0, 0, 0, 0};
    for (size_t row = 0; row < DG_LEVEL_ROWS; row += 16) {
        const __m512i met = _mm512_loadu_si512(sums->met + row), assessable = _mm512_loadu_si512(sums->assessable + row);
        const __m512i at_most = _mm512_add_epi32(met, _mm512_loadu_si512(sums->missing + row));
        found.low |= (uint64_t)_mm512_cmpge_epi32_mask(met, assessable) << row;
        found.high |= (uint64_t)_mm512_cmpge_epi32_mask(at_most, assessable) << row;
        found.some |= (uint64_t)_mm512_test_epi32_mask(assessable, assessable) << row;
        found.seen |= (uint64_t)_mm512_test_epi32_mask(met, met) << row;
    }
    *rows = found;
}

TARGET static inline void
start_levels(dg_row_levels levels)
{
    for (size_t kind = 0; kind < DG_LEVEL_KINDS; kind++) {
        _mm512_storeu_si512(levels[kind], _mm512_setzero_si512());
    }
}

/* A level counts for the rows that reach it, and for those that have evidence of it. */
TARGET static inline void
add_level(int8_t level, const dg_level_rows *reached, dg_row_levels levels)
{
    const __m512i low = _mm512_loadu_si512(levels[DG_LOWEST]), high = _mm512_loadu_si512(levels[DG_HIGHEST]);
    _mm512_storeu_si512(levels[DG_LOWEST], _mm512_sub_epi8(low, _mm512_movm_epi8(reached->low)));
    _mm512_storeu_si512(levels[DG_HIGHEST], _mm512_sub_epi8(high, _mm512_movm_epi8(reached->high)));
    _mm512_mask_storeu_epi8(levels[DG_EVIDENCE], reached->seen, _mm512_set1_epi8(level));
}
