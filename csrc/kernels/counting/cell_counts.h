/* How many rows fall in each cell.
 *
 * Counting is one addition to memory per row, and two rows of the same cell in a row would wait for each other. So a
 * small table is counted in several 32-bit copies, rows taking turns, and one that no longer fits the nearer caches in
 * one. The 32-bit counts are added to 64-bit totals before they can overflow.
 *
 * The counter works in memory of the caller's. Nothing is added to the caller's counts until dg_add_counts.
 */
#ifndef DG_CELL_COUNTS_H
#define DG_CELL_COUNTS_H

#include "kernels/counting/cell_numbers.h"
#include "kernels/status.h"

typedef struct {
    size_t n_cells;
    const dg_loops *loops;
    size_t n_lanes;      /* 32-bit copies: 4, 2 or 1 */
    int64_t *totals;     /* n_cells */
    uint32_t *lanes;     /* n_lanes tables of n_cells, one after the other */
    uint64_t unflushed;  /* rows in the lanes: no lane can count past this */
} dg_cell_counter;

/* *bytes of zeroed memory that a counter needs; false when no memory can be that big. */
bool dg_counter_bytes(size_t n_cells, size_t *bytes);

/* Takes dg_counter_bytes of zeroed, 8-byte aligned memory, which must outlive the counter. */
void dg_counter_start(dg_cell_counter *counter, size_t n_cells, const dg_loops *loops, void *zeroed);

/* Counts rows first .. first + n - 1. DG_CODE_OUT_OF_RANGE fills *bad; the counter is then of no further use. */
dg_status dg_count_rows(dg_cell_counter *counter, const dg_code_column *columns, size_t n_columns, size_t first, size_t n,
                        dg_bad_code *bad);

/* Adds what was counted to counts[n_cells]. */
void dg_add_counts(dg_cell_counter *counter, int64_t *counts);

#endif
