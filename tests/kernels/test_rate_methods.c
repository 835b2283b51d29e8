#include "harness.h"
#include "kernels/inference/rate_methods.h"

static void
methods_are_found_by_measure_and_name(void)
{
    const dg_comparison_method *difference = dg_find_rate_method(DG_DIFFERENCE, "score");
    CHECK(difference != NULL && difference->measure == DG_RATE_DIFFERENCE);
    const dg_comparison_method *ratio = dg_find_rate_method(DG_RATIO, "score");
    CHECK(ratio != NULL && ratio->measure == DG_RATIO && ratio->compare != difference->compare);
    CHECK(dg_find_rate_method(DG_ODDS_RATIO, "score") == NULL);
    CHECK(dg_find_rate_method(DG_RATIO, "scores") == NULL);
}

void test_rate_methods(void);
void
test_rate_methods(void)
{
    RUN(methods_are_found_by_measure_and_name);
}
