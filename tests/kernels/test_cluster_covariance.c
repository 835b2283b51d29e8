#include "harness.h"
#include "kernels/surveys/cluster_covariance.h"

#include <math.h>
#include <string.h>

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-14 * (1.0 + fabs(b));
}

/* Three clusters of one group and two of the next; statistic 0 everywhere, 1 in two clusters. */
static const int32_t CLUSTER[] = {0, 0, 1, 2, 3, 4, 4};
static const int32_t STATISTIC[] = {0, 1, 0, 0, 0, 0, 1};
static const double SCORE[] = {1.0, 6.0, 2.0, 3.0, 5.0, 9.0, 4.0};
static const dg_scores SCORES = {CLUSTER, STATISTIC, SCORE, 7};
static const int64_t GROUPS[] = {0, 3, 5};
static const double FACTOR[] = {1.5, 1.5, 1.5, 2.0, 2.0};
static const dg_cluster_groups MEANS = {GROUPS, 2, FACTOR, NULL};
static const int64_t ONE[] = {0, 2}, APART[] = {0, 1, 2};
static const dg_statistic_blocks TOGETHER = {ONE, 1}, SEPARATE = {APART, 2};

static void
deviations_from_means_of_groups(void)
{
    /* deviations -1 0 1 | -2 2 and 4 -2 -2 | -2 2 */
    double covariance[4] = {0};
    size_t bad;
    CHECK(dg_add_covariance(&SCORES, &MEANS, &TOGETHER, covariance, &bad, NULL) == DG_OK);
    CHECK(near(covariance[0], 1.5 * 2 + 2 * 8));
    CHECK(near(covariance[3], 1.5 * 24 + 2 * 8));
    CHECK(near(covariance[1], 1.5 * -6 + 2 * 8));
    CHECK(covariance[1] == covariance[2]);
}

static void
deviations_from_a_given_centre(void)
{
    static const double centre[2] = {1.0, 2.0};
    const dg_cluster_groups given = {GROUPS, 2, FACTOR, centre};
    double covariance[4] = {0};
    size_t bad;
    /* deviations 0 1 2 | 4 8 and 4 -2 -2 | -2 2 */
    CHECK(dg_add_covariance(&SCORES, &given, &TOGETHER, covariance, &bad, NULL) == DG_OK);
    CHECK(near(covariance[0], 1.5 * 5 + 2 * 80));
    CHECK(near(covariance[3], 1.5 * 24 + 2 * 8));
    CHECK(near(covariance[1], 1.5 * -6 + 2 * 8));
}

static void
blocks_hold_what_one_matrix_does(void)
{
    double together[4] = {0}, separate[2] = {10.0, 20.0};
    size_t bad;
    CHECK(dg_add_covariance(&SCORES, &MEANS, &TOGETHER, together, &bad, NULL) == DG_OK);
    CHECK(dg_add_covariance(&SCORES, &MEANS, &SEPARATE, separate, &bad, NULL) == DG_OK);
    CHECK(near(separate[0], 10.0 + together[0]) && near(separate[1], 20.0 + together[3]));
}

static void
equal_scores_have_no_variance(void)
{
    enum { N = 999 };
    static int32_t cluster[N], statistic[N];
    static double score[N], factor[N];
    for (int32_t i = 0; i < N; i++) {
        cluster[i] = i;
        score[i] = 1e8 / 3.0;
        factor[i] = 1.0;
    }
    static const int64_t whole[] = {0, N};
    const dg_scores scores = {cluster, statistic, score, N};
    const dg_cluster_groups groups = {whole, 1, factor, NULL};
    const dg_statistic_blocks blocks = {APART, 1};
    double variance = 0.0;
    size_t bad;
    CHECK(dg_add_covariance(&scores, &groups, &blocks, &variance, &bad, NULL) == DG_OK);
    CHECK(variance <= 1e-24 * score[0] * score[0]);
}

static void
nothing_has_no_covariance(void)
{
    static const int64_t zero[] = {0};
    const dg_scores none = {CLUSTER, STATISTIC, SCORE, 0};
    const dg_cluster_groups no_groups = {zero, 0, FACTOR, NULL};
    const dg_statistic_blocks no_blocks = {zero, 0};
    double covariance[4] = {1.0, 2.0, 2.0, 3.0};
    size_t bad;
    CHECK(dg_add_covariance(&none, &no_groups, &no_blocks, covariance, &bad, NULL) == DG_OK);
    CHECK(dg_add_covariance(&none, &MEANS, &TOGETHER, covariance, &bad, NULL) == DG_OK);
    CHECK(covariance[0] == 1.0 && covariance[1] == 2.0 && covariance[3] == 3.0);
}

static void
entries_out_of_range_or_order_are_refused(void)
{
    double covariance[4] = {0};
    size_t bad = 99;
    static const int32_t beyond[] = {0, 1, 0, 2, 0, 0, 1}, late[] = {0, 0, 1, 2, 3, 4, 5}, back[] = {0, 0, 1, 0, 3, 4, 4};
    const dg_scores statistics = {CLUSTER, beyond, SCORE, 7}, clusters = {late, STATISTIC, SCORE, 7},
                    order = {back, STATISTIC, SCORE, 7};
    CHECK(dg_add_covariance(&statistics, &MEANS, &TOGETHER, covariance, &bad, NULL) == DG_CORRUPT && bad == 3);
    CHECK(dg_add_covariance(&clusters, &MEANS, &TOGETHER, covariance, &bad, NULL) == DG_CORRUPT && bad == 6);
    CHECK(dg_add_covariance(&order, &MEANS, &TOGETHER, covariance, &bad, NULL) == DG_CORRUPT && bad == 3);
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
it_stops_when_asked(void)
{
    enum { N = 20000 }; /* enough for a look, though most have nothing */
    static double factor[N];
    static const int64_t whole[] = {0, N};
    const dg_cluster_groups groups = {whole, 1, factor, NULL};
    const dg_stop stop = {always, NULL};
    double covariance[4] = {0};
    size_t bad;
    CHECK(dg_add_covariance(&SCORES, &groups, &TOGETHER, covariance, &bad, &stop) == DG_STOPPED);
}

void test_cluster_covariance(void);
void
test_cluster_covariance(void)
{
    RUN(deviations_from_means_of_groups);
    RUN(deviations_from_a_given_centre);
    RUN(blocks_hold_what_one_matrix_does);
    RUN(equal_scores_have_no_variance);
    RUN(nothing_has_no_covariance);
    RUN(entries_out_of_range_or_order_are_refused);
    RUN(it_stops_when_asked);
}
