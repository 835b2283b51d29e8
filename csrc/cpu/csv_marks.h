/* Which of 64 bytes of CSV text give it its structure: bit i is set where byte i is a comma, a quote, a line feed or a
 * carriage return. Sixteen bytes at a time where every processor of the kind can; wider vectors gain nothing, for what takes
 * the time is what is done with the marks. */
#ifndef DG_CSV_MARKS_H
#define DG_CSV_MARKS_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline uint64_t
dg_csv_marks_plainly(const uint8_t *text)
{
    uint64_t marks = 0;
    for (unsigned int i = 0; i < 64; i++) {
        const uint8_t byte = text[i];
        marks |= (uint64_t)(byte == ',' || byte == '"' || byte == '\n' || byte == '\r') << i;
    }
    return marks;
}

#ifdef __SSE2__
static inline uint64_t
dg_csv_marks_of_sixteen(const uint8_t *text)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    const __m128i commas = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(','));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i feeds = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    const __m128i returns = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    const __m128i marks = _mm_or_si128(_mm_or_si128(commas, quotes), _mm_or_si128(feeds, returns));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(marks);
}
#endif

static inline uint64_t
dg_csv_marks(const uint8_t *text)
{
#ifdef __SSE2__
    return dg_csv_marks_of_sixteen(text) | dg_csv_marks_of_sixteen(text + 16) << 16 |
           dg_csv_marks_of_sixteen(text + 32) << 32 | dg_csv_marks_of_sixteen(text + 48) << 48;
#else
    return dg_csv_marks_plainly(text);
#endif
}

#endif
