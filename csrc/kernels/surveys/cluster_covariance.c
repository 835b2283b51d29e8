#include "kernels/surveys/cluster_covariance.h"

#include <stdbool.h>
#include <stdlib.h>

/* Products between two looks whether to stop. */
#define PRODUCTS_PER_LOOK ((size_t)1 << 20)

typedef struct {
    const dg_scores *scores;
    const dg_cluster_groups *groups;
    const dg_statistic_blocks *blocks;
    double *covariance;
    dg_score_group group;
    size_t *block_of;  /* by statistic */
    size_t *offset;    /* by block, of its matrix */
    int32_t *here;     /* statistics that deviate in one cluster, increasing */
    double *deviation; /* of these */
    double factors;    /* sum of those of the group */
    size_t entry;      /* the first that is not done */
    size_t products; /* since the last look whether to stop */
} work;

static bool
lay_out(work *w)
{
    const size_t n = (size_t)w->blocks->start[w->blocks->n_blocks];
    w->block_of = calloc(n + 1, sizeof *w->block_of);
    w->offset = calloc(w->blocks->n_blocks + 1, sizeof *w->offset);
    w->here = calloc(n + 1, sizeof *w->here);
    w->deviation = calloc(n + 1, sizeof *w->deviation);
    return dg_lay_group_out(&w->group, n) && w->block_of != NULL && w->offset != NULL && w->here != NULL &&
           w->deviation != NULL;
}

static void
put_away(work *w)
{
    dg_put_group_away(&w->group);
    free(w->block_of);
    free(w->offset);
    free(w->here);
    free(w->deviation);
}

static size_t
first_of(const work *w, size_t block)
{
    return (size_t)w->blocks->start[block];
}

static size_t
size_of(const work *w, size_t block)
{
    return first_of(w, block + 1) - first_of(w, block);
}

static void
number_blocks(work *w)
{
    size_t offset = 0;
    for (size_t block = 0; block < w->blocks->n_blocks; block++) {
        const size_t size = size_of(w, block);
        for (size_t i = 0; i < size; i++) {
            w->block_of[first_of(w, block) + i] = block;
        }
        w->offset[block] = offset;
        offset += size * size;
    }
}

/* One more deviation of the cluster at hand. */
static inline void
note(work *w, size_t *n, int32_t number, double score)
{
    w->here[*n] = number;
    w->deviation[(*n)++] = score - w->group.statistics[number].off;
}

/* Lists what deviates in one cluster: its entries, from *entry on, and the common statistics it lacks. False when an entry is
 * out of range or order, which it was not when it was summed. */
static bool
list_cluster(work *w, int64_t cluster, size_t *entry, size_t *n)
{
    const dg_scores *scores = w->scores;
    size_t common = 0;
    int64_t last = -1;
    *n = 0;
    for (; *entry < w->entry && scores->cluster[*entry] == cluster; ++*entry) {
        const int32_t number = scores->statistic[*entry];
        if (number <= last || number >= (int64_t)w->group.n_statistics) {
            return false;
        }
        for (; common < w->group.n_common && w->group.common[common] < number; common++) {
            note(w, n, w->group.common[common], 0.0);
        }
        common += common < w->group.n_common && w->group.common[common] == number;
        note(w, n, number, scores->score[*entry]);
        last = number;
    }
    for (; common < w->group.n_common; common++) {
        note(w, n, w->group.common[common], 0.0);
    }
    return true;
}

/* The end of the run of statistics of one block that begins at i. */
static size_t
end_of_run(const work *w, const int32_t *numbers, size_t i, size_t n)
{
    const int64_t end = w->blocks->start[w->block_of[numbers[i]] + 1];
    while (i < n && numbers[i] < end) {
        i++;
    }
    return i;
}

/* Adds products of the deviations of n statistics of one block to the lower triangle of its matrix. */
static void
multiply_run(const work *w, const int32_t *numbers, const double *deviation, size_t n, double factor)
{
    const size_t block = w->block_of[numbers[0]], size = size_of(w, block);
    const int32_t first = (int32_t)first_of(w, block);
    double *matrix = w->covariance + w->offset[block];
    for (size_t i = 0; i < n; i++) {
        double *row = matrix + (size_t)(numbers[i] - first) * size;
        const double times = factor * deviation[i];
        if (n == size) { /* all of the block: no gaps, and the compiler can take several at once */
            for (size_t j = 0; j <= i; j++) {
                row[j] += times * deviation[j];
            }
            continue;
        }
        for (size_t j = 0; j <= i; j++) {
            row[numbers[j] - first] += times * deviation[j];
        }
    }
}

static void
multiply_cluster(work *w, size_t n, double factor)
{
    for (size_t i = 0; i < n; i++) {
        w->group.statistics[w->here[i]].moment += factor * w->deviation[i];
    }
    for (size_t i = 0, end; i < n; i = end) {
        end = end_of_run(w, w->here, i, n);
        multiply_run(w, w->here + i, w->deviation + i, end - i, factor);
    }
    w->factors += factor;
}

/* The second sum, for n statistics of one block: what was not taken off before multiplying. */
static void
take_off_run(const work *w, const int32_t *numbers, size_t n)
{
    const size_t block = w->block_of[numbers[0]], size = size_of(w, block);
    for (size_t i = 0; i < n; i++) {
        const dg_group_statistic s = w->group.statistics[numbers[i]];
        double *row = w->covariance + w->offset[block] + ((size_t)numbers[i] - first_of(w, block)) * size;
        const double beyond = w->factors * s.left - s.moment;
        for (size_t j = 0; j <= i; j++) {
            const dg_group_statistic *t = &w->group.statistics[numbers[j]];
            row[(size_t)numbers[j] - first_of(w, block)] += beyond * t->left - s.left * t->moment;
        }
    }
}

static void
finish_group(work *w)
{
    for (size_t i = 0, end; i < w->group.n_active && w->group.n_common < w->group.n_active; i = end) {
        end = end_of_run(w, w->group.active, i, w->group.n_active);
        take_off_run(w, w->group.active + i, end - i);
    }
    dg_finish_group(&w->group);
    w->factors = 0.0;
}

/* Whether to stop, asked when the products of n more statistics make it time to. */
static bool
stop_before(work *w, size_t n, const dg_stop *stop)
{
    w->products += n * n / 2 + 64;
    if (w->products < PRODUCTS_PER_LOOK) {
        return false;
    }
    w->products = 0;
    return dg_stop_asked(stop);
}

/* Clusters of one group, whose entries from `entry` on are summed. */
static dg_status
multiply_group(work *w, int64_t first, int64_t end, size_t entry, size_t *bad, const dg_stop *stop)
{
    for (int64_t cluster = first; cluster < end; cluster++) {
        size_t n;
        if (!list_cluster(w, cluster, &entry, &n)) {
            *bad = entry;
            return DG_CORRUPT;
        }
        if (stop_before(w, n, stop)) {
            return DG_STOPPED;
        }
        multiply_cluster(w, n, w->groups->factor[cluster]);
    }
    return DG_OK;
}

static dg_status
add_group(work *w, size_t group, size_t *bad, const dg_stop *stop)
{
    const int64_t first = w->groups->start[group], end = w->groups->start[group + 1];
    const size_t entry = w->entry;
    if (!dg_start_group(&w->group, w->scores, &w->entry, first, end, w->groups->centre)) {
        *bad = w->entry;
        return DG_CORRUPT;
    }
    const dg_status status = multiply_group(w, first, end, entry, bad, stop);
    finish_group(w);
    return status;
}

static void
mirror(const work *w)
{
    for (size_t block = 0; block < w->blocks->n_blocks; block++) {
        double *matrix = w->covariance + w->offset[block];
        const size_t size = size_of(w, block);
        for (size_t i = 0; i < size; i++) {
            for (size_t j = 0; j < i; j++) {
                matrix[j * size + i] = matrix[i * size + j];
            }
        }
    }
}

static dg_status
add_groups(work *w, size_t *bad, const dg_stop *stop)
{
    number_blocks(w);
    for (size_t group = 0; group < w->groups->n_groups; group++) {
        const dg_status status = add_group(w, group, bad, stop);
        if (status != DG_OK) {
            return status;
        }
    }
    mirror(w);
    *bad = w->entry;
    return w->entry < w->scores->n ? DG_CORRUPT : DG_OK;
}

dg_status
dg_add_covariance(const dg_scores *scores, const dg_cluster_groups *groups, const dg_statistic_blocks *blocks,
                  double *covariance, size_t *bad, const dg_stop *stop)
{
    work w = {.scores = scores, .groups = groups, .blocks = blocks, .covariance = covariance};
    const dg_status status = lay_out(&w) ? add_groups(&w, bad, stop) : DG_NO_MEMORY;
    put_away(&w);
    return status;
}
