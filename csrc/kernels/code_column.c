#include "kernels/code_column.h"

static dg_int128
lowest_of_type(const dg_code_column *column)
{
    return column->is_signed ? -((dg_int128)1 << (8 * column->codes.width - 1)) : 0;
}

static dg_int128
highest_of_type(const dg_code_column *column)
{
    return ((dg_int128)1 << (8 * column->codes.width - (column->is_signed ? 1 : 0))) - 1;
}

void
dg_set_levels(dg_code_column *column, dg_int128 base, uint64_t n_levels)
{
    dg_int128 low = lowest_of_type(column), high = highest_of_type(column);
    dg_int128 last = base + (dg_int128)n_levels - 1;
    low = base > low ? base : low;
    high = last < high ? last : high;
    column->n_levels = n_levels;
    column->has_codes = low <= high;
    column->low = (uint64_t)low;
    column->span = column->has_codes ? (uint64_t)(high - low) : 0;
    column->low_level = (uint64_t)(low - base);
}

/* The loops that the speed of counting rests on: one per width of code and of cell number, without and with nulls.
 * They check and use the block's own copy, and gcc -O3 turns all of them into vector instructions. A code wider than the
 * cell number is checked in two parts, because vectors of 64-bit numbers are slow to compare: no bit beyond the narrower
 * type may be set, and within it the highest level counts. A good level always fits, being below the number of cells. */
#define DEFINE_APPEND(NAME, CODE, CELL, NARROW)                                                       \
    static bool NAME(const CODE *restrict codes, size_t n, const dg_code_column *column, CELL *restrict cells) \
    {                                                                                                 \
        const CODE low = (CODE)column->low;                                                           \
        const CELL n_levels = (CELL)column->n_levels, low_level = (CELL)column->low_level;            \
        CODE every_bit = 0;                                                                           \
        NARROW highest = 0;                                                                           \
        for (size_t i = 0; i < n; i++) {                                                              \
            const CODE level = (CODE)(codes[i] - low);                                                \
            every_bit = (CODE)(every_bit | level);                                                    \
            highest = (NARROW)level > highest ? (NARROW)level : highest;                              \
            cells[i] = (CELL)((uint32_t)cells[i] * n_levels + low_level + (CELL)level);               \
        }                                                                                             \
        return (NARROW)every_bit == every_bit && highest <= column->span;                                \
    }                                                                                                 \
    static bool NAME##_valid(const CODE *restrict codes, const uint8_t *restrict valid, size_t n,     \
                             const dg_code_column *column, CELL *restrict cells)                      \
    {                                                                                                 \
        const CODE low = (CODE)column->low;                                                           \
        const CELL n_levels = (CELL)column->n_levels, low_level = (CELL)column->low_level;            \
        CODE every_bit = 0;                                                                           \
        NARROW highest = 0;                                                                           \
        for (size_t i = 0; i < n; i++) {                                                              \
            const CODE level = (CODE)((CODE)(codes[i] - low) & (CODE)(0 - (CODE)valid[i]));           \
            every_bit = (CODE)(every_bit | level);                                                    \
            highest = (NARROW)level > highest ? (NARROW)level : highest;                              \
            const CELL base_level = (CELL)(low_level & (CELL)(0 - (CELL)valid[i]));                   \
            cells[i] = (CELL)((uint32_t)cells[i] * n_levels + base_level + (CELL)level);              \
        }                                                                                             \
        return (NARROW)every_bit == every_bit && highest <= column->span;                                \
    }

DEFINE_APPEND(append_8_u16, uint8_t, uint16_t, uint8_t)
DEFINE_APPEND(append_16_u16, uint16_t, uint16_t, uint16_t)
DEFINE_APPEND(append_32_u16, uint32_t, uint16_t, uint16_t)
DEFINE_APPEND(append_64_u16, uint64_t, uint16_t, uint16_t)
DEFINE_APPEND(append_8_u32, uint8_t, uint32_t, uint8_t)
DEFINE_APPEND(append_16_u32, uint16_t, uint32_t, uint16_t)
DEFINE_APPEND(append_32_u32, uint32_t, uint32_t, uint32_t)
DEFINE_APPEND(append_64_u32, uint64_t, uint32_t, uint32_t)

static void
copy_block(const dg_code_column *column, size_t first, size_t n, dg_code_block *block)
{
    if (column->is_packed) {
        dg_copy_bits(column->codes.data, column->bit_offset + first, n, block->codes.u8);
    }
    else {
        dg_copy_values(&column->codes, first, n, &block->codes);
    }
    if (column->valid != NULL) {
        dg_copy_bits(column->valid, column->valid_offset + first, n, block->valid);
    }
}

/* Without a code in range the only level a row can have is a null's. */
static bool
only_nulls(const dg_code_column *column, size_t n, const dg_code_block *block)
{
    for (size_t i = 0; i < n; i++) {
        if (column->n_levels == 0 || column->valid == NULL || block->valid[i]) {
            return false;
        }
    }
    return true;
}

/* What follows the copying: choose the loop for the width and for nulls. */
#define DEFINE_DISPATCH(CELL)                                                                         \
    bool dg_append_levels_##CELL(const dg_code_column *column, size_t first, size_t n, dg_code_block *block) \
    {                                                                                                 \
        copy_block(column, first, n, block);                                                          \
        if (!column->has_codes && !only_nulls(column, n, block)) {                                    \
            return false;                                                                             \
        }                                                                                             \
        const dg_block_values *codes = &block->codes;                                                 \
        const uint8_t *valid = block->valid;                                                          \
        const bool nulls = column->valid != NULL;                                                     \
        switch (column->codes.width) {                                                                \
            case 1:                                                                                   \
                return nulls ? append_8_##CELL##_valid(codes->u8, valid, n, column, block->cells.CELL) \
                             : append_8_##CELL(codes->u8, n, column, block->cells.CELL);              \
            case 2:                                                                                   \
                return nulls ? append_16_##CELL##_valid(codes->u16, valid, n, column, block->cells.CELL) \
                             : append_16_##CELL(codes->u16, n, column, block->cells.CELL);            \
            case 4:                                                                                   \
                return nulls ? append_32_##CELL##_valid(codes->u32, valid, n, column, block->cells.CELL) \
                             : append_32_##CELL(codes->u32, n, column, block->cells.CELL);            \
            default:                                                                                  \
                return nulls ? append_64_##CELL##_valid(codes->u64, valid, n, column, block->cells.CELL) \
                             : append_64_##CELL(codes->u64, n, column, block->cells.CELL);            \
        }                                                                                             \
    }

DEFINE_DISPATCH(u16)
DEFINE_DISPATCH(u32)

static uint64_t
code_bits(const dg_code_column *column, const dg_block_values *codes, size_t i)
{
    switch (column->codes.width) {
        case 1:
            return codes->u8[i];
        case 2:
            return codes->u16[i];
        case 4:
            return codes->u32[i];
        default:
            return codes->u64[i];
    }
}

static dg_int128
code_value(const dg_code_column *column, uint64_t bits)
{
    dg_int128 value = (dg_int128)bits;
    return column->is_signed && value > highest_of_type(column) ? value + 2 * lowest_of_type(column) : value;
}

static bool
is_bad(const dg_code_column *column, const dg_code_block *block, size_t i)
{
    if (column->valid != NULL && !block->valid[i]) {
        return column->n_levels == 0;
    }
    const uint64_t mask = UINT64_MAX >> (64 - 8 * column->codes.width);
    const uint64_t level = (code_bits(column, &block->codes, i) - column->low) & mask;
    return !column->has_codes || level > column->span;
}

size_t
dg_first_bad_code(const dg_code_column *column, size_t first, size_t n, dg_code_block *block, dg_int128 *code)
{
    copy_block(column, first, n, block);
    for (size_t i = 0; i < n; i++) {
        if (is_bad(column, block, i)) {
            *code = code_value(column, code_bits(column, &block->codes, i));
            return i;
        }
    }
    return n;
}
