#include "kernels/exact_sums.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "kernels/checked_size.h"

typedef unsigned __int128 uint128;

#define LINE ((size_t)64) /* bytes in a cache line */
#define DIGIT_MASK UINT64_C(0xffffffff)
/* A row adds less than 2**32 to a narrow word and less than 2**33 to a wide one: together they stay below 2**64. */
#define ROWS_BEFORE_CARRY (UINT64_C(1) << 30)

/* From here to its negative a power of two and its inverse are normal numbers, and so arithmetic with them is exact. */
#define LEAST_UNIT (-1022)

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

static inline double
double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline uint64_t
bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static double
power_of_two(int exponent)
{
    return double_of((uint64_t)(exponent + 1023) << 52);
}

/* x without its fraction where that fits 64 bits, else some negative number. */
static inline int64_t
whole_of(double x)
{
#ifdef __SSE2__
    return _mm_cvttsd_si64(_mm_set_sd(x)); /* what the C conversion compiles to, but defined for every x */
#else
    return x >= 0 && x < 0x1p63 ? (int64_t)x : -1;
#endif
}

/* The weights in units of 2**low; false when some are not whole, negative, or not below 2**63: those units are then
 * meaningless. Multiplying by a power of two and converting whole numbers both ways is exact, and what is no such number
 * does not come back the same. The sign is left out of that comparison: negative zero is zero. */
static bool
narrow_units(const dg_block_values *weights, size_t n, int low, int64_t *units)
{
    const double unit = power_of_two(low), per_unit = power_of_two(-low);
    uint64_t difference = 0;
    int64_t sign = 0;
    for (size_t i = 0; i < n; i++) {
        const int64_t whole = whole_of(double_of(weights->u64[i]) * per_unit);
        difference |= weights->u64[i] ^ bits_of((double)whole * unit);
        sign |= whole;
        units[i] = whole;
    }
    return difference << 1 == 0 && sign >= 0;
}

/* Lists the rows that narrow_units could not express, which are then given 0 units; returns how many. */
static size_t
list_others(const dg_block_values *weights, size_t n, int low, int64_t *units, uint16_t *others)
{
    const bool has_unit = low >= LEAST_UNIT && low <= -LEAST_UNIT;
    const double unit = has_unit ? power_of_two(low) : 0.0;
    size_t n_others = 0;
    for (size_t i = 0; i < n; i++) {
        if (!has_unit || units[i] < 0 || (weights->u64[i] ^ bits_of((double)units[i] * unit)) << 1 != 0) {
            units[i] = 0;
            others[n_others++] = (uint16_t)i;
        }
    }
    return n_others;
}

/* pair += the two digits of value. */
static inline void
add_digits(uint64_t *pair, uint64_t value)
{
#ifdef __SSE2__
    const __m128i digits = _mm_unpacklo_epi32(_mm_cvtsi64_si128((int64_t)value), _mm_setzero_si128());
    __m128i *sums = (__m128i *)(void *)pair;
    _mm_store_si128(sums, _mm_add_epi64(_mm_load_si128(sums), digits));
#else
    pair[0] += value & DIGIT_MASK;
    pair[1] += value >> 32;
#endif
}

static inline void
add_narrow(dg_exact_cell *cell, int64_t units)
{
    const uint128 square = (uint128)(uint64_t)units * (uint64_t)units;
    cell->count++;
    add_digits(cell->sum, (uint64_t)units);
    add_digits(cell->square, (uint64_t)square);
    add_digits(cell->square + 2, (uint64_t)(square >> 64));
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

/* Moves a cell's narrow digits to the long number; false when that has too few digits. */
static bool
move_narrow(uint64_t *narrow, size_t n_narrow, uint64_t *wide, size_t n)
{
    uint64_t beyond = 0;
    for (size_t k = 0; k < n_narrow; k++) {
        if (k < n) {
            wide[k] += narrow[k];
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
    bool fits = true;
    uint64_t *wide = counter->wide;
    for (size_t i = 0; i < counter->n_cells; i++) {
        dg_exact_cell *cell = &counter->cells[i];
        fits &= move_narrow(cell->sum, 2, wide, counter->sum_digits) && carry(wide, counter->sum_digits);
        wide += counter->sum_digits;
        fits &= move_narrow(cell->square, 4, wide, counter->square_digits) && carry(wide, counter->square_digits);
        wide += counter->square_digits;
    }
    counter->uncarried = 0;
    return fits;
}

/* A weight that is not narrow: wide, subnormal, or not a weight at all (false). */
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
    if (parts.unit < counter->low) {
        return false;
    }
    const size_t position = (size_t)(parts.unit - counter->low);
    const uint128 square = (uint128)parts.mantissa * parts.mantissa;
    uint64_t *sum = counter->wide + cell * (counter->sum_digits + counter->square_digits);
    uint64_t *squares = sum + counter->sum_digits;
    return add_shifted(sum, counter->sum_digits, position, parts.mantissa) &&
           add_shifted(squares, counter->square_digits, 2 * position, (uint64_t)square) &&
           add_shifted(squares, counter->square_digits, 2 * position + 64, (uint64_t)(square >> 64));
}

static void
sum_narrow(dg_exact_counter *counter, const dg_code_block *block, const int64_t *units, size_t n)
{
    if (dg_cells_are_u16(counter->n_cells)) {
        for (size_t i = 0; i < n; i++) {
            add_narrow(&counter->cells[block->cells.u16[i]], units[i]);
        }
    }
    else {
        for (size_t i = 0; i < n; i++) {
            add_narrow(&counter->cells[block->cells.u32[i]], units[i]);
        }
    }
}

/* The first row of a block that is refused, n when none is. */
static size_t
sum_block(dg_exact_counter *counter, const dg_code_block *block, const dg_block_values *weights, size_t n)
{
    int64_t units[DG_BLOCK_ROWS];
    uint16_t others[DG_BLOCK_ROWS];
    size_t n_others = 0;
    const int low = counter->low;
    if (low < LEAST_UNIT || low > -LEAST_UNIT || !narrow_units(weights, n, low, units)) {
        n_others = list_others(weights, n, low, units, others);
    }
    sum_narrow(counter, block, units, n);
    for (size_t k = 0; k < n_others; k++) {
        const size_t i = others[k];
        const size_t cell = dg_cells_are_u16(counter->n_cells) ? block->cells.u16[i] : block->cells.u32[i];
        if (!add_wide(counter, cell, weights->u64[i])) {
            return i;
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
        dg_copy_values(weights, first + done, rows, &copy);
        const size_t good = sum_block(counter, &block, &copy, rows);
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
    const uint64_t *wide = counter->wide + cell * (n_sum + n_square);
    const dg_status status = add_long(sums + cell * n_sum, n_sum, wide, write);
    return status != DG_OK ? status : add_long(squares + cell * n_square, n_square, wide + n_sum, write);
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
