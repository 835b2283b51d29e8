#include "harness.h"
#include "kernels/inference/unconditional_tables.h"

#include <math.h>

static bool
always(void *context)
{
    (void)context;
    return true;
}

static const double X1[] = {7, 0, 1}, N1[] = {10, 0, 1}, X2[] = {3, 2, 0}, N2[] = {12, 5, 1},
                    NULLS[] = {0, 0, 0};
static const dg_comparison_tables TABLES = {X1, N1, X2, N2, NULLS, 3};

static void
empty_samples_have_no_answer(void)
{
    double rows[5][3];
    bool inside[3];
    const dg_comparison_columns answers = {rows[0], rows[1], rows[2], rows[3], rows[4]};
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    CHECK(dg_compare_unconditional(&TABLES, &question, DG_CHAN_ZHANG, &answers, inside, NULL) ==
          DG_OK);
    for (int row = 0; row < 5; row++) {
        CHECK(!isnan(rows[row][0]) && isnan(rows[row][1]) && !isnan(rows[row][2]));
    }
    CHECK(fabs(rows[0][0] - 0.45) < 1e-15 && fabs(rows[4][2] - 0.5) < 1e-10);
}

static void
without_a_level_there_are_no_limits(void)
{
    double rows[5][3];
    bool inside[3];
    const dg_comparison_columns answers = {rows[0], rows[1], rows[2], rows[3], rows[4]};
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, NAN);
    CHECK(dg_compare_unconditional(&TABLES, &question, DG_AGRESTI_MIN, &answers, inside, NULL) ==
          DG_OK);
    CHECK(isnan(rows[1][0]) && isnan(rows[2][0]) && !isnan(rows[4][0]) && !inside[0]);
}

static void
stops_between_tables(void)
{
    double rows[5][3];
    bool inside[3];
    const dg_stop stop = {always, NULL};
    const dg_comparison_columns answers = {rows[0], rows[1], rows[2], rows[3], rows[4]};
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    CHECK(dg_compare_unconditional(&TABLES, &question, DG_CHAN_ZHANG, &answers, inside, &stop) ==
          DG_STOPPED);
}

static void
knows_what_can_be_enumerated(void)
{
    CHECK(dg_is_unconditional_table(&(dg_two_samples){0, 0, 5, 5}, 0.0));
    CHECK(!dg_is_unconditional_table(&(dg_two_samples){0, 5001, 5, 5}, 0.0));
    CHECK(!dg_is_unconditional_table(&(dg_two_samples){0.5, 5, 5, 5}, 0.0));
    CHECK(!dg_is_unconditional_table(&(dg_two_samples){6, 5, 5, 5}, 0.0));
    CHECK(!dg_is_unconditional_table(&(dg_two_samples){1, 5, 5, 5}, 1.5));
    CHECK(!dg_is_unconditional_table(&(dg_two_samples){1, 5, NAN, 5}, 0.0));
}

void
test_unconditional_tables(void);
void
test_unconditional_tables(void)
{
    RUN(empty_samples_have_no_answer);
    RUN(without_a_level_there_are_no_limits);
    RUN(stops_between_tables);
    RUN(knows_what_can_be_enumerated);
}
