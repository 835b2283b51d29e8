/* The probabilities of a binomial distribution where they are not negligible, with their running
 * sums: made anew for every share in a search, so made fast. */
#ifndef DG_BINOMIAL_WINDOW_H
#define DG_BINOMIAL_WINDOW_H

#include "kernels/status.h"

#include <stddef.h>

/* Weights run from the mode in both directions by the ratio of neighbours and are divided by
 * `total`, their sum, where they are read: no factorials, and a relative error of a few n units in
 * the last place far out in the tails too. */
typedef struct {
    size_t n;
    double share;
    double negligible; /* weights below this part of the mode's are left out; 0 keeps all that a
                          double can hold */
    double *upward; /* n: (n - x) / (x + 1), by which the step from x to x + 1 multiplies, times the
                       odds */
    double *downward;    /* n: its inverse */
    double *weight;      /* n + 1, of which first to last are made */
    double *running_sum; /* n + 1, of which first to last are made: the weights up to this one */
    size_t first, last;
    double total;
} dg_binomial_window;

/* DG_OK, or DG_NO_MEMORY with nothing held. The window is empty until its share is set. */
dg_status
dg_make_binomial_window(dg_binomial_window *window, size_t n, double negligible);
void
dg_free_binomial_window(dg_binomial_window *window);

/* `share` from 0 to 1. Costs nothing when it is the present one. */
void
dg_set_share(dg_binomial_window *window, double share);

/* Parts of `total`: of x, and of all up to x. `x` may be any whole number, below 0 and above n too.
 */
static inline double
dg_weight_of(const dg_binomial_window *window, ptrdiff_t x)
{
    return x < (ptrdiff_t)window->first || x > (ptrdiff_t)window->last ? 0.0 : window->weight[x];
}

static inline double
dg_weight_up_to(const dg_binomial_window *window, ptrdiff_t x)
{
    if (x < (ptrdiff_t)window->first) {
        return 0.0;
    }
    return x >= (ptrdiff_t)window->last ? window->total : window->running_sum[x];
}

#endif
