/* The most likely pair of proportions among those that stand exactly in a given relation: with a difference, a ratio or
 * an odds ratio held at a null value. Miettinen, O. and Nurminen, M. (1985), Statistics in Medicine 4: 213-226. */
#ifndef DG_RESTRICTED_PROPORTIONS_H
#define DG_RESTRICTED_PROPORTIONS_H

#include "kernels/inference/comparison.h"

/* The estimates and their complements, each with a small relative error however near to 0 it is. `score` is the slope
 * of the log likelihood there, along the difference, the logarithm of the ratio or that of the odds ratio: positive
 * where the data say that the measure is larger than the null value. */
typedef struct {
    double p1, q1, p2, q2;
    double score;
} dg_restricted;

/* n1, n2 > 0. NaN where the null value lies outside the measure's range. At the ends of the range, the limit. */
dg_restricted dg_restrict(const dg_two_samples *samples, dg_measure measure, double null);

/* The same with the groups exchanged. */
dg_two_samples dg_exchange_samples(const dg_two_samples *samples);
dg_restricted dg_exchange_restricted(const dg_restricted *restricted);

#endif
