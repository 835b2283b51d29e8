#include "kernels/counting/weight_window.h"

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

/* The window of numbers from the smallest to the largest, which are given by their bits. */
static void
widen(dg_weight_window *window, uint64_t smallest, uint64_t largest)
{
    const int low = dg_split_weight(smallest).unit, high = dg_split_weight(largest).unit + 53;
    window->low = low < window->low ? low : window->low;
    window->high = high > window->high ? high : window->high;
}

/* Every weight by itself, where some are negative, infinite or not numbers. Negative zero is none of these. */
static dg_status
scan_each(const uint64_t *bits, size_t n, dg_weight_window *window, size_t *bad)
{
    for (size_t i = 0; i < n; i++) {
        const dg_status status = status_of(bits[i]);
        if (status != DG_OK) {
            *bad = i;
            return status;
        }
        if (bits[i] << 1 != 0) {
            widen(window, bits[i], bits[i]);
        }
    }
    return DG_OK;
}

static dg_status
scan_block(const uint64_t *bits, const dg_loops *loops, size_t n, dg_weight_window *window, size_t *bad)
{
    dg_weight_scan scan = DG_EMPTY_SCAN;
    loops->scan_weights(bits, n, &scan);
    if (scan.every_bit >= SIGN_BIT || scan.largest >= (int64_t)INFINITE_BITS) {
        return scan_each(bits, n, window, bad);
    }
    if (scan.largest > 0) {
        widen(window, (uint64_t)scan.smallest - INT64_MAX, (uint64_t)scan.largest);
    }
    return DG_OK;
}

dg_status
dg_widen_window(const dg_strided_values *weights, const dg_loops *loops, size_t first, size_t n,
                dg_weight_window *window, size_t *bad_row, double *bad_weight)
{
    dg_block_values copy;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        const uint64_t *bits = dg_read_u64(weights, first + done, rows, &copy);
        size_t bad = 0;
        const dg_status status = scan_block(bits, loops, rows, window, &bad);
        if (status != DG_OK) {
            *bad_row = first + done + bad;
            memcpy(bad_weight, &bits[bad], sizeof(double));
            return status;
        }
    }
    return DG_OK;
}
