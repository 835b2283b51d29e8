/* The loop over levels: see loops_body.h, which includes this.
 *
 * The counts of some rows are turned on their side, so that each step takes one number of every row. A file that has faster
 * ways for the steps that take the time defines LEVEL_STEPS. */
#include "cpu/level_steps.h"

#ifndef LEVEL_STEPS
/* columns[cell][row] = counts[row][cell]. Every bit that is set in any of them. */
TARGET static uint32_t
turn_counts(const int32_t *counts, size_t n_cells, uint32_t *restrict columns)
{
    uint32_t every_bit = 0;
    for (size_t cell = 0; cell < n_cells; cell++) {
        for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
            const uint32_t count = (uint32_t)counts[row * n_cells + cell];
            columns[cell * DG_LEVEL_ROWS + row] = count;
            every_bit |= count;
        }
    }
    return every_bit;
}

/* The columns of those answers together, and with the sums before if `add`. */
TARGET static inline void
sum_answers(const uint32_t *columns, const dg_answer_list *answers, bool add, uint32_t *sums)
{
    uint32_t sum[DG_LEVEL_ROWS]; /* so that the compiler sees that no column lies in it */
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        sum[row] = add ? sums[row] : 0;
    }
    for (size_t i = 0; i < answers->n; i++) {
        const uint32_t *column = columns + answers->codes[i] * DG_LEVEL_ROWS;
        for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
            sum[row] += column[row];
        }
    }
    memcpy(sums, sum, sizeof(sum));
}

/* For each row, a byte with all bits set or none: see level_bits.h for what they say. */
typedef struct {
    uint8_t low[DG_LEVEL_ROWS], high[DG_LEVEL_ROWS], some[DG_LEVEL_ROWS], seen[DG_LEVEL_ROWS];
} dg_level_rows;

static inline void
start_rows(dg_level_rows *rows)
{
    memset(rows->low, 0xff, sizeof(rows->low));
    memset(rows->high, 0xff, sizeof(rows->high));
    memset(rows->some, 0, sizeof(rows->some));
    memset(rows->seen, 0, sizeof(rows->seen));
}

static inline void
ask_also(const dg_level_rows *restrict other, dg_level_rows *restrict rows)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        rows->low[row] &= other->low[row];
        rows->high[row] &= other->high[row];
        rows->some[row] |= other->some[row];
        rows->seen[row] |= other->seen[row];
    }
}

static inline void
climb(const dg_level_rows *restrict level, dg_level_rows *restrict reached)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        reached->low[row] &= level->low[row] & level->some[row];
        reached->high[row] &= level->high[row] & level->some[row];
        reached->seen[row] = level->seen[row];
    }
}

#define ALL_BITS_IF(condition) ((uint8_t)(0 - (condition)))

static inline void
find_any(const dg_level_sums *sums, dg_level_rows *restrict rows)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        rows->some[row] = ALL_BITS_IF(sums->assessable[row] != 0);
        rows->seen[row] = ALL_BITS_IF(sums->met[row] != 0);
    }
}

/* The share met against a threshold in percent, without dividing: both sides are the same two products everywhere. */
static inline void
compare_shares(const dg_level_sums *sums, double threshold, dg_level_rows *restrict rows)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        const int32_t met = (int32_t)sums->met[row], at_most = (int32_t)(sums->met[row] + sums->missing[row]);
        const double needed = threshold * (double)(int32_t)sums->assessable[row];
        rows->low[row] = ALL_BITS_IF(100.0 * (double)met >= needed);
        rows->high[row] = ALL_BITS_IF(100.0 * (double)at_most >= needed);
    }
    find_any(sums, rows);
}

/* The same where all must be met: a hundred times both. */
static inline void
compare_counts(const dg_level_sums *sums, dg_level_rows *restrict rows)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        const int32_t met = (int32_t)sums->met[row], at_most = (int32_t)(sums->met[row] + sums->missing[row]);
        const int32_t assessable = (int32_t)sums->assessable[row];
        rows->low[row] = ALL_BITS_IF(met >= assessable);
        rows->high[row] = ALL_BITS_IF(at_most >= assessable);
    }
    find_any(sums, rows);
}

static inline void
start_levels(dg_row_levels levels)
{
    memset(levels, 0, sizeof(dg_row_levels));
}

/* A level counts for the rows that reach it, and for those that have evidence of it. */
static inline void
add_level(int8_t level, const dg_level_rows *restrict reached, dg_row_levels levels)
{
    int8_t *restrict low = levels[DG_LOWEST], *restrict high = levels[DG_HIGHEST], *restrict evidence = levels[DG_EVIDENCE];
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        low[row] = (int8_t)(low[row] + (reached->low[row] & 1));
        high[row] = (int8_t)(high[row] + (reached->high[row] & 1));
        evidence[row] = (int8_t)((reached->seen[row] & level) | (~reached->seen[row] & evidence[row]));
    }
}
#endif

/* One column and the sums before, which the column itself is while there are none. */
TARGET static inline const uint32_t *
add_column(const uint32_t *column, const uint32_t *before, uint32_t *restrict sums)
{
    if (before == NULL) {
        return column;
    }
    if (before != sums) {
        memcpy(sums, before, DG_LEVEL_ROWS * sizeof(uint32_t));
    }
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        sums[row] += column[row];
    }
    return sums;
}

/* A group's part of the sums, for which there is room behind the columns. */
TARGET static inline void
add_group(const dg_level_rules *rules, size_t level, size_t group, uint32_t *columns, dg_level_sums *sums)
{
    const uint32_t *answers = columns + group * rules->n_answers * DG_LEVEL_ROWS;
    const uint32_t *missing = columns + (rules->n_groups * rules->n_answers + group) * DG_LEVEL_ROWS;
    const uint32_t *assessable = missing + rules->n_groups * DG_LEVEL_ROWS;
    uint32_t *room = columns + rules->n_groups * (rules->n_answers + 2) * DG_LEVEL_ROWS;
    sum_answers(answers, &rules->met[level], sums->met != NULL, room);
    sums->met = room;
    sums->missing = add_column(missing, sums->missing, room + DG_LEVEL_ROWS);
    sums->assessable = add_column(assessable, sums->assessable, room + 2 * DG_LEVEL_ROWS);
}

/* Where nothing can be assessed, nothing is met of nothing: the shares compare as reached, and `some` says that it is not. */
TARGET static inline void
reach_level(const dg_level_rules *rules, size_t level, uint32_t *columns, dg_level_rows *rows)
{
    const uint8_t *asked = rules->asked + level * rules->n_groups;
    const double threshold = rules->thresholds[level];
    dg_level_sums sums = {NULL, NULL, NULL};
    dg_level_rows some;
    start_rows(rows);
    for (size_t group = 0; group < rules->n_groups; group++) {
        if (asked[group]) {
            add_group(rules, level, group, columns, &sums);
        }
        if (sums.met != NULL && (rules->every_group || group == rules->n_groups - 1)) {
            if (threshold == 100.0) {
                compare_counts(&sums, &some);
            } else {
                compare_shares(&sums, threshold, &some);
            }
            ask_also(&some, rows);
            sums = (dg_level_sums){NULL, NULL, NULL};
        }
    }
}

TARGET static uint32_t
reach_levels(const dg_level_rules *rules, const int32_t *counts, uint32_t *columns, dg_row_levels levels)
{
    const size_t n_cells = rules->n_groups * rules->n_answers;
    uint32_t *missing = columns + n_cells * DG_LEVEL_ROWS, *assessable = missing + rules->n_groups * DG_LEVEL_ROWS;
    const uint32_t every_bit = turn_counts(counts, n_cells, columns);
    for (size_t group = 0; group < rules->n_groups; group++) {
        const uint32_t *answers = columns + group * rules->n_answers * DG_LEVEL_ROWS;
        sum_answers(answers, &rules->missing, false, missing + group * DG_LEVEL_ROWS);
        sum_answers(answers, &rules->assessable, false, assessable + group * DG_LEVEL_ROWS);
    }
    dg_level_rows rows, reached;
    start_rows(&reached);
    start_levels(levels);
    for (size_t level = 0; level < rules->n_levels; level++) {
        reach_level(rules, level, columns, &rows);
        climb(&rows, &reached);
        add_level((int8_t)(level + 1), &reached, levels);
    }
    return every_bit;
}
