#include "harness.h"
#include "kernels/counting/cell_numbers.h"

static const uint8_t a[3] = {0, 1, 2};
static const uint8_t b[3] = {4, 0, 3};

static void
last_column_fastest(void)
{
    static dg_code_block block;
    dg_code_column columns[2] = {{.codes = {a, 1, 1, false}}, {.codes = {b, 1, 1, false}}};
    dg_set_levels(&columns[0], 0, 3);
    dg_set_levels(&columns[1], 0, 5);
    CHECK(dg_cell_numbers(columns, 2, &dg_baseline_loops, 15, 0, 3, &block));
    CHECK(block.cells.u16[0] == 4 && block.cells.u16[1] == 5 && block.cells.u16[2] == 13);
}

static void
the_largest_16_bit_and_the_smallest_32_bit_table(void)
{
    static dg_code_block block;
    static const uint32_t last[1] = {65535};
    dg_code_column column = {.codes = {(const unsigned char *)last, 4, 4, false}};
    dg_set_levels(&column, 0, 65536);
    CHECK(dg_cells_are_u16(65536) && dg_cell_numbers(&column, 1, &dg_baseline_loops, 65536, 0, 1, &block));
    CHECK(block.cells.u16[0] == 65535);
    dg_set_levels(&column, -1, 65537);
    CHECK(!dg_cells_are_u16(65537) && dg_cell_numbers(&column, 1, &dg_baseline_loops, 65537, 0, 1, &block));
    CHECK(block.cells.u32[0] == 65536);
}

/* What the checks of the codes let through, as they do when a code changes after its check, the number of cells stops. */
static void
cells_beyond_the_table(void)
{
    static dg_code_block block;
    dg_code_column column = {.codes = {a, 1, 1, false}};
    dg_set_levels(&column, 0, 3);
    CHECK(!dg_cell_numbers(&column, 1, &dg_baseline_loops, 2, 0, 3, &block));
    CHECK(dg_cell_numbers(&column, 1, &dg_baseline_loops, 2, 0, 2, &block));
    CHECK(dg_cell_numbers(&column, 1, &dg_baseline_loops, 0, 0, 0, &block));
}

static void
changed_back_meanwhile(void)
{
    static dg_code_block block;
    dg_code_column column = {.codes = {a, 1, 1, false}};
    dg_set_levels(&column, 0, 3);
    CHECK(!dg_find_bad_code(&column, 1, 0, 3, &block).found);
}

void test_cell_numbers(void);
void
test_cell_numbers(void)
{
    RUN(last_column_fastest);
    RUN(the_largest_16_bit_and_the_smallest_32_bit_table);
    RUN(cells_beyond_the_table);
    RUN(changed_back_meanwhile);
}
