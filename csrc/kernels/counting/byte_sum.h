/* The sum of bytes: as little work as reading them can be, and so the limit that the counting kernels are timed against. */
#ifndef DG_BYTE_SUM_H
#define DG_BYTE_SUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t dg_byte_sum(const uint8_t *bytes, size_t n);

#endif
