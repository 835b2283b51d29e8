#include "harness.h"
#include "kernels/surveys/score_groups.h"

/* Clusters 0 to 3 of one group, 4 and 5 of the next; statistic 1 has a score in all but one, 70 in one alone. */
static const int32_t CLUSTER[] = {0, 0, 1, 3, 4};
static const int32_t STATISTIC[] = {1, 70, 1, 1, 2};
static const double SCORE[] = {2.0, 8.0, 2.0, 4.0, 5.0};
static const dg_scores SCORES = {CLUSTER, STATISTIC, SCORE, 5};

static void
statistics_of_a_group_are_found_and_centred(void)
{
    dg_score_group group;
    size_t entry = 0;
    CHECK(dg_lay_group_out(&group, 80));
    CHECK(dg_start_group(&group, &SCORES, &entry, 0, 4, NULL));
    CHECK(entry == 4 && group.n_active == 2 && group.n_common == 1);
    CHECK(group.active[0] == 1 && group.active[1] == 70 && group.common[0] == 1);
    CHECK(group.statistics[1].off == 2.0 && group.statistics[1].left == 0.0);
    CHECK(group.statistics[70].off == 0.0 && group.statistics[70].left == 2.0);
    dg_finish_group(&group);
    CHECK(dg_start_group(&group, &SCORES, &entry, 4, 6, NULL));
    CHECK(entry == 5 && group.n_active == 1 && group.active[0] == 2 && group.n_common == 0);
    CHECK(group.statistics[1].present == 0 && group.statistics[2].left == 2.5);
    dg_put_group_away(&group);
}

static void
a_given_centre_is_met_by_all(void)
{
    static const double centre[3] = {0.0, 1.0, 4.0};
    const dg_scores none = {CLUSTER, STATISTIC, SCORE, 0};
    dg_score_group group;
    size_t entry = 0;
    CHECK(dg_lay_group_out(&group, 3));
    CHECK(dg_start_group(&group, &none, &entry, 0, 2, centre));
    CHECK(group.n_active == 2 && group.active[0] == 1 && group.active[1] == 2);
    CHECK(group.statistics[2].left == 4.0);
    dg_put_group_away(&group);
}

static void
the_mean_of_equal_scores_is_the_score(void)
{
    enum { N = 1000 };
    static int32_t cluster[N], statistic[N];
    static double score[N];
    for (int32_t i = 0; i < N; i++) {
        cluster[i] = i;
        score[i] = 0.1;
    }
    const dg_scores scores = {cluster, statistic, score, N};
    dg_score_group group;
    size_t entry = 0;
    CHECK(dg_lay_group_out(&group, 1));
    CHECK(dg_start_group(&group, &scores, &entry, 0, N, NULL));
    CHECK(group.statistics[0].off == 0.1);
    dg_put_group_away(&group);
}

static void
disorder_is_found(void)
{
    static const int32_t clusters[][3] = {{0, 1, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {-1, 0, 0}};
    static const int32_t statistics[][3] = {{0, 0, 0}, {1, 0, 2}, {0, 0, 1}, {0, 1, 3}, {0, 0, 0}};
    static const size_t expected[] = {2, 1, 1, 2, 0};
    for (size_t i = 0; i < 5; i++) {
        const dg_scores scores = {clusters[i], statistics[i], SCORE, 3};
        dg_score_group group;
        size_t entry = 0;
        CHECK(dg_lay_group_out(&group, 3));
        CHECK(!dg_start_group(&group, &scores, &entry, 0, 2, NULL));
        CHECK(entry == expected[i]);
        dg_put_group_away(&group);
    }
}

void test_score_groups(void);
void
test_score_groups(void)
{
    RUN(statistics_of_a_group_are_found_and_centred);
    RUN(a_given_centre_is_met_by_all);
    RUN(the_mean_of_equal_scores_is_the_score);
    RUN(disorder_is_found);
}
