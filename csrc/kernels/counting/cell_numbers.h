/* The cell of each row of a block in the table of all columns crossed: C order, the last column varies fastest.
 *
 * Numbers are 16-bit while the table has at most 65,536 cells, because twice as many fit a vector register, else 32-bit.
 */
#ifndef DG_CELL_NUMBERS_H
#define DG_CELL_NUMBERS_H

#include "kernels/counting/code_column.h"

#define DG_MOST_CELLS ((size_t)1 << 32)

static inline bool
dg_cells_are_u16(size_t n_cells)
{
    return n_cells <= 65536;
}

/* Fills block->cells.u16 or .u32 for n <= DG_BLOCK_ROWS rows of one column or more. n_cells is the product of their n_levels and at most
 * DG_MOST_CELLS. False when a code is out of range: the cells must then not be used; when true all are below n_cells. */
bool dg_cell_numbers(const dg_code_column *columns, size_t n_columns, const dg_loops *loops, size_t n_cells,
                     size_t first, size_t n, dg_code_block *block);

/* Asks for the codes of rows first .. first + n - 1 of every column, which may go beyond the last row. */
void dg_prefetch_codes(const dg_code_column *columns, size_t n_columns, size_t first, size_t n);

/* Where a code was out of range. */
typedef struct {
    size_t row;
    size_t column;
    dg_int128 code;
    bool found; /* false when the array was changed back by another thread */
} dg_bad_code;

/* The first bad row of a block for which dg_cell_numbers was false, and its first bad column. */
dg_bad_code dg_find_bad_code(const dg_code_column *columns, size_t n_columns, size_t first, size_t n,
                             dg_code_block *block);

#endif
