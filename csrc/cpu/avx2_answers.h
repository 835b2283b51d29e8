/* Answers counted in 256-bit vectors: for avx2_loops.c.
 *
 * A table turns each byte into 1 for one answer, BASE for the next and 0 for all others. What eight bytes in each vector of a
 * row add up to is then a number of two digits: of so few bytes, fewer than BASE can be one answer. Nor does a byte overflow
 * that is added up over those vectors. Four rows at a time are taken apart into their digits. */
#define COUNT_ANSWERS
#define SHORTEST_RUN 6

/* What answer_bytes.h needs of a vector of bytes. */
#define BYTES __m256i
#define LOAD_BYTES(memory) _mm256_loadu_si256((const __m256i *)(const void *)(memory))
#include "cpu/answer_bytes.h"

#define ROWS_AT_ONCE ((size_t)4)
#define MOST_PAIRS (DG_LOOP_ANSWERS / 2)
#define BASE 41
_Static_assert(8 * DG_LONGEST_RUN / 32 < BASE, "a digit holds what eight bytes of a row can count");
_Static_assert(BASE * DG_LONGEST_RUN / 32 <= UINT8_MAX, "a byte holds what one of a row can add up to");

static const uint8_t pair_tables[MOST_PAIRS][16] = {
        {[0] = 1, [1] = BASE}, {[2] = 1, [3] = BASE},   {[4] = 1, [5] = BASE},   {[6] = 1, [7] = BASE},
        {[8] = 1, [9] = BASE}, {[10] = 1, [11] = BASE}, {[12] = 1, [13] = BASE}, {[14] = 1, [15] = BASE},
};

/* What the bytes of a row add up to by each table, eight at a time, beside those of the other rows; the highest bytes. How
 * many pairs of answers there are is known when this is compiled, so that all of it stays in registers. */
TARGET static inline __attribute__((always_inline)) __m256i
sum_row(const uint8_t *bytes, const dg_answer_run *run, const __m256i *tables, size_t n_pairs, __m256i *sums_of_row)
{
    const size_t n_whole = (run->n_indicators - 1) / VECTOR_BYTES;
    const uint8_t *last = bytes + n_whole * VECTOR_BYTES;
    __m256i behind, sums[MOST_PAIRS];
    const __m256i tail = load_tail(last, run->end, run->n_indicators - n_whole * VECTOR_BYTES, &behind);
    __m256i highest = _mm256_andnot_si256(behind, tail);
    for (size_t pair = 0; pair < n_pairs; pair++) {
        sums[pair] = _mm256_shuffle_epi8(tables[pair], _mm256_or_si256(behind, tail));
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < n_whole; i++) {
        const __m256i some = LOAD_BYTES(bytes + i * VECTOR_BYTES);
        highest = _mm256_max_epu8(highest, some);
        for (size_t pair = 0; pair < n_pairs; pair++) {
            sums[pair] = _mm256_add_epi8(sums[pair], _mm256_shuffle_epi8(tables[pair], some));
        }
    }
    for (size_t pair = 0; pair < n_pairs; pair++) {
        sums_of_row[pair * ROWS_AT_ONCE] = _mm256_sad_epu8(sums[pair], _mm256_setzero_si256());
    }
    return highest;
}

/* Both digits of what the four parts of each row's sum add up to, row by row. */
TARGET static inline __m256i
count_pair(const __m256i *sums)
{
    const __m256i ones = _mm256_set1_epi16(1), base = _mm256_set1_epi16(BASE);
    const __m256i two = _mm256_packs_epi32(sums[0], sums[1]);
    const __m256i other = _mm256_packs_epi32(sums[2], sums[3]);
    const __m256i numbers = _mm256_packs_epi32(two, other);
    const __m256i high = _mm256_mulhi_epu16(numbers, _mm256_set1_epi16(UINT16_MAX / BASE + 1)); /* numbers / BASE */
    const __m256i odd = _mm256_madd_epi16(high, ones);
    const __m256i even = _mm256_sub_epi32(_mm256_madd_epi16(numbers, ones), _mm256_madd_epi16(high, base));
    const __m256i first = _mm256_unpacklo_epi32(even, odd), last = _mm256_unpackhi_epi32(even, odd);
    return _mm256_add_epi32(_mm256_blend_epi32(first, last, 0xf0), _mm256_permute2x128_si256(first, last, 0x21));
}

/* Row by row; all at once where they are all wanted and replace what was there. */
TARGET static inline void
put_pair(const dg_answer_run *run, size_t n_rows, size_t first, __m256i four, int32_t *counts)
{
    if (n_rows == ROWS_AT_ONCE && first + 2 <= run->n_answers && !run->add) {
        const __m128i low = _mm256_castsi256_si128(four), high = _mm256_extracti128_si256(four, 1);
        int32_t *row = counts + first;
        _mm_storel_pi((__m64 *)(void *)row, _mm_castsi128_ps(low));
        _mm_storeh_pi((__m64 *)(void *)(row + run->row_counts), _mm_castsi128_ps(low));
        _mm_storel_pi((__m64 *)(void *)(row + 2 * run->row_counts), _mm_castsi128_ps(high));
        _mm_storeh_pi((__m64 *)(void *)(row + 3 * run->row_counts), _mm_castsi128_ps(high));
        return;
    }
    int32_t found[2 * ROWS_AT_ONCE];
    _mm256_storeu_si256((__m256i *)(void *)found, four);
    for (size_t r = 0; r < n_rows; r++, counts += run->row_counts) {
        for (size_t a = first; a < first + 2 && a < run->n_answers; a++) {
            counts[a] = found[2 * r + a - first] + (run->add ? counts[a] : 0);
        }
    }
}

TARGET static inline __attribute__((always_inline)) __m256i
count_rows(const dg_answer_run *run, size_t n, size_t n_pairs, int32_t *counts)
{
    __m256i highest = _mm256_setzero_si256(), tables[MOST_PAIRS], sums[MOST_PAIRS][ROWS_AT_ONCE];
    memset(sums, 0, sizeof(sums));
    for (size_t pair = 0; pair < n_pairs; pair++) {
        const __m128i table = _mm_loadu_si128((const __m128i *)(const void *)pair_tables[pair]);
        tables[pair] = _mm256_broadcastsi128_si256(table);
    }
    for (size_t done = 0; done < n; done += ROWS_AT_ONCE, counts += ROWS_AT_ONCE * run->row_counts) {
        const size_t n_rows = n - done < ROWS_AT_ONCE ? n - done : ROWS_AT_ONCE;
        for (size_t r = 0; r < n_rows; r++) {
            const uint8_t *row = run->answers + (done + r) * run->row_bytes;
            highest = _mm256_max_epu8(highest, sum_row(row, run, tables, n_pairs, &sums[0][r]));
        }
        for (size_t pair = 0; pair < n_pairs; pair++) {
            put_pair(run, n_rows, 2 * pair, count_pair(sums[pair]), counts);
        }
    }
    return highest;
}

TARGET static uint8_t
count_answers(const dg_answer_run *run, size_t n, int32_t *counts)
{
    switch ((run->n_answers + 1) / 2) {
        case 1:
            return highest_byte(count_rows(run, n, 1, counts));
        case 2:
            return highest_byte(count_rows(run, n, 2, counts));
        case 3:
            return highest_byte(count_rows(run, n, 3, counts));
        case 4:
            return highest_byte(count_rows(run, n, 4, counts));
        case 5:
            return highest_byte(count_rows(run, n, 5, counts));
        case 6:
            return highest_byte(count_rows(run, n, 6, counts));
        case 7:
            return highest_byte(count_rows(run, n, 7, counts));
        default:
            return highest_byte(count_rows(run, n, MOST_PAIRS, counts));
    }
}
