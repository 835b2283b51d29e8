#include "harness.h"
#include "kernels/inference/homogeneity.h"
#include "kernels/inference/stratified_methods.h"

#include <math.h>

static void
names(void)
{
    for (int i = 0; i < 3; i++) {
        CHECK(dg_find_stratified_method((dg_measure)i, "score") != NULL);
        CHECK(dg_find_stratified_method((dg_measure)i, "mantel-haenszel") != NULL);
        CHECK(dg_find_stratified_method((dg_measure)i, "woolf") == NULL);
    }
}

static const double X1[] = {3, 1, 0, 2}, N1[] = {9, 4, 6, 8}, X2[] = {1, 1, 5, 2}, N2[] = {7, 6, 9, 4};
static const double NULLS[] = {0.0, 0.25};

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
each_table_by_itself(void)
{
    const dg_stratified_method *method = dg_find_stratified_method(DG_DIFFERENCE, "score");
    dg_question asked = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.9);
    const dg_stratified_tables tables = {{X1, N1, X2, N2, 2}, NULLS, 2};
    double out[14];
    const dg_stratified_columns answers = {{out, out + 2, out + 4, out + 6, out + 8}, out + 10, out + 12};
    CHECK(dg_compare_stratified(method, &asked, &tables, &answers, NULL) == DG_OK);
    for (size_t i = 0; i < 2; i++) {
        const dg_strata strata = {X1 + 2 * i, N1 + 2 * i, X2 + 2 * i, N2 + 2 * i, 2};
        asked.null = NULLS[i];
        const dg_comparison alone = method->compare(&strata, &asked);
        const dg_homogeneity homogeneity = dg_test_homogeneity(&strata, DG_DIFFERENCE);
        CHECK(out[i] == alone.estimate && out[2 + i] == alone.low && out[4 + i] == alone.high);
        CHECK(out[6 + i] == alone.statistic && out[8 + i] == alone.pvalue);
        CHECK(out[10 + i] == homogeneity.statistic && out[12 + i] == homogeneity.df);
    }
    CHECK(dg_compare_stratified(method, &asked, &tables, &answers, &(dg_stop){always, NULL}) == DG_STOPPED);
}

void test_stratified_methods(void);
void
test_stratified_methods(void)
{
    RUN(names);
    RUN(each_table_by_itself);
}
