/* The loops in the instructions that every processor of this kind has. */
#include "cpu/loops.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LOOPS dg_baseline_loops
#define LOOPS_NAME "baseline"
#define TARGET

#ifdef __SSE2__
static inline void
add_pair(uint64_t *pair, __m128i addend)
{
    __m128i *words = (__m128i *)(void *)pair;
    _mm_store_si128(words, _mm_add_epi64(_mm_load_si128(words), addend));
}

static inline void
add_row(dg_exact_cell *cell, const uint64_t *units, const uint64_t *square)
{
    const __m128i unit = _mm_loadl_epi64((const __m128i *)(const void *)units);
    const __m128i both = _mm_load_si128((const __m128i *)(const void *)square);
    cell->count++;
    add_pair(cell->sum, _mm_unpacklo_epi32(unit, _mm_setzero_si128()));
    add_pair(cell->square, _mm_and_si128(both, _mm_set1_epi64x(UINT32_MAX)));
    add_pair(cell->square + 2, _mm_srli_epi64(both, 32));
}

/* What answer_loops_body.h needs of a vector of bytes. */
#define BYTES __m128i
#define SPLAT_BYTE(byte) _mm_set1_epi8((char)(byte))
#define LOAD_BYTES(memory) _mm_loadu_si128((const __m128i *)(const void *)(memory))
#define COUNT_EQUAL(counts, a, b) _mm_sub_epi8(counts, _mm_cmpeq_epi8(a, b))
#define HIGHER_BYTES _mm_max_epu8
#define EITHER_BYTES _mm_or_si128
#define WITHOUT_BYTES _mm_andnot_si128

static inline unsigned int
sum_bytes(__m128i bytes)
{
    const __m128i sums = _mm_sad_epu8(bytes, _mm_setzero_si128());
    return (unsigned int)(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
}
#else
static inline void
add_row(dg_exact_cell *cell, const uint64_t *units, const uint64_t *square)
{
    cell->count++;
    cell->sum[0] += *units & UINT32_MAX;
    cell->sum[1] += *units >> 32;
    cell->square[0] += square[0] & UINT32_MAX;
    cell->square[1] += square[1] & UINT32_MAX;
    cell->square[2] += square[0] >> 32;
    cell->square[3] += square[1] >> 32;
}
#endif

#include "cpu/loops_body.h"
