#include "harness.h"
#include "kernels/inference/comparison.h"

#include <math.h>

static void
estimates_and_what_is_undefined(void)
{
    const dg_two_samples some = {9.0, 10.0, 3.0, 10.0}, none = {0.0, 10.0, 0.0, 20.0}, empty = {0.0, 0.0, 3.0, 10.0};
    CHECK(fabs(dg_estimate(&some, DG_DIFFERENCE) - 0.6) < 1e-15);
    CHECK(fabs(dg_estimate(&some, DG_RATIO) - 3.0) < 1e-15);
    CHECK(fabs(dg_estimate(&some, DG_ODDS_RATIO) - 21.0) < 1e-13);
    CHECK(dg_estimate(&none, DG_DIFFERENCE) == 0.0);
    CHECK(isnan(dg_estimate(&none, DG_RATIO)) && isnan(dg_estimate(&none, DG_ODDS_RATIO)));
    for (int measure = DG_DIFFERENCE; measure <= DG_ODDS_RATIO; measure++) {
        CHECK(isnan(dg_estimate(&empty, (dg_measure)measure)));
    }
}

static void
one_sided_questions_open_the_other_side(void)
{
    dg_comparison answer = {0.2, 0.1, 0.3, 1.0, 0.5};
    dg_question question = dg_ask(DG_DIFFERENCE, DG_GREATER, 0.95);
    CHECK(fabs(question.tail - 0.05) < 1e-15);
    dg_open_other_side(&answer, &question);
    CHECK(answer.low == 0.1 && answer.high == 1.0);
    question = dg_ask(DG_RATIO, DG_LESS, 0.95);
    dg_open_other_side(&answer, &question);
    CHECK(answer.low == 0.0);
    CHECK(fabs(dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95).tail - 0.025) < 1e-15);
}

static void
pvalues_of_both_sides(void)
{
    const double less = dg_normal_pvalue(1.3, DG_LESS), greater = dg_normal_pvalue(1.3, DG_GREATER);
    CHECK(fabs(less + greater - 1.0) < 1e-15 && greater < less);
    CHECK(dg_normal_pvalue(1.3, DG_TWO_SIDED) == 2.0 * greater && dg_normal_pvalue(-1.3, DG_TWO_SIDED) == 2.0 * greater);
}

static dg_comparison
echo(const dg_two_samples *samples, const dg_question *question)
{
    return (dg_comparison){samples->x1, samples->n1, samples->x2, samples->n2, question->null};
}

static bool
asked_twice(void *context)
{
    return ++*(int *)context > 2;
}

static void
tables_in_their_order_until_stopped(void)
{
    const dg_comparison_method method = {DG_RATIO, "echo", echo, 2};
    const double x1[5] = {1, 2, 3, 4, 5}, n1[5] = {6, 7, 8, 9, 10}, null[5] = {0.1, 0.2, 0.3, 0.4, 0.5};
    double out[5][5] = {{0}};
    const dg_comparison_tables tables = {x1, n1, x1, n1, null, 5};
    const dg_comparison_columns answers = {out[0], out[1], out[2], out[3], out[4]};
    const dg_question question = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    CHECK(dg_compare_tables(&method, &question, &tables, &answers, NULL) == DG_OK);
    CHECK(out[0][4] == 5 && out[1][0] == 6 && out[4][2] == 0.3);
    int asked = 0;
    out[0][3] = out[0][4] = -1;
    CHECK(dg_compare_tables(&method, &question, &tables, &answers, &(dg_stop){asked_twice, &asked}) == DG_STOPPED);
    CHECK(asked == 3 && out[0][3] == 4 && out[0][4] == -1);
}

static void
rounding_is_settled_by_the_p_value(void)
{
    dg_question question = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.9);
    question.null = 2.0;
    const double outside = 2.0 * question.tail;
    dg_comparison kept = {3.0, 2.0 + 1e-15, 4.0, 1.0, outside}, rejected = {1.0, 0.5, 2.0, 1.0, 0.99 * outside};
    dg_comparison wrong = {3.0, 2.1, 4.0, 1.0, outside};
    dg_settle_rounding(&kept, &question);
    dg_settle_rounding(&rejected, &question);
    dg_settle_rounding(&wrong, &question);
    CHECK(kept.low == 2.0 && kept.high == 4.0);
    CHECK(rejected.high < 2.0 && rejected.high > 2.0 - 1e-15);
    CHECK(wrong.low == 2.1);
    dg_comparison tiny = {1e-17, 1e-18, 1e-16, NAN, 0.0};
    question.null = 1e-300;
    dg_settle_rounding(&tiny, &question);
    CHECK(tiny.low == 1e-18 && tiny.high == 1e-16);
}

void test_comparison(void);
void
test_comparison(void)
{
    RUN(estimates_and_what_is_undefined);
    RUN(one_sided_questions_open_the_other_side);
    RUN(pvalues_of_both_sides);
    RUN(rounding_is_settled_by_the_p_value);
    RUN(tables_in_their_order_until_stopped);
}
