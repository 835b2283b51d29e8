#include "harness.h"
#include "kernels/coding/strided_values.h"

#include <string.h>

static const uint16_t values[6] = {1, 500, 0xfffe, 7, 0x1234, 9};

static void
contiguous_backwards_and_repeated(void)
{
    dg_block_values copy;
    dg_strided_values forward = {(const unsigned char *)values, 2, 2, false};
    dg_copy_values(&forward, 1, 4, &copy);
    CHECK(copy.u16[0] == 500 && copy.u16[3] == 0x1234);
    dg_strided_values backward = {(const unsigned char *)&values[5], -2, 2, false};
    dg_copy_values(&backward, 1, 5, &copy);
    CHECK(copy.u16[0] == 0x1234 && copy.u16[4] == 1);
    dg_strided_values repeated = {(const unsigned char *)&values[3], 0, 2, false};
    dg_copy_values(&repeated, 1000, 3, &copy);
    CHECK(copy.u16[0] == 7 && copy.u16[2] == 7);
}

/* Values of every width, at an odd address and in the other byte order. */
static void
unaligned_and_swapped(void)
{
    unsigned char memory[1 + 9 * 3];
    for (uint8_t width = 1; width <= 8; width = (uint8_t)(width * 2)) {
        memset(memory, 0xee, sizeof(memory));
        for (int i = 0; i < 3; i++) {
            memset(memory + 1 + 9 * i, 0, width);
            memory[1 + 9 * i + width - 1] = (unsigned char)(i + 1); /* the lowest byte, seen from the other order */
        }
        dg_strided_values strided = {memory + 1, 9, width, true};
        dg_block_values copy;
        dg_copy_values(&strided, 0, 3, &copy);
        const uint64_t last = width == 1   ? copy.u8[2]
                              : width == 2 ? copy.u16[2]
                              : width == 4 ? copy.u32[2]
                                           : copy.u64[2];
        CHECK(last == 3);
    }
}

static void
no_rows_of_no_memory(void)
{
    dg_block_values copy;
    dg_strided_values nothing = {NULL, 8, 8, true};
    dg_copy_values(&nothing, 0, 0, &copy);
    dg_copy_bits(NULL, 0, 0, copy.u8);
    CHECK(true);
}

static void
bits_at_every_offset(void)
{
    static const unsigned char bitmap[5] = {0xa5, 0x01, 0xff, 0x80, 0x3c};
    uint8_t bytes[40];
    for (size_t first = 0; first < 40; first++) {
        for (size_t n = 0; first + n <= 40; n++) {
            dg_copy_bits(bitmap, first, n, bytes);
            for (size_t i = 0; i < n; i++) {
                CHECK(bytes[i] == (bitmap[(first + i) / 8] >> (first + i) % 8 & 1));
            }
        }
    }
}

void test_strided_values(void);
void
test_strided_values(void)
{
    RUN(contiguous_backwards_and_repeated);
    RUN(unaligned_and_swapped);
    RUN(no_rows_of_no_memory);
    RUN(bits_at_every_offset);
}
