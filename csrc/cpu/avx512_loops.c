/* The loops in 512-bit vectors, for x86-64 processors that run these without slowing down: Intel's from 2019, AMD's from
 * 2022 on. */
#include "cpu/loops.h"

#ifdef DG_HAVE_X86_LOOPS
#include <immintrin.h>
#include <string.h>

#include "cpu/level_steps.h"

#define LOOPS dg_avx512_loops
#define LOOPS_NAME "avx512"
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bitalg,gfni")))

/* The whole cell in one vector. Shifts and masks instead of shuffles, of which a processor does one at a time. */
TARGET static inline void
add_row(dg_exact_cell *cell, const uint64_t *units, const uint64_t *square)
{
    const __m512i row = _mm512_set_epi64(0, 0, 0, 0, 0, 1, 0, 0), digit = _mm512_set1_epi64(UINT32_MAX);
    const __m512i both = _mm512_broadcast_i64x2(_mm_load_si128((const __m128i *)(const void *)square));
    const __m512i words = _mm512_mask_blend_epi64(0x0f, both, _mm512_set1_epi64((int64_t)*units));
    const __m512i shifted = _mm512_srlv_epi64(words, _mm512_set_epi64(32, 32, 0, 0, 64, 64, 32, 0));
    const __m512i digits = _mm512_ternarylogic_epi64(shifted, digit, row, 0xea); /* shifted & digit | row */
    _mm512_store_si512(cell, _mm512_add_epi64(_mm512_load_si512(cell), digits));
}

static dg_units_loop weight_units, weight_units_by_eight;
#define WEIGHT_UNITS weight_units_by_eight

#include "cpu/avx512_answers.h"
#include "cpu/avx512_levels.h"
#include "cpu/loops_body.h"

/* The shift that vectors have gives 0 where it is negative or 64 and more; compilers cannot know that from weight_units. */
TARGET static bool
weight_units_by_eight(const uint64_t *bits, size_t n, uint64_t unit_exponent, uint64_t *units)
{
    const __m512i implied = _mm512_set1_epi64(INT64_C(1) << 52), fraction = _mm512_set1_epi64((INT64_C(1) << 52) - 1);
    const __m512i exponent = _mm512_set1_epi64((int64_t)unit_exponent), most = _mm512_set1_epi64(11);
    __m512i others = _mm512_setzero_si512();
    size_t i = 0;
    for (; n - i >= 8; i += 8) {
        const __m512i eight = _mm512_loadu_si512(bits + i);
        const __m512i mantissa = _mm512_or_si512(_mm512_and_si512(eight, fraction), implied);
        const __m512i shift = _mm512_sub_epi64(_mm512_srli_epi64(eight, 52), exponent);
        const __mmask8 fits = _mm512_cmple_epu64_mask(shift, most);
        _mm512_storeu_si512(units + i, _mm512_maskz_sllv_epi64(fits, mantissa, shift));
        others = _mm512_mask_or_epi64(others, (__mmask8)~fits, others, _mm512_slli_epi64(eight, 1));
    }
    return weight_units(bits + i, n - i, unit_exponent, units + i) && _mm512_test_epi64_mask(others, others) == 0;
}
#endif
