/* The loops that the speed of counting rests on, written once and compiled for each set of instructions.
 *
 * Which set is used changes how fast a result comes and nothing else: all is whole-number arithmetic. The caller passes the
 * set in, so that there is no hidden state and a test can compare them.
 */
#ifndef DG_LOOPS_H
#define DG_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which codes of a column are in range: code - low, wrapping in the type of the codes, is at most span. The level of such
 * a code is that difference and low_level more. */
typedef struct {
    uint64_t n_levels;
    uint64_t low;       /* lowest code in range, as the bits of its type */
    uint64_t span;      /* highest code in range, less low */
    uint64_t low_level; /* the level of low */
} dg_level_range;

/* cells[i] = level of codes[i]. False when a code is out of range: the cells are then meaningless. */
typedef bool dg_first_loop(const void *codes, size_t n, const dg_level_range *range, void *cells);

/* cells[i] = cells[i] * n_levels + level of codes[i]. */
typedef bool dg_next_loop(const void *codes, size_t n, const dg_level_range *range, void *cells);

/* The same with nulls: valid is 1 where a row has a code and 0 where it is a null, whose level is 0. */
typedef bool dg_next_valid_loop(const void *codes, const uint8_t *valid, size_t n, const dg_level_range *range,
                                void *cells);

/* The highest of n cell numbers, 0 for none. */
typedef uint32_t dg_highest_loop(const void *cells, size_t n);

enum { DG_CELLS_U16, DG_CELLS_U32, DG_CELL_WIDTHS };

/* By width of cell number, then of code: 1, 2, 4 and 8 bytes. */
typedef struct {
    const char *name;
    dg_first_loop *first[DG_CELL_WIDTHS][4];
    dg_next_loop *next[DG_CELL_WIDTHS][4];
    dg_next_valid_loop *next_valid[DG_CELL_WIDTHS][4];
    dg_highest_loop *highest[DG_CELL_WIDTHS];
} dg_loops;

extern const dg_loops dg_baseline_loops;
#if defined(__x86_64__) && defined(__GNUC__)
#define DG_HAVE_AVX2_LOOPS
extern const dg_loops dg_avx2_loops;
#endif

/* The fastest that this processor and operating system run. */
const dg_loops *dg_best_loops(void);

/* The one of that name, or NULL when this machine does not have it. */
const dg_loops *dg_named_loops(const char *name);

#endif
