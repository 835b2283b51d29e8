#include "kernels/weight_window.h"

#include <limits.h>
#include <string.h>

#define SIGN_BIT (UINT64_C(1) << 63)
#define INFINITE_BITS (UINT64_C(0x7ff) << 52)

static dg_status
status_of(uint64_t bits)
{
    if ((bits & ~SIGN_BIT) > INFINITE_BITS) {
        return DG_WEIGHT_NAN;
    }
    if (bits > SIGN_BIT) {
        return DG_WEIGHT_NEGATIVE;
    }
    return bits == INFINITE_BITS ? DG_WEIGHT_INFINITE : DG_OK;
}

static void
widen_by_one(uint64_t bits, dg_weight_window *window)
{
    const dg_weight_parts parts = dg_split_weight(bits & ~SIGN_BIT);
    if (parts.mantissa == 0) {
        return;
    }
    const int end = parts.unit + 64 - __builtin_clzll(parts.mantissa);
    window->low = parts.unit < window->low ? parts.unit : window->low;
    window->high = end > window->high ? end : window->high;
}

/* Positive floats are ordered as their bits are, so that one running maximum finds the largest weight and, being larger
 * still, every weight that is refused. A zero or subnormal shows as a unit too low for any normal number. True when there
 * was none of these, and so the block needs no second look. */
static bool
scan_normal(const uint64_t *bits, size_t n, dg_weight_window *window)
{
    uint64_t largest = 0;
    int low = INT_MAX;
    for (size_t i = 0; i < n; i++) {
        largest = bits[i] > largest ? bits[i] : largest;
        const int unit = (int)(bits[i] >> 52) + __builtin_ctzll(bits[i] | UINT64_C(1) << 52);
        low = unit < low ? unit : low;
    }
    if (largest >= INFINITE_BITS || low <= 52) {
        return false;
    }
    const int high = (int)(largest >> 52) - 1022;
    window->low = low - 1075 < window->low ? low - 1075 : window->low;
    window->high = high > window->high ? high : window->high;
    return true;
}

static dg_status
scan_each(const uint64_t *bits, size_t n, dg_weight_window *window, size_t *bad)
{
    for (size_t i = 0; i < n; i++) {
        const dg_status status = status_of(bits[i]);
        if (status != DG_OK) {
            *bad = i;
            return status;
        }
        widen_by_one(bits[i], window);
    }
    return DG_OK;
}

dg_status
dg_widen_window(const dg_strided_values *weights, size_t first, size_t n, dg_weight_window *window, size_t *bad_row,
                double *bad_weight)
{
    dg_block_values block;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        size_t bad = 0;
        dg_copy_values(weights, first + done, rows, &block);
        if (scan_normal(block.u64, rows, window)) {
            continue;
        }
        const dg_status status = scan_each(block.u64, rows, window, &bad);
        if (status != DG_OK) {
            *bad_row = first + done + bad;
            memcpy(bad_weight, &block.u64[bad], sizeof(double));
            return status;
        }
    }
    return DG_OK;
}
