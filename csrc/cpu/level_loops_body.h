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
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        for (size_t cell = 0; cell < n_cells; cell++) {
            const uint32_t count = (uint32_t)counts[row * n_cells + cell];
            columns[cell * DG_LEVEL_ROWS + row] = count;
            every_bit |= count;
        }
    }
    return every_bit;
}

/* The columns of those answers together, and with the sums before if `add`. */
TARGET static inline void
sum_answers(const uint32_t *columns, const dg_answer_list *answers, bool add, uint32_t *restrict sums)
{
    if (!add) {
        memset(sums, 0, DG_LEVEL_ROWS * sizeof(uint32_t));
    }
    for (size_t i = 0; i < answers->n; i++) {
        const uint32_t *column = columns + answers->codes[i] * DG_LEVEL_ROWS;
        for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
            sums[row] += column[row];
        }
    }
}

/* The share met against a threshold in percent, without dividing: both sides are the same two products everywhere. */
TARGET static inline dg_level_rows
compare_shares(const dg_level_sums *sums, double threshold)
{
    dg_level_rows rows = {0, 0, 0, 0};
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        const double needed = threshold * (double)(int32_t)sums->assessable[row];
        const double low = 100.0 * (double)(int32_t)sums->met[row];
        const double high = 100.0 * (double)(int32_t)(sums->met[row] + sums->missing[row]);
        rows.low |= (uint64_t)(low >= needed) << row;
        rows.high |= (uint64_t)(high >= needed) << row;
        rows.some |= (uint64_t)(sums->assessable[row] != 0) << row;
        rows.seen |= (uint64_t)(sums->met[row] != 0) << row;
    }
    return rows;
}

TARGET static inline void
start_levels(dg_row_levels levels)
{
    memset(levels, 0, sizeof(dg_row_levels));
}

/* A level counts for the rows that reach it, and for those that have evidence of it. */
TARGET static inline void
add_level(int8_t level, const dg_level_rows *reached, dg_row_levels levels)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        levels[DG_LOWEST][row] = (int8_t)(levels[DG_LOWEST][row] + (int8_t)(reached->low >> row & 1));
        levels[DG_HIGHEST][row] = (int8_t)(levels[DG_HIGHEST][row] + (int8_t)(reached->high >> row & 1));
        levels[DG_EVIDENCE][row] = (reached->seen >> row & 1) != 0 ? level : levels[DG_EVIDENCE][row];
    }
}
#endif

/* One column, and the sums before if all bits of `kept` are set, not if none is. */
TARGET static inline void
add_column(const uint32_t *column, uint32_t kept, uint32_t *restrict sums)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        sums[row] = (sums[row] & kept) + column[row];
    }
}

/* A group's part of the sums, which it starts unless `add`. */
TARGET static inline void
add_group(const dg_level_rules *rules, size_t level, size_t group, const uint32_t *columns, bool add, dg_level_sums *sums)
{
    const uint32_t *answers = columns + group * rules->n_answers * DG_LEVEL_ROWS;
    const uint32_t *missing = columns + (rules->n_groups * rules->n_answers + group) * DG_LEVEL_ROWS;
    const uint32_t *assessable = missing + rules->n_groups * DG_LEVEL_ROWS;
    sum_answers(answers, &rules->met[level], add, sums->met);
    add_column(missing, add ? UINT32_MAX : 0, sums->missing);
    add_column(assessable, add ? UINT32_MAX : 0, sums->assessable);
}

/* Where nothing can be assessed, nothing is met of nothing: the shares compare as reached, and `some` says that it is not. */
TARGET static inline dg_level_rows
reach_level(const dg_level_rules *rules, size_t level, const uint32_t *columns, dg_level_sums *sums)
{
    dg_level_rows rows = {UINT64_MAX, UINT64_MAX, 0, 0};
    const uint8_t *asked = rules->asked + level * rules->n_groups;
    bool begun = false;
    for (size_t group = 0; group < rules->n_groups; group++) {
        if (asked[group]) {
            add_group(rules, level, group, columns, begun, sums);
            begun = !rules->every_group;
        }
        if ((asked[group] && rules->every_group) || (begun && group == rules->n_groups - 1)) {
            const dg_level_rows some = compare_shares(sums, rules->thresholds[level]);
            rows = (dg_level_rows){rows.low & some.low, rows.high & some.high, rows.some | some.some, rows.seen | some.seen};
        }
    }
    return rows;
}

TARGET static uint32_t
reach_levels(const dg_level_rules *rules, const int32_t *counts, uint32_t *columns, dg_row_levels levels)
{
    const size_t n_cells = rules->n_groups * rules->n_answers;
    uint32_t *missing = columns + n_cells * DG_LEVEL_ROWS, *assessable = missing + rules->n_groups * DG_LEVEL_ROWS;
    dg_level_sums *sums = (dg_level_sums *)(void *)(assessable + rules->n_groups * DG_LEVEL_ROWS);
    const uint32_t every_bit = turn_counts(counts, n_cells, columns);
    for (size_t group = 0; group < rules->n_groups; group++) {
        const uint32_t *answers = columns + group * rules->n_answers * DG_LEVEL_ROWS;
        sum_answers(answers, &rules->missing, false, missing + group * DG_LEVEL_ROWS);
        sum_answers(answers, &rules->assessable, false, assessable + group * DG_LEVEL_ROWS);
    }
    dg_level_rows reached = {UINT64_MAX, UINT64_MAX, 0, 0};
    start_levels(levels);
    for (size_t level = 0; level < rules->n_levels; level++) {
        const dg_level_rows rows = reach_level(rules, level, columns, sums);
        reached = (dg_level_rows){reached.low & rows.low & rows.some, reached.high & rows.high & rows.some, 0, rows.seen};
        add_level((int8_t)(level + 1), &reached, levels);
    }
    return every_bit;
}
