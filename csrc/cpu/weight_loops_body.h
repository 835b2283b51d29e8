/* The loops over weights: see loops_body.h, which includes this. */

static inline void
scan_one(uint64_t bits, dg_weight_scan *scan)
{
    const int64_t size = (int64_t)bits, less = (int64_t)(bits + INT64_MAX);
    scan->every_bit |= bits;
    scan->largest = size > scan->largest ? size : scan->largest;
    scan->smallest = less < scan->smallest ? less : scan->smallest;
}

/* Two runs of rows at once: each step of a maximum waits for the one before it. */
TARGET static void
scan_weights(const uint64_t *bits, size_t n, dg_weight_scan *scan)
{
    const uint64_t *others = bits + (n - n / 2); /* with n odd the middle row is in the first run, below */
    dg_weight_scan a = *scan, b = *scan;
    for (size_t i = 0; i < n / 2; i++) {
        const int64_t size_a = (int64_t)bits[i], less_a = (int64_t)(bits[i] + INT64_MAX);
        const int64_t size_b = (int64_t)others[i], less_b = (int64_t)(others[i] + INT64_MAX);
        a.every_bit |= bits[i] | others[i];
        a.largest = size_a > a.largest ? size_a : a.largest;
        b.largest = size_b > b.largest ? size_b : b.largest;
        a.smallest = less_a < a.smallest ? less_a : a.smallest;
        b.smallest = less_b < b.smallest ? less_b : b.smallest;
    }
    scan->every_bit = a.every_bit;
    scan->largest = a.largest > b.largest ? a.largest : b.largest;
    scan->smallest = a.smallest < b.smallest ? a.smallest : b.smallest;
    if (n % 2 != 0) {
        scan_one(bits[n / 2], scan);
    }
}

#ifndef WEIGHT_UNITS
#define WEIGHT_UNITS weight_units
#endif

/* A normal number is its 53 bits shifted by what its exponent is above the unit's, which is at least 1. A sign bit, zero
 * and subnormal numbers make that difference one that does not fit. */
TARGET static bool
weight_units(const uint64_t *restrict bits, size_t n, uint64_t unit_exponent, uint64_t *restrict units)
{
    const uint64_t implied = UINT64_C(1) << 52, fraction = implied - 1;
    uint64_t others = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t shift = (bits[i] >> 52) - unit_exponent;
        const uint64_t fits = shift <= 11 ? UINT64_MAX : 0;
        units[i] = ((bits[i] & fraction) | implied) << (shift & 63) & fits;
        others |= bits[i] << 1 & ~fits;
    }
    return others == 0;
}

/* Both words of a square, the lower first: 16 bytes that one vector takes. */
static inline void
square_one(const uint64_t *units, size_t i, uint64_t *squares)
{
    const unsigned __int128 square = (unsigned __int128)units[i] * units[i];
    squares[2 * i] = (uint64_t)square;
    squares[2 * i + 1] = (uint64_t)(square >> 64);
}

/* Squares are made so many rows ahead that both their words are in memory when they are read as one vector. */
#define ROWS_AHEAD ((size_t)64)

#define DEFINE_ADD_UNITS(NAME, CELL)                                                                                  \
    TARGET static void NAME(dg_exact_cell *sums, const void *cell_memory, const uint64_t *units, size_t n)            \
    {                                                                                                                 \
        const CELL *cells = cell_memory;                                                                              \
        _Alignas(16) uint64_t squares[2 * DG_PIECE_ROWS];                                                             \
        const size_t lead = n < ROWS_AHEAD ? n : ROWS_AHEAD;                                                          \
        for (size_t i = 0; i < lead; i++) {                                                                           \
            square_one(units, i, squares);                                                                            \
        }                                                                                                             \
        for (size_t i = 0; i < n - lead; i++) {                                                                       \
            square_one(units, i + lead, squares);                                                                     \
            add_row(&sums[cells[i]], &units[i], &squares[2 * i]);                                                     \
        }                                                                                                             \
        for (size_t i = n - lead; i < n; i++) {                                                                       \
            add_row(&sums[cells[i]], &units[i], &squares[2 * i]);                                                     \
        }                                                                                                             \
    }

DEFINE_ADD_UNITS(add_units_u16, uint16_t)
DEFINE_ADD_UNITS(add_units_u32, uint32_t)
