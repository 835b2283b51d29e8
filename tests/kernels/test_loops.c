#include "harness.h"
#include "cpu/loops.h"

#include <string.h>

#define ROWS 333

/* Bytes that any width of code can be read from, and what the loops made of them. */
static _Alignas(8) uint8_t codes[8 * ROWS];
static uint8_t valid[ROWS];
static uint32_t one[ROWS], other[ROWS];

static void
fill(uint64_t width, unsigned int seed)
{
    unsigned int state = seed;
    for (size_t i = 0; i < sizeof(codes); i++) {
        state = state * 1103515245u + 12345u;
        codes[i] = i % width == 0 ? (uint8_t)(state >> 24 & 63) : 0; /* levels 0 to 63 on a little-endian machine */
        valid[i % ROWS] = (uint8_t)(state >> 13 & 1);
    }
    if (seed % 3 == 0) {
        codes[width * (state >> 16) % sizeof(codes)] = 64; /* one that is out of range */
    }
}

static void
start_cells(void)
{
    memset(one, 1, sizeof(one));
    memset(other, 1, sizeof(other));
}

static void
compare(const dg_loops *loops, const dg_loops *plain, unsigned int cells, unsigned int width, size_t n)
{
    const dg_level_range range = {.n_levels = 67, .low = 0, .span = 63, .low_level = 3};
    start_cells();
    bool good = loops->first[cells][width](codes, n, &range, one);
    CHECK(good == plain->first[cells][width](codes, n, &range, other));
    CHECK(!good || memcmp(one, other, sizeof(one)) == 0);
    start_cells();
    good = loops->next[cells][width](codes, n, &range, one);
    CHECK(good == plain->next[cells][width](codes, n, &range, other));
    CHECK(!good || memcmp(one, other, sizeof(one)) == 0);
    CHECK(loops->highest[cells](one, n) == plain->highest[cells](one, n));
    start_cells();
    good = loops->next_valid[cells][width](codes, valid, n, &range, one);
    CHECK(good == plain->next_valid[cells][width](codes, valid, n, &range, other));
    CHECK(!good || memcmp(one, other, sizeof(one)) == 0);
}

static void
compare_all(unsigned int cells, unsigned int width, size_t n)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    for (size_t i = dg_available_loops(loops); i-- > 1;) {
        compare(loops[i], &dg_baseline_loops, cells, width, n);
    }
}

/* Any length, so that what vectors leave over is met too. */
static void
every_set_of_instructions_gives_the_same(void)
{
    for (unsigned int width = 0; width < 4; width++) {
        for (size_t n = 0; n <= ROWS; n += n < 70 ? 1 : 37) {
            fill((uint64_t)1 << width, (unsigned int)n);
            for (unsigned int cells = 0; cells < DG_CELL_WIDTHS; cells++) {
                compare_all(cells, width, n);
            }
        }
    }
}

static void
highest_cell(void)
{
    uint16_t cells[40] = {0};
    CHECK(dg_best_loops()->highest[DG_CELLS_U16](cells, 0) == 0);
    for (size_t i = 0; i < 40; i++) {
        cells[i] = (uint16_t)(65535 - i);
        CHECK(dg_best_loops()->highest[DG_CELLS_U16](cells + i, 40 - i) == cells[i]);
    }
}

static void
names(void)
{
    CHECK(dg_named_loops("baseline") == &dg_baseline_loops);
    CHECK(dg_named_loops(dg_best_loops()->name) == dg_best_loops());
    CHECK(dg_named_loops("") == NULL);
    const dg_loops *loops[DG_MOST_LOOPS];
    CHECK(loops[dg_available_loops(loops) - 1] == dg_best_loops() && loops[0] == &dg_baseline_loops);
}

void test_loops(void);
void
test_loops(void)
{
    RUN(every_set_of_instructions_gives_the_same);
    RUN(highest_cell);
    RUN(names);
}
