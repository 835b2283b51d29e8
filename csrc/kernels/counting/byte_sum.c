#include "kernels/counting/byte_sum.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* One instruction sums eight bytes at a time; every x86-64 has it, and compilers do not find it by themselves. */
static uint64_t
sum_of_64s(const uint8_t *bytes, size_t n)
{
    __m128i zero = _mm_setzero_si128();
    __m128i sums[4] = {zero, zero, zero, zero};
    for (size_t i = 0; i < n; i += 64) {
        for (size_t part = 0; part < 4; part++) {
            __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i + 16 * part));
            sums[part] = _mm_add_epi64(sums[part], _mm_sad_epu8(some, zero));
        }
    }
    uint64_t halves[2];
    __m128i both = _mm_add_epi64(_mm_add_epi64(sums[0], sums[1]), _mm_add_epi64(sums[2], sums[3]));
    _mm_storeu_si128((__m128i *)(void *)halves, both);
    return halves[0] + halves[1];
}
#else
static uint64_t
sum_of_64s(const uint8_t *bytes, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i += 64) {
        uint32_t part = 0;
        for (size_t j = 0; j < 64; j++) {
            part += bytes[i + j];
        }
        sum += part;
    }
    return sum;
}
#endif

uint64_t
dg_byte_sum(const uint8_t *bytes, size_t n)
{
    size_t whole = n - n % 64;
    uint64_t sum = sum_of_64s(bytes, whole);
    for (size_t i = whole; i < n; i++) {
        sum += bytes[i];
    }
    return sum;
}
