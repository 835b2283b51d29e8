/* The statistics that a group of clusters has scores of, and what these deviate from.
 *
 * With c the centre of a statistic's scores z and r what is taken off them before they are multiplied, u = z - r and e = c - r,
 *     sum of f (z_s - c_s)(z_t - c_t) = sum of f u_s u_t - e_t sum of f u_s - e_s sum of f u_t + e_s e_t sum of f.
 * Where most clusters have a score r is c, and the clusters without one deviate by -c. Where fewer do r is 0: they need no
 * look, and what is taken off the first sum is less than half of it. */
#ifndef DG_SCORE_GROUPS_H
#define DG_SCORE_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One entry for each cluster and statistic with a score: clusters never decrease, and within one statistics increase. */
typedef struct {
    const int32_t *cluster;
    const int32_t *statistic;
    const double *score;
    size_t n;
} dg_scores;

typedef struct {
    int64_t present;  /* clusters that have a score */
    double sum, lost; /* of scores, and what rounding took from it */
    double off;       /* r */
    double left;      /* e */
    double moment;    /* sum of f u */
} dg_group_statistic;

typedef struct {
    size_t n_statistics;
    dg_group_statistic *statistics;
    uint64_t *met;   /* one bit for each statistic: it is in the group */
    int32_t *active; /* statistics of the group, increasing */
    int32_t *common; /* those that most of its clusters have */
    size_t n_active, n_common;
} dg_score_group;

/* False without memory; dg_put_group_away is needed in any case. */
bool dg_lay_group_out(dg_score_group *group, size_t n_statistics);
void dg_put_group_away(dg_score_group *group);

/* Begins a group with the entries from *entry on whose clusters are below `end`, and leaves *entry after them. `centre` has what
 * every statistic deviates from; NULL: its mean over the clusters first .. end - 1. False at an entry that is out of range or order,
 * which is then *entry. */
bool dg_start_group(dg_score_group *group, const dg_scores *scores, size_t *entry, int64_t first, int64_t end,
                    const double *centre);

/* Forgets what was learnt of the statistics of the group. */
void dg_finish_group(dg_score_group *group);

#endif
