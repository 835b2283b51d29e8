#include "harness.h"
#include "kernels/surveys/cluster_sums.h"

#include <stdlib.h>

/* What clusters are numbered up to. With so many domains few bits are left for rows: there are many slices. */
#define MOST_CLUSTERS ((size_t)1 << 22)
#define MOST_DOMAINS ((size_t)1 << 30)

static const dg_term terms[1] = {{{0, -1, -1}}};
static const int lows[1] = {-60};

typedef struct {
    int32_t *clusters;
    int32_t *domains;
    double *weights;
    size_t n;
} table;

/* n rows of n_clusters clusters that come in turns, with weights of a tenth: sums are not whole. */
static table
table_of(size_t n, size_t n_clusters)
{
    table made = {calloc(n, 4), calloc(n, 4), calloc(n, 8), n};
    for (size_t i = 0; i < n; i++) {
        made.clusters[i] = (int32_t)(i % n_clusters);
        made.weights[i] = 0.1 * (double)(1 + i % 7);
    }
    return made;
}

static void
drop(const table *made)
{
    free(made->clusters);
    free(made->domains);
    free(made->weights);
}

static dg_status
sum(const table *made, size_t first, size_t n, dg_cluster_run *run, const dg_stop *stop)
{
    const dg_strided_values cluster = {(const unsigned char *)made->clusters, 4, 4, false};
    const dg_strided_values domain = {(const unsigned char *)made->domains, 4, 4, false};
    const dg_strided_values column = {(const unsigned char *)made->weights, 8, 8, false};
    const dg_cluster_rows rows = {&cluster, &domain, &column, 1, terms, lows, 1};
    dg_pair_layout layout;
    dg_bad_cluster_row bad;
    CHECK(dg_pair_layout_of(MOST_CLUSTERS, MOST_DOMAINS, &layout) && dg_slice_rows(&layout) == 4096);
    return dg_sum_clusters(&layout, &rows, first, n, run, stop, &bad);
}

static bool
same(const dg_cluster_run *a, const dg_cluster_run *b)
{
    bool equal = a->n == b->n && a->n_terms == b->n_terms;
    for (size_t i = 0; equal && i < a->n; i++) {
        equal = a->keys[i] == b->keys[i] && a->nobs[i] == b->nobs[i] && a->units[i] == b->units[i];
    }
    return equal;
}

/* Whole, and as two parts merged in either order. */
static void
splits_do_not_matter(size_t n, size_t n_clusters)
{
    const table made = table_of(n, n_clusters);
    dg_cluster_run whole, first, second, merged;
    CHECK(sum(&made, 0, n, &whole, NULL) == DG_OK && whole.n == (n < n_clusters ? n : n_clusters));
    CHECK(sum(&made, 0, n / 3, &first, NULL) == DG_OK);
    CHECK(sum(&made, n / 3, n - n / 3, &second, NULL) == DG_OK);
    CHECK(dg_merge_runs(&first, &second, &merged, NULL) == DG_OK && same(&whole, &merged));
    dg_free_run(&merged);
    CHECK(dg_merge_runs(&second, &first, &merged, NULL) == DG_OK && same(&whole, &merged));
    uint64_t rows = 0;
    for (size_t i = 0; i < whole.n; i++) {
        rows += whole.nobs[i];
    }
    CHECK(rows == n);
    dg_free_run(&merged);
    dg_free_run(&first);
    dg_free_run(&second);
    dg_free_run(&whole);
    drop(&made);
}

static void
sums_do_not_depend_on_slices(void)
{
    splits_do_not_matter(100000, MOST_CLUSTERS); /* every slice brings pairs of its own */
    splits_do_not_matter(100000, 10007);         /* some come again */
    splits_do_not_matter(100000, 11);            /* every slice has them all */
    splits_do_not_matter(90, 50);
}

/* Slices without any row in a domain, more than there is room for runs. */
static void
empty_slices_leave_nothing(void)
{
    table made = table_of((size_t)80 << 12, MOST_CLUSTERS);
    dg_cluster_run run;
    for (size_t i = 0; i < made.n; i++) {
        made.domains[i] = i % 8192 == 1 ? 0 : -1;
    }
    CHECK(sum(&made, 0, made.n, &run, NULL) == DG_OK && run.n == 40);
    dg_free_run(&run);
    for (size_t i = 0; i < made.n; i++) {
        made.domains[i] = -1;
    }
    CHECK(sum(&made, 0, made.n, &run, NULL) == DG_OK && run.n == 0 && run.keys[0] == UINT64_MAX);
    dg_free_run(&run);
    drop(&made);
}

static bool
after_three(void *context)
{
    int *asked = context;
    return ++*asked > 3;
}

static void
it_stops(void)
{
    const table made = table_of(60000, MOST_CLUSTERS);
    int asked = 0;
    const dg_stop stop = {after_three, &asked};
    dg_cluster_run run;
    CHECK(sum(&made, 0, made.n, &run, &stop) == DG_STOPPED && run.keys == NULL && asked == 4);
    drop(&made);
}

void test_cluster_sums(void);
void
test_cluster_sums(void)
{
    RUN(sums_do_not_depend_on_slices);
    RUN(empty_slices_leave_nothing);
    RUN(it_stops);
}
