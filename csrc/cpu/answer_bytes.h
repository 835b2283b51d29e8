/* Rows of answers in vectors of bytes, for a file that defines BYTES and LOAD_BYTES: see sse2_answers.h and avx2_answers.h. */
#ifndef DG_ANSWER_BYTES_H
#define DG_ANSWER_BYTES_H

#define VECTOR_BYTES sizeof(BYTES)

/* As many zeros as a vector can have, then as many bytes with all bits set. */
static const uint8_t none_then_all[64] = {[32 ... 63] = 0xff};

/* What is left of a row, and a vector whose bytes behind that have all bits set. */
TARGET static inline BYTES
load_tail(const uint8_t *bytes, const uint8_t *end, size_t n, BYTES *behind)
{
    uint8_t copy[VECTOR_BYTES];
    *behind = LOAD_BYTES(none_then_all + 32 - n);
    if ((size_t)(end - bytes) >= VECTOR_BYTES) {
        return LOAD_BYTES(bytes);
    }
    memset(copy, 0, sizeof(copy));
    memcpy(copy, bytes, n);
    return LOAD_BYTES(copy);
}

TARGET static inline uint8_t
highest_byte(BYTES vector)
{
    uint8_t bytes[VECTOR_BYTES], highest = 0;
    memcpy(bytes, &vector, sizeof(bytes));
    for (size_t i = 0; i < VECTOR_BYTES; i++) {
        highest = bytes[i] > highest ? bytes[i] : highest;
    }
    return highest;
}

#endif
