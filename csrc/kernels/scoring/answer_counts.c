#include "kernels/scoring/answer_counts.h"

#include <string.h>

/* What is read between two looks at whether to stop: it stays in the nearer caches, with its counts. */
#define BLOCK_BYTES ((size_t)65536)

static bool
is_seen(const dg_group_run *runs, size_t n, int32_t group)
{
    for (size_t i = 0; i < n; i++) {
        if (runs[i].group == group) {
            return true;
        }
    }
    return false;
}

/* The runs, each no longer than the loops take; none when there are too many for them to pay. */
static size_t
find_runs(const dg_answer_sheet *sheet, const dg_loops *loops, dg_group_run *runs)
{
    size_t n_runs = 0;
    for (size_t i = 0; i < sheet->n_indicators; i += runs[n_runs++].n) {
        const int32_t group = sheet->groups[i];
        if ((n_runs + 1) * loops->shortest_run > sheet->n_indicators) {
            return 0;
        }
        size_t n = 1;
        while (i + n < sheet->n_indicators && n < DG_LONGEST_RUN && sheet->groups[i + n] == group) {
            n++;
        }
        runs[n_runs] = (dg_group_run){.first = i, .n = n, .group = group, .again = is_seen(runs, n_runs, group)};
    }
    return n_runs;
}

static size_t
row_size(const dg_answer_sheet *sheet)
{
    return sheet->n_groups * sheet->n_answers;
}

/* Whether each group has a run, whose counts are then set by the first of them. */
static bool
every_group_has_a_run(const dg_answer_sheet *sheet, const dg_group_run *runs, size_t n_runs)
{
    size_t n_groups = 0;
    for (size_t i = 0; i < n_runs; i++) {
        n_groups += runs[i].group != DG_LEFT_OUT && !runs[i].again;
    }
    return n_groups == sheet->n_groups;
}

static uint8_t
count_by_runs(const dg_answer_sheet *sheet, const dg_loops *loops, const dg_group_run *runs, size_t n_runs, size_t first,
              size_t n, int32_t *counts)
{
    int32_t nowhere[DG_LOOP_ANSWERS];
    uint8_t highest = 0;
    for (size_t i = 0; i < n_runs; i++) {
        const bool left_out = runs[i].group == DG_LEFT_OUT;
        const dg_answer_run run = {
                .answers = sheet->answers + first * sheet->n_indicators + runs[i].first,
                .end = sheet->answers + sheet->n_rows * sheet->n_indicators,
                .row_bytes = sheet->n_indicators,
                .n_indicators = runs[i].n,
                .n_answers = sheet->n_answers,
                .row_counts = left_out ? 0 : row_size(sheet),
                .add = !left_out && runs[i].again,
        };
        int32_t *group_counts = left_out ? nowhere : counts + (size_t)runs[i].group * sheet->n_answers;
        const uint8_t code = loops->count_answers(&run, n, group_counts);
        highest = code > highest ? code : highest;
    }
    return highest;
}

/* A code that is no answer is counted as the first, so that nothing is written elsewhere. */
static uint8_t
count_each(const dg_answer_sheet *sheet, size_t first, size_t n, int32_t *counts)
{
    int32_t nowhere[DG_MOST_ANSWERS] = {0};
    uint8_t highest = 0;
    for (size_t row = 0; row < n; row++) {
        const uint8_t *answers = sheet->answers + (first + row) * sheet->n_indicators;
        int32_t *row_counts = counts + row * row_size(sheet);
        for (size_t i = 0; i < sheet->n_indicators; i++) {
            const int32_t group = sheet->groups[i];
            const uint8_t code = answers[i];
            int32_t *group_counts = group == DG_LEFT_OUT ? nowhere : row_counts + (size_t)group * sheet->n_answers;
            highest = code > highest ? code : highest;
            group_counts[code < sheet->n_answers ? code : 0]++;
        }
        nowhere[0] = 0;
    }
    return highest;
}

static dg_status
find_bad(const dg_answer_sheet *sheet, size_t first, size_t n, dg_bad_answer *bad)
{
    const uint8_t *answers = sheet->answers + first * sheet->n_indicators;
    for (size_t i = 0; i < n * sheet->n_indicators; i++) {
        const uint8_t code = answers[i];
        if (code >= sheet->n_answers) {
            *bad = (dg_bad_answer){first + i / sheet->n_indicators, i % sheet->n_indicators, code};
            return DG_CODE_OUT_OF_RANGE;
        }
    }
    return DG_ANSWERS_CHANGED;
}

dg_status
dg_count_answers(const dg_answer_sheet *sheet, const dg_loops *loops, dg_group_run *runs, int32_t *counts,
                 const dg_stop *stop, dg_bad_answer *bad)
{
    const size_t n_runs = sheet->n_answers <= DG_LOOP_ANSWERS ? find_runs(sheet, loops, runs) : 0;
    const bool all_are_set = n_runs > 0 && every_group_has_a_run(sheet, runs, n_runs);
    const size_t row_bytes = sheet->n_indicators + row_size(sheet) * sizeof(int32_t) + 1;
    const size_t block_rows = row_bytes < BLOCK_BYTES ? BLOCK_BYTES / row_bytes : 1;
    for (size_t first = 0; first < sheet->n_rows; first += block_rows) {
        const size_t n = sheet->n_rows - first < block_rows ? sheet->n_rows - first : block_rows;
        int32_t *block = counts + first * row_size(sheet);
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        if (!all_are_set) {
            memset(block, 0, n * row_size(sheet) * sizeof(int32_t));
        }
        const uint8_t highest = n_runs > 0 ? count_by_runs(sheet, loops, runs, n_runs, first, n, block)
                                           : count_each(sheet, first, n, block);
        if (highest >= sheet->n_answers) {
            return find_bad(sheet, first, n, bad);
        }
    }
    return DG_OK;
}
