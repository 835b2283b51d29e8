/* The loops in 256-bit vectors, for x86-64 processors from about 2013 on. */
#include "cpu/loops.h"

#ifdef DG_HAVE_X86_LOOPS
#include <immintrin.h>
#include <string.h>

#define LOOPS dg_avx2_loops
#define LOOPS_NAME "avx2"
#define TARGET __attribute__((target("avx2")))

/* Half a cell in one vector. */
TARGET static inline void
add_half(uint64_t *half, __m256i addend)
{
    __m256i *words = (__m256i *)(void *)half;
    _mm256_store_si256(words, _mm256_add_epi64(_mm256_load_si256(words), addend));
}

/* Shifts and masks instead of shuffles, of which a processor does one at a time. */
TARGET static inline void
add_row(dg_exact_cell *cell, const uint64_t *units, const uint64_t *square)
{
    const __m256i row = _mm256_set_epi64x(0, 1, 0, 0), digit = _mm256_set1_epi64x(UINT32_MAX);
    const __m256i unit = _mm256_set1_epi64x((int64_t)*units);
    const __m256i both = _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)square));
    const __m256i unit_digits = _mm256_and_si256(_mm256_srlv_epi64(unit, _mm256_set_epi64x(64, 64, 32, 0)), digit);
    const __m256i square_digits = _mm256_and_si256(_mm256_srlv_epi64(both, _mm256_set_epi64x(32, 32, 0, 0)), digit);
    add_half(cell->sum, _mm256_or_si256(unit_digits, row));
    add_half(cell->square, square_digits);
}

/* Four weights: their units, 0 for those that do not fit, whose bits are added to *others. The shift that vectors have
 * gives 0 where it is negative or 64 and more; compilers cannot know that from weight_units. */
TARGET static inline __m256i
four_units(__m256i bits, __m256i unit_exponent, __m256i *others)
{
    const __m256i implied = _mm256_set1_epi64x(INT64_C(1) << 52), fraction = _mm256_set1_epi64x((INT64_C(1) << 52) - 1);
    const __m256i mantissa = _mm256_or_si256(_mm256_and_si256(bits, fraction), implied);
    const __m256i shift = _mm256_sub_epi64(_mm256_srli_epi64(bits, 52), unit_exponent);
    const __m256i fits = _mm256_cmpgt_epi64(_mm256_set1_epi64x(12), shift);
    const __m256i units = _mm256_and_si256(_mm256_sllv_epi64(mantissa, shift), fits);
    const __m256i none = _mm256_cmpeq_epi64(units, _mm256_setzero_si256());
    *others = _mm256_or_si256(*others, _mm256_and_si256(_mm256_slli_epi64(bits, 1), none));
    return units;
}

static dg_units_loop weight_units, weight_units_by_four;
#define WEIGHT_UNITS weight_units_by_four

#include "cpu/avx2_answers.h"
#include "cpu/avx2_levels.h"
#include "cpu/loops_body.h"

TARGET static bool
weight_units_by_four(const uint64_t *bits, size_t n, uint64_t unit_exponent, uint64_t *units)
{
    const __m256i exponent = _mm256_set1_epi64x((int64_t)unit_exponent);
    __m256i others = _mm256_setzero_si256();
    size_t i = 0;
    for (; n - i >= 4; i += 4) {
        const __m256i four = _mm256_loadu_si256((const __m256i *)(const void *)(bits + i));
        _mm256_storeu_si256((__m256i *)(void *)(units + i), four_units(four, exponent, &others));
    }
    return weight_units(bits + i, n - i, unit_exponent, units + i) && _mm256_testz_si256(others, others);
}
#endif
