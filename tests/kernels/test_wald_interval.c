#include "harness.h"
#include "kernels/inference/wald_interval.h"

#include <math.h>

static void
newcombes_first_table(void)
{
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    const dg_comparison found = dg_wald_difference(&(dg_two_samples){56, 70, 48, 80}, &(dg_question){
            DG_DIFFERENCE, DG_TWO_SIDED, 0.0, question.tail, question.z});
    CHECK(fabs(found.estimate - 0.2) < 1e-15);
    CHECK(fabs(found.low - 0.0575048991490372) < 1e-12 && fabs(found.high - 0.342495100850963) < 1e-12);
}

void test_wald_interval(void);
void
test_wald_interval(void)
{
    RUN(newcombes_first_table);
}
