/* Answers counted in 128-bit vectors: for baseline_loops.c.
 *
 * One answer at a time in four rows together: where a byte is that answer, comparing sets all its bits, which as a number is
 * 1 less than nothing. A byte holds how many of a row there are: its run has fewer than 256 vectors. */
#define COUNT_ANSWERS
#define SHORTEST_RUN 10

/* What answer_bytes.h needs of a vector of bytes. */
#define BYTES __m128i
#define LOAD_BYTES(memory) _mm_loadu_si128((const __m128i *)(const void *)(memory))
#include "cpu/answer_bytes.h"

#define ROWS_AT_ONCE ((size_t)4)
#define LONGEST_VECTORS (DG_LONGEST_RUN / VECTOR_BYTES)

/* The bytes of one row in vectors, each beside those of the other rows; the highest bytes. Those behind the last one of the
 * row are no answer. */
static inline __m128i
load_row(const uint8_t *bytes, const dg_answer_run *run, __m128i *row)
{
    const size_t n_whole = (run->n_indicators - 1) / VECTOR_BYTES;
    const uint8_t *last = bytes + n_whole * VECTOR_BYTES;
    __m128i behind;
    const __m128i tail = load_tail(last, run->end, run->n_indicators - n_whole * VECTOR_BYTES, &behind);
    __m128i highest = _mm_andnot_si128(behind, tail);
    row[n_whole * ROWS_AT_ONCE] = _mm_or_si128(behind, tail);
    for (size_t i = 0; i < n_whole; i++) {
        row[i * ROWS_AT_ONCE] = LOAD_BYTES(bytes + i * VECTOR_BYTES);
        highest = _mm_max_epu8(highest, row[i * ROWS_AT_ONCE]);
    }
    return highest;
}

/* What the bytes of each of four vectors add up to. */
static inline __m128i
sum_bytes(const __m128i *bytes)
{
    const __m128i zero = _mm_setzero_si128();
    const __m128i two = _mm_packs_epi32(_mm_sad_epu8(bytes[0], zero), _mm_sad_epu8(bytes[1], zero));
    const __m128i other = _mm_packs_epi32(_mm_sad_epu8(bytes[2], zero), _mm_sad_epu8(bytes[3], zero));
    return _mm_madd_epi16(_mm_packs_epi32(two, other), _mm_set1_epi16(1));
}

/* How often an answer was given in each of the four rows. */
static inline void
count_one(const __m128i (*rows)[ROWS_AT_ONCE], size_t n_vectors, size_t answer, int32_t *found)
{
    const __m128i wanted = _mm_set1_epi8((char)answer), zero = _mm_setzero_si128();
    __m128i sums[ROWS_AT_ONCE] = {zero, zero, zero, zero};
#pragma GCC unroll 4
    for (size_t i = 0; i < n_vectors; i++) {
        for (size_t r = 0; r < ROWS_AT_ONCE; r++) {
            sums[r] = _mm_sub_epi8(sums[r], _mm_cmpeq_epi8(rows[i][r], wanted));
        }
    }
    _mm_storeu_si128((__m128i *)(void *)found, sum_bytes(sums));
}

static uint8_t
count_answers(const dg_answer_run *run, size_t n, int32_t *counts)
{
    const size_t n_vectors = (run->n_indicators - 1) / VECTOR_BYTES + 1;
    __m128i rows[LONGEST_VECTORS][ROWS_AT_ONCE], highest = _mm_setzero_si128();
    int32_t found[ROWS_AT_ONCE];
    memset(rows, 0, sizeof(rows));
    for (size_t done = 0; done < n; done += ROWS_AT_ONCE, counts += ROWS_AT_ONCE * run->row_counts) {
        const size_t n_rows = n - done < ROWS_AT_ONCE ? n - done : ROWS_AT_ONCE;
        for (size_t r = 0; r < n_rows; r++) {
            highest = _mm_max_epu8(highest, load_row(run->answers + (done + r) * run->row_bytes, run, &rows[0][r]));
        }
        for (size_t a = 0; a < run->n_answers; a++) {
            count_one(rows, n_vectors, a, found);
            for (size_t r = 0; r < n_rows; r++) {
                int32_t *count = counts + r * run->row_counts + a;
                *count = found[r] + (run->add ? *count : 0);
            }
        }
    }
    return highest_byte(highest);
}
