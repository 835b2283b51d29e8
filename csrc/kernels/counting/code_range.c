#include "kernels/counting/code_range.h"

/* One loop per width: turning a signed number's sign bit over makes unsigned order of it. */
#define DEFINE_WIDEN(NAME, VALUE)                                                              \
    static void NAME(const VALUE *values, size_t n, uint64_t sign_bit, dg_code_range *range)   \
    {                                                                                          \
        const VALUE sign = (VALUE)sign_bit;                                                    \
        VALUE low = (VALUE)-1, high = 0;                                                       \
        for (size_t i = 0; i < n; i++) {                                                       \
            const VALUE value = (VALUE)(values[i] ^ sign);                                     \
            low = value < low ? value : low;                                                   \
            high = value > high ? value : high;                                                \
        }                                                                                      \
        range->low = low < range->low ? low : range->low;                                      \
        range->high = high > range->high ? high : range->high;                                 \
    }

DEFINE_WIDEN(widen_8, uint8_t)
DEFINE_WIDEN(widen_16, uint16_t)
DEFINE_WIDEN(widen_32, uint32_t)
DEFINE_WIDEN(widen_64, uint64_t)

static void
widen(const dg_block_values *block, uint8_t width, size_t n, uint64_t sign_bit, dg_code_range *range)
{
    switch (width) {
        case 1:
            widen_8(block->u8, n, sign_bit, range);
            break;
        case 2:
            widen_16(block->u16, n, sign_bit, range);
            break;
        case 4:
            widen_32(block->u32, n, sign_bit, range);
            break;
        default:
            widen_64(block->u64, n, sign_bit, range);
            break;
    }
}

void
dg_widen_range(const dg_strided_values *values, bool is_signed, size_t first, size_t n, dg_code_range *range)
{
    const uint64_t sign_bit = is_signed ? UINT64_C(1) << (8 * values->width - 1) : 0;
    dg_block_values block;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        dg_copy_values(values, first + done, rows, &block);
        widen(&block, values->width, rows, sign_bit, range);
    }
}
