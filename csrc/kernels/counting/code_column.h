/* A column of integer codes and the levels they stand for: level = code - base, in 0 .. n_levels - 1.
 *
 * The range is kept as the lowest and highest code of the column's own type that is in range, so that one unsigned
 * comparison after a wrapping subtraction decides for every type: code - low <= span. Level 0 of a column with nulls can
 * belong to no code at all (base one below the lowest code of its type), which is why the level of `low` is kept beside it.
 */
#ifndef DG_CODE_COLUMN_H
#define DG_CODE_COLUMN_H

#include "cpu/loops.h"
#include "kernels/coding/strided_values.h"

typedef __int128 dg_int128; /* holds every code of every type, and differences of two */

typedef struct {
    dg_strided_values codes;    /* ignored for a packed bitmap, but for data and width 1 */
    bool is_signed;
    bool is_packed;             /* codes are bits of a bitmap */
    size_t bit_offset;          /* the bit of row 0 of a packed bitmap */
    const unsigned char *valid; /* Arrow validity bitmap, 1 = present; or NULL */
    size_t valid_offset;        /* the bit of row 0 */
    dg_level_range range;       /* n_levels, and which codes have one */
    bool has_codes;             /* false: no code of the type is in range */
} dg_code_column;

/* What a block is worked on in; 26 KiB, meant for the stack. Aligned, so that no vector lies across two cache lines. */
typedef struct {
    _Alignas(64) union {
        uint16_t u16[DG_BLOCK_ROWS];
        uint32_t u32[DG_BLOCK_ROWS];
    } cells;
    _Alignas(64) dg_block_values codes;
    uint8_t valid[DG_BLOCK_ROWS];
} dg_code_block;

/* Sets range and has_codes; width and is_signed must be set. */
void dg_set_levels(dg_code_column *column, dg_int128 base, uint64_t n_levels);

/* The cell numbers of the first column: cells[i] = level of row first + i, for n <= DG_BLOCK_ROWS rows. `cells` is
 * DG_CELLS_U16 or DG_CELLS_U32. False when a code is out of range: the cells are then meaningless and must not be used. */
bool dg_set_cells(const dg_code_column *column, const dg_loops *loops, unsigned int cells, size_t first, size_t n,
                  dg_code_block *block);

/* Those of each column after it: cells[i] = cells[i] * n_levels + level; the true result must fit the cell's type.
 *
 * Codes that lie in order are read where they are, so another thread may change one between its check and its use. What
 * indexes memory must therefore be checked once more in the block itself: see dg_cell_numbers. */
bool dg_append_levels(const dg_code_column *column, const dg_loops *loops, unsigned int cells, size_t first, size_t n,
                      dg_code_block *block);

/* The first of n <= DG_BLOCK_ROWS rows whose code is out of range, as an index from `first`, and its code. n if none. */
size_t dg_first_bad_code(const dg_code_column *column, size_t first, size_t n, dg_code_block *block, dg_int128 *code);

#endif
