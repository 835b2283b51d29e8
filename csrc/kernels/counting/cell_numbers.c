#include "kernels/counting/cell_numbers.h"

/* The checks of the codes give the error its cause; the last one holds whatever other threads do to the codes. */
bool
dg_cell_numbers(const dg_code_column *columns, size_t n_columns, const dg_loops *loops, size_t n_cells, size_t first,
                size_t n, dg_code_block *block)
{
    const unsigned int cells = dg_cells_are_u16(n_cells) ? DG_CELLS_U16 : DG_CELLS_U32;
    bool good = dg_set_cells(&columns[0], loops, cells, first, n, block);
    for (size_t j = 1; j < n_columns && good; j++) {
        good = dg_append_levels(&columns[j], loops, cells, first, n, block);
    }
    return good && (n == 0 || loops->highest[cells](&block->cells, n) < n_cells);
}

void
dg_prefetch_codes(const dg_code_column *columns, size_t n_columns, size_t first, size_t n)
{
    for (size_t j = 0; j < n_columns; j++) {
        if (!columns[j].is_packed) {
            dg_prefetch_values(&columns[j].codes, first, n);
        }
    }
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
