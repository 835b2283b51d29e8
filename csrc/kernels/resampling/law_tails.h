/* The whole law of one count in a table: the chance of each value and of everything below and above it. */
#ifndef DG_LAW_TAILS_H
#define DG_LAW_TAILS_H

#include "kernels/resampling/count_law.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>

/* Values less likely than 1e-290 of the most likely one are left out: their chance is below any double there is use for. */
typedef struct {
    int64_t first, last; /* values in the table */
    double *chance, *at_most, *at_least; /* of each, one allocation */
} dg_law_tails;

/* Every chance has a relative error of about the number of values between it and the mode, in units of 1e-16.
 * Unless it returns DG_OK there is nothing to close. */
dg_status dg_open_law_tails(const dg_count_law *law, dg_law_tails *tails, const dg_stop *stop);
void dg_close_law_tails(dg_law_tails *tails);

/* P(X <= x) and P(X >= x), for any x. */
double dg_at_most(const dg_law_tails *tails, int64_t x);
double dg_at_least(const dg_law_tails *tails, int64_t x);

#endif
