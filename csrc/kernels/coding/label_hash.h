/* The first 32 bytes of a label as words, and its hash: the part of the label table that every row goes through.
 *
 * Inline, so that the loop over rows keeps everything in registers. The hash has only to be quick and irregular: equal
 * hashes are told apart by the labels themselves.
 */
#ifndef DG_LABEL_HASH_H
#define DG_LABEL_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kernels/coding/label_table.h"

/* 32 bytes of ones and 32 of zeros: read from byte 32 - length on, a mask of `length` bytes in memory order. */
static const uint8_t ONES_THEN_ZEROS[64] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

static inline uint64_t
load_word(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* `length` (at most 32) bytes as words in memory order, zeros after them; 32 bytes are read. */
static inline void
read_words(const uint8_t *bytes, size_t length, uint64_t head[DG_HEAD_WORDS])
{
    const uint8_t *mask = ONES_THEN_ZEROS + (DG_HEAD_BYTES - length);
    head[0] = load_word(bytes) & load_word(mask);
    head[1] = load_word(bytes + 8) & load_word(mask + 8);
    head[2] = load_word(bytes + 16) & load_word(mask + 16);
    head[3] = load_word(bytes + 24) & load_word(mask + 24);
}

/* The first 32 bytes of any span, zeros after its end. */
static inline void
read_head(const struct dg_span *span, uint64_t head[DG_HEAD_WORDS])
{
    if (span->length >= DG_HEAD_BYTES) {
        read_words(span->bytes, DG_HEAD_BYTES, head);
        return;
    }
    uint8_t copy[DG_HEAD_BYTES] = {0};
    memcpy(copy, span->bytes, span->length);
    read_words(copy, span->length, head);
}

/* Two words into one through a 128-bit product, whose halves depend on every bit of both. */
static inline uint64_t
fold(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 uint128;
    uint128 product = (uint128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The odd constants are fractional parts of square roots; they only have to be irregular. */
static inline uint64_t
hash_head(const uint64_t head[DG_HEAD_WORDS], uint64_t length_and_kind, uint64_t seed)
{
    uint64_t even = head[0] ^ head[2] * 0x3c6ef372fe94f82bu ^ seed;
    uint64_t odd = head[1] ^ head[3] * 0xa54ff53a5f1d36f1u ^ length_and_kind * 0x510e527fade682d1u;
    return fold(even ^ 0x6a09e667f3bcc909u, odd ^ 0xbb67ae8584caa73bu);
}

/* What follows the first 32 bytes; the last word overlaps the one before it. */
static inline uint64_t
hash_tail(const uint8_t *bytes, size_t length, uint64_t hash)
{
    for (size_t at = DG_HEAD_BYTES; at + 8 < length; at += 8) {
        hash = fold(hash ^ load_word(bytes + at), 0x9b05688c2b3e6c1fu);
    }
    return fold(hash ^ load_word(bytes + length - 8), 0x1f83d9abfb41bd6bu);
}

static inline uint64_t
hash_label(const uint64_t head[DG_HEAD_WORDS], const uint8_t *bytes, uint32_t length, uint32_t kind,
           uint64_t seed)
{
    uint64_t hash = hash_head(head, length | (uint64_t)kind << 32, seed);
    return length <= DG_HEAD_BYTES ? hash : hash_tail(bytes, length, hash);
}

#endif
