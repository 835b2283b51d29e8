#include "harness.h"
#include "kernels/counting/cell_counts.h"

#include <stdlib.h>

#define ROWS 10007

static uint8_t first[ROWS];
static uint16_t second[ROWS];

static void
fill(uint16_t n_second)
{
    unsigned int state = 1;
    for (size_t i = 0; i < ROWS; i++) {
        state = state * 1103515245u + 12345u;
        first[i] = (uint8_t)(state >> 16 & 3);
        second[i] = (uint16_t)((state >> 8) % n_second);
    }
}

static void
columns_of(dg_code_column columns[2], uint16_t n_second)
{
    columns[0] = (dg_code_column){.codes = {first, 1, 1, false}};
    columns[1] = (dg_code_column){.codes = {(const unsigned char *)second, 2, 2, false}};
    dg_set_levels(&columns[0], 0, 4);
    dg_set_levels(&columns[1], 0, n_second);
}

/* Tables with four, two and one copies, and of 16- and 32-bit cell numbers, against one addition per row. */
static void
count_against_plain_loop(uint16_t n_second)
{
    dg_code_column columns[2];
    dg_cell_counter counter;
    dg_bad_code bad;
    const size_t n_cells = (size_t)4 * n_second;
    size_t bytes = 0;
    fill(n_second);
    columns_of(columns, n_second);
    CHECK(dg_counter_bytes(n_cells, &bytes));
    int64_t *counts = calloc(n_cells, sizeof(int64_t)), *plain = calloc(n_cells, sizeof(int64_t));
    void *scratch = calloc(1, bytes);
    dg_counter_start(&counter, n_cells, dg_best_loops(), scratch);
    CHECK(dg_count_rows(&counter, columns, 2, 0, 4999, &bad) == DG_OK);
    CHECK(dg_count_rows(&counter, columns, 2, 4999, ROWS - 4999, &bad) == DG_OK);
    dg_add_counts(&counter, counts);
    for (size_t i = 0; i < ROWS; i++) {
        plain[(size_t)first[i] * n_second + second[i]]++;
    }
    for (size_t cell = 0; cell < n_cells; cell++) {
        CHECK(counts[cell] == plain[cell]);
    }
    free(scratch);
    free(plain);
    free(counts);
}

static void
every_size_of_table(void)
{
    count_against_plain_loop(1);
    count_against_plain_loop(192);
    count_against_plain_loop(5000);
    count_against_plain_loop(16384);
    count_against_plain_loop(16385);
    count_against_plain_loop(60000);
}

/* The first bad row, and of two columns bad in it the first. */
static void
first_bad_row(void)
{
    dg_code_column columns[2];
    dg_cell_counter counter;
    dg_bad_code bad;
    size_t bytes = 0;
    fill(192);
    columns_of(columns, 192);
    CHECK(dg_counter_bytes(768, &bytes));
    void *scratch = calloc(1, bytes);
    dg_counter_start(&counter, 768, &dg_baseline_loops, scratch);
    second[5000] = 192;
    first[5001] = 9;
    CHECK(dg_count_rows(&counter, columns, 2, 10, ROWS - 10, &bad) == DG_CODE_OUT_OF_RANGE);
    CHECK(bad.found && bad.row == 5000 && bad.column == 1 && bad.code == 192);
    first[5000] = 4;
    CHECK(dg_count_rows(&counter, columns, 2, 0, ROWS, &bad) == DG_CODE_OUT_OF_RANGE);
    CHECK(bad.found && bad.row == 5000 && bad.column == 0 && bad.code == 4);
    free(scratch);
}

/* The 32-bit counts are emptied before one could pass 2**32 - 1. */
static void
counts_beyond_32_bits(void)
{
    static const uint8_t zero = 0;
    dg_code_column column = {.codes = {&zero, 0, 1, false}};
    dg_cell_counter counter;
    dg_bad_code bad;
    size_t bytes = 0;
    dg_set_levels(&column, 0, 1);
    CHECK(dg_counter_bytes(1, &bytes));
    void *scratch = calloc(1, bytes);
    int64_t count = 5;
    dg_counter_start(&counter, 1, dg_best_loops(), scratch);
    counter.lanes[0] = UINT32_MAX - 100; /* as after this many rows */
    counter.unflushed = UINT32_MAX - 100;
    CHECK(dg_count_rows(&counter, &column, 1, 0, DG_BLOCK_ROWS, &bad) == DG_OK);
    dg_add_counts(&counter, &count);
    CHECK(count == 5 + (int64_t)UINT32_MAX - 100 + (int64_t)DG_BLOCK_ROWS);
    free(scratch);
}

static void
more_than_memory(void)
{
    size_t bytes;
    CHECK(!dg_counter_bytes(SIZE_MAX / 4, &bytes));
}

void test_cell_counts(void);
void
test_cell_counts(void)
{
    RUN(every_size_of_table);
    RUN(first_bad_row);
    RUN(counts_beyond_32_bits);
    RUN(more_than_memory);
}
