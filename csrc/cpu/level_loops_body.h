/* The loop over levels: see loops_body.h, which includes this.
 *
 * The counts of some rows are turned on their side, so that each step takes one number of every row. A file that has faster
 * ways for the three steps that take the time defines LEVEL_STEPS. */

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

/* Adds the columns of those answers to the sums. */
TARGET static inline void
add_answers(const uint32_t *columns, const dg_answer_list *answers, uint32_t *restrict sums)
{
    for (size_t i = 0; i < answers->n; i++) {
        const uint32_t *column = columns + answers->codes[i] * DG_LEVEL_ROWS;
        for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
            sums[row] += column[row];
        }
    }
}

/* The share met against a threshold in percent, without dividing: both sides are the same two products everywhere. */
TARGET static inline void
compare_shares(const dg_level_sums *sums, double threshold, dg_level_rows *restrict rows)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        const double needed = threshold * (double)(int32_t)sums->assessable[row];
        const double low = 100.0 * (double)(int32_t)sums->met[row];
        const double high = 100.0 * (double)(int32_t)(sums->met[row] + sums->missing[row]);
        rows->low[row] &= low >= needed;
        rows->high[row] &= high >= needed;
        rows->some[row] |= sums->assessable[row] != 0;
        rows->seen[row] |= sums->met[row] != 0;
    }
}
#endif

TARGET static inline void
add_column(const uint32_t *column, uint32_t *restrict sums)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        sums[row] += column[row];
    }
}

TARGET static inline void
clear_sums(dg_level_sums *sums)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        sums->met[row] = sums->missing[row] = sums->assessable[row] = 0;
    }
}

/* Where nothing is asked, nothing is met of nothing: the shares then compare as reached, and `some` says that it is not. */
TARGET static inline void
reach_level(const dg_level_rules *rules, size_t level, const uint32_t *columns, dg_level_rows *rows)
{
    const size_t group_size = rules->n_answers * DG_LEVEL_ROWS;
    const uint32_t *missing = columns + rules->n_groups * group_size;
    const uint32_t *assessable = missing + rules->n_groups * DG_LEVEL_ROWS;
    dg_level_sums sums;
    clear_sums(&sums);
    for (size_t group = 0; group < rules->n_groups; group++) {
        if (!rules->asked[level * rules->n_groups + group]) {
            continue;
        }
        add_answers(columns + group * group_size, &rules->met[level], sums.met);
        add_column(missing + group * DG_LEVEL_ROWS, sums.missing);
        add_column(assessable + group * DG_LEVEL_ROWS, sums.assessable);
        if (rules->every_group) {
            compare_shares(&sums, rules->thresholds[level], rows);
            clear_sums(&sums);
        }
    }
    if (!rules->every_group) {
        compare_shares(&sums, rules->thresholds[level], rows);
    }
}

/* A level counts when it and all below it are reached. */
TARGET static inline void
climb(int8_t level, const dg_level_rows *rows, dg_level_rows *restrict below, dg_row_levels levels)
{
    for (size_t row = 0; row < DG_LEVEL_ROWS; row++) {
        below->low[row] &= rows->low[row] & rows->some[row];
        below->high[row] &= rows->high[row] & rows->some[row];
        levels[DG_LOWEST][row] = (int8_t)(levels[DG_LOWEST][row] + below->low[row]);
        levels[DG_HIGHEST][row] = (int8_t)(levels[DG_HIGHEST][row] + below->high[row]);
        levels[DG_EVIDENCE][row] = rows->seen[row] != 0 ? level : levels[DG_EVIDENCE][row];
    }
}

TARGET static uint32_t
reach_levels(const dg_level_rules *rules, const int32_t *counts, uint32_t *columns, dg_row_levels levels)
{
    const size_t n_cells = rules->n_groups * rules->n_answers, n_sums = rules->n_groups * DG_LEVEL_ROWS;
    uint32_t *missing = columns + n_cells * DG_LEVEL_ROWS;
    const uint32_t every_bit = turn_counts(counts, n_cells, columns);
    memset(missing, 0, 2 * n_sums * sizeof(uint32_t));
    for (size_t group = 0; group < rules->n_groups; group++) {
        const uint32_t *answers = columns + group * rules->n_answers * DG_LEVEL_ROWS;
        add_answers(answers, &rules->missing, missing + group * DG_LEVEL_ROWS);
        add_answers(answers, &rules->assessable, missing + n_sums + group * DG_LEVEL_ROWS);
    }
    dg_level_rows below, rows;
    memset(&below, 1, sizeof(below));
    memset(levels, 0, sizeof(dg_row_levels));
    for (size_t level = 0; level < rules->n_levels; level++) {
        memset(&rows, 0, sizeof(rows));
        memset(rows.low, 1, sizeof(rows.low));
        memset(rows.high, 1, sizeof(rows.high));
        reach_level(rules, level, columns, &rows);
        climb((int8_t)(level + 1), &rows, &below, levels);
    }
    return every_bit;
}
