/* The loops that the speed of counting and scoring rests on, written once and compiled for each set of instructions.
 *
 * Which set is used changes how fast a result comes and nothing else: all is whole-number arithmetic, and the comparison of a
 * share with a threshold is of the same two products everywhere. The caller passes the set in, so that there is no hidden
 * state and a test can compare them.
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

/* What the bits of positive floats tell of their size: they are ordered as the floats are. */
typedef struct {
    uint64_t every_bit; /* all of them together: the sign bit is set when any is negative */
    int64_t largest;    /* the largest, as a signed number */
    int64_t smallest;   /* the smallest but zero, less 2**63 and 1, so that zero counts as the largest */
} dg_weight_scan;

#define DG_EMPTY_SCAN ((dg_weight_scan){.every_bit = 0, .largest = 0, .smallest = INT64_MAX})

typedef void dg_scan_loop(const uint64_t *bits, size_t n, dg_weight_scan *scan);

/* Weights in units of 2**low below 2**64, unit_exponent being low as the exponent of a float holds it, less that of its
 * lowest bit. False when some weights are not such numbers; their units are then 0. */
typedef bool dg_units_loop(const uint64_t *bits, size_t n, uint64_t unit_exponent, uint64_t *units);

/* What one cell sums: base 2**32 digits in words with room for carries. One cache line, each half one vector. */
typedef struct {
    uint64_t sum[2];
    uint64_t count;
    uint64_t unused;
    uint64_t square[4]; /* digits 0, 2, 1 and 3: the lower half of two words, then the upper half of both */
} dg_exact_cell;

/* Adds 1, the units and their square to the cell of each of n <= DG_PIECE_ROWS rows. */
#define DG_PIECE_ROWS ((size_t)256)
typedef void dg_add_loop(dg_exact_cell *sums, const void *cells, const uint64_t *units, size_t n);

/* The answers of some rows to indicators that stand side by side. */
typedef struct {
    const uint8_t *answers; /* of the first row */
    const uint8_t *end;     /* of all memory that may be read */
    size_t row_bytes;       /* from one row's answers to the next's */
    size_t n_indicators;    /* 1 to DG_LONGEST_RUN */
    size_t n_answers;       /* 1 to DG_LOOP_ANSWERS */
    size_t row_counts;      /* from one row's counts to the next's */
    bool add;               /* to what the counts hold; otherwise they are set */
} dg_answer_run;

/* What the bytes of every set can count, and what its tables can tell apart. */
#define DG_LONGEST_RUN ((size_t)160)
#define DG_LOOP_ANSWERS ((size_t)16)

/* How many indicators of the run each of n rows answered how. The highest code: the counts are meaningless unless it is one
 * of the answers. */
typedef uint8_t dg_answer_loop(const dg_answer_run *run, size_t n, int32_t *counts);

/* Some answers, by their codes. */
typedef struct {
    uint8_t n;
    uint8_t codes[255];
} dg_answer_list;

/* When a level is reached: see kernels/scoring/reached_levels.h. */
typedef struct {
    size_t n_levels;
    size_t n_groups;
    size_t n_answers;
    bool every_group;
    const double *thresholds;    /* n_levels */
    const uint8_t *asked;        /* n_levels x n_groups */
    dg_answer_list *met;         /* n_levels: the stated answers that count as met */
    dg_answer_list missing;      /* the answers that may turn out as any other */
    dg_answer_list assessable;   /* all but those that leave the denominator */
} dg_level_rules;

/* The levels of DG_LEVEL_ROWS rows, and every bit that is set in any of their counts. The levels are meaningless when a count
 * is negative or those of a row add to more than 2**31 - 1. The columns are room for as many numbers for each count of a row,
 * two more for each group and three more: zero at first, then what the call before left. */
#define DG_LEVEL_ROWS ((size_t)64)
enum { DG_LOWEST, DG_HIGHEST, DG_EVIDENCE, DG_LEVEL_KINDS };
typedef int8_t dg_row_levels[DG_LEVEL_KINDS][DG_LEVEL_ROWS];
typedef uint32_t dg_level_loop(const dg_level_rules *rules, const int32_t *counts, uint32_t *columns,
                               dg_row_levels levels);

enum { DG_CELLS_U16, DG_CELLS_U32, DG_CELL_WIDTHS };

/* By width of cell number, then of code: 1, 2, 4 and 8 bytes. */
typedef struct {
    const char *name;
    dg_first_loop *first[DG_CELL_WIDTHS][4];
    dg_next_loop *next[DG_CELL_WIDTHS][4];
    dg_next_valid_loop *next_valid[DG_CELL_WIDTHS][4];
    dg_highest_loop *highest[DG_CELL_WIDTHS];
    dg_scan_loop *scan_weights;
    dg_units_loop *weight_units;
    dg_add_loop *add_units[DG_CELL_WIDTHS];
    dg_answer_loop *count_answers;
    size_t shortest_run; /* below this length, on average, looking up each answer is faster */
    dg_level_loop *reach_levels;
} dg_loops;

extern const dg_loops dg_baseline_loops;
#if defined(__x86_64__) && defined(__GNUC__)
#define DG_HAVE_X86_LOOPS
extern const dg_loops dg_avx2_loops, dg_avx512_loops;
#endif

/* The sets that this processor and operating system run, the fastest last; how many. */
#define DG_MOST_LOOPS 3
size_t dg_available_loops(const dg_loops *loops[DG_MOST_LOOPS]);

/* The fastest of them. */
const dg_loops *dg_best_loops(void);

/* The one of that name, or NULL when this machine does not have it. */
const dg_loops *dg_named_loops(const char *name);

#endif
