#include "harness.h"
#include "kernels/inference/paired_table.h"

static bool
at_once(void *context)
{
    (void)context;
    return true;
}

static void
methods_are_found_by_measure_and_name(void)
{
    CHECK(dg_find_paired_method(DG_DIFFERENCE, "score") != NULL);
    CHECK(dg_find_paired_method(DG_ODDS_RATIO, "mid-p")->measure == DG_ODDS_RATIO);
    CHECK(dg_find_paired_method(DG_RATIO, "score") == NULL && dg_find_paired_method(DG_DIFFERENCE, "exact") == NULL);
}

static void
tables_in_their_order_until_stopped(void)
{
    const double both[2] = {0, 1}, first[2] = {3, 1}, second[2] = {1, 7}, neither[2] = {4, 12}, null[2] = {0.0, 0.25};
    double out[5][2] = {{0}};
    const dg_paired_tables tables = {both, first, second, neither, null, 2};
    const dg_comparison_columns answers = {out[0], out[1], out[2], out[3], out[4]};
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    const dg_paired_method *method = dg_find_paired_method(DG_DIFFERENCE, "score");
    CHECK(dg_compare_paired_tables(method, &question, &tables, &answers, NULL) == DG_OK);
    CHECK(out[0][0] == 0.25 && out[3][0] == 1.0 && out[0][1] == -6.0 / 21.0);
    CHECK(dg_compare_paired_tables(method, &question, &tables, &answers, &(dg_stop){at_once, NULL}) == DG_STOPPED);
}

void test_paired_table(void);
void
test_paired_table(void)
{
    RUN(methods_are_found_by_measure_and_name);
    RUN(tables_in_their_order_until_stopped);
}
