#include "kernels/counting/code_column.h"

#include <string.h>

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
    column->range.n_levels = n_levels;
    column->has_codes = low <= high;
    column->range.low = (uint64_t)low;
    column->range.span = column->has_codes ? (uint64_t)(high - low) : 0;
    column->range.low_level = (uint64_t)(low - base);
}

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
        if (column->range.n_levels == 0 || column->valid == NULL || block->valid[i]) {
            return false;
        }
    }
    return true;
}

/* Where the codes of a block lie as the loops want them: with the caller, or in the block, copied. */
static const void *
codes_of_block(const dg_code_column *column, size_t first, size_t n, dg_code_block *block)
{
    const dg_strided_values *codes = &column->codes;
    if (column->valid == NULL && column->has_codes && !column->is_packed && dg_values_in_place(codes)) {
        return codes->data + first * codes->width;
    }
    copy_block(column, first, n, block);
    return &block->codes;
}

static unsigned int
width_index(uint8_t width)
{
    return width == 1 ? 0 : width == 2 ? 1 : width == 4 ? 2 : 3;
}

bool
dg_set_cells(const dg_code_column *column, const dg_loops *loops, unsigned int cells, size_t first, size_t n,
             dg_code_block *block)
{
    if (column->valid != NULL || !column->has_codes) {
        memset(&block->cells, 0, n * (cells == DG_CELLS_U16 ? sizeof(uint16_t) : sizeof(uint32_t)));
        return dg_append_levels(column, loops, cells, first, n, block);
    }
    const void *codes = codes_of_block(column, first, n, block);
    return loops->first[cells][width_index(column->codes.width)](codes, n, &column->range, &block->cells);
}

bool
dg_append_levels(const dg_code_column *column, const dg_loops *loops, unsigned int cells, size_t first, size_t n,
                 dg_code_block *block)
{
    const unsigned int width = width_index(column->codes.width);
    const void *codes = codes_of_block(column, first, n, block);
    if (!column->has_codes && !only_nulls(column, n, block)) {
        return false;
    }
    return column->valid != NULL
                   ? loops->next_valid[cells][width](codes, block->valid, n, &column->range, &block->cells)
                   : loops->next[cells][width](codes, n, &column->range, &block->cells);
}

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
        return column->range.n_levels == 0;
    }
    const uint64_t mask = UINT64_MAX >> (64 - 8 * column->codes.width);
    const uint64_t level = (code_bits(column, &block->codes, i) - column->range.low) & mask;
    return !column->has_codes || level > column->range.span;
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
