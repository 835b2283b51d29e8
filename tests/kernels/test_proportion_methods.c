#include "harness.h"
#include "kernels/inference/proportion_methods.h"

#include <stddef.h>
#include <string.h>

static void
methods_are_found_by_measure_and_name(void)
{
    const dg_comparison_method *found = dg_find_proportion_method(DG_DIFFERENCE, "wald");
    CHECK(found != NULL && found->measure == DG_DIFFERENCE && strcmp(found->name, "wald") == 0);
    CHECK(found != NULL && found->compare != NULL && found->tables_per_look > 0);
    CHECK(dg_find_proportion_method(DG_DIFFERENCE, "none of them") == NULL);
    CHECK(dg_find_proportion_method(DG_ODDS_RATIO, "newcombe") == NULL);
}

void test_proportion_methods(void);
void
test_proportion_methods(void)
{
    RUN(methods_are_found_by_measure_and_name);
}
