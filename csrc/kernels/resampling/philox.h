/* Philox4x64-10: random words that are a function of a key and a counter alone, so that each replicate has a stream of its own
 * wherever and in whatever order it is drawn. Salmon, J. K., Moraes, M. A., Dror, R. O. and Shaw, D. E. (2011), Parallel
 * random numbers: as easy as 1, 2, 3, SC '11. */
#ifndef DG_PHILOX_H
#define DG_PHILOX_H

#include <stdint.h>

typedef struct {
    uint64_t words[2];
} dg_philox_key;

typedef struct {
    dg_philox_key key;
    uint64_t counter[4]; /* of the block in `block` */
    uint64_t block[4];
    int used; /* words of the block already taken */
} dg_philox;

/* The four words of one counter. */
void dg_philox_block(const uint64_t counter[4], dg_philox_key key, uint64_t block[4]);

/* The stream of one replicate: the words of numpy.random.Philox(counter=[0, replicate, 0, 0], key=key). */
dg_philox dg_philox_start(dg_philox_key key, uint64_t replicate);

uint64_t dg_philox_next(dg_philox *stream);

/* Uniform on the multiples of 2^-53 from 0 to below 1. */
double dg_philox_uniform(dg_philox *stream);

#endif
