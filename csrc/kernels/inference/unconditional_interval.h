/* The hull of the nulls that an exact unconditional test does not reject. */
#ifndef DG_UNCONDITIONAL_INTERVAL_H
#define DG_UNCONDITIONAL_INTERVAL_H

#include "kernels/inference/unconditional_test.h"

/* `rejected_inside`: some null within is rejected. Stretches narrower than 1e-7 may go unseen. */
typedef struct {
    double low, high;
    bool rejected_inside;
} dg_hull;

/* Every null outside the hull is rejected; the hull is too wide by 1e-9 at most at either end. The
 * limit that a one-sided question does not ask for is -1 or 1. `question->tail` is the probability
 * outside each limit. DG_OK or DG_STOPPED. */
dg_status
dg_unconditional_hull(const dg_unconditional_side *side, const dg_question *question,
                      dg_unconditional_method method, dg_hull *hull);

#endif
