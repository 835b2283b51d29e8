#include "harness.h"
#include "kernels/inference/score_interval.h"

#include <math.h>

static dg_comparison (*const METHODS[])(const dg_two_samples *, const dg_question *) = {
        dg_compare_by_score, dg_compare_by_score_uncorrected, dg_compare_by_skewness_corrected};

static void
newcombe_s_examples(void)
{
    const dg_question difference = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95),
                      ratio = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    dg_comparison answer = dg_compare_by_score(&(dg_two_samples){56, 70, 48, 80}, &difference);
    CHECK(fabs(answer.low - 0.0528) < 5e-5 && fabs(answer.high - 0.3382) < 5e-5);
    answer = dg_compare_by_score_uncorrected(&(dg_two_samples){0, 10, 0, 20}, &difference);
    CHECK(fabs(answer.low + 0.1611) < 5e-5 && fabs(answer.high - 0.2775) < 5e-5);
    answer = dg_compare_by_score_uncorrected(&(dg_two_samples){1, 1, 0, 1}, &ratio);
    CHECK(fabs(answer.low - 0.5206355432540112) < 1e-12 && answer.high == INFINITY);
}

static void
a_limit_put_back_gives_the_critical_value(void)
{
    const dg_two_samples samples = {7, 19, 11, 17};
    for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
        for (int kind = DG_SCORE; kind <= DG_SKEWNESS_CORRECTED; kind++) {
            const dg_measure measure = (dg_measure)m;
            const double low = dg_score_low(&samples, measure, (dg_score_kind)kind, 1.5);
            const double high = dg_score_high(&samples, measure, (dg_score_kind)kind, 1.5);
            CHECK(fabs(dg_score_statistic(&samples, measure, (dg_score_kind)kind, low) - 1.5) < 1e-12);
            CHECK(fabs(dg_score_statistic(&samples, measure, (dg_score_kind)kind, high) + 1.5) < 1e-12);
        }
    }
}

static void
every_small_table_has_an_interval(void)
{
    for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
        dg_question question = dg_ask((dg_measure)m, DG_TWO_SIDED, 0.95);
        question.null = m == DG_DIFFERENCE ? 0.1 : 0.8;
        for (int i = 0; i < 9 * 9 * 9 * 9; i++) {
            const dg_two_samples samples = {i % 9, i / 9 % 9, i / 81 % 9, i / 729};
            if (samples.x1 > samples.n1 || samples.x2 > samples.n2) {
                continue;
            }
            const bool empty = samples.n1 == 0.0 || samples.n2 == 0.0;
            for (int k = 0; k < 3; k++) {
                const dg_comparison answer = METHODS[k](&samples, &question);
                CHECK(isnan(answer.low) == empty && isnan(answer.high) == empty && isnan(answer.pvalue) == empty);
                CHECK(empty || (answer.low < answer.high && answer.low >= dg_lowest((dg_measure)m)));
                CHECK(isnan(answer.estimate) || (answer.low <= answer.estimate && answer.estimate <= answer.high));
            }
        }
    }
}

static void
one_side_opens_the_other(void)
{
    const dg_two_samples samples = {7, 19, 11, 17};
    for (int m = DG_DIFFERENCE; m <= DG_ODDS_RATIO; m++) {
        const dg_question two = dg_ask((dg_measure)m, DG_TWO_SIDED, 0.9), less = dg_ask((dg_measure)m, DG_LESS, 0.95);
        const dg_question greater = dg_ask((dg_measure)m, DG_GREATER, 0.95);
        const dg_comparison both = dg_compare_by_score(&samples, &two), below = dg_compare_by_score(&samples, &less);
        const dg_comparison above = dg_compare_by_score(&samples, &greater);
        CHECK(fabs(below.high / both.high - 1.0) < 1e-12 && below.low == dg_lowest((dg_measure)m));
        CHECK(fabs(above.low / both.low - 1.0) < 1e-12 && above.high == dg_highest((dg_measure)m));
    }
}

static void
the_largest_counts_lose_nothing(void)
{
    /* rare events: the limits of a ratio are those of smaller groups, differences scale */
    const double n = 9007199254740992.0;
    const dg_two_samples huge = {4, n, 0, n}, large = {4, 1e6, 0, 1e6};
    for (int kind = DG_SCORE; kind <= DG_SKEWNESS_CORRECTED; kind++) {
        const double low = dg_score_low(&huge, DG_DIFFERENCE, (dg_score_kind)kind, 1.96) * n;
        CHECK(fabs(low / (dg_score_low(&large, DG_DIFFERENCE, (dg_score_kind)kind, 1.96) * 1e6) - 1.0) < 1e-4);
        const double statistic = dg_score_statistic(&huge, DG_DIFFERENCE, (dg_score_kind)kind, low / n);
        CHECK(fabs(statistic - 1.96) < 1e-12);
        const double ratio = dg_score_low(&huge, DG_RATIO, (dg_score_kind)kind, 1.96);
        CHECK(fabs(ratio / dg_score_low(&large, DG_RATIO, (dg_score_kind)kind, 1.96) - 1.0) < 1e-4);
    }
}

static void
levels_below_one_half(void)
{
    const dg_two_samples samples = {7, 19, 11, 17};
    const double estimate = dg_estimate(&samples, DG_RATIO);
    CHECK(dg_score_low(&samples, DG_RATIO, DG_SCORE, 0.0) == estimate);
    CHECK(dg_score_low(&samples, DG_RATIO, DG_SCORE, -0.5) > estimate);
    CHECK(dg_score_low(&samples, DG_RATIO, DG_SKEWNESS_CORRECTED, -0.5) <= estimate * (1.0 + 1e-15));
    CHECK(dg_score_low(&(dg_two_samples){0, 5, 0, 5}, DG_RATIO, DG_SCORE, 0.0) == 0.0);
}

void test_score_interval(void);
void
test_score_interval(void)
{
    RUN(newcombe_s_examples);
    RUN(a_limit_put_back_gives_the_critical_value);
    RUN(every_small_table_has_an_interval);
    RUN(one_side_opens_the_other);
    RUN(the_largest_counts_lose_nothing);
    RUN(levels_below_one_half);
}
