/* Answers counted in 512-bit vectors: for avx512_loops.c.
 *
 * A table turns each byte into one set bit, bit a for answer a. Seen as squares of eight by eight bits and turned on their
 * side, eight such bytes become, for each answer, the byte whose set bits say which of the eight gave it; how many bits are
 * set is the count. Two tables of eight answers make sixteen, whose partial counts lie side by side and are added at the
 * end, all at once. A byte holds them: a run has fewer than 256 indicators. */
#define COUNT_ANSWERS
#define SHORTEST_RUN 4

#define EACH_BIT ((int64_t)0x8040201008040201)

/* One set bit for each of eight answers, in each eighth byte how many there are. */
TARGET static inline __m512i
count_of_eight(__m512i bytes, __m512i table, __mmask64 used)
{
    const __m512i bits = _mm512_maskz_shuffle_epi8(used, table, bytes);
    return _mm512_popcnt_epi8(_mm512_gf2p8affine_epi64_epi8(_mm512_set1_epi64(EACH_BIT), bits, 0));
}

/* How often each of sixteen answers was given by the row. */
TARGET static inline __attribute__((always_inline)) __m128i
count_sixteen(const uint8_t *row, size_t n_vectors, __mmask64 last, __m512i *highest)
{
    const __m512i first_table = _mm512_set4_epi64(0, EACH_BIT, 0, EACH_BIT);
    const __m512i other_table = _mm512_set4_epi64(EACH_BIT, 0, EACH_BIT, 0);
    __m512i first = _mm512_setzero_si512(), other = first;
    for (size_t i = 0; i < n_vectors; i++) {
        const __mmask64 used = i == n_vectors - 1 ? last : UINT64_MAX;
        const __m512i bytes = _mm512_maskz_loadu_epi8(used, row + 64 * i);
        *highest = _mm512_max_epu8(*highest, bytes);
        first = _mm512_add_epi8(first, count_of_eight(bytes, first_table, used));
        other = _mm512_add_epi8(other, count_of_eight(bytes, other_table, used));
    }
    const __m512i both = _mm512_add_epi8(_mm512_unpacklo_epi64(first, other), _mm512_unpackhi_epi64(first, other));
    const __m256i two = _mm256_add_epi8(_mm512_castsi512_si256(both), _mm512_extracti64x4_epi64(both, 1));
    return _mm_add_epi8(_mm256_castsi256_si128(two), _mm256_extracti128_si256(two, 1));
}

TARGET static inline __attribute__((always_inline)) __m512i
count_rows(const dg_answer_run *run, size_t n, size_t n_vectors, bool add, int32_t *counts)
{
    const __mmask64 last = UINT64_MAX >> (63 - (run->n_indicators - 1) % 64);
    const __mmask16 kept = (__mmask16)((1u << run->n_answers) - 1);
    __m512i highest = _mm512_setzero_si512();
    for (size_t r = 0; r < n; r++, counts += run->row_counts) {
        __m512i row = _mm512_cvtepu8_epi32(count_sixteen(run->answers + r * run->row_bytes, n_vectors, last, &highest));
        if (add) {
            row = _mm512_add_epi32(row, _mm512_maskz_loadu_epi32(kept, counts));
        }
        _mm512_mask_storeu_epi32(counts, kept, row);
    }
    return highest;
}

/* As many vectors as the run has: known when this is compiled, as is whether to add, so that the loops have no branches. */
TARGET static uint8_t
count_answers(const dg_answer_run *run, size_t n, int32_t *counts)
{
    __m512i highest;
    switch ((run->n_indicators + 63) / 64 + (run->add ? 3 : 0)) {
        case 1:
            highest = count_rows(run, n, 1, false, counts);
            break;
        case 2:
            highest = count_rows(run, n, 2, false, counts);
            break;
        case 3:
            highest = count_rows(run, n, 3, false, counts);
            break;
        case 4:
            highest = count_rows(run, n, 1, true, counts);
            break;
        case 5:
            highest = count_rows(run, n, 2, true, counts);
            break;
        default:
            highest = count_rows(run, n, 3, true, counts);
            break;
    }
    uint8_t bytes[64], high = 0;
    _mm512_storeu_si512(bytes, highest);
    for (size_t i = 0; i < 64; i++) {
        high = bytes[i] > high ? bytes[i] : high;
    }
    return high;
}
