/* The hull of the nulls that an exact unconditional test does not reject. */
#ifndef DG_UNCONDITIONAL_INTERVAL_H
#define DG_UNCONDITIONAL_INTERVAL_H

#include "kernels/inference/unconditional_test.h"

/* `rejected_inside`: some null within is rejected. Stretches narrower than 1e-7 may go unseen. */
typedef struct {
    double low, high;
    bool rejected_inside;
} dg_hull;

/* Every null outside the hull is rejected. Ranges of nulls are decided as a whole, down to a width of
 * 1e-12, and what is still undecided there counts as not rejected: so the hull is a little too wide,
 * by no more than that where p crosses the level, and by less than 1e-9 in every table tried where p
 * jumps over it. The limit that a one-sided question does not ask for is -1 or 1. `question->tail` is
 * the probability outside each limit. DG_OK or DG_STOPPED. */
dg_status
dg_unconditional_hull(const dg_unconditional_side *side, const dg_question *question,
                      dg_unconditional_method method, dg_hull *hull);

#endif
