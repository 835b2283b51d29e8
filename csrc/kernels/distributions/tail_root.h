/* Where a tail probability has a given value: quantiles, and limits of intervals that are made of tails. */
#ifndef DG_TAIL_ROOT_H
#define DG_TAIL_ROOT_H

#include <stdbool.h>

/* A tail at x, and x times its derivative there. */
typedef struct {
    double tail, slope;
} dg_tail;

typedef dg_tail (*dg_tail_function)(double x, const void *context);

/* Where to look: from 0 to `highest`, beginning at `guess`; lower tails rise, upper ones fall. */
typedef struct {
    double guess, highest;
    bool rises;
} dg_search;

/* The x where the tail is `target`; the end that is nearer to it where it never is.
 *
 * Newton's method for log(tail) against log(x), which for log-concave tails closes in from one side; steps that leave the bracket
 * are replaced by its middle. The tail at the answer is off by about 1e-15 of itself, or x by one unit in its last digit. */
double dg_find_tail_root(dg_tail_function tail, const void *context, double target, dg_search search);

#endif
