#include "kernels/coding/strided_values.h"

#include <string.h>

/* One loop per width: memcpy of a constant size is one load, whatever the alignment. */
#define DEFINE_GATHER(NAME, VALUE)                                                  \
    static void NAME(const unsigned char *data, ptrdiff_t stride, size_t n, VALUE *copy) \
    {                                                                               \
        for (size_t i = 0; i < n; i++, data += stride) {                            \
            memcpy(&copy[i], data, sizeof(VALUE));                                  \
        }                                                                           \
    }

DEFINE_GATHER(gather_8, uint8_t)
DEFINE_GATHER(gather_16, uint16_t)
DEFINE_GATHER(gather_32, uint32_t)
DEFINE_GATHER(gather_64, uint64_t)

static void
gather(const unsigned char *data, ptrdiff_t stride, uint8_t width, size_t n, dg_block_values *copy)
{
    switch (width) {
        case 1:
            gather_8(data, stride, n, copy->u8);
            break;
        case 2:
            gather_16(data, stride, n, copy->u16);
            break;
        case 4:
            gather_32(data, stride, n, copy->u32);
            break;
        default:
            gather_64(data, stride, n, copy->u64);
            break;
    }
}

static void
swap_bytes(uint8_t width, size_t n, dg_block_values *copy)
{
    for (size_t i = 0; width == 2 && i < n; i++) {
        copy->u16[i] = __builtin_bswap16(copy->u16[i]);
    }
    for (size_t i = 0; width == 4 && i < n; i++) {
        copy->u32[i] = __builtin_bswap32(copy->u32[i]);
    }
    for (size_t i = 0; width == 8 && i < n; i++) {
        copy->u64[i] = __builtin_bswap64(copy->u64[i]);
    }
}

void
dg_copy_values(const dg_strided_values *values, size_t first, size_t n, dg_block_values *copy)
{
    if (n == 0) {
        return; /* an empty array may have no memory to point at */
    }
    const unsigned char *data = values->data + (ptrdiff_t)first * values->stride;
    if (values->stride == (ptrdiff_t)values->width) {
        memcpy(copy, data, n * values->width);
    }
    else {
        gather(data, values->stride, values->width, n, copy);
    }
    if (values->swapped) {
        swap_bytes(values->width, n, copy);
    }
}

bool
dg_values_in_place(const dg_strided_values *values)
{
    return values->stride == (ptrdiff_t)values->width && !values->swapped && (uintptr_t)values->data % values->width == 0;
}

const uint64_t *
dg_read_u64(const dg_strided_values *values, size_t first, size_t n, dg_block_values *copy)
{
    if (dg_values_in_place(values)) {
        return (const uint64_t *)(const void *)(values->data + first * sizeof(uint64_t));
    }
    dg_copy_values(values, first, n, copy);
    return copy->u64;
}

/* Into the nearest cache, or where values are wide, and a block would push out what else is there, into the next one.
 * Asking for memory that is not there is no error, so that the last block needs no care. */
void
dg_prefetch_values(const dg_strided_values *values, size_t first, size_t n)
{
    if (values->stride <= 0 || values->stride > 8) {
        return;
    }
    const uintptr_t start = (uintptr_t)values->data + first * (size_t)values->stride;
    const uintptr_t end = start + n * (size_t)values->stride;
    for (uintptr_t line = start; line < end && values->stride <= 4; line += 64) {
        __builtin_prefetch((const void *)line, 0, 3);
    }
    for (uintptr_t line = start; line < end && values->stride > 4; line += 64) {
        __builtin_prefetch((const void *)line, 0, 2);
    }
}

static uint8_t
bit(const unsigned char *bitmap, size_t i)
{
    return (uint8_t)(bitmap[i / 8] >> (i % 8) & 1);
}

void
dg_copy_bits(const unsigned char *bitmap, size_t first, size_t n, uint8_t *bytes)
{
    size_t i = 0;
    for (; i < n && (first + i) % 8 != 0; i++) {
        bytes[i] = bit(bitmap, first + i);
    }
    for (; n - i >= 8; i += 8) {
        unsigned int eight = bitmap[(first + i) / 8];
        for (unsigned int k = 0; k < 8; k++) {
            bytes[i + k] = (uint8_t)(eight >> k & 1);
        }
    }
    for (; i < n; i++) {
        bytes[i] = bit(bitmap, first + i);
    }
}
