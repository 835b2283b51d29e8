#include "harness.h"
#include "kernels/resampling/table_draws.h"

#include <string.h>

#define GROUPS 3
#define ANSWERS 4
#define CELLS (GROUPS * ANSWERS)
#define REPLICATES 200

static const int64_t COUNTS[CELLS] = {5, 0, 3, 90, 40, 41, 0, 0, 0, 0, 0, 0};
static const dg_answer_table TABLE = {COUNTS, GROUPS, ANSWERS};
static const dg_philox_key KEY = {{7, 11}};

typedef dg_status (*draw_tables)(const dg_answer_table *, const dg_replicates *, int64_t *, const dg_stop *);

static int64_t
row_sum(const int64_t *table, size_t group)
{
    int64_t sum = 0;
    for (size_t answer = 0; answer < ANSWERS; answer++) {
        sum += table[group * ANSWERS + answer];
    }
    return sum;
}

static int64_t
column_sum(const int64_t *table, size_t answer)
{
    return table[answer] + table[ANSWERS + answer] + table[2 * ANSWERS + answer];
}

static void
groups_keep_their_totals_and_zeros(void)
{
    int64_t drawn[REPLICATES * CELLS];
    CHECK(dg_bootstrap_table(&TABLE, &(dg_replicates){KEY, 0, REPLICATES}, drawn, NULL) == DG_OK);
    for (size_t r = 0; r < REPLICATES; r++) {
        for (size_t cell = 0; cell < CELLS; cell++) {
            const int64_t count = drawn[r * CELLS + cell];
            CHECK(count >= 0 && (COUNTS[cell] > 0 || count == 0));
        }
        for (size_t group = 0; group < GROUPS; group++) {
            CHECK(row_sum(drawn + r * CELLS, group) == row_sum(COUNTS, group));
        }
    }
}

static void
shuffles_keep_both_margins(void)
{
    int64_t drawn[REPLICATES * CELLS];
    CHECK(dg_permute_table(&TABLE, &(dg_replicates){KEY, 0, REPLICATES}, drawn, NULL) == DG_OK);
    for (size_t r = 0; r < REPLICATES; r++) {
        for (size_t group = 0; group < GROUPS; group++) {
            CHECK(row_sum(drawn + r * CELLS, group) == row_sum(COUNTS, group));
        }
        for (size_t answer = 0; answer < ANSWERS; answer++) {
            CHECK(column_sum(drawn + r * CELLS, answer) == column_sum(COUNTS, answer));
        }
    }
}

static void
a_replicate_does_not_depend_on_where_drawing_starts(void)
{
    static const draw_tables kinds[2] = {dg_bootstrap_table, dg_permute_table};
    for (int kind = 0; kind < 2; kind++) {
        int64_t all[20 * CELLS], part[3 * CELLS];
        CHECK(kinds[kind](&TABLE, &(dg_replicates){KEY, 100, 20}, all, NULL) == DG_OK);
        for (size_t first = 0; first <= 17; first++) {
            CHECK(kinds[kind](&TABLE, &(dg_replicates){KEY, 100 + first, 3}, part, NULL) == DG_OK);
            CHECK(memcmp(part, all + first * CELLS, sizeof part) == 0);
        }
        CHECK(memcmp(all, all + CELLS, CELLS * sizeof(int64_t)) != 0);
    }
}

static void
tables_without_cells_or_people(void)
{
    static const int64_t zeros[4] = {0};
    int64_t drawn[4] = {1, 1, 1, 1};
    const dg_replicates one = {KEY, 0, 1};
    CHECK(dg_bootstrap_table(&(dg_answer_table){zeros, 0, 2}, &one, drawn, NULL) == DG_OK);
    CHECK(dg_permute_table(&(dg_answer_table){zeros, 2, 0}, &one, drawn, NULL) == DG_OK);
    CHECK(drawn[0] == 1);
    CHECK(dg_bootstrap_table(&(dg_answer_table){zeros, 2, 2}, &one, drawn, NULL) == DG_OK);
    CHECK(drawn[0] == 0 && drawn[3] == 0);
    drawn[0] = 1;
    CHECK(dg_permute_table(&(dg_answer_table){zeros, 2, 2}, &one, drawn, NULL) == DG_OK);
    CHECK(drawn[0] == 0);
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
stops_when_asked(void)
{
    int64_t drawn[CELLS];
    const dg_stop stop = {always, NULL};
    CHECK(dg_bootstrap_table(&TABLE, &(dg_replicates){KEY, 0, 1}, drawn, &stop) == DG_STOPPED);
    CHECK(dg_permute_table(&TABLE, &(dg_replicates){KEY, 0, 1}, drawn, &stop) == DG_STOPPED);
}

void test_table_draws(void);
void
test_table_draws(void)
{
    RUN(groups_keep_their_totals_and_zeros);
    RUN(shuffles_keep_both_margins);
    RUN(a_replicate_does_not_depend_on_where_drawing_starts);
    RUN(tables_without_cells_or_people);
    RUN(stops_when_asked);
}
