#include "kernels/counting/cell_counts.h"

#include <string.h>

#include "kernels/checked_size.h"

/* Four copies of a table this big fill half of the smallest second-level cache in use. */
#define CELLS_FOR_FOUR_LANES ((size_t)16384)
#define CELLS_FOR_TWO_LANES ((size_t)65536)

#define ROWS_A_FETCH ((size_t)256)

static size_t
lanes_for(size_t n_cells)
{
    return n_cells <= CELLS_FOR_FOUR_LANES ? 4 : n_cells <= CELLS_FOR_TWO_LANES ? 2 : 1;
}

bool
dg_counter_bytes(size_t n_cells, size_t *bytes)
{
    return dg_checked_multiply(n_cells, sizeof(int64_t) + lanes_for(n_cells) * sizeof(uint32_t), bytes);
}

void
dg_counter_start(dg_cell_counter *counter, size_t n_cells, const dg_loops *loops, void *zeroed)
{
    counter->n_cells = n_cells;
    counter->loops = loops;
    counter->n_lanes = lanes_for(n_cells);
    counter->totals = zeroed;
    counter->lanes = (uint32_t *)(void *)(counter->totals + n_cells);
    counter->unflushed = 0;
}

static void
flush(dg_cell_counter *counter)
{
    const size_t n_cells = counter->n_cells;
    for (size_t lane = 0; lane < counter->n_lanes; lane++) {
        uint32_t *counts = counter->lanes + lane * n_cells;
        for (size_t cell = 0; cell < n_cells; cell++) {
            counter->totals[cell] += counts[cell];
        }
        memset(counts, 0, n_cells * sizeof(uint32_t));
    }
    counter->unflushed = 0;
}

/* Rows take turns between four lanes; with fewer lanes some of the four are the same. */
#define DEFINE_COUNT(NAME, CELL)                                                          \
    static void NAME(const dg_cell_counter *counter, const CELL *cells, size_t n)         \
    {                                                                                     \
        uint32_t *lane0 = counter->lanes;                                                 \
        uint32_t *lane1 = lane0 + (counter->n_lanes > 1 ? counter->n_cells : 0);          \
        uint32_t *lane2 = lane0 + (counter->n_lanes > 2 ? 2 * counter->n_cells : 0);      \
        uint32_t *lane3 = lane1 + (counter->n_lanes > 2 ? 2 * counter->n_cells : 0);      \
        size_t i = 0;                                                                     \
        for (; n - i >= 4; i += 4) {                                                      \
            lane0[cells[i]]++;                                                            \
            lane1[cells[i + 1]]++;                                                        \
            lane2[cells[i + 2]]++;                                                        \
            lane3[cells[i + 3]]++;                                                        \
        }                                                                                 \
        for (; i < n; i++) {                                                              \
            lane0[cells[i]]++;                                                            \
        }                                                                                 \
    }

DEFINE_COUNT(count_u16, uint16_t)
DEFINE_COUNT(count_u32, uint32_t)

/* Counts the cells of rows first .. first + n - 1, and meanwhile has the codes of the block after them fetched: a few at
 * a time, because the processor keeps track of few requests to memory. */
static void
count_block(dg_cell_counter *counter, const dg_code_column *columns, size_t n_columns, const dg_code_block *block,
            size_t first, size_t n)
{
    if (counter->unflushed > UINT32_MAX - DG_BLOCK_ROWS) {
        flush(counter);
    }
    for (size_t i = 0; i < n; i += ROWS_A_FETCH) {
        const size_t rows = n - i < ROWS_A_FETCH ? n - i : ROWS_A_FETCH;
        dg_prefetch_codes(columns, n_columns, first + n + i, rows);
        if (dg_cells_are_u16(counter->n_cells)) {
            count_u16(counter, block->cells.u16 + i, rows);
        }
        else {
            count_u32(counter, block->cells.u32 + i, rows);
        }
    }
    counter->unflushed += n;
}

dg_status
dg_count_rows(dg_cell_counter *counter, const dg_code_column *columns, size_t n_columns, size_t first, size_t n,
              dg_bad_code *bad)
{
    dg_code_block block;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        if (!dg_cell_numbers(columns, n_columns, counter->loops, counter->n_cells, first + done, rows, &block)) {
            *bad = dg_find_bad_code(columns, n_columns, first + done, rows, &block);
            return DG_CODE_OUT_OF_RANGE;
        }
        count_block(counter, columns, n_columns, &block, first + done, rows);
    }
    return DG_OK;
}

void
dg_add_counts(dg_cell_counter *counter, int64_t *counts)
{
    flush(counter);
    for (size_t cell = 0; cell < counter->n_cells; cell++) {
        counts[cell] += counter->totals[cell];
    }
}
