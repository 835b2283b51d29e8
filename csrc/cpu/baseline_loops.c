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

#include "cpu/sse2_answers.h"
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
