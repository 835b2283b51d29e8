#include "kernels/counting/exact_sums.h"

#include <string.h>

#include "kernels/checked_size.h"

typedef unsigned __int128 uint128;

#define LINE ((size_t)64) /* bytes in a cache line */
#define DIGIT_MASK UINT64_C(0xffffffff)
/* A row adds less than 2**32 to a narrow word and less than 2**33 to a wide one: together they stay below 2**64. */
#define ROWS_BEFORE_CARRY (UINT64_C(1) << 30)

/* What a weight can need beyond the digit where it begins: its 53 bits shifted by up to 31, and twice as many. They are
 * there so that adding need not ask at each digit; when carries are taken care of they must be zero. */
#define SPARE_SUM_DIGITS ((size_t)2)
#define SPARE_SQUARE_DIGITS ((size_t)4)

bool
dg_exact_bytes(size_t n_cells, size_t sum_digits, size_t square_digits, size_t *bytes)
{
    size_t per_cell;
    return dg_checked_add(sum_digits, square_digits, &per_cell) &&
           dg_checked_add(per_cell, SPARE_SUM_DIGITS + SPARE_SQUARE_DIGITS, &per_cell) &&
           dg_checked_multiply(per_cell, sizeof(uint64_t), &per_cell) &&
           dg_checked_add(per_cell, sizeof(dg_exact_cell), &per_cell) &&
           dg_checked_multiply(per_cell, n_cells, bytes) && dg_checked_add(*bytes, LINE, bytes);
}

void
dg_exact_start(dg_exact_counter *counter, size_t n_cells, const dg_loops *loops, int low, size_t sum_digits,
               size_t square_digits, void *zeroed)
{
    const uintptr_t address = (uintptr_t)zeroed;
    unsigned char *line = (unsigned char *)zeroed + (LINE - address % LINE) % LINE;
    *counter = (dg_exact_counter){
            .n_cells = n_cells,
            .loops = loops,
            .low = low,
            .sum_digits = sum_digits,
            .square_digits = square_digits,
            .cells = (dg_exact_cell *)(void *)line,
            .wide = (uint64_t *)(void *)(line + n_cells * sizeof(dg_exact_cell)),
    };
}

/* The long numbers of a cell: its sum, then its sum of squares. */
static inline uint64_t *
wide_of(const dg_exact_counter *counter, size_t cell)
{
    const size_t spare = SPARE_SUM_DIGITS + SPARE_SQUARE_DIGITS;
    return counter->wide + cell * (counter->sum_digits + counter->square_digits + spare);
}

/* Carries within n digits and those to spare; false when the number needs these. */
static bool
carry(uint64_t *digits, size_t n, size_t spare)
{
    uint64_t over = 0, beyond = 0;
    for (size_t k = 0; k < n + spare; k++) {
        const uint64_t digit = digits[k] + over;
        digits[k] = digit & DIGIT_MASK;
        over = digit >> 32;
        beyond |= k < n ? 0 : digit;
    }
    return (over | beyond) == 0;
}

/* Moves word k of the narrow digits, which is digit order[k], to the long number; false when that has too few digits. */
static bool
move_narrow(uint64_t *narrow, const size_t *order, size_t n_narrow, uint64_t *wide, size_t n)
{
    uint64_t beyond = 0;
    for (size_t k = 0; k < n_narrow; k++) {
        if (order[k] < n) {
            wide[order[k]] += narrow[k];
        }
        else {
            beyond |= narrow[k];
        }
        narrow[k] = 0;
    }
    return beyond == 0;
}

/* Every digit of the long numbers below 2**32, the narrow ones 0; false when a number needs more digits. */
static bool
carry_all(dg_exact_counter *counter)
{
    static const size_t sum_order[2] = {0, 1}, square_order[4] = {0, 2, 1, 3};
    bool fits = true;
    uint64_t *wide = counter->wide;
    for (size_t i = 0; i < counter->n_cells; i++) {
        dg_exact_cell *cell = &counter->cells[i];
        fits &= move_narrow(cell->sum, sum_order, 2, wide, counter->sum_digits);
        fits &= carry(wide, counter->sum_digits, SPARE_SUM_DIGITS);
        wide += counter->sum_digits + SPARE_SUM_DIGITS;
        fits &= move_narrow(cell->square, square_order, 4, wide, counter->square_digits);
        fits &= carry(wide, counter->square_digits, SPARE_SQUARE_DIGITS);
        wide += counter->square_digits + SPARE_SQUARE_DIGITS;
    }
    counter->uncarried = 0;
    return fits;
}

/* Adds to n digits from the lowest, where the number is not above base 2**32 to the n. */
static inline void
add_digits(uint64_t *digits, size_t n, uint128 number)
{
    for (size_t k = 0; k < n; k++, number >>= 32) {
        digits[k] += (uint64_t)number & DIGIT_MASK;
    }
}

/* Adds mantissa * 2**position and its square, with carries left for later; false when they begin beyond the digits. */
static bool
add_at(const dg_exact_counter *counter, size_t cell, uint64_t mantissa, size_t position)
{
    const size_t digit = position / 32, square_digit = 2 * position / 32;
    if (digit >= counter->sum_digits || square_digit >= counter->square_digits) {
        return false;
    }
    uint64_t *sum = wide_of(counter, cell);
    uint64_t *squares = sum + counter->sum_digits + SPARE_SUM_DIGITS + square_digit;
    const uint128 square = (uint128)mantissa * mantissa;
    add_digits(sum + digit, 3, (uint128)mantissa << position % 32);
    add_digits(squares, 3, (square & UINT64_MAX) << 2 * position % 32);
    add_digits(squares + 2, 3, square >> 64 << 2 * position % 32);
    return true;
}

/* A weight that is not narrow: below the first or beyond the second digit, subnormal, or not a weight at all (false). */
static bool
add_wide(const dg_exact_counter *counter, size_t cell, uint64_t bits)
{
    if (bits << 1 == 0) {
        return true;
    }
    if (bits >> 52 >= 2047) {
        return false;
    }
    const dg_weight_parts parts = dg_split_weight(bits);
    if (parts.unit >= counter->low) {
        return add_at(counter, cell, parts.mantissa, (size_t)(parts.unit - counter->low));
    }
    const int below = counter->low - parts.unit;
    return below < 53 && parts.mantissa << (64 - below) == 0 && add_at(counter, cell, parts.mantissa >> below, 0);
}

/* Adds the rows whose units are 0 although their weights are not. The first that is refused, n when none is. */
static size_t
add_others(const dg_exact_counter *counter, const dg_code_block *block, size_t first, const uint64_t *bits,
           const uint64_t *units, size_t n)
{
    uint64_t copy[DG_PIECE_ROWS]; /* what places a number in memory must not change after it is checked */
    memcpy(copy, bits, n * sizeof(uint64_t));
    for (size_t i = 0; i < n; i++) {
        if (units[i] == 0) {
            const bool narrow = dg_cells_are_u16(counter->n_cells);
            const size_t cell = narrow ? block->cells.u16[first + i] : block->cells.u32[first + i];
            if (!add_wide(counter, cell, copy[i])) {
                return i;
            }
        }
    }
    return n;
}

/* Adds rows first .. first + n - 1 of a block, n <= DG_PIECE_ROWS. The first that is refused, as an index from `first`, n when
 * none is. */
static size_t
sum_piece(const dg_exact_counter *counter, const dg_code_block *block, size_t first, const uint64_t *bits, size_t n)
{
    uint64_t units[DG_PIECE_ROWS];
    const dg_loops *loops = counter->loops;
    const bool all = loops->weight_units(bits, n, (uint64_t)(counter->low + 1075), units);
    if (dg_cells_are_u16(counter->n_cells)) {
        loops->add_units[DG_CELLS_U16](counter->cells, block->cells.u16 + first, units, n);
    }
    else {
        loops->add_units[DG_CELLS_U32](counter->cells, block->cells.u32 + first, units, n);
    }
    return all ? n : add_others(counter, block, first, bits, units, n);
}

/* The first row of a block that is refused, n when none is. */
static size_t
sum_block(dg_exact_counter *counter, const dg_code_block *block, const uint64_t *bits, size_t n)
{
    for (size_t i = 0; i < n; i += DG_PIECE_ROWS) {
        const size_t rows = n - i < DG_PIECE_ROWS ? n - i : DG_PIECE_ROWS;
        const size_t good = sum_piece(counter, block, i, bits + i, rows);
        if (good < rows) {
            return i + good;
        }
    }
    counter->uncarried += n;
    return n;
}

dg_status
dg_sum_rows(dg_exact_counter *counter, const dg_code_column *columns, size_t n_columns, const dg_strided_values *weights,
            size_t first, size_t n, dg_bad_row *bad)
{
    dg_code_block block;
    dg_block_values copy;
    for (size_t done = 0; done < n; done += DG_BLOCK_ROWS) {
        const size_t rows = n - done < DG_BLOCK_ROWS ? n - done : DG_BLOCK_ROWS;
        if (!dg_cell_numbers(columns, n_columns, counter->loops, counter->n_cells, first + done, rows, &block)) {
            bad->code = dg_find_bad_code(columns, n_columns, first + done, rows, &block);
            return DG_CODE_OUT_OF_RANGE;
        }
        const size_t good = sum_block(counter, &block, dg_read_u64(weights, first + done, rows, &copy), rows);
        bad->weight_row = first + done + good;
        if (good < rows || (counter->uncarried > ROWS_BEFORE_CARRY && !carry_all(counter))) {
            return DG_WEIGHT_OUTSIDE_WINDOW;
        }
    }
    return DG_OK;
}

/* digits[n] += wide[n], carried; only looked at unless `write`. */
static dg_status
add_long(uint64_t *digits, size_t n, const uint64_t *wide, bool write)
{
    uint64_t over = 0;
    for (size_t k = 0; k < n; k++) {
        if (digits[k] > DIGIT_MASK) {
            return DG_CORRUPT;
        }
        const uint64_t digit = digits[k] + wide[k] + over;
        over = digit >> 32;
        if (write) {
            digits[k] = digit & DIGIT_MASK;
        }
    }
    return over == 0 ? DG_OK : DG_WEIGHT_OUTSIDE_WINDOW;
}

static dg_status
add_cell(const dg_exact_counter *counter, size_t cell, uint64_t *sums, uint64_t *squares, bool write)
{
    const size_t n_sum = counter->sum_digits, n_square = counter->square_digits;
    const uint64_t *wide = wide_of(counter, cell);
    const dg_status status = add_long(sums + cell * n_sum, n_sum, wide, write);
    return status != DG_OK ? status : add_long(squares + cell * n_square, n_square, wide + n_sum + SPARE_SUM_DIGITS, write);
}

dg_status
dg_add_exact(dg_exact_counter *counter, int64_t *counts, uint64_t *sums, uint64_t *squares)
{
    if (!carry_all(counter)) {
        return DG_WEIGHT_OUTSIDE_WINDOW;
    }
    for (int write = 0; write < 2; write++) { /* first only see that everything fits */
        for (size_t cell = 0; cell < counter->n_cells; cell++) {
            const dg_status status = add_cell(counter, cell, sums, squares, write);
            if (status != DG_OK) {
                return status;
            }
        }
    }
    for (size_t cell = 0; cell < counter->n_cells; cell++) {
        counts[cell] += (int64_t)counter->cells[cell].count;
    }
    return DG_OK;
}
