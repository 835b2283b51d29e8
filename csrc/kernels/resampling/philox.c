#include "kernels/resampling/philox.h"

__extension__ typedef unsigned __int128 two_words;

static const uint64_t MULTIPLIERS[2] = {0xD2E7470EE14C6C93u, 0xCA5A826395121157u};
static const uint64_t WEYL[2] = {0x9E3779B97F4A7C15u, 0xBB67AE8584CAA73Bu}; /* golden ratio, sqrt(3) - 1 */

void
dg_philox_block(const uint64_t counter[4], dg_philox_key key, uint64_t block[4])
{
    uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint64_t k0 = key.words[0], k1 = key.words[1];
    for (int round = 0; round < 10; round++) {
        const two_words first = (two_words)MULTIPLIERS[0] * c0, second = (two_words)MULTIPLIERS[1] * c2;
        c0 = (uint64_t)(second >> 64) ^ c1 ^ k0;
        c1 = (uint64_t)second;
        c2 = (uint64_t)(first >> 64) ^ c3 ^ k1;
        c3 = (uint64_t)first;
        k0 += WEYL[0];
        k1 += WEYL[1];
    }
    block[0] = c0;
    block[1] = c1;
    block[2] = c2;
    block[3] = c3;
}

dg_philox
dg_philox_start(dg_philox_key key, uint64_t replicate)
{
    return (dg_philox){.key = key, .counter = {0, replicate, 0, 0}, .used = 4};
}

uint64_t
dg_philox_next(dg_philox *stream)
{
    if (stream->used == 4) {
        stream->counter[0]++; /* never wraps: that would take 2^66 words */
        dg_philox_block(stream->counter, stream->key, stream->block);
        stream->used = 0;
    }
    return stream->block[stream->used++];
}

double
dg_philox_uniform(dg_philox *stream)
{
    return (double)(dg_philox_next(stream) >> 11) * 0x1p-53;
}
