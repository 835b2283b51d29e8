#include "kernels/surveys/score_groups.h"

#include <math.h>
#include <stdlib.h>

static void *
zeros(size_t n, size_t size)
{
    return calloc(n > 0 ? n : 1, size);
}

bool
dg_lay_group_out(dg_score_group *group, size_t n_statistics)
{
    *group = (dg_score_group){
            .n_statistics = n_statistics,
            .statistics = zeros(n_statistics, sizeof(dg_group_statistic)),
            .met = zeros(n_statistics / 64 + 1, sizeof(uint64_t)),
            .active = zeros(n_statistics, sizeof(int32_t)),
            .common = zeros(n_statistics, sizeof(int32_t)),
    };
    return group->statistics != NULL && group->met != NULL && group->active != NULL && group->common != NULL;
}

void
dg_put_group_away(dg_score_group *group)
{
    free(group->statistics);
    free(group->met);
    free(group->active);
    free(group->common);
}

/* Neumaier's sum: the mean of equal scores is that score, or next to it. */
static void
add(dg_group_statistic *s, double score)
{
    const double sum = s->sum + score;
    s->lost += fabs(s->sum) >= fabs(score) ? (s->sum - sum) + score : (score - sum) + s->sum;
    s->sum = sum;
    s->present++;
}

static bool
sum_scores(dg_score_group *group, const dg_scores *scores, size_t *entry, int64_t first, int64_t end)
{
    int64_t cluster = first, last = -1;
    for (; *entry < scores->n && scores->cluster[*entry] < end; ++*entry) {
        const int64_t this = scores->cluster[*entry], number = scores->statistic[*entry];
        last = this > cluster ? -1 : last;
        if (this < cluster || number <= last || number >= (int64_t)group->n_statistics) {
            return false;
        }
        add(&group->statistics[number], scores->score[*entry]);
        group->met[number / 64] |= UINT64_C(1) << number % 64;
        cluster = this;
        last = number;
    }
    return true;
}

/* With a given centre statistics without a score in the group deviate as well. */
static void
meet_all(dg_score_group *group, const double *centre)
{
    for (size_t i = 0; centre != NULL && i < group->n_statistics; i++) {
        group->met[i / 64] |= (uint64_t)(centre[i] != 0.0) << i % 64;
    }
}

static void
centre_statistic(dg_score_group *group, size_t number, int64_t n_clusters, const double *centre)
{
    dg_group_statistic *s = &group->statistics[number];
    const double c = centre == NULL ? (s->sum + s->lost) / (double)n_clusters : centre[number];
    const bool is_common = s->present > n_clusters / 2;
    s->off = is_common ? c : 0.0;
    s->left = is_common ? 0.0 : c;
    group->active[group->n_active++] = (int32_t)number;
    if (is_common) {
        group->common[group->n_common++] = (int32_t)number;
    }
}

bool
dg_start_group(dg_score_group *group, const dg_scores *scores, size_t *entry, int64_t first, int64_t end, const double *centre)
{
    if (!sum_scores(group, scores, entry, first, end)) {
        return false;
    }
    meet_all(group, centre);
    for (size_t word = 0; word <= group->n_statistics / 64; word++) {
        for (uint64_t bits = group->met[word]; bits != 0; bits &= bits - 1) {
            centre_statistic(group, word * 64 + (size_t)__builtin_ctzll(bits), end - first, centre);
        }
        group->met[word] = 0;
    }
    return true;
}

void
dg_finish_group(dg_score_group *group)
{
    for (size_t i = 0; i < group->n_active; i++) {
        group->statistics[group->active[i]] = (dg_group_statistic){0};
    }
    group->n_active = group->n_common = 0;
}
