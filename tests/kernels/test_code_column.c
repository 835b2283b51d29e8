#include "harness.h"
#include "kernels/counting/code_column.h"

#include <string.h>

static bool
append_u16(const dg_code_column *column, size_t n, dg_code_block *block)
{
    return dg_append_levels(column, &dg_baseline_loops, DG_CELLS_U16, 0, n, block);
}

static bool
append_u32(const dg_code_column *column, size_t n, dg_code_block *block)
{
    return dg_append_levels(column, &dg_baseline_loops, DG_CELLS_U32, 0, n, block);
}

/* The same as for a first column, whose cells held something before. */
static bool
set_u16(const dg_code_column *column, size_t n, dg_code_block *block)
{
    memset(&block->cells, 0xff, sizeof(block->cells));
    return dg_set_cells(column, &dg_baseline_loops, DG_CELLS_U16, 0, n, block);
}

static dg_code_column
column_of(const void *codes, uint8_t width, bool is_signed, dg_int128 base, uint64_t n_levels)
{
    dg_code_column column = {.codes = {codes, width, width, false}, .is_signed = is_signed};
    dg_set_levels(&column, base, n_levels);
    return column;
}

/* The level of each code of every width, against plain arithmetic, for bases inside and outside the type. */
static void
every_byte_against_every_base(void)
{
    static dg_code_block block;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        for (int base = -300; base <= 300; base += 7) {
            for (int bits = 0; bits < 256; bits++) {
                const uint8_t byte = (uint8_t)bits;
                const int code = is_signed ? (int8_t)byte : byte;
                const dg_code_column column = column_of(&byte, 1, is_signed, base, 150);
                const bool good = code - base >= 0 && code - base < 150;
                block.cells.u16[0] = 2;
                CHECK(append_u16(&column, 1, &block) == good);
                CHECK(!good || block.cells.u16[0] == 2 * 150 + code - base);
                CHECK(set_u16(&column, 1, &block) == good);
                CHECK(!good || block.cells.u16[0] == code - base);
                dg_int128 bad = -1;
                CHECK(dg_first_bad_code(&column, 0, 1, &block, &bad) == (good ? 1 : 0));
                CHECK(good || bad == code);
            }
        }
    }
}

static void
ends_of_wide_types(void)
{
    static dg_code_block block;
    static const uint64_t high[2] = {UINT64_MAX, UINT64_MAX - 1};
    const dg_code_column top = column_of(high, 8, false, (dg_int128)UINT64_MAX - 1, 2);
    block.cells.u32[0] = block.cells.u32[1] = 0;
    CHECK(append_u32(&top, 2, &block) && block.cells.u32[0] == 1 && block.cells.u32[1] == 0);
    const dg_code_column below = column_of(high, 8, false, 0, 10);
    dg_int128 code;
    CHECK(!append_u32(&below, 2, &block));
    CHECK(dg_first_bad_code(&below, 0, 2, &block, &code) == 0 && code == (dg_int128)UINT64_MAX);
    static const int32_t lowest[1] = {INT32_MIN};
    const dg_code_column none = column_of(lowest, 4, true, 0, 5);
    CHECK(!append_u16(&none, 1, &block));
    CHECK(dg_first_bad_code(&none, 0, 1, &block, &code) == 0 && code == INT32_MIN);
}

/* A null is level 0 whatever its code, even when no code is in range. */
static void
nulls(void)
{
    static dg_code_block block;
    static const uint16_t codes[4] = {0, 65535, 1, 2};
    static const unsigned char valid[1] = {0x1a}; /* rows 0, 2 and 3 from bit 1 */
    dg_code_column column = column_of(codes, 2, false, -1, 4);
    column.valid = valid;
    column.valid_offset = 1;
    memset(block.cells.u16, 0, 8);
    CHECK(append_u16(&column, 4, &block));
    CHECK(block.cells.u16[0] == 1 && block.cells.u16[1] == 0 && block.cells.u16[2] == 2 && block.cells.u16[3] == 3);
    CHECK(set_u16(&column, 4, &block) && block.cells.u16[0] == 1 && block.cells.u16[3] == 3);
    dg_code_column all_null = column_of(codes, 2, false, -1, 1);
    static const unsigned char none[1] = {0};
    all_null.valid = none;
    CHECK(!all_null.has_codes);
    CHECK(append_u16(&all_null, 4, &block));
    CHECK(set_u16(&all_null, 4, &block) && block.cells.u16[3] == 0);
    all_null.valid = valid;
    CHECK(!append_u16(&all_null, 4, &block));
}

static void
packed_bits(void)
{
    static dg_code_block block;
    static const unsigned char bitmap[2] = {0x80, 0x02};
    dg_code_column column = column_of(bitmap, 1, false, 0, 2);
    column.is_packed = true;
    column.bit_offset = 7;
    memset(block.cells.u16, 0, 8);
    CHECK(append_u16(&column, 4, &block));
    CHECK(block.cells.u16[0] == 1 && block.cells.u16[1] == 0 && block.cells.u16[2] == 1 && block.cells.u16[3] == 0);
}

static void
no_levels_at_all(void)
{
    static dg_code_block block;
    static const uint8_t code = 0;
    dg_int128 bad;
    const dg_code_column column = column_of(&code, 1, false, 0, 0);
    CHECK(!append_u16(&column, 1, &block));
    CHECK(dg_first_bad_code(&column, 0, 1, &block, &bad) == 0);
}

void test_code_column(void);
void
test_code_column(void)
{
    RUN(every_byte_against_every_base);
    RUN(ends_of_wide_types);
    RUN(nulls);
    RUN(packed_bits);
    RUN(no_levels_at_all);
}
