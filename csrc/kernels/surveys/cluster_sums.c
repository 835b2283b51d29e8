#include "kernels/surveys/cluster_sums.h"

#define MOST_RUNS 64 /* each is at least twice as long as the next: there are never as many */

typedef struct {
    dg_cluster_run runs[MOST_RUNS];
    size_t n;
} run_stack;

/* Merges the last two runs. */
static dg_status
merge_last(run_stack *stack, const dg_stop *stop)
{
    dg_cluster_run merged, *last = &stack->runs[stack->n - 1], *before = last - 1;
    const dg_status status = dg_merge_runs(before, last, &merged, stop);
    if (status == DG_OK) {
        dg_free_run(before);
        dg_free_run(last);
        *before = merged;
        stack->n--;
    }
    return status;
}

/* Takes a run over, also when it fails. */
static dg_status
push_run(run_stack *stack, dg_cluster_run *run, const dg_stop *stop)
{
    if (run->n == 0) {
        dg_free_run(run);
        return DG_OK;
    }
    dg_status status = DG_OK;
    stack->runs[stack->n++] = *run;
    while (status == DG_OK && stack->n > 1 && stack->runs[stack->n - 2].n < 2 * stack->runs[stack->n - 1].n) {
        status = merge_last(stack, stop);
    }
    return status;
}

static dg_status
sum_slices(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, size_t n,
           const dg_slice_space *space, run_stack *stack, const dg_stop *stop, dg_bad_cluster_row *bad)
{
    const size_t slice = dg_slice_rows(layout);
    dg_status status = DG_OK;
    for (size_t done = 0; status == DG_OK && done < n; done += slice) {
        const size_t left = n - done, some = left < slice ? left : slice;
        dg_cluster_run run;
        status = dg_stop_asked(stop) ? DG_STOPPED : dg_sum_slice(layout, rows, first + done, some, space, &run, bad);
        status = status == DG_OK ? push_run(stack, &run, stop) : status;
    }
    return status;
}

/* All runs as one. */
static dg_status
merge_all(run_stack *stack, size_t n_terms, dg_cluster_run *run, const dg_stop *stop)
{
    dg_status status = DG_OK;
    while (status == DG_OK && stack->n > 1) {
        status = merge_last(stack, stop);
    }
    if (status == DG_OK && stack->n == 0) {
        return dg_start_run(run, 0, n_terms);
    }
    if (status == DG_OK) {
        *run = stack->runs[0];
        stack->n = 0;
    }
    return status;
}

dg_status
dg_sum_clusters(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, size_t n, dg_cluster_run *run,
                const dg_stop *stop, dg_bad_cluster_row *bad)
{
    dg_slice_space space;
    run_stack stack = {.n = 0};
    *run = (dg_cluster_run){0};
    dg_status status = dg_start_slice_space(&space, layout, n, rows->n_columns);
    if (status == DG_OK) {
        status = sum_slices(layout, rows, first, n, &space, &stack, stop, bad);
    }
    dg_free_slice_space(&space);
    status = status == DG_OK ? merge_all(&stack, rows->n_terms, run, stop) : status;
    while (stack.n > 0) {
        dg_free_run(&stack.runs[--stack.n]);
    }
    return status;
}
