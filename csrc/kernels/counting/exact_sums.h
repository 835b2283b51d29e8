/* Exact sums of non-negative weights, and of their squares, in each cell.
 *
 * A weight is a whole number of units of 2**low, so that its sum is whole-number arithmetic: exact, and the same in
 * whatever order rows come. Long numbers are base 2**32 digits held in 64-bit words, so that carries can wait.
 *
 * Nearly all real weights are below 2**64 such units: two digits, and four for the square, which with the count fill one
 * cache line a cell. A weight that is larger (the whole range of doubles is 2,098 bits) is added to a longer number.
 */
#ifndef DG_EXACT_SUMS_H
#define DG_EXACT_SUMS_H

#include "kernels/counting/cell_numbers.h"
#include "kernels/status.h"
#include "kernels/counting/weight_window.h"

typedef struct {
    size_t n_cells;
    const dg_loops *loops;
    int low;
    size_t sum_digits;    /* digits of a sum */
    size_t square_digits; /* digits of a sum of squares */
    dg_exact_cell *cells; /* n_cells */
    uint64_t *wide;       /* n_cells times the digits of a sum, then of its squares, each with some to spare */
    uint64_t uncarried;   /* rows added since carries were last taken care of */
} dg_exact_counter;

/* *bytes of zeroed memory that a counter needs; false when no memory can be that big. */
bool dg_exact_bytes(size_t n_cells, size_t sum_digits, size_t square_digits, size_t *bytes);

/* Takes dg_exact_bytes of zeroed, 8-byte aligned memory, which must outlive the counter. */
void dg_exact_start(dg_exact_counter *counter, size_t n_cells, const dg_loops *loops, int low, size_t sum_digits,
                    size_t square_digits, void *zeroed);

/* Where and why a row was refused. */
typedef struct {
    dg_bad_code code;
    size_t weight_row;
} dg_bad_row;

/* Adds rows first .. first + n - 1 to counts, sums and sums of squares. DG_CODE_OUT_OF_RANGE fills bad->code;
 * DG_WEIGHT_OUTSIDE_WINDOW fills bad->weight_row: the weight is negative, not finite, no multiple of 2**low, or it or
 * a sum up to it needs more digits than there are. The counter is then of no further use. */
dg_status dg_sum_rows(dg_exact_counter *counter, const dg_code_column *columns, size_t n_columns,
                      const dg_strided_values *weights, size_t first, size_t n, dg_bad_row *bad);

/* Adds what was summed to counts[n_cells], sums[n_cells][sum_digits] and squares[n_cells][square_digits], lowest digit
 * first; on return every digit is below 2**32. DG_WEIGHT_OUTSIDE_WINDOW when a result needs more digits, DG_CORRUPT when a
 * digit that was there is 2**32 or more: nothing is then changed. */
dg_status dg_add_exact(dg_exact_counter *counter, int64_t *counts, uint64_t *sums, uint64_t *squares);

#endif
