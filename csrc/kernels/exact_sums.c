#include "kernels/exact_sums.h"

#include "kernels/checked_size.h"

typedef unsigned __int128 uint128;

#define LINE ((size_t)64) /* bytes in a cache line */
#define DIGIT_MASK UINT64_C(0xffffffff)
#define WIDE_ROWS_BEFORE_CARRY (UINT64_C(1) << 30) /* a row adds less than 2**33 to a word: 2**63 is not reached */

bool
dg_exact_bytes(size_t n_cells, size_t sum_digits, size_t square_digits, size_t *bytes)
{
    size_t per_cell;
    return dg_checked_add(sum_digits, square_digits, &per_cell) &&
           dg_checked_multiply(per_cell, sizeof(uint64_t), &per_cell) &&
           dg_checked_add(per_cell, sizeof(dg_exact_cell), &per_cell) &&
           dg_checked_multiply(per_cell, n_cells, bytes) && dg_checked_add(*bytes, LINE, bytes);
}

void
dg_exact_start(dg_exact_counter *counter, size_t n_cells, int low, size_t sum_digits, size_t square_digits, void *zeroed)
{
    const uintptr_t address = (uintptr_t)zeroed;
    unsigned char *line = (unsigned char *)zeroed + (LINE - address % LINE) % LINE;
    *counter = (dg_exact_counter){
            .n_cells = n_cells,
            .low = low,
            .sum_digits = sum_digits,
            .square_digits = square_digits,
            .cells = (dg_exact_cell *)(void *)line,
            .wide = (uint64_t *)(void *)(line + n_cells * sizeof(dg_exact_cell)),
    };
}

/* How far a normal weight, moved to the top of 64 bits, must be moved down to count units of 2**low: farthest for the
 * smallest. Outside least .. most the weight does not fit, or is zero, subnormal, negative or not finite. */
typedef struct {
    int most_for_zero;
    int least;
    unsigned int span;
} shift_range;

static shift_range
shifts_for(int low)
{
    const int of_exponent_0 = low + 1086;
    const int least = of_exponent_0 - 2046 > 0 ? of_exponent_0 - 2046 : 0;
    const int most = of_exponent_0 - 1 < 63 ? of_exponent_0 - 1 : 63;
    return (shift_range){.most_for_zero = of_exponent_0, .least = least, .span = (unsigned int)(most - least)};
}

/* The weight in units of 2**low, when it is normal and fits 64 bits. */
static inline bool
narrow_units(uint64_t bits, shift_range range, uint64_t *units)
{
    const int shift = range.most_for_zero - (int)(bits >> 52);
    if ((unsigned int)(shift - range.least) > range.span) {
        return false;
    }
    const uint64_t top = bits << 11 | UINT64_C(1) << 63;
    *units = top >> shift;
    return *units << shift == top; /* else a bit lay below 2**low */
}

static inline void
add_narrow(dg_exact_cell *cell, uint64_t units)
{
    const uint128 square = (uint128)units * units;
    uint128 sum = (uint128)cell->sum[0] + units;
    cell->sum[0] = (uint64_t)sum;
    cell->sum[1] += (uint64_t)(sum >> 64);
    sum = (uint128)cell->square[0] + (uint64_t)square;
    cell->square[0] = (uint64_t)sum;
    sum = (uint128)cell->square[1] + (uint64_t)(square >> 64) + (uint64_t)(sum >> 64);
    cell->square[1] = (uint64_t)sum;
    cell->square[2] += (uint64_t)(sum >> 64);
}

/* Adds value * 2**position to a long number without carrying; false when it needs more than n digits. */
static bool
add_shifted(uint64_t *digits, size_t n, size_t position, uint64_t value)
{
    uint128 rest = (uint128)value << position % 32;
    for (size_t k = position / 32; rest != 0; k++, rest >>= 32) {
        if (k >= n) {
            return false;
        }
        digits[k] += (uint64_t)rest & DIGIT_MASK;
    }
    return true;
}

/* Carries within n digits; false when the number needs more. */
static bool
carry(uint64_t *digits, size_t n)
{
    uint64_t over = 0;
    for (size_t k = 0; k < n; k++) {
        const uint64_t digit = digits[k] + over;
        digits[k] = digit & DIGIT_MASK;
        over = digit >> 32;
    }
    return over == 0;
}

static bool
carry_wide(dg_exact_counter *counter)
{
    bool fits = true;
    uint64_t *digits = counter->wide;
    for (size_t cell = 0; cell < counter->n_cells; cell++) {
        fits &= carry(digits, counter->sum_digits);
        digits += counter->sum_digits;
        fits &= carry(digits, counter->square_digits);
        digits += counter->square_digits;
    }
    counter->wide_rows = 0;
    return fits;
}

/* Every weight that is not narrow: zero, wide, subnormal, or not a weight at all (false). */
static bool
add_wide(dg_exact_counter *counter, size_t cell, uint64_t bits)
{
    if (bits << 1 == 0) {
        return true;
    }
    if (bits >> 52 >= 2047 || (counter->wide_rows == WIDE_ROWS_BEFORE_CARRY && !carry_wide(counter))) {
        return false;
    }
    const dg_weight_parts parts = dg_split_weight(bits);
    if (parts.unit < counter->low) {
        return false;
    }
    const size_t position = (size_t)(parts.unit - counter->low);
    const uint128 square = (uint128)parts.mantissa * parts.mantissa;
    uint64_t *sum = counter->wide + cell * (counter->sum_digits + counter->square_digits);
    uint64_t *squares = sum + counter->sum_digits;
    counter->wide_used = true;
    counter->wide_rows++;
    return add_shifted(sum, counter->sum_digits, position, parts.mantissa) &&
           add_shifted(squares, counter->square_digits, 2 * position, (uint64_t)square) &&
           add_shifted(squares, counter->square_digits, 2 * position + 64, (uint64_t)(square >> 64));
}

/* The rows of a block up to the first that is refused; n when none is. Called with a constant are_u16, so that there
 * is a loop for each size of cell number. */
static inline size_t
sum_block(dg_exact_counter *counter, const dg_code_block *block, bool are_u16, const uint64_t *weights, size_t n)
{
    const shift_range range = shifts_for(counter->low);
    for (size_t i = 0; i < n; i++) {
        const size_t cell = are_u16 ? block->cells.u16[i] : block->cells.u32[i];
        uint64_t units;
        counter->cells[cell].count++;
        if (narrow_units(weights[i], range, &units)) {
            add_narrow(&counter->cells[cell], units);
        }
        else if (!add_wide(counter, cell, weights[i])) {
            return i;
        }
    }
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
        if (!dg_cell_numbers(columns, n_columns, counter->n_cells, first + done, rows, &block)) {
            bad->code = dg_find_bad_code(columns, n_columns, first + done, rows, &block);
            return DG_CODE_OUT_OF_RANGE;
        }
        dg_copy_values(weights, first + done, rows, &copy);
        const size_t good = dg_cells_are_u16(counter->n_cells) ? sum_block(counter, &block, true, copy.u64, rows)
                                                               : sum_block(counter, &block, false, copy.u64, rows);
        if (good < rows) {
            bad->weight_row = first + done + good;
            return DG_WEIGHT_OUTSIDE_WINDOW;
        }
    }
    return DG_OK;
}

/* digits[n] = digits + narrow words + wide digits, carried; only looked at unless `write`. */
static dg_status
add_long(uint64_t *digits, size_t n, const uint64_t *narrow, size_t n_words, const uint64_t *wide, bool write)
{
    uint64_t over = 0;
    for (size_t k = 0; k < n; k++) {
        if (digits[k] > DIGIT_MASK) {
            return DG_CORRUPT;
        }
        const uint64_t word = k / 2 < n_words ? narrow[k / 2] >> (k % 2 ? 32 : 0) : 0;
        const uint64_t digit = digits[k] + (word & DIGIT_MASK) + wide[k] + over;
        over = digit >> 32;
        if (write) {
            digits[k] = digit & DIGIT_MASK;
        }
    }
    for (size_t k = n; k < 2 * n_words; k++) {
        over |= narrow[k / 2] >> (k % 2 ? 32 : 0) & DIGIT_MASK;
    }
    return over == 0 ? DG_OK : DG_WEIGHT_OUTSIDE_WINDOW;
}

static dg_status
add_cell(const dg_exact_counter *counter, size_t cell, uint64_t *sums, uint64_t *squares, bool write)
{
    const size_t n_sum = counter->sum_digits, n_square = counter->square_digits;
    const uint64_t *wide = counter->wide + cell * (n_sum + n_square);
    const dg_exact_cell *narrow = &counter->cells[cell];
    const dg_status status = add_long(sums + cell * n_sum, n_sum, narrow->sum, 2, wide, write);
    if (status != DG_OK) {
        return status;
    }
    return add_long(squares + cell * n_square, n_square, narrow->square, 3, wide + n_sum, write);
}

dg_status
dg_add_exact(dg_exact_counter *counter, int64_t *counts, uint64_t *sums, uint64_t *squares)
{
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
