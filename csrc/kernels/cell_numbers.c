#include "kernels/cell_numbers.h"

#include <string.h>

static bool
cell_numbers_u16(const dg_code_column *columns, size_t n_columns, size_t first, size_t n, dg_code_block *block)
{
    memset(block->cells.u16, 0, n * sizeof(uint16_t));
    bool good = true;
    for (size_t j = 0; j < n_columns && good; j++) {
        good = dg_append_levels_u16(&columns[j], first, n, block);
    }
    return good;
}

static bool
cell_numbers_u32(const dg_code_column *columns, size_t n_columns, size_t first, size_t n, dg_code_block *block)
{
    memset(block->cells.u32, 0, n * sizeof(uint32_t));
    bool good = true;
    for (size_t j = 0; j < n_columns && good; j++) {
        good = dg_append_levels_u32(&columns[j], first, n, block);
    }
    return good;
}

bool
dg_cell_numbers(const dg_code_column *columns, size_t n_columns, size_t n_cells, size_t first, size_t n,
                dg_code_block *block)
{
    return dg_cells_are_u16(n_cells) ? cell_numbers_u16(columns, n_columns, first, n, block)
                                     : cell_numbers_u32(columns, n_columns, first, n, block);
}

dg_bad_code
dg_find_bad_code(const dg_code_column *columns, size_t n_columns, size_t first, size_t n, dg_code_block *block)
{
    dg_bad_code bad = {.row = first + n, .column = 0, .code = 0, .found = false};
    for (size_t j = 0; j < n_columns; j++) {
        dg_int128 code = 0;
        size_t row = first + dg_first_bad_code(&columns[j], first, n, block, &code);
        if (row < bad.row) {
            bad = (dg_bad_code){.row = row, .column = j, .code = code, .found = true};
        }
    }
    return bad;
}
