#include "kernels/scoring/reached_levels.h"

#include <string.h>

#include "kernels/checked_size.h"

/* What is read between two looks at whether to stop. */
#define BLOCK_CELLS ((size_t)16384)

static void
add_code(dg_answer_list *list, size_t code)
{
    list->codes[list->n++] = (uint8_t)code;
}

void
dg_list_answers(dg_level_rules *rules, const uint8_t *meets, const uint8_t *states)
{
    rules->missing.n = rules->assessable.n = 0;
    for (size_t answer = 0; answer < rules->n_answers; answer++) {
        if (states[answer] == DG_MISSING) {
            add_code(&rules->missing, answer);
        }
        if (states[answer] != DG_NOT_ASSESSABLE) {
            add_code(&rules->assessable, answer);
        }
    }
    for (size_t level = 0; level < rules->n_levels; level++) {
        rules->met[level].n = 0;
        for (size_t answer = 0; answer < rules->n_answers; answer++) {
            if (states[answer] == DG_STATED && meets[level * rules->n_answers + answer]) {
                add_code(&rules->met[level], answer);
            }
        }
    }
}

/* One batch, and the columns: every count of a row, missing and assessable ones of each group, and three sums of them. */
bool
dg_level_bytes(const dg_level_rules *rules, size_t *bytes)
{
    size_t cells;
    return dg_checked_multiply(rules->n_groups, 2 * (rules->n_answers + 1), &cells) &&
           dg_checked_add(cells, 3, &cells) && dg_checked_multiply(cells, DG_LEVEL_ROWS * sizeof(uint32_t), bytes);
}

static dg_status
check_row(const int32_t *counts, size_t n_cells, dg_bad_count *bad)
{
    int64_t total = 0;
    for (size_t cell = 0; cell < n_cells; cell++) {
        bad->cell = cell;
        bad->count = counts[cell];
        if (counts[cell] < 0) {
            return DG_COUNT_NEGATIVE;
        }
        total += counts[cell];
        if (total > INT32_MAX) {
            return DG_TOO_MANY_ANSWERS;
        }
    }
    return DG_OK;
}

/* Together the bits of all counts are at least as much as the largest of them. */
static bool
cannot_overflow(uint32_t every_bit, size_t n_cells)
{
    return every_bit == 0 || (every_bit <= INT32_MAX && n_cells <= INT32_MAX / every_bit);
}

static dg_status
check_rows(const int32_t *counts, size_t first, size_t n, size_t n_cells, dg_bad_count *bad)
{
    for (size_t row = first; row < first + n; row++) {
        bad->row = row;
        const dg_status status = check_row(counts + row * n_cells, n_cells, bad);
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}

/* The last rows, with rows of zeros behind them to make a whole batch. */
static const int32_t *
fill_batch(const int32_t *counts, size_t n, size_t n_cells, int32_t *batch)
{
    memset(batch, 0, DG_LEVEL_ROWS * n_cells * sizeof(int32_t));
    memcpy(batch, counts, n * n_cells * sizeof(int32_t));
    return batch;
}

/* Has the counts from this row on fetched, one batch of them, while the batch before is worked on. */
static void
prefetch_batch(const int32_t *counts, size_t n_rows, size_t first, size_t n_cells)
{
    const size_t a_line = 64 / sizeof(int32_t);
    for (size_t cell = 0; first + DG_LEVEL_ROWS <= n_rows && cell < DG_LEVEL_ROWS * n_cells; cell += a_line) {
        __builtin_prefetch(counts + first * n_cells + cell);
    }
}

/* A whole batch, which most are, is a few instructions. */
static void
keep_levels(const dg_row_levels found, size_t first, size_t n, const dg_levels *levels)
{
    for (size_t kind = 0; kind < DG_LEVEL_KINDS; kind++) {
        if (n == DG_LEVEL_ROWS) {
            memcpy(levels->kinds[kind] + first, found[kind], DG_LEVEL_ROWS);
        } else {
            memcpy(levels->kinds[kind] + first, found[kind], n);
        }
    }
}

dg_status
dg_reached_levels(const dg_level_rules *rules, const dg_loops *loops, const int32_t *counts, size_t n_rows,
                  void *memory, const dg_levels *levels, const dg_stop *stop, dg_bad_count *bad)
{
    const size_t n_cells = rules->n_groups * rules->n_answers;
    int32_t *batch = memory;
    uint32_t *columns = (uint32_t *)memory + n_cells * DG_LEVEL_ROWS;
    const size_t look_every = DG_LEVEL_ROWS * (1 + BLOCK_CELLS / (DG_LEVEL_ROWS * (n_cells + 1)));
    dg_row_levels found;
    for (size_t first = 0; first < n_rows; first += DG_LEVEL_ROWS) {
        const size_t n = n_rows - first < DG_LEVEL_ROWS ? n_rows - first : DG_LEVEL_ROWS;
        const int32_t *rows = counts + first * n_cells;
        if (first % look_every == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        prefetch_batch(counts, n_rows, first + DG_LEVEL_ROWS, n_cells);
        const int32_t *whole = n < DG_LEVEL_ROWS ? fill_batch(rows, n, n_cells, batch) : rows;
        const uint32_t every_bit = loops->reach_levels(rules, whole, columns, found);
        const dg_status status = cannot_overflow(every_bit, n_cells) ? DG_OK : check_rows(counts, first, n, n_cells, bad);
        if (status != DG_OK) {
            return status;
        }
        keep_levels(found, first, n, levels);
    }
    return DG_OK;
}
