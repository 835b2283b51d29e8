#include "kernels/distributions/binomial_window.h"

#include <math.h>
#include <stdlib.h>

dg_status
dg_make_binomial_window(dg_binomial_window *window, size_t n, double negligible)
{
    double *memory = malloc((4 * n + 2) * sizeof *memory);
    if (memory == NULL) {
        *window = (dg_binomial_window){0};
        return DG_NO_MEMORY;
    }
    *window = (dg_binomial_window){.n = n,
                                   .share = NAN,
                                   .negligible = negligible,
                                   .upward = memory,
                                   .downward = memory + n,
                                   .weight = memory + 2 * n,
                                   .running_sum = memory + 3 * n + 1};
    for (size_t x = 0; x < n; x++) {
        window->upward[x] = (double)(n - x) / (double)(x + 1);
        window->downward[x] = (double)(x + 1) / (double)(n - x);
    }
    return DG_OK;
}

void
dg_free_binomial_window(dg_binomial_window *window)
{
    free(window->upward); /* the one block that holds them all */
    *window = (dg_binomial_window){0};
}

static void
put_all_on(dg_binomial_window *window, size_t x)
{
    window->first = window->last = x;
    window->weight[x] = window->running_sum[x] = window->total = 1.0;
}

static void
walk_up(dg_binomial_window *window, size_t mode, double odds)
{
    double weight = 1.0;
    size_t x = mode;
    while (x < window->n && (weight *= window->upward[x] * odds) > window->negligible) {
        window->weight[++x] = weight;
    }
    window->last = x;
}

static void
walk_down(dg_binomial_window *window, size_t mode, double odds)
{
    double weight = 1.0;
    size_t x = mode;
    while (x > 0 && (weight *= window->downward[x - 1] * odds) > window->negligible) {
        window->weight[--x] = weight;
    }
    window->first = x;
}

static void
add_up(dg_binomial_window *window)
{
    double sum = 0.0;
    for (size_t x = window->first; x <= window->last; x++) {
        sum += window->weight[x];
        window->running_sum[x] = sum;
    }
    window->total = sum;
}

void
dg_set_share(dg_binomial_window *window, double share)
{
    if (share == window->share) {
        return;
    }
    window->share = share;
    if (!(share > 0.0 && share < 1.0)) {
        put_all_on(window, share > 0.0 ? window->n : 0);
        return;
    }
    const double at_mode = floor((double)(window->n + 1) * share);
    const size_t mode = at_mode < (double)window->n ? (size_t)at_mode : window->n;
    const double odds = share / (1.0 - share);
    window->weight[mode] = 1.0;
    walk_up(window, mode, odds);
    walk_down(window, mode, 1.0 / odds);
    add_up(window);
}
