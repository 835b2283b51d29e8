/* The smallest and the largest of a column of integers. */
#ifndef DG_CODE_RANGE_H
#define DG_CODE_RANGE_H

#include "kernels/coding/strided_values.h"

/* Of the values seen, as unsigned numbers in the order of their type: a signed value has its sign bit turned over.
 * Empty while low > high. */
typedef struct {
    uint64_t low;
    uint64_t high;
} dg_code_range;

#define DG_EMPTY_RANGE ((dg_code_range){.low = UINT64_MAX, .high = 0})

/* Widens *range by rows first .. first + n - 1. */
void dg_widen_range(const dg_strided_values *values, bool is_signed, size_t first, size_t n, dg_code_range *range);

#endif
