#include "harness.h"
#include "kernels/scoring/reached_levels.h"

#include <stdlib.h>
#include <string.h>

#define ROWS ((size_t)150)
#define LEVELS ((size_t)2)
#define ANSWERS ((size_t)5)

/* Answers: none, level 1, level 2, not stated, not applicable. */
static const uint8_t meets[LEVELS * ANSWERS] = {0, 1, 1, 0, 0, 0, 0, 1, 0, 0};
static const uint8_t states[ANSWERS] = {DG_STATED, DG_STATED, DG_STATED, DG_MISSING, DG_NOT_ASSESSABLE};
static const uint8_t asked[2 * LEVELS] = {1, 1, 1, 1};
static const double thresholds[LEVELS] = {100.0, 60.0};
static dg_answer_list met[LEVELS];
static int8_t found[DG_LEVEL_KINDS][ROWS];

static dg_level_rules
rules_of(size_t n_groups, bool every_group)
{
    dg_level_rules rules = {
            .n_levels = LEVELS,
            .n_groups = n_groups,
            .n_answers = ANSWERS,
            .every_group = every_group,
            .thresholds = thresholds,
            .asked = asked,
            .met = met,
    };
    dg_list_answers(&rules, meets, states);
    return rules;
}

static dg_status
reach(const dg_level_rules *rules, const dg_loops *loops, const int32_t *counts, size_t n, const dg_stop *stop,
      dg_bad_count *bad)
{
    const dg_levels levels = {{found[0], found[1], found[2]}};
    size_t bytes = 0;
    CHECK(dg_level_bytes(rules, &bytes));
    void *memory = calloc(1, bytes);
    const dg_status status = memory == NULL ? DG_NO_MEMORY
                                            : dg_reached_levels(rules, loops, counts, n, memory, &levels, stop, bad);
    free(memory);
    return status;
}

static void
check_one(const int32_t *counts, const dg_level_rules *rules, int lowest, int highest, int evidence)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    dg_bad_count bad;
    for (size_t i = dg_available_loops(loops); i-- > 0;) {
        CHECK(reach(rules, loops[i], counts, 1, NULL, &bad) == DG_OK);
        CHECK(found[DG_LOWEST][0] == lowest && found[DG_HIGHEST][0] == highest && found[DG_EVIDENCE][0] == evidence);
    }
}

static void
rows_by_hand(void)
{
    const dg_level_rules rules = rules_of(1, false);
    check_one((int32_t[]){0, 0, 4, 0, 0}, &rules, 2, 2, 2);
    check_one((int32_t[]){0, 2, 3, 0, 0}, &rules, 2, 2, 2);
    check_one((int32_t[]){0, 3, 4, 0, 0}, &rules, 1, 1, 2);
    check_one((int32_t[]){0, 4, 0, 1, 8}, &rules, 0, 1, 1);
    check_one((int32_t[]){1, 0, 9, 0, 0}, &rules, 0, 0, 2);
    check_one((int32_t[]){0, 0, 0, 0, 5}, &rules, 0, 0, 0);
    check_one((int32_t[]){0, 0, 0, INT32_MAX, 0}, &rules, 0, 2, 0);
}

static void
groups_together_and_each(void)
{
    const int32_t counts[2 * ANSWERS] = {0, 0, 9, 0, 0, 0, 1, 1, 0, 0};
    const dg_level_rules together = rules_of(2, false), each = rules_of(2, true);
    check_one(counts, &together, 2, 2, 2);
    check_one(counts, &each, 1, 1, 2);
}

static void
batches_and_what_is_left_of_them(void)
{
    static int32_t counts[ROWS * ANSWERS];
    const dg_loops *loops[DG_MOST_LOOPS];
    const dg_level_rules rules = rules_of(1, false);
    dg_bad_count bad;
    for (size_t row = 0; row < ROWS; row++) {
        counts[row * ANSWERS + row % 3] = 1;
    }
    for (size_t n = 0; n <= ROWS; n++) {
        for (size_t i = dg_available_loops(loops); i-- > 0;) {
            memset(found, 9, sizeof(found));
            CHECK(reach(&rules, loops[i], counts, n, NULL, &bad) == DG_OK);
            for (size_t row = 0; row < ROWS; row++) {
                CHECK(found[DG_LOWEST][row] == (row < n ? (int8_t)(row % 3) : 9));
            }
        }
    }
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
refusals(void)
{
    static int32_t counts[ROWS * ANSWERS];
    const dg_level_rules rules = rules_of(1, false);
    const dg_stop stop = {always, NULL};
    dg_bad_count bad = {0, 0, 0};
    CHECK(reach(&rules, dg_best_loops(), counts, ROWS, &stop, &bad) == DG_STOPPED);
    counts[140 * ANSWERS + 3] = -5;
    CHECK(reach(&rules, dg_best_loops(), counts, ROWS, NULL, &bad) == DG_COUNT_NEGATIVE);
    CHECK(bad.row == 140 && bad.cell == 3 && bad.count == -5);
    counts[100 * ANSWERS] = counts[100 * ANSWERS + 4] = 1 << 30;
    CHECK(reach(&rules, dg_best_loops(), counts, ROWS, NULL, &bad) == DG_TOO_MANY_ANSWERS && bad.row == 100);
}

static void
no_memory_can_be_that_big(void)
{
    size_t bytes;
    dg_level_rules rules = rules_of(1, false);
    rules.n_groups = SIZE_MAX / 4;
    CHECK(!dg_level_bytes(&rules, &bytes));
}

void test_reached_levels(void);
void
test_reached_levels(void)
{
    RUN(rows_by_hand);
    RUN(groups_together_and_each);
    RUN(batches_and_what_is_left_of_them);
    RUN(refusals);
    RUN(no_memory_can_be_that_big);
}
