/* The window of bits that a column of weights occupies, and which weights are refused.
 *
 * Exact sums are kept in units of the lowest bit that a weight as small as the smallest can have. One pass over the
 * weights finds it, and refuses what is no weight: a negative, an infinite one, one that is not a number. Which bits are
 * set is not looked at: a float's exponent says where they can be, and that costs least.
 */
#ifndef DG_WEIGHT_WINDOW_H
#define DG_WEIGHT_WINDOW_H

#include "cpu/loops.h"
#include "kernels/status.h"
#include "kernels/coding/strided_values.h"

/* Every non-zero weight seen is a whole multiple of 2**low and is below 2**high. Empty while low > high. */
typedef struct {
    int low;
    int high;
} dg_weight_window;

#define DG_EMPTY_WINDOW ((dg_weight_window){.low = 1024, .high = -1075})

/* The lowest possible low, of the smallest subnormal, and the highest, of 2**1023. */
#define DG_LOWEST_LOW (-1074)
#define DG_HIGHEST_LOW 1023

/* Widens *window by the 64-bit floats of rows first .. first + n - 1. Otherwise DG_WEIGHT_NEGATIVE, _NAN or _INFINITE,
 * with the row and value of the first such weight. Negative zero is zero. */
dg_status dg_widen_window(const dg_strided_values *weights, const dg_loops *loops, size_t first, size_t n,
                          dg_weight_window *window, size_t *bad_row, double *bad_weight);

/* A non-negative finite weight, by its bits, is mantissa * 2**unit exactly. */
typedef struct {
    uint64_t mantissa;
    int unit;
} dg_weight_parts;

static inline dg_weight_parts
dg_split_weight(uint64_t bits)
{
    const int exponent = (int)(bits >> 52);
    const uint64_t implied = UINT64_C(1) << 52, fraction = bits & (implied - 1);
    return exponent == 0 ? (dg_weight_parts){.mantissa = fraction, .unit = -1074}
                         : (dg_weight_parts){.mantissa = fraction | implied, .unit = exponent - 1075};
}

#endif
